/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import { Chart } from 'chart.js/auto';
import './page.css';

Chart.defaults.animation = false;
Chart.defaults.font.family = 'DejaVu Sans';
Chart.defaults.responsive = false;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
const bars = new Chart (document.getElementById ('bars'), {
  type: 'bar',
  data: { labels: MONTHS, datasets: [
    { label: 'Hill', data: [82, 61, 70, 45, 39, 52], backgroundColor: '#2a6f97' },
    { label: 'Shore', data: [60, 48, 51, 33, 30, 41], backgroundColor: '#e9c46a' },
  ] },
});
const pie = new Chart (document.getElementById ('pie-chart'), {
  type: 'doughnut',
  data: { labels: ['Dry', 'Damp', 'Wet'], datasets: [
    { data: [11, 9, 10], backgroundColor: ['#e9c46a', '#8ab6d6', '#1d4e89'] }] },
});
const pad = document.getElementById ('pad'), pen = pad.getContext ('2d');
const on = (id, action) => document.getElementById (id).addEventListener ('click', action);
let turned = 0;

pen.fillStyle = '#eef3f7';
pen.fillRect (0, 0, 600, 160);
on ('more', () => {
  for (const { data } of bars.data.datasets)
    data.push (90 + data.length * 3);
  bars.data.labels.push (`+${bars.data.labels.length - 5}`);
  pie.data.datasets[0].data[2] += 7;
  bars.update ();
  pie.update ();
});
on ('kind', () => {
  bars.config.type = bars.config.type === 'bar' ? 'line' : 'bar';
  bars.update ();
});
on ('hide', () => {
  bars.data.labels[4] = bars.data.labels[4] ? '' : 'May';
  bars.toggleDataVisibility (1);
  bars.update ();
});
on ('pie', () => {
  pie.options.rotation = turned += 60;
  pie.update ();
});

/* A pad to draw on: paths, gradients, transforms, text, copied parts. */
let last = null;

pad.addEventListener ('pointerdown', ({ offsetX, offsetY }) => (last = [offsetX, offsetY]));
pad.addEventListener ('pointermove', ({ offsetX, offsetY }) => {
  if (!last)
    return;
  pen.strokeStyle = `hsl(${offsetX}, 70%, 45%)`;
  pen.lineWidth = 6;
  pen.lineCap = 'round';
  pen.beginPath ();
  pen.moveTo (...last);
  pen.lineTo (last[0] = offsetX, last[1] = offsetY);
  pen.stroke ();
});
pad.addEventListener ('pointerup', () => {
  const shade = pen.createLinearGradient (0, 0, 60, 0);

  last = null;
  shade.addColorStop (0, '#f94144');
  shade.addColorStop (1, '#277da1');
  pen.save ();
  pen.translate (520, 40);
  pen.rotate (0.3);
  pen.fillStyle = shade;
  pen.fillRect (0, 0, 60, 60);
  pen.restore ();
  pen.globalAlpha = 0.5;
  pen.drawImage (pad, 0, 0, 120, 160, 380, 100, 60, 60);
  pen.globalAlpha = 1;
});
pad.addEventListener ('dblclick', () => {
  const picture = pen.getImageData (0, 0, 200, 80);

  for (let i = 0; i < picture.data.length; i += 4)
    picture.data[i] = 255 - picture.data[i];
  pen.putImageData (picture, 200, 40);
  document.getElementById ('says').textContent = 'Inverted a part.';
});
