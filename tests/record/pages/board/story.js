/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['sortablejs'];

const { sleep } = require ('../../person.js');

const item = (list, n) => `#${list} li:nth-of-type(${n})`;

exports.story = async (page, person, truth) => {
  /* Takes a thing and holds it there. */
  const hold = async (from, to) => {
    const { x, y, width, height } = await person.boxOf (to);

    await person.point (from);
    await page.mouse.down ();
    await sleep (150);
    await person.moveTo (x + width / 2, y + height / 2);
    await sleep (150);
  };

  await truth ('three lists');
  await person.point (item ('todo', 2));
  await truth ('the pointer on a job');
  await hold (item ('todo', 1), item ('todo', 3));
  await truth ('a job held over others');
  await page.mouse.up ();
  await truth ('dropped');
  await hold (item ('todo', 2), item ('doing', 1));
  await truth ('held over another list');
  await page.mouse.up ();
  await truth ('dropped there');
  await hold (item ('doing', 1), item ('done', 1));
  await truth ('held over the last list');
  await page.mouse.up ();
  await truth ('done');
  await person.drag (item ('todo', 3), item ('doing', 1));
  await truth ('another one taken up');
  await person.drag (item ('todo', 1), item ('doing', 2));
  await truth ('and another');
  await hold (item ('doing', 2), item ('todo', 1));
  await truth ('held over its old place');
  await page.mouse.up ();
  await truth ('put back');
  await person.drag (item ('done', 1), '#todo');
  await truth ('not done after all');
  await person.drag (item ('doing', 1), '#done');
  await truth ('done now');
  await person.drag ('#native', '#bin');
  await truth ('dragged by the browser, into the bin');
  await hold (item ('todo', 1), item ('todo', 2));
  await truth ('one held in its list');
  await person.moveTo (500, 500);
  await truth ('taken out of every list');
  await page.mouse.up ();
  await truth ('back where it was');
  await page.setViewportSize ({ width: 560, height: 500 });
  await truth ('in a smaller window');
  await person.drag (item ('todo', 2), '#done');
  await truth ('the last one done');
};
