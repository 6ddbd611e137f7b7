/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import { TabulatorFull as Tabulator } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.min.css';
import './page.css';

const SHIPS = ['Kittiwake', 'Marram', 'Tern', 'Samphire', 'Sandpiper', 'Whimbrel', 'Oystercatcher'];
const PORTS = ['Leith', 'Esbjerg', 'Ostend', 'Stavanger', 'Wick', 'Cuxhaven'];
const rows = Array.from ({ length: 300 }, (all, i) => ({
  id: i + 1, ship: SHIPS[i * 5 % 7], from: PORTS[i * 7 % 6], to: PORTS[(i * 11 + 3) % 6],
  tons: 120 + i * 7919 % 4000, done: i * 31 % 100, late: i % 7 === 3,
}));
const count = document.getElementById ('count');

const table = new Tabulator ('#grid', {
  data: rows, height: 420, layout: 'fitColumns', movableColumns: true, selectableRows: true,
  groupBy: false, history: true,
  columns: [
    { title: 'No.', field: 'id', width: 70, frozen: true },
    { title: 'Ship', field: 'ship', editor: 'input', headerFilter: 'input' },
    { title: 'Route', columns: [
      { title: 'From', field: 'from', editor: 'list', editorParams: { values: PORTS } },
      { title: 'To', field: 'to' },
    ] },
    { title: 'Tons', field: 'tons', hozAlign: 'right', sorter: 'number', bottomCalc: 'sum' },
    { title: 'Unloaded', field: 'done', formatter: 'progress' },
    { title: 'Late', field: 'late', formatter: 'tickCross', hozAlign: 'center' },
  ],
});

table.on ('dataFiltered', (filters, found) => {
  count.textContent = `${found.length} journeys`;
});
table.on ('rowSelectionChanged', data => {
  count.textContent = `${data.length} chosen`;
});
document.getElementById ('find').addEventListener ('input', ({ target }) =>
  table.setFilter (row => row.ship.toLowerCase ().includes (target.value) ||
    row.to.toLowerCase ().includes (target.value)));
document.getElementById ('late').addEventListener ('click', ({ target }) => {
  const on = target.classList.toggle ('on');

  target.textContent = on ? 'All of them' : 'Only late ones';
  if (on)
    table.setFilter ('late', '=', true);
  else
    table.clearFilter ();
});
document.getElementById ('add').addEventListener ('click', () =>
  table.addRow ({ id: 900, ship: 'Dunlin', from: 'Wick', to: 'Leith', tons: 77, done: 50 }, true));
