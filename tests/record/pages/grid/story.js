/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['tabulator-tables'];

const header = name => `.tabulator-col[tabulator-field="${name}"] .tabulator-col-title`;
const cell = name => `.tabulator-row .tabulator-cell[tabulator-field="${name}"]`;

exports.story = async (page, person, truth) => {
  await truth ('the table, untouched');
  await person.point (cell ('ship'), 3);
  await truth ('the pointer on a row');
  await person.click (header ('tons'));
  await truth ('sorted by tons');
  await person.click (header ('tons'));
  await truth ('sorted the other way');
  await person.point (cell ('to'), 4);
  await person.wheel (900);
  await truth ('scrolled: other rows are there');
  await person.wheel (5200);
  await truth ('scrolled far');
  await person.wheel (-3000);
  await truth ('scrolled back a little');
  await person.fill ('#find', 'leith');
  await truth ('filtered while typing');
  await page.locator ('#find').fill ('');
  await person.click ('#late');
  await truth ('only late ones');
  await person.click (cell ('to'), 1);
  await person.click (cell ('to'), 3);
  await truth ('two rows chosen');
  await person.click ('#late');
  await person.point (cell ('to'), 5);
  await person.wheel (-9000);
  await truth ('all of them again, from the top');
  await person.click ('#add');
  await truth ('a row added');
  await person.click (cell ('ship'), 0);
  await person.keys ('Control+a');
  await person.type ('Curlew');
  await truth ('a cell being edited');
  await person.keys ('Enter');
  await truth ('the cell edited');
  await person.click (cell ('from'), 1);
  await truth ('a list to choose from');
  await person.keys ('ArrowDown', 'Enter');
  await truth ('chosen from the list');
  await person.fill ('.tabulator-col[tabulator-field="ship"] input', 'tern');
  await truth ('filtered in the header');
  await person.drag ('.tabulator-col[tabulator-field="ship"] + .tabulator-col-resize-handle',
                     { x: 380, y: 200 });
  await truth ('a wider column');
  await person.drag (header ('done'), header ('tons'));
  await truth ('a column moved');
  await page.setViewportSize ({ width: 720, height: 700 });
  await truth ('in a smaller window');
};
