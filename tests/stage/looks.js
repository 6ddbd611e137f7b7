/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The body of a function that test-pages calls in the applier's world with `asked`, JSON text of
 * { names, looks: [[id, [values]] …] }, names of computed styles and what they were in the live
 * page. It answers what is otherwise here, and what dump.js does not tell:
 *
 *   { styles: [[id, name, wanted, got] …], boxes: [[id, x, y, width, height] …],
 *     states: { id: { selected, media, modal, popover } } }
 *
 * Two values agree when they are the same words, whatever the quotes and spaces, and when the
 * numbers among them are nearly the same: within a pixel of a length, else within a hundredth.
 * Text runs from left to right in all pages, so that `start` is `left`, which WebKit computes
 * for what takes its alignment from a list; Chromium clips what WebKit cannot overflow; and
 * controls that name no font have Chromium's or the desktop's.
 */
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(px)?/g;
const { names, looks } = JSON.parse(asked);
const { frame, ids } = playhead.applier.look();
const nodes = new Map();

function collect(node) {
  nodes.set(ids.get(node), node);
  for (const child of node.childNodes)
    collect(child);
  if (node.shadowRoot)
    collect(node.shadowRoot);
  if (node.localName === 'iframe' && ids.has(node.contentDocument))
    collect(node.contentDocument);
}

collect(frame.contentDocument);

const ALIKE = { 'text-align': ['start', 'left'], 'overflow-x': ['clip', 'visible'],
  'overflow-y': ['clip', 'visible'], 'font-family': ['Arial', 'Sans'] };

const plain = (value) => value.replace(/["']/g, '').replace(/\s*,\s*/g, ',').toLowerCase();
const words = (value) => plain(value).replace(NUMBER, '#$1');

function agree(name, wanted, got) {
  if (wanted === got || (ALIKE[name]?.[0] === wanted && ALIKE[name][1] === got))
    return true;
  if (words(wanted) !== words(got))
    return false;

  const ours = [...plain(got).matchAll(NUMBER)];

  return [...plain(wanted).matchAll(NUMBER)].every((match, i) =>
    Math.abs(parseFloat(match[0]) - parseFloat(ours[i][0])) <= (match[1] ? 1 : 0.011));
}

const styles = [];
const boxes = [];

for (const [id, values] of looks) {
  const node = nodes.get(id);

  if (!node) {
    styles.push([id, 'presence', 'there', 'not there']);
    continue;
  }

  const style = node.ownerDocument.defaultView.getComputedStyle(node);
  const { x, y, width, height } = node.getBoundingClientRect();

  boxes.push([id, x, y, width, height]);
  names.forEach((name, i) => {
    const got = style.getPropertyValue(name);

    if (!agree(name, values[i], got))
      styles.push([id, name, values[i], got]);
  });
}

function stateOf(node) {
  const state = {};

  if (node.localName === 'option')
    state.selected = node.selected;
  if (node.localName === 'video' || node.localName === 'audio')
    state.media = [node.paused, node.currentTime, node.muted, node.volume, node.playbackRate];
  if (node.matches(':modal'))
    state.modal = true;
  if (node.matches(':popover-open'))
    state.popover = true;

  return state;
}

const states = {};

for (const [id, node] of nodes) {
  const state = node.nodeType === 1 ? stateOf(node) : {};

  if (Object.keys(state).length > 0)
    states[id] = state;
}

return JSON.stringify({ styles, boxes, states });
