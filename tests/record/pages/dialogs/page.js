/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import { autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom';
import './page.css';

const find = id => document.getElementById (id);
const on = (id, action) => find (id).addEventListener ('click', action);
let stop = null;

on ('modal', () => find ('report').showModal ());
on ('nest', () => find ('where').showModal ());
on ('pier', () => find ('where').close ('pier'));
on ('plain', () => find ('help').show ());
on ('bye', () => find ('help').close ());
find ('report').addEventListener ('close', ({ target }) => {
  find ('said').textContent = `Closed with “${target.returnValue}”.`;
});

on ('float', () => {
  const menu = find ('menu');

  menu.hidden = !menu.hidden;
  stop?.();
  stop = menu.hidden ? null : autoUpdate (find ('float'), menu, async () => {
    const { x, y, placement } = await computePosition (find ('float'), menu, {
      placement: 'bottom-start', middleware: [offset (6), flip (), shift ({ padding: 8 })],
    });

    Object.assign (menu.style, { left: `${x}px`, top: `${y}px` });
    menu.dataset.side = placement;
  });
});
