/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Runs in a script world of its own in stage.html, builds the recorded page
 * inside a sandboxed iframe by carrying out patches (ph-patch.h), and decides
 * nothing: what is allowed was decided before, in C. Beside it are overlay.js
 * (around and above the page) and dump.js (what is shown, for tests).
 *
 * One operation that fails never stops the rest: it is counted, and apply()
 * answers { refused, message }. It throws only for what is no patch at all.
 *
 * What a later operation of the same patch, or WebKit itself, may undo (scroll
 * positions, values, checks, sheets changed by script, pages in moved iframes)
 * is remembered by node id and put back at the end of each patch. So the page
 * depends on what was said, not on the order in which it was.
 */
'use strict';

playhead.applier = (() => {
  const NAMESPACES = [
    'http://www.w3.org/1999/xhtml',
    'http://www.w3.org/2000/svg',
    'http://www.w3.org/1998/Math/MathML',
    'urn:x-playhead:unknown',
  ];
  const PREFIXES = {
    xlink: 'http://www.w3.org/1999/xlink',
    xml: 'http://www.w3.org/XML/1998/namespace',
    xmlns: 'http://www.w3.org/2000/xmlns/',
  };
  /* Where a frame would be led elsewhere or given rights: never from a patch. */
  const FRAME_ATTRIBUTES = new Set(['src', 'srcdoc', 'sandbox', 'allow']);
  const SANDBOX = 'allow-same-origin';
  /* Stands for a rule WebKit refuses, so that the indexes of the others stay right. */
  const NO_RULE = '@media not all {}';
  /* Their `value` is only another face of the attribute, or closed to scripts. */
  const VALUELESS = new Set(
    ['checkbox', 'radio', 'hidden', 'submit', 'button', 'reset', 'image', 'file']);
  const SVG_ANIMATIONS = 'animate, animateColor, animateMotion, animateTransform, set';
  /* A hidden view draws no frames: answer all the same. One that is seen may be slow. */
  const HIDDEN_TIMEOUT = 100;
  const PAINT_TIMEOUT = 2000;

  let frame = null;
  let playing = false;

  let nodes = new Map(); /* id → node */
  let ids = new WeakMap(); /* node → id */
  let frames = new Map(); /* iframe id → { id, quirks } of its document */
  let scrolls = new Map(); /* id → [x, y] */
  let values = new Map(); /* id → value, null for what the attributes say */
  let checks = new Map(); /* id → boolean, null for what the attributes say */
  let sheets = new Map(); /* id → { rules, sheet they were written to } */
  let paused = new WeakSet(); /* animations that we, not the page, paused */
  let driven = new WeakSet(); /* elements one of whose animations we moved */

  let jump = null; /* milliseconds, while a patch that jumps is carried out */
  let changed = false; /* the patch touched the page */
  let refused = 0;
  let message = '';

  function refuse(error) {
    if (refused++ === 0)
      message = String(error?.message ?? error);
  }

  function get(id) {
    const node = nodes.get(id);

    if (!node)
      throw new Error(`node ${id} is not known`);

    return node;
  }

  function know(id, node) {
    nodes.set(id, node);
    ids.set(node, id);
  }

  /* Documents */

  function empty(doc) {
    while (doc.firstChild)
      doc.firstChild.remove();

    return doc;
  }

  /* Only the parser can choose the mode; what it makes is taken out again, the mode stays. */
  function freshDocument(iframe, quirks) {
    const doc = iframe.contentDocument;

    doc.open();
    doc.write(quirks ? '<html>' : '<!DOCTYPE html>');
    doc.close();

    return empty(doc);
  }

  function makeFrame(doc) {
    const iframe = doc.createElementNS(NAMESPACES[0], 'iframe');

    iframe.setAttribute('sandbox', SANDBOX);

    return iframe;
  }

  function reset(a, i) {
    const old = frame;

    nodes = new Map();
    ids = new WeakMap();
    frames = new Map();
    scrolls = new Map();
    values = new Map();
    checks = new Map();
    sheets = new Map();
    paused = new WeakSet();
    driven = new WeakSet();

    frame = makeFrame(document);
    playhead.overlay.setFrame(frame);
    know(a[i], freshDocument(frame, a[i + 1]));
    old?.remove();
  }

  function setDocument(a, i) {
    const [id, owner, quirks] = [a[i], a[i + 1], a[i + 2]];
    const iframe = get(owner);

    frames.set(owner, { id, quirks });
    know(id, iframe.contentDocument
      ? freshDocument(iframe, quirks)
      : empty(document.implementation.createHTMLDocument('')));
  }

  /* WebKit gives no page to an iframe that was inside a moved one: a twin gets one. */
  function reviveFrame(id) {
    const iframe = nodes.get(id);

    if (!iframe?.isConnected || iframe.contentDocument)
      return iframe;

    const twin = iframe.cloneNode(false);

    twin.append(...iframe.childNodes);
    iframe.replaceWith(twin);
    know(id, twin);

    return twin;
  }

  /* An iframe that was moved has lost its page: the nodes go into its new document. */
  function refillFrames() {
    for (const [owner, { id, quirks }] of frames) {
      const iframe = reviveFrame(owner);
      const old = nodes.get(id);

      if (!old || !iframe?.contentDocument || iframe.contentDocument === old)
        continue;

      const doc = freshDocument(iframe, quirks);

      while (old.firstChild)
        doc.append(old.firstChild);
      know(id, doc);
    }
  }

  function documents() {
    const all = frame ? [frame.contentDocument] : [];

    for (const owner of frames.keys())
      all.push(nodes.get(owner)?.contentDocument);

    return all.filter((doc) => doc);
  }

  /* Nodes */

  function setAttribute(element, name, value) {
    const prefix = name.split(':', 1)[0];

    if (element.localName === 'iframe' && FRAME_ATTRIBUTES.has(name.toLowerCase()))
      throw new Error(`${name} of an iframe is never set`);

    if (Object.hasOwn(PREFIXES, prefix) && (prefix !== name || name === 'xmlns'))
      element.setAttributeNS(PREFIXES[prefix], name, value);
    else
      element.setAttribute(name, value);
  }

  function removeAttribute(element, name) {
    if (element.localName !== 'iframe' || !FRAME_ATTRIBUTES.has(name.toLowerCase()))
      element.removeAttribute(name);
  }

  /* A name that WebKit takes for none still gets an element, for its children's sake. */
  function createElement(ns, name) {
    const doc = frame.contentDocument;

    if (ns === 0 && name.toLowerCase() === 'iframe')
      return makeFrame(doc);

    try {
      return doc.createElementNS(NAMESPACES[ns], name);
    } catch (error) {
      refuse(error);
      return doc.createElementNS(NAMESPACES[3], 'unnamed');
    }
  }

  function append(id, parent, node) {
    know(id, node);
    if (parent !== 0)
      get(parent).appendChild(node);
  }

  function element(a, i) {
    const node = createElement(a[i + 2], a[i + 3]);
    const end = i + 5 + 2 * a[i + 4];

    for (let at = i + 5; at < end; at += 2) {
      try {
        setAttribute(node, a[at], a[at + 1]);
      } catch (error) {
        refuse(error);
      }
    }
    append(a[i], a[i + 1], node);
  }

  function text(a, i) {
    append(a[i], a[i + 1], frame.contentDocument.createTextNode(a[i + 2]));
  }

  function comment(a, i) {
    append(a[i], a[i + 1], frame.contentDocument.createComment(a[i + 2]));
  }

  function doctype(a, i) {
    append(a[i], a[i + 1],
      document.implementation.createDocumentType(a[i + 2], a[i + 3], a[i + 4]));
  }

  /* Where no root may be, its children are kept aside: a browser shows none either. */
  function shadow(a, i) {
    const host = get(a[i + 1]);
    let root = host.shadowRoot;

    if (!root) {
      try {
        root = host.attachShadow({ mode: 'open' });
      } catch {
        root = frame.contentDocument.createDocumentFragment();
      }
    }
    root.replaceChildren();
    know(a[i], root);
  }

  function placeNode(a, i) {
    const node = get(a[i]);
    const parent = get(a[i + 1]);
    const next = a[i + 2] === 0 ? null : nodes.get(a[i + 2]);

    if (next === undefined || (next && next.parentNode !== parent)) {
      parent.appendChild(node);
      throw new Error(`node ${a[i + 2]} is not in node ${a[i + 1]}`);
    }
    parent.insertBefore(node, next);
  }

  function forgetId(id) {
    for (const map of [nodes, frames, scrolls, values, checks, sheets])
      map.delete(id);
  }

  function forget(a, i) {
    for (let at = i + 1; at <= i + a[i]; at++)
      forgetId(a[at]);
  }

  /* Taken out and put in again an element has the animations of a new one. */
  function restart(node) {
    const [parent, next] = [node.parentNode, node.nextSibling];

    if (driven.delete(node) && parent) {
      node.remove();
      parent.insertBefore(node, next);
    }
  }

  /* All at once: the one may get the id that the other had. */
  function rename(a, i) {
    const end = i + 1 + 2 * a[i];
    const found = [];

    for (let at = i + 1; at < end; at += 2)
      found.push(get(a[at]));
    for (let at = i + 1; at < end; at++)
      forgetId(a[at]);
    found.forEach((node, n) => {
      know(a[i + 2 + 2 * n], node);
      restart(node);
    });
  }

  /* Form controls */

  function writeSelect(select, value) {
    const all = [...select.options];

    if (value !== null) {
      const wanted = all.findIndex((option) => option.value === value);

      if (select.selectedIndex !== wanted || select.multiple)
        select.selectedIndex = wanted;
      return;
    }

    for (const option of all)
      option.selected = option.defaultSelected;
    if (!select.multiple && select.size <= 1 && !all.some((option) => option.defaultSelected))
      select.selectedIndex = all.findIndex((option) => !option.disabled);
  }

  function writeValue(control, value) {
    if (control.localName === 'select')
      return writeSelect(control, value);

    const wanted = value ?? control.defaultValue;

    if (control.value !== wanted)
      control.value = wanted;
  }

  function hasValue(node) {
    return node.namespaceURI === NAMESPACES[0] && (node.localName === 'select' ||
      node.localName === 'textarea' || (node.localName === 'input' && !VALUELESS.has(node.type)));
  }

  function hasCheck(node) {
    return node.namespaceURI === NAMESPACES[0] && node.localName === 'input' &&
      (node.type === 'checkbox' || node.type === 'radio');
  }

  function writeForms() {
    for (const [id, value] of values) {
      if (hasValue(get(id)))
        writeValue(get(id), value);
    }

    /* Those that are on come last: they turn the others of their group off. */
    for (const on of [false, true]) {
      for (const [id, value] of checks) {
        const control = get(id);

        if (hasCheck(control) && (value ?? control.defaultChecked) === on && control.checked !== on)
          control.checked = on;
      }
    }
  }

  /* Style sheets changed by script */

  function insertRule(sheet, rule, index) {
    try {
      sheet.insertRule(rule, index);
    } catch {
      sheet.insertRule(NO_RULE, index);
    }
  }

  /* A style element gets a new sheet whenever it or its text moves: then it is written again. */
  function writeSheet(id) {
    const entry = sheets.get(id);
    const sheet = get(id).sheet;

    if (!sheet || sheet === entry.sheet)
      return;

    while (sheet.cssRules.length > 0)
      sheet.deleteRule(sheet.cssRules.length - 1);
    entry.rules.forEach((rule, index) => insertRule(sheet, rule, index));
    entry.sheet = sheet;
  }

  function setRules(a, i) {
    get(a[i]);
    sheets.set(a[i], { rules: a.slice(i + 2, i + 2 + a[i + 1]), sheet: null });
    writeSheet(a[i]);
  }

  function spliceRules(a, i) {
    const [id, index, removed, n] = [a[i], a[i + 1], a[i + 2], a[i + 3]];
    const rules = a.slice(i + 4, i + 4 + n);
    const entry = sheets.get(id);
    const sheet = get(id).sheet;

    if (!entry || index + removed > entry.rules.length)
      throw new Error(`rules of node ${id} are not known`);

    entry.rules.splice(index, removed, ...rules);
    if (!sheet || sheet !== entry.sheet)
      return;

    for (let at = 0; at < removed; at++)
      sheet.deleteRule(index);
    rules.forEach((rule, at) => insertRule(sheet, rule, index + at));
  }

  /* Any change of its children makes a style element read its text again. */
  function resetRules(a, i) {
    const style = get(a[i]);
    const nudge = style.ownerDocument.createTextNode('');

    sheets.delete(a[i]);
    style.append(nudge);
    nudge.remove();
  }

  /* What is set last: scroll positions, animations */

  function writeScrolls() {
    for (const [id, [left, top]] of scrolls) {
      const node = get(id);

      (node.defaultView ?? node).scrollTo?.({ left, top, behavior: 'instant' });
    }
  }

  function driveAnimation(animation) {
    const ours = animation.playState === 'running' || paused.has(animation);

    if (ours && animation.effect?.target)
      driven.add(animation.effect.target);

    if (jump !== null && ours) {
      if (animation.effect?.getComputedTiming().endTime === Infinity)
        animation.currentTime = jump;
      else
        animation.finish();
    }

    if (!playing && animation.playState === 'running') {
      animation.pause();
      paused.add(animation);
    } else if (playing && paused.delete(animation) && animation.playState === 'paused') {
      animation.play();
    }
  }

  /* The animations of SVG's own elements have one clock per picture. */
  function drivePictures(doc) {
    const pictures = new Set();

    for (const node of doc.querySelectorAll(SVG_ANIMATIONS)) {
      let picture = node.ownerSVGElement;

      while (picture?.ownerSVGElement)
        picture = picture.ownerSVGElement;
      if (picture)
        pictures.add(picture);
    }
    for (const picture of pictures) {
      if (jump !== null)
        picture.setCurrentTime(jump / 1000);
      if (playing)
        picture.unpauseAnimations();
      else
        picture.pauseAnimations();
    }
  }

  function driveAnimations() {
    for (const doc of documents()) {
      drivePictures(doc);
      for (const animation of doc.getAnimations()) {
        try {
          driveAnimation(animation);
        } catch (error) {
          refuse(error);
        }
      }
    }
  }

  function finish() {
    const steps = [refillFrames, () => [...sheets.keys()].forEach(writeSheet), writeForms];

    if (jump !== null || !playing)
      steps.push(driveAnimations);
    steps.push(writeScrolls);

    for (const step of steps) {
      try {
        step();
      } catch (error) {
        refuse(error);
      }
    }
  }

  function setPointer(a, i) {
    playhead.overlay.setPointer(a[i]
      ? { x: a[i + 1], y: a[i + 2], kind: a[i + 3], pressed: Boolean(a[i + 4]) } : null);
  }

  function setClicks(a, i) {
    const clicks = [];

    for (let n = 0, at = i + 1; n < a[i]; n++, at += 4)
      clicks.push({ x: a[at], y: a[at + 1], progress: a[at + 2], kind: a[at + 3] });
    playhead.overlay.setClicks(clicks);
  }

  /*
   * By PhOp: what carries it out (given the patch and the place of its first
   * argument), how many arguments, and how many more for each that the last of
   * them counts. Those from OVERLAY_FIRST to OVERLAY_LAST leave the page alone.
   */
  const OPERATIONS = [
    [reset, 2],
    [(a, i) => playhead.overlay.setViewport([a[i], a[i + 1]]), 2],
    [element, 5, 2],
    [text, 3],
    [comment, 3],
    [doctype, 5],
    [shadow, 2],
    [setDocument, 3],
    [placeNode, 3],
    [(a, i) => get(a[i]).remove(), 1],
    [forget, 1, 1],
    [(a, i) => setAttribute(get(a[i]), a[i + 1], a[i + 2]), 3],
    [(a, i) => removeAttribute(get(a[i]), a[i + 1]), 2],
    [(a, i) => (get(a[i]).data = a[i + 1]), 2],
    [(a, i) => get(a[i]) && values.set(a[i], a[i + 1]), 2],
    [(a, i) => get(a[i]) && checks.set(a[i], a[i + 1] === null ? null : Boolean(a[i + 1])), 2],
    [setRules, 2, 1],
    [spliceRules, 4, 1],
    [resetRules, 1],
    [(a, i) => get(a[i]) && scrolls.set(a[i], [a[i + 1], a[i + 2]]), 3],
    [setPointer, 5],
    [setClicks, 1, 4],
    [(a, i) => (jump = a[i]), 1],
    [rename, 1, 2],
  ];
  const OVERLAY_FIRST = 20;
  const OVERLAY_LAST = 21;

  function run(patch) {
    for (let at = 0, end; at < patch.length; at = end) {
      const [operation, fixed, step = 0] = OPERATIONS[patch[at]] ?? [];

      if (!operation)
        throw new Error(`operation ${patch[at]} is not known`);
      end = at + 1 + fixed;
      if (step > 0)
        end += step * patch[end - 1];
      if (!Number.isInteger(end) || end < at + 1 + fixed || end > patch.length)
        throw new Error('the patch is cut off');

      changed ||= patch[at] < OVERLAY_FIRST || patch[at] > OVERLAY_LAST;
      try {
        operation(patch, at + 1);
      } catch (error) {
        refuse(error);
      }
    }
  }

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  /* A frame's callbacks run before it is painted, the task after it comes later. */
  const painted = () => new Promise((done) => {
    const late = setTimeout(end, document.hidden ? HIDDEN_TIMEOUT : PAINT_TIMEOUT);

    function end() {
      clearTimeout(late);
      document.removeEventListener('visibilitychange', end);
      done();
    }

    document.addEventListener('visibilitychange', end);
    requestAnimationFrame(() => setTimeout(end, 0));
  });

  async function apply(text) {
    const patch = JSON.parse(text);

    if (!Array.isArray(patch))
      throw new Error('a patch is an array');

    jump = null;
    changed = false;
    refused = 0;
    message = '';
    run(patch);
    if (changed)
      finish();
    const answer = { refused, message };
    await painted();

    return answer;
  }

  function setPlaying(wanted) {
    playing = wanted;
    jump = null;
    driveAnimations();
  }

  /* Data URLs decode on their own time: a picture waits for them, for at most @limit ms. */
  async function settle(limit) {
    const end = performance.now() + limit;
    const images = [...nodes.values()].filter((node) => node.localName === 'img');
    const busy = () => images.some((image) => !image.complete) ||
      documents().some((doc) => doc.fonts?.status === 'loading');

    await painted();
    do
      await pause(20);
    while (busy() && performance.now() < end);

    /* What had no size before may reach where it was scrolled to only now. */
    writeScrolls();
    await painted();
  }

  /* What dump.js looks at; it changes none of it. */
  const look = () => ({ frame, ids, sheets, scrolls, NAMESPACES, hasValue, hasCheck });

  return { apply, setPlaying, settle, look };
})();
