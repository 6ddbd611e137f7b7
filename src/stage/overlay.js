/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Around and above the recorded page: its frame's place and scale in the view,
 * the pointer, the clicks. None of it is in the page. What is drawn depends on
 * what was set last, not on when: pictures of one time are equal.
 */
'use strict';

globalThis.playhead ??= {};

playhead.overlay = (() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const TOUCH = 2; /* PhPointerKind */

  let frame = null;
  let viewport = [1024, 768];
  let options = { plain: false, enlarge: false };
  let place = { x: 0, y: 0, scale: 1 };
  let pointer = null;
  let clicks = [];
  let carets = [];
  let others = []; /* pointers beside the one used last: more fingers */
  let trail = [];
  let pins = [];
  let target = null; /* the box of the element under the person's own pointer */

  function arrange() {
    const [width, height] = viewport;
    const [room, high] = playhead.room?.() ?? [window.innerWidth, window.innerHeight];
    const ratio = window.devicePixelRatio || 1;
    const sharp = (length) => Math.round(Math.max(0, length) * ratio) / ratio;
    let scale = 1;

    if (!options.plain && width > 0 && height > 0) {
      scale = Math.min(room / width, high / height);
      if (!options.enlarge)
        scale = Math.min(scale, 1);
    }

    place = options.plain ? { x: 0, y: 0, scale: 1 } : {
      x: sharp((room - width * scale) / 2), y: sharp((high - height * scale) / 2), scale,
    };
    document.getElementById('page').classList.toggle('plain', options.plain);
    document.getElementById('overlay').style.display = options.plain ? 'none' : '';

    if (frame) {
      frame.style.width = `${width}px`;
      frame.style.height = `${height}px`;
      frame.style.transform = place.x === 0 && place.y === 0 && scale === 1
        ? 'none' : `translate(${place.x}px, ${place.y}px) scale(${scale})`;
    }
    draw();
  }

  /* The size on the screen follows the page's, within what the eye needs. */
  function at(x, y) {
    const size = Math.min(Math.max(place.scale, 0.75), 1.5);

    return `translate(${place.x + x * place.scale} ${place.y + y * place.scale}) scale(${size})`;
  }

  function circle(className, radius, width) {
    const node = document.createElementNS(SVG, 'circle');

    node.setAttribute('class', className);
    node.setAttribute('r', radius);
    node.setAttribute('stroke-width', width);

    return node;
  }

  function drawClick({ x, y, progress, kind }) {
    const group = document.createElementNS(SVG, 'g');
    const left = Math.min(Math.max(1 - progress, 0), 1);
    const eased = 1 - left ** 3;
    const radius = (kind === TOUCH ? 14 : 5) + 20 * eased;

    group.setAttribute('transform', at(x, y));
    group.setAttribute('opacity', left.toFixed(3));
    group.append(circle('rim', radius, 4), circle('ripple', radius, 2));

    return group;
  }

  /* Part of the page: as large as it is. */
  function drawCaret({ x, y, width, height, colour }) {
    const line = document.createElementNS(SVG, 'rect');

    line.setAttribute('transform', `translate(${place.x} ${place.y}) scale(${place.scale})`);
    line.setAttribute('x', x);
    line.setAttribute('y', y);
    line.setAttribute('width', Math.max(width, 1 / place.scale));
    line.setAttribute('height', height);
    line.style.fill = colour;

    return line;
  }

  function drawOther({ x, y, kind }) {
    const group = document.createElementNS(SVG, 'g');

    group.setAttribute('transform', at(x, y));
    group.append(circle('finger', kind === TOUCH ? 16 : 5, 2));

    return group;
  }

  /* One piece of the way: the older, the thinner and fainter. */
  function drawPiece(from, to) {
    const line = document.createElementNS(SVG, 'line');
    const left = Math.min(Math.max(1 - (from.age + to.age) / 2, 0), 1);

    line.setAttribute('x1', place.x + from.x * place.scale);
    line.setAttribute('y1', place.y + from.y * place.scale);
    line.setAttribute('x2', place.x + to.x * place.scale);
    line.setAttribute('y2', place.y + to.y * place.scale);
    line.setAttribute('stroke-width', (1 + 4 * left).toFixed(2));
    line.setAttribute('opacity', (0.7 * left).toFixed(3));

    return line;
  }

  function drawTrail() {
    const pieces = [];

    for (let n = 1; n < trail.length; n++) {
      if (!trail[n].begins)
        pieces.push(drawPiece(trail[n - 1], trail[n]));
    }

    return pieces;
  }

  function draw() {
    const mark = document.getElementById('pointer');

    /* Hidden in stage.html, which may be painted before this script runs. */
    mark.setAttribute('display', pointer ? 'inline' : 'none');
    if (pointer) {
      mark.setAttribute('transform', at(pointer.x, pointer.y));
      mark.classList.toggle('pressed', pointer.pressed);
      mark.classList.toggle('touch', pointer.kind === TOUCH);
    }
    document.getElementById('trail').replaceChildren(...drawTrail());
    document.getElementById('others').replaceChildren(...others.map(drawOther));
    document.getElementById('carets').replaceChildren(...carets.map(drawCaret));
    document.getElementById('clicks').replaceChildren(...clicks.map(drawClick));
    drawPins();
  }

  function drawBox(className, { x, y, width, height }) {
    const box = document.createElementNS(SVG, 'rect');
    const margin = 2;

    box.setAttribute('class', className);
    box.setAttribute('x', place.x + x * place.scale - margin);
    box.setAttribute('y', place.y + y * place.scale - margin);
    box.setAttribute('width', width * place.scale + 2 * margin);
    box.setAttribute('height', height * place.scale + 2 * margin);
    box.setAttribute('rx', 4);

    return box;
  }

  /* What it points at is its tip; a tip out of sight is brought to the edge of the page. */
  function drawPin({ x, y, box, text, kind, chosen }) {
    const group = document.createElementNS(SVG, 'g');
    const drop = document.createElementNS(SVG, 'path');
    const label = document.createElementNS(SVG, 'text');
    const within = (value, end) => Math.min(Math.max(value, 0), end);

    group.setAttribute('class', `pin ${kind}${chosen ? ' chosen' : ''}`);
    if (box)
      group.append(drawBox('around', box));

    drop.setAttribute('d', 'M0 0C-3 -6 -12 -9 -12 -20A12 12 0 1 1 12 -20C12 -9 3 -6 0 0Z');
    label.setAttribute('y', -15.5);
    label.textContent = text;

    const mark = document.createElementNS(SVG, 'g');

    mark.setAttribute('transform', at(within(x, viewport[0]), within(y, viewport[1])));
    mark.append(drop, label);
    group.append(mark);

    return group;
  }

  function drawPins() {
    document.getElementById('pins').replaceChildren(
      ...(target ? [drawBox('target', target)] : []), ...pins.map(drawPin));
  }

  function setFrame(wanted) {
    frame = wanted;
    document.getElementById('page').append(frame);
    arrange();
  }

  function setViewport(wanted) {
    viewport = wanted;
    arrange();
  }

  function setOptions(wanted) {
    options = wanted;
    arrange();
  }

  function setPointer(wanted, more = []) {
    pointer = wanted;
    others = more;
    draw();
  }

  function setClicks(wanted) {
    clicks = wanted;
    draw();
  }

  function setTrail(wanted) {
    trail = wanted;
    draw();
  }

  /* Boxes in the page's pixels, with their colour. */
  function setCarets(wanted) {
    carets = wanted;
    draw();
  }

  /* Where notes point at: see pins.js. */
  function setPins(wanted) {
    pins = wanted;
    drawPins();
  }

  function setTarget(wanted) {
    target = wanted;
    drawPins();
  }

  window.addEventListener('resize', arrange);

  const look = () => ({ viewport, place, pointer, others, trail, clicks, carets, pins });

  return {
    setFrame, setViewport, setOptions, setPointer, setTrail, setClicks, setCarets, setPins,
    setTarget, look,
  };
})();
