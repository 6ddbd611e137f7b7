/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['codemirror', '@codemirror/lang-javascript'];

exports.story = async (page, person, truth) => {
  await truth ('the editor, untouched');
  await person.click ('.cm-line', 3);
  await truth ('the caret in a line');
  await person.keys ('End', 'Enter');
  await person.type ('const moon = find (');
  await truth ('a line typed');
  await person.keys ('Escape', 'Control+Enter');
  await person.type ('let x = "half');
  await truth ('another one');
  await person.wheel (2600);
  await truth ('scrolled: other lines are there');
  await person.click ('.cm-line', 8);
  await truth ('the caret further down');
  await person.keys ('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+End');
  await truth ('three lines chosen');
  await person.keys ('Delete');
  await truth ('and gone');
  await person.keys ('Control+z');
  await truth ('and back again');
  await person.keys ('Control+f');
  await truth ('the search panel');
  await person.type ('lag');
  await truth ('all that was found is marked');
  await person.keys ('Enter', 'Enter');
  await truth ('the second one found');
  await person.keys ('Escape');
  await person.click ('#dark');
  await truth ('night');
  await person.click ('.cm-line', 6);
  await person.keys ('Control+End');
  await truth ('the end of the text, by night');
  await person.keys ('Control+Home');
  await truth ('the beginning, by night');
  await person.click ('.cm-foldGutter .cm-gutterElement', 2);
  await truth ('a function folded');
  await person.click ('#dark');
  await truth ('day');
  await page.setViewportSize ({ width: 420, height: 700 });
  await truth ('a narrow window');
  await person.moveTo (200, 300);
  await person.wheel (160, true);
  await truth ('scrolled sideways');
  await person.click ('#wrap');
  await truth ('long lines wrapped');
};
