/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['@floating-ui/dom'];

exports.story = async (page, person, truth) => {
  await truth ('the page');
  await person.click ('#one summary');
  await truth ('details open');
  await person.click ('#two > summary');
  await truth ('others open: these closed');
  await person.click ('#in summary');
  await truth ('details in details');
  await person.click ('#modal');
  await truth ('a modal dialog');
  await person.fill ('[name="what"]', 'one boot');
  await truth ('written in it');
  await person.click ('#nest');
  await truth ('a dialog on the dialog');
  await person.click ('#pier');
  await truth ('one dialog again');
  await person.click ('#ok');
  await truth ('sent');
  await person.click ('#plain');
  await truth ('a dialog that is not modal');
  await person.click ('#tip');
  await truth ('a popover besides');
  await person.click ('#pop button');
  await truth ('a popover of the popover');
  await person.keys ('Escape', 'Escape');
  await person.click ('#hand');
  await truth ('a pinned popover');
  await person.click ('#float');
  await truth ('a menu');
  await person.point ('#menu li', 1);
  await truth ('the pointer on an item');
  await person.wheel (200);
  await truth ('scrolled: the menu goes along');
  await person.wheel (-400);
  await person.click ('#modal');
  await truth ('the modal dialog again, over all');
  await person.keys ('Escape');
  await truth ('dismissed by key');
  await person.click ('#hand');
  await person.click ('#bye');
  await truth ('popover and dialog closed');
  await page.setViewportSize ({ width: 480, height: 400 });
  await person.click ('#float');
  await person.click ('#tip');
  await truth ('a popover in a small window');
};
