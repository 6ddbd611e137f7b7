/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['choices.js'];

exports.story = async (page, person, truth) => {
  await truth ('the form, as given');
  await person.click ('#text');
  await person.keys ('Control+a');
  await person.type ('typed');
  await truth ('text typed');
  await person.fill ('#search', 'gull');
  await person.fill ('#mail', 'not yet');
  await truth ('a search, and no address yet');
  await person.keys ('Control+a');
  await person.type ('ada@marsh.example');
  await person.fill ('#secret', 'tide4');
  await truth ('an address, and a secret');
  await person.fill ('#url', 'http://marsh.example/');
  await person.fill ('#tel', '0123 456');
  await truth ('an address of the web, a number to call');
  await person.click ('#number');
  await person.keys ('ArrowUp', 'ArrowUp', 'ArrowUp');
  await person.click ('#range');
  await person.keys ('ArrowRight', 'ArrowRight');
  await truth ('a number and a range');
  await page.locator ('#colour').fill ('#e07b00');
  await page.locator ('#day').fill ('2025-12-24');
  await page.locator ('#time').fill ('17:45');
  await truth ('colour, day, time');
  await page.locator ('#month').fill ('2025-07');
  await page.locator ('#week').fill ('2025-W30');
  await page.locator ('#both').fill ('2025-07-08T09:10');
  await truth ('month, week, both');
  await person.click ('#check');
  await person.click ('#given');
  await person.click ('[value="c"]');
  await truth ('checked, unchecked, c');
  await person.choose ('#one', '3');
  await truth ('the third');
  await page.locator ('#many').selectOption (['north', 'south']);
  await truth ('north and south');
  await person.click ('#area');
  await person.keys ('Control+Home');
  await person.type ('first of all\n\nthis: <&> ');
  await truth ('lines in the large field');
  for (let i = 0; i < 4; i++)
    await person.keys ('Enter');
  await person.keys ('Control+End', 'Enter', 'Enter');
  await truth ('scrolled within it');
  await page.locator ('#file').setInputFiles ({
    name: 'tides.txt', mimeType: 'text/plain', buffer: Buffer.from ('high') });
  await person.fill ('#listed', 'te');
  await truth ('a file chosen, a list asked');
  await person.keys ('Escape', 'Tab');
  await person.click ('.choices', 0);
  await truth ('a choice of birds');
  await person.click ('.choices__list--dropdown .choices__item', 1);
  await person.keys ('Escape');
  await truth ('another bird chosen');
  await person.click ('#script');
  await truth ('changed by script');
  await person.click ('#script');
  await person.click ('.choices__button', 0);
  await person.click ('#send');
  await truth ('one bird less, and sent');
  await page.setViewportSize ({ width: 620, height: 700 });
  await person.moveTo (300, 300);
  await person.wheel (300);
  await truth ('in a smaller window, scrolled');
  await person.click ('[value="b"]');
  await truth ('b');
};
