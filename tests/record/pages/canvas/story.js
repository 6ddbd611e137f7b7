/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['chart.js'];

exports.story = async (page, person, truth) => {
  await truth ('three drawings');
  await person.moveTo (180, 230);
  await truth ('a tip over a bar');
  await person.moveTo (420, 230);
  await truth ('a tip over another');
  await person.click ('#more');
  await truth ('a wet week');
  await person.click ('#kind');
  await truth ('as lines');
  await person.click ('#more');
  await person.click ('#more');
  await truth ('two more');
  await person.click ('#hide');
  await truth ('the shore hidden');
  await person.click ('#hide');
  await truth ('and back');
  await person.click ('#pie');
  await truth ('turned');
  await person.moveTo (760, 300);
  await truth ('a tip on the ring');
  await person.drag ({ boundingBox: () => ({ x: 60, y: 440, width: 0, height: 0 }) },
                     { x: 300, y: 520 });
  await truth ('a stroke, a square and a copy');
  await person.drag ({ boundingBox: () => ({ x: 300, y: 440, width: 0, height: 0 }) },
                     { x: 80, y: 530 });
  await truth ('another');
  await person.drag ({ boundingBox: () => ({ x: 180, y: 430, width: 0, height: 0 }) },
                     { x: 200, y: 540 });
  await truth ('a third');
  await page.mouse.dblclick (120, 480);
  await truth ('a part inverted');
  await person.click ('#kind');
  await truth ('as bars');
  await person.click ('#pie');
  await person.click ('#pie');
  await truth ('turned twice');
  await page.evaluate (() => scrollTo (0, 40));
  await truth ('scrolled a little');
  await page.evaluate (() => (document.getElementById ('pad').width = 500));
  await truth ('the pad made new, and empty');
  await person.drag ({ boundingBox: () => ({ x: 60, y: 440, width: 0, height: 0 }) },
                     { x: 400, y: 480 });
  await truth ('a stroke on it');
  await page.evaluate (() => document.getElementById ('bars').remove ());
  await truth ('one chart removed');
};
