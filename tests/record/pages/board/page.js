/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import Sortable from 'sortablejs';
import './page.css';

const JOBS = { todo: ['Caulk the deck', 'Oil the blocks', 'Mend the jib', 'Splice a line',
                      'Scrape the hull'], doing: ['Paint the rail'], done: ['Pump her dry'] };

for (const [id, jobs] of Object.entries (JOBS))
  {
    const list = document.getElementById (id);

    for (const job of jobs)
      list.insertAdjacentHTML ('beforeend', `<li><span class="grip">⠿</span>${job}</li>`);
    Sortable.create (list, {
      group: 'jobs', animation: 0, forceFallback: true, fallbackTolerance: 3,
      ghostClass: 'ghost', chosenClass: 'picked',
      onEnd: ({ item, to }) => (item.dataset.in = to.id),
    });
  }

const native = document.getElementById ('native'), bin = document.getElementById ('bin');

native.addEventListener ('dragstart', ({ dataTransfer }) => dataTransfer.setData ('text', 'it'));
bin.addEventListener ('dragover', event => {
  event.preventDefault ();
  bin.classList.add ('over');
});
bin.addEventListener ('dragleave', () => bin.classList.remove ('over'));
bin.addEventListener ('drop', event => {
  event.preventDefault ();
  bin.classList.remove ('over');
  bin.append (native);
});
