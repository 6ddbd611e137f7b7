/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from
  '@tanstack/virtual-core';
import './page.css';

const BIRDS = ['Avocet', 'Bittern', 'Curlew', 'Dunlin', 'Eider', 'Fulmar', 'Gannet', 'Heron'];
const base = { observeElementOffset, observeElementRect, scrollToFn: elementScroll, overscan: 3 };
const find = id => document.getElementById (id);
let size = 30, odd = false;

const rows = new Virtualizer ({
  ...base, count: 10000, getScrollElement: () => find ('list'),
  estimateSize: i => size + i % 4 * 8, onChange: drawRows,
});
const cells = new Virtualizer ({
  ...base, count: 2000, horizontal: true, getScrollElement: () => find ('across'),
  estimateSize: () => 80, onChange: drawCells,
});

function drawRows ()
{
  find ('space').style.height = `${rows.getTotalSize ()}px`;
  find ('space').replaceChildren (...rows.getVirtualItems ().map (({ index, size: h, start }) => {
    const row = document.createElement ('div'), n = odd ? index * 2 + 1 : index;

    row.className = 'row';
    row.dataset.kind = n % 5;
    row.style.cssText = `height: ${h}px; transform: translateY(${start}px)`;
    row.textContent = `${n} · ${BIRDS[n * 7 % 8]}`;
    return row;
  }));
}

function drawCells ()
{
  find ('space2').style.width = `${cells.getTotalSize ()}px`;
  find ('space2').replaceChildren (...cells.getVirtualItems ().map (({ index, start }) => {
    const cell = document.createElement ('div');

    cell.className = 'cell';
    cell.style.left = `${start}px`;
    cell.append (BIRDS[index % 8], document.createElement ('br'), index);
    return cell;
  }));
}

for (const list of [rows, cells])
  {
    list._didMount ();
    list._willUpdate ();
  }
drawRows ();
drawCells ();
find ('end').addEventListener ('click', () => rows.scrollToIndex (9999));
find ('middle').addEventListener ('click', () => rows.scrollToIndex (5000, { align: 'center' }));
find ('grow').addEventListener ('click', () => {
  size = 50;
  rows.measure ();
});
find ('odd').addEventListener ('click', () => {
  odd = !odd;
  rows.setOptions ({ ...rows.options, count: odd ? 5000 : 10000 });
  rows._willUpdate ();
  drawRows ();
});
