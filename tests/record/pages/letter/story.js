/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['quill'];

exports.story = async (page, person, truth) => {
  await truth ('the letter');
  await person.click ('.ql-editor p', 0);
  await person.keys ('End');
  await person.type (' Thank you.');
  await truth ('a few words more');
  await person.keys ('Shift+Home');
  await truth ('the line chosen');
  await person.click ('.ql-bold');
  await truth ('the line bold');
  await person.click ('.ql-color .ql-picker-label');
  await truth ('a palette');
  await person.click ('.ql-color .ql-picker-item', 8);
  await truth ('the line coloured');
  await person.keys ('End', 'Enter');
  await person.click ('.ql-list[value="check"]');
  await person.type ('lamp glass');
  await truth ('a list to tick off');
  await person.keys ('Enter');
  await person.type ('rope');
  await person.click ({ boundingBox: async () => ({
    ...await page.locator ('li[data-list="unchecked"]').first ().boundingBox (), width: 40 }) });
  await truth ('one ticked');
  await person.click ('.ql-editor li', 3);
  await person.keys ('End', 'Enter', 'Enter');
  await person.click ('.ql-code-block');
  await person.type ('tide (4) < 12');
  await truth ('code');
  await person.keys ('Control+a');
  await truth ('all of it chosen');
  await person.click ('.ql-align .ql-picker-label');
  await person.click ('.ql-align .ql-picker-item', 1);
  await truth ('in the middle');
  await person.keys ('Control+z');
  await truth ('undone');
  await person.click ('.ql-editor h2');
  await person.keys ('Home', 'Shift+Control+ArrowRight');
  await person.click ('.ql-link');
  await truth ('an address is asked for');
  await person.type ('keeper.example');
  await person.keys ('Enter');
  await truth ('a link');
  await person.click ('#plain');
  await person.keys ('End');
  await person.type (' And typed into.');
  await truth ('the plain line edited');
  await person.keys ('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Control+b');
  await truth ('a bold letter in it');
  await person.click ('#copy');
  await truth ('copied below');
  await person.click ('#lock');
  await truth ('locked');
  await person.wheel (400);
  await truth ('scrolled');
  await page.setViewportSize ({ width: 640, height: 500 });
  await truth ('in a smaller window');
};
