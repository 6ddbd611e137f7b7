/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['flatpickr'];

const OPEN = '.flatpickr-calendar.open ';
const INLINE = '.flatpickr-calendar.inline ';

exports.story = async (page, person, truth) => {
  await truth ('three fields and a calendar');
  await person.click ('#out');
  await truth ('a calendar under the field');
  await person.point (`${OPEN}.flatpickr-day`, 20);
  await truth ('the pointer on a day');
  await person.click (`${OPEN}.flatpickr-next-month`);
  await truth ('the next month');
  await person.click (`${OPEN}.flatpickr-day`, 12);
  await truth ('a day chosen');
  await person.click ('#range');
  await truth ('two months');
  await person.click (`${OPEN}.flatpickr-day:not(.flatpickr-disabled)`, 11);
  await person.point (`${OPEN}.flatpickr-day:not(.flatpickr-disabled)`, 24);
  await truth ('from there to the pointer');
  await person.press ();
  await truth ('from there to here');
  await person.click ('#time');
  await truth ('the time');
  await person.click (`${OPEN}.arrowUp`, 0);
  await person.keys ('ArrowUp', 'ArrowUp');
  await truth ('later');
  await person.keys ('Enter');
  await truth ('the time chosen');
  await person.click (`${INLINE}.flatpickr-day:not(.flatpickr-disabled)`, 9);
  await person.click (`${INLINE}.flatpickr-day:not(.flatpickr-disabled)`, 15);
  await truth ('two days more');
  await person.click (`${INLINE}.flatpickr-prev-month`);
  await truth ('the month before');
  await person.choose (`${INLINE}.flatpickr-monthDropdown-months`, '10');
  await truth ('November');
  await person.click (`${INLINE}.numInputWrapper input`);
  await person.keys ('ArrowUp', 'ArrowUp');
  await truth ('two years later');
  await person.click ('#out');
  await person.click (`${OPEN}.flatpickr-day.today, ${OPEN}.flatpickr-day`, 3);
  await truth ('another day');
  await page.locator ('#out').focus ();
  await person.keys ('ArrowDown', 'ArrowRight', 'ArrowRight');
  await truth ('by key');
  await person.keys ('Escape');
  await page.setViewportSize ({ width: 480, height: 640 });
  await truth ('in a smaller window');
  await person.click ('#range');
  await truth ('two months there');
  await person.click ('h1');
  await truth ('closed');
};
