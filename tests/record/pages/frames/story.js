/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['iframe-resizer'];

exports.story = async (page, person, truth) => {
  const inner = page.frameLocator ('#first'), deep = inner.frameLocator ('#deep');
  const foreign = page.frameLocator ('#foreign');

  await truth ('three frames, one of them from elsewhere');
  await person.click (inner.locator ('#count'));
  await person.click (inner.locator ('#count'));
  await truth ('clicked in a frame');
  await person.fill (inner.locator ('#field'), 'within');
  await truth ('typed in a frame');
  await person.click (deep.locator ('#tick'));
  await truth ('ticked in a frame in a frame');
  await person.point (inner.locator ('p'));
  await person.wheel (220);
  await truth ('scrolled in a frame');
  await person.fill (foreign.locator ('#there'), 'abroad');
  await truth ('typed elsewhere');
  await person.keys ('Tab');
  await truth ('changed elsewhere');
  await person.wheel (150);
  await truth ('scrolled elsewhere');
  await person.click ('#late');
  await truth ('one more, as high as it must be');
  await person.click (page.frameLocator ('#added').locator ('#line'));
  await truth ('a line more in it');
  await person.click ('#next');
  await truth ('another page in the first');
  await person.click ('#doc');
  await truth ('a document written');
  await person.click ('#blank');
  await truth ('an empty frame, filled by script');
  await person.click (page.frameLocator ('#blank-frame').locator ('textarea'));
  await person.type ('and ');
  await truth ('typed in it');
  await person.click ('#move');
  await truth ('a frame moved: it loads again');
  await person.click (page.frameLocator ('#words').locator ('input'));
  await person.keys ('End');
  await person.type ('side');
  await truth ('typed in what was moved');
  await person.click ('#gone');
  await truth ('one closed');
  await person.moveTo (900, 640);
  await person.wheel (120);
  await truth ('the page scrolled');
  await page.setViewportSize ({ width: 640, height: 500 });
  await truth ('in a smaller window');
  await page.evaluate (() => document.getElementById ('foreign').remove ());
  await truth ('nothing from elsewhere');
};
