/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['@tanstack/virtual-core'];

exports.story = async (page, person, truth) => {
  await truth ('the first birds');
  await person.point ('.row', 4);
  await truth ('the pointer on one');
  await person.wheel (400);
  await truth ('scrolled a little');
  await person.wheel (3000);
  await truth ('scrolled far');
  await person.wheel (-900);
  await truth ('scrolled back');
  await person.click ('#end');
  await truth ('the last birds');
  await person.click ('#middle');
  await truth ('those in the middle');
  await person.point ('.row', 3);
  await person.wheel (777);
  await truth ('a little further');
  await person.point ('.cell', 2);
  await person.wheel (900, true);
  await truth ('the other list scrolled sideways');
  await person.wheel (1500, true);
  await truth ('and further');
  await person.click ('#odd');
  await truth ('only odd ones');
  await person.click ('#grow');
  await truth ('larger rows');
  await person.point ('.row', 3);
  await person.wheel (-2000);
  await truth ('scrolled back among them');
  await page.evaluate (() => (document.getElementById ('list').scrollTop = 0));
  await truth ('at the top');
  await page.evaluate (() => (document.getElementById ('list').style.height = '260px'));
  await truth ('a lower list');
  await person.click ('#odd');
  await truth ('all birds');
  await person.point ('.row', 2);
  await person.wheel (12345);
  await truth ('a long way');
  await page.evaluate (() => (document.getElementById ('list').style.display = 'none'));
  await truth ('not shown');
  await page.evaluate (() => (document.getElementById ('list').style.display = ''));
  await truth ('shown again');
  await page.setViewportSize ({ width: 700, height: 420 });
  await person.moveTo (660, 200);
  await person.wheel (90);
  await truth ('a small window, scrolled');
};
