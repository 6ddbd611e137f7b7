/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['@shoelace-style/shoelace'];

exports.story = async (page, person, truth) => {
  await truth ('the boats');
  await person.point ('#hire');
  await truth ('the pointer on a button');
  await person.click ('#hire');
  await person.away ();
  await truth ('an alert, and a longer bar');
  await person.click ('sl-details');
  await truth ('details open');
  await person.point ('#wind');
  await truth ('a tooltip');
  await person.click ('sl-card sl-rating', 0);
  await truth ('rated');
  await person.click ('#more sl-button');
  await truth ('a menu');
  await person.click ('sl-menu-item', 1);
  await person.click ('#more sl-button');
  await truth ('the menu again, one item less checked');
  await person.keys ('Escape');
  await person.click ('#terms');
  await truth ('a dialog');
  await person.click ('#agree');
  await truth ('no dialog');
  await person.click ('sl-tab', 1);
  await truth ('another tab');
  await person.fill ('#name', 'Ada Marsh');
  await truth ('a name typed');
  await person.click ('#seat');
  await truth ('a list of seats');
  await person.click ('sl-option', 2);
  await truth ('at the mast');
  await person.click ('#vest .switch__control');
  await person.click ('#swim .checkbox__control');
  await person.click ('sl-radio', 1);
  await truth ('switched, unchecked, by card');
  await person.click ('#hours input');
  await person.keys ('ArrowRight', 'ArrowRight');
  await truth ('more hours');
  await person.fill ('#note', 'two\nlines of it');
  await truth ('a note');
  await person.click ('#wind');
  await truth ('a drawer');
  await person.keys ('Escape');
  await person.pause (700);
  await person.click ('sl-tab', 0);
  await truth ('the first tab again');
  await page.setViewportSize ({ width: 600, height: 700 });
  await truth ('in a smaller window');
};
