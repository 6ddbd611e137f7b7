/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['styled-components', 'react', 'react-dom'];

exports.story = async (page, person, truth) => {
  await truth ('the swap');
  await person.point ('li', 4);
  await truth ('the pointer on a card');
  await person.point ('#order');
  await truth ('the pointer on a button');
  await person.click ('#order');
  await truth ('the other way round');
  await person.click ('.take', 2);
  await truth ('one taken: a new rule for its colour');
  await person.click ('.take', 2);
  await person.click ('.take', 2);
  await truth ('three taken');
  await person.click ('#night');
  await truth ('night: global rules replaced');
  await person.fill ('#find', 'be');
  await truth ('found some');
  await person.keys ('Backspace', 'Backspace');
  await truth ('found all');
  await person.click ('#add');
  await truth ('one more, of a new colour');
  await person.click ('#add');
  await person.click ('#add');
  await truth ('three more');
  await person.click ('.ask', 1);
  await truth ('a box over everything');
  await person.fill ('#mail', 'ada');
  await truth ('no address yet');
  await person.type ('@marsh.example');
  await truth ('an address');
  await person.click ('#send');
  await truth ('sent');
  await person.click ('#night');
  await truth ('day again');
  await page.setViewportSize ({ width: 600, height: 700 });
  await truth ('one column');
  await person.moveTo (300, 400);
  await person.wheel (500);
  await truth ('scrolled');
  await person.click ('.take', 1);
  await truth ('one more taken');
  await page.setViewportSize ({ width: 1000, height: 700 });
  await truth ('three columns');
};
