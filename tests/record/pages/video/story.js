/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['plyr'];

const set = (page, id, change) => page.evaluate (([name, what]) =>
  Object.assign (document.getElementById (name), what), [id, change]);

exports.story = async (page, person, truth) => {
  await truth ('a film, not begun');
  await person.point ('.plyr__control--overlaid');
  await truth ('the pointer on the large button');
  await person.press ();
  await person.pause (400);
  await truth ('playing');
  await person.click ('.plyr__controls [data-plyr="play"]');
  await truth ('paused');
  await set (page, 'film', { currentTime: 2 });
  await truth ('two seconds in');
  await person.click ('[data-plyr="seek"]');
  await truth ('in the middle');
  await person.click ('[data-plyr="mute"]');
  await truth ('muted');
  await person.click ('[data-plyr="mute"]');
  await person.click ('[data-plyr="volume"]');
  await truth ('louder, half');
  await person.click ('[data-plyr="settings"]', 0);
  await truth ('settings');
  await person.click ('.plyr__menu__container [role="menuitem"]', 0);
  await person.pause (300);
  await truth ('speeds');
  await person.click ('[data-plyr="speed"]', 2);
  await truth ('twice as fast');
  await set (page, 'bare', { currentTime: 1 });
  await truth ('the other one at a second');
  await page.evaluate (() => document.getElementById ('bare').play ());
  await person.pause (500);
  await truth ('the other one playing');
  await page.evaluate (() => document.getElementById ('bare').pause ());
  await set (page, 'bare', { currentTime: 0.5 });
  await truth ('paused at half a second');
  await set (page, 'film', { currentTime: 3.5 });
  await truth ('near the end');
  await set (page, 'film', { currentTime: 0.25 });
  await truth ('near the beginning');
  await set (page, 'bare', { width: 320, height: 192 });
  await truth ('larger');
  await set (page, 'bare', { controls: true, volume: 0.3 });
  await person.away ();
  await truth ('with controls of the browser');
  await page.evaluate (() => document.getElementById ('stage').remove ());
  await truth ('one film only');
  await page.setViewportSize ({ width: 420, height: 500 });
  await truth ('in a smaller window');
};
