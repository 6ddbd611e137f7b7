/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import flatpickr from 'flatpickr';
import 'flatpickr/dist/flatpickr.min.css';
import './page.css';

const said = document.getElementById ('said');
const onChange = (days, text) => (said.textContent = text || 'No day chosen.');

flatpickr ('#out', { defaultDate: '2025-03-14', weekNumbers: true, onChange });
flatpickr ('#range', { mode: 'range', showMonths: 2, defaultDate: ['2025-03-03', '2025-03-09'],
                       minDate: '2025-03-01', onChange });
flatpickr ('#time', { enableTime: true, noCalendar: true, time_24hr: true, defaultDate: '08:30',
                      onChange });
flatpickr ('#inline', { inline: true, mode: 'multiple', now: '2025-06-10',
                        defaultDate: ['2025-06-02', '2025-06-05'], onChange,
                        disable: [day => day.getDay () === 0] });
