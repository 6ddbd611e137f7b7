/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

exports.libraries = ['d3'];

const at = (x, y) => ({ boundingBox: () => ({ x, y, width: 0, height: 0 }) });

exports.story = async (page, person, truth) => {
  await truth ('a chart and a net');
  await person.point ('.bar', 1);
  await truth ('a tip over a bar');
  await person.click ('.bar', 5);
  await truth ('a bar picked: a gradient');
  await person.click ('#next');
  await truth ('the next year');
  await person.click ('#sort');
  await truth ('by height');
  await person.click ('#grid');
  await truth ('with a grid');
  await person.click ('#next');
  await truth ('another year');
  await person.click ('.bar', 0);
  await truth ('two picked');
  await person.drag ('circle.node', { x: 130, y: 480 });
  await truth ('a node dragged');
  await person.drag (at (510, 560), { x: 470, y: 600 });
  await truth ('the plane dragged');
  await person.wheel (-240);
  await truth ('zoomed in');
  await person.wheel (-300);
  await truth ('further in');
  await person.wheel (420);
  await truth ('out again');
  await page.mouse.dblclick (300, 590);
  await person.pause (500);
  await truth ('in by a double click');
  await person.click ('#grid');
  await truth ('without the grid');
  await person.click ('#sort');
  await truth ('by name');
  await person.click ('.bar', 3);
  await truth ('a third picked');
  await page.evaluate (() =>
    document.querySelector ('svg').setAttribute ('viewBox', '100 0 420 300'));
  await truth ('another view box');
  await page.setViewportSize ({ width: 560, height: 420 });
  await person.moveTo (300, 200);
  await person.wheel (150);
  await truth ('a small window, scrolled');
  await person.wheel (-150);
  await person.click ('#next');
  await truth ('the first year');
};
