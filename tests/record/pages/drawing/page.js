/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import * as d3 from 'd3';
import './page.css';

const NAMES = ['Alder', 'Birch', 'Cedar', 'Elder', 'Hazel', 'Larch', 'Maple', 'Rowan'];
const years = [[30, 80, 45, 60, 20, 90, 55, 70], [42, 66, 58, 33, 74, 51, 88, 25],
               [75, 12, 39, 95, 48, 62, 30, 84]];
let year = 0, sorted = false, picked = new Set ();

const width = 620, height = 300, margin = 36;
const svg = d3.select ('#chart').append ('svg').attr ('width', width).attr ('height', height)
  .attr ('viewBox', `0 0 ${width} ${height}`).attr ('preserveAspectRatio', 'xMinYMin meet');
const defs = svg.append ('defs');
const shade = defs.append ('linearGradient').attr ('id', 'shade')
  .attr ('gradientTransform', 'rotate(90)');
shade.append ('stop').attr ('offset', '0%').attr ('stop-color', '#edae49');
shade.append ('stop').attr ('offset', '100%').attr ('stop-color', '#d1495b');
defs.append ('clipPath').attr ('id', 'frame').append ('rect').attr ('x', margin).attr ('width', 560)
  .attr ('y', 10).attr ('height', height - margin - 10);
defs.append ('symbol').attr ('id', 'leaf').attr ('viewBox', '0 0 10 10').append ('path')
  .attr ('d', 'M1 9C1 3 5 1 9 1C9 7 6 9 1 9Z').attr ('fill', '#4c8c6b');
const grid = svg.append ('g').attr ('class', 'grid');
const bars = svg.append ('g').attr ('clip-path', 'url(#frame)');
const bottom = svg.append ('g').attr ('class', 'axis')
  .attr ('transform', `translate(0,${height - margin})`);
const left = svg.append ('g').attr ('class', 'axis').attr ('transform', `translate(${margin},0)`);
const tip = svg.append ('text').attr ('class', 'tip').attr ('text-anchor', 'middle');
svg.append ('use').attr ('xlink:href', '#leaf').attr ('x', 590).attr ('y', 4).attr ('width', 24)
  .attr ('height', 24);

function draw ()
{
  const data = NAMES.map ((name, i) => ({ name, size: years[year][i] }));
  const order = sorted ? d3.sort (data, d => -d.size) : data;
  const x = d3.scaleBand (order.map (d => d.name), [margin, width - 24]).padding (0.2);
  const y = d3.scaleLinear ([0, 100], [height - margin, 10]);
  const step = d3.transition ().duration (250);

  bars.selectAll ('rect').data (data, d => d.name).join ('rect')
    .attr ('class', d => picked.has (d.name) ? 'bar picked' : 'bar')
    .on ('click', (event, d) => {
      picked = new Set (picked.has (d.name) ? [] : [...picked, d.name]);
      draw ();
    })
    .on ('pointerenter', (event, d) => tip.text (`${d.name}: ${d.size} ft`)
      .attr ('x', x (d.name) + x.bandwidth () / 2).attr ('y', y (d.size) - 4))
    .transition (step)
    .attr ('x', d => x (d.name)).attr ('width', x.bandwidth ())
    .attr ('y', d => y (d.size)).attr ('height', d => y (0) - y (d.size));
  bottom.transition (step).call (d3.axisBottom (x));
  left.call (d3.axisLeft (y).ticks (5));
  grid.selectAll ('line').data (document.getElementById ('grid').checked ? y.ticks (5) : [])
    .join ('line').attr ('x1', margin).attr ('x2', width - 24).attr ('y1', y).attr ('y2', y);
}

draw ();
document.getElementById ('next').addEventListener ('click', () => {
  year = (year + 1) % years.length;
  draw ();
});
document.getElementById ('sort').addEventListener ('click', () => {
  sorted = !sorted;
  draw ();
});
document.getElementById ('grid').addEventListener ('change', draw);

/* A net that can be dragged, and zoomed with the wheel. */
const nodes = d3.range (18).map (i =>
  ({ id: i, x: 60 + i % 6 * 70, y: 40 + Math.floor (i / 6) * 60 }));
const links = d3.range (17).map (i => ({ source: nodes[i], target: nodes[(i * 5 + 3) % 18] }));
const net = d3.select ('#net').append ('svg').attr ('width', width).attr ('height', 240);
const plane = net.append ('g');

plane.selectAll ('path').data (links).join ('path').attr ('fill', 'none').attr ('stroke', '#999')
  .attr ('d', d3.link (d3.curveBumpX).x (d => d.x).y (d => d.y));
plane.selectAll ('circle').data (nodes).join ('circle').attr ('class', 'node').attr ('r', 9)
  .attr ('cx', d => d.x).attr ('cy', d => d.y).attr ('fill', d => d3.interpolateViridis (d.id / 18))
  .call (d3.drag ().on ('drag', function (event, d) {
    d3.select (this).attr ('cx', d.x = event.x).attr ('cy', d.y = event.y);
    plane.selectAll ('path').attr ('d', d3.link (d3.curveBumpX).x (p => p.x).y (p => p.y));
  }));
plane.append ('foreignObject').attr ('x', 430).attr ('y', 30).attr ('width', 150)
  .attr ('height', 60).append ('xhtml:p').attr ('class', 'note')
  .text ('A note in HTML, within the drawing.');
net.call (d3.zoom ().scaleExtent ([0.5, 4]).on ('zoom', ({ transform }) =>
  plane.attr ('transform', transform)));
