/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the page of garden/ starts clarity-js, and what it tells it. */
'use strict';

window.recorder = {
  start (masked) {
    document.body.setAttribute (masked ? 'data-clarity-mask' : 'data-clarity-unmask', 'true');
    /* By a function of ours: the recorder's own goes to https only, from the second page on. */
    window.clarity ('start', { projectId: 'garden', delay: 150, restart: 50,
                               upload: body => fetch ('/collect', { method: 'POST', body }) });
  },
  say () {
    window.clarity ('set', 'plan', 'yearly');
    window.clarity ('identify', 'gardener@example.org', 's-1', 'p-1', 'Gardener');
    window.clarity ('event', 'watered', 'twice');
    window.clarity ('event', 'alone');
  },
};
