/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Runs in a script world of its own in stage.html, builds the recorded page
 * inside a sandboxed iframe by carrying out patches (ph-patch.h), and decides
 * nothing: what is allowed was decided before, in C. Here are its nodes; what
 * depends on them is in files of its own, which add operations and what is to be
 * done after a patch: sheets.js, forms.js, canvas.js, top.js, marks.js, media.js, time.js,
 * scroll.js, selection.js. Beside it are overlay.js (around and above the page) and dump.js
 * (what is shown, for tests).
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
  /*
   * Nobody scrolls a frame but patches. Of bars that have no size WebKit paints a dot all the
   * same, and one that was made before the page in the frame was. Pages say it in other words.
   */
  const NO_BARS = 'noscroll';
  /* A hidden view draws no frames: answer all the same. One that is seen may be slow. */
  const HIDDEN_TIMEOUT = 100;
  const PAINT_TIMEOUT = 2000;
  /* What is shown is to be painted by then, else it is not waited for. */
  const SHOW_TIMEOUT = 500;

  /* Nothing is seen of either. */
  const CLEAR = ['rgba(1, 1, 1, 0)', 'rgba(2, 2, 2, 0)'];

  /* What is put right at the end of a patch, in this order: each depends on those before. */
  const STEP = { TOP: 0, FRAMES: 1, SHEETS: 2, FORMS: 3, MARKS: 4, SIZES: 5, ANIMATIONS: 6,
    SCROLL: 7, SELECTION: 8, PICTURES: 9 };
  /* Attributes of ours: what a browser knows of an element without them (marks.js). */
  const MARKS = ['ph-hover', 'ph-active', 'ph-focus', 'ph-focus-within', 'ph-focus-visible'];

  /* By PhMode (ph-doctype.h): what makes the parser choose it. */
  const DOCTYPES = ['<!DOCTYPE html>', '<html>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">'];

  let frame = null;

  const nodes = new Map(); /* id → node */
  let ids = new WeakMap(); /* node → id */
  const frames = new Map(); /* iframe id → { id, mode } of its document */
  const shadows = new Map(); /* id → shadow root */
  const operations = []; /* by PhOp: see below */
  const remembered = [nodes, frames, shadows]; /* maps by id */
  const starters = []; /* called before a patch, with the time of a step */
  const resetters = []; /* called when the page is made anew */
  const renamers = []; /* called with each node that gets another id */
  const setters = []; /* called with an element and the attribute of it that changed, null: all */
  const finishers = []; /* by step: called after a patch that touched the page */
  const waits = []; /* whether something is still on its way into the picture */
  let changed = false; /* the patch touched the page */
  let needsFrames = false; /* a page said that what is out of sight is not laid out */
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

  const find = (id) => nodes.get(id);

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
  function freshDocument(iframe, mode) {
    const doc = iframe.contentDocument;

    doc.open();
    doc.write(DOCTYPES[Number(mode)]);
    doc.close();

    return empty(doc);
  }

  let frameCount = 0;

  function makeFrame(doc) {
    const iframe = doc.createElementNS(NAMESPACES[0], 'iframe');

    iframe.setAttribute('sandbox', SANDBOX);
    iframe.setAttribute('scrolling', NO_BARS);
    /*
     * WebKit draws no frame whose address is that of two around it, so each has one of its
     * own. Whether it may go there is asked, and denied (ph-web-policy.h). Other browsers,
     * where clips may be shown, need no address and would go there.
     */
    if (doc !== document && navigator.vendor.startsWith('Apple'))
      iframe.setAttribute('src', `about:blank?${++frameCount}`);

    return iframe;
  }

  function reset(a, i) {
    const old = frame;

    for (const map of remembered)
      map.clear();
    for (const called of resetters)
      called();
    ids = new WeakMap();

    frame = makeFrame(document);
    playhead.overlay.setFrame(frame);
    know(a[i], freshDocument(frame, a[i + 1]));
    old?.remove();
  }

  function setDocument(a, i) {
    const [id, owner, mode] = [a[i], a[i + 1], a[i + 2]];
    const iframe = get(owner);

    frames.set(owner, { id, mode });
    know(id, iframe.contentDocument
      ? freshDocument(iframe, mode)
      : empty(document.implementation.createHTMLDocument('')));
  }

  /* WebKit gives no page to an iframe that was inside a moved one: a twin gets one. */
  function reviveFrame(id) {
    const iframe = nodes.get(id);

    if (!iframe?.isConnected || iframe.contentDocument)
      return iframe;

    const twin = iframe.cloneNode(false);

    for (const name of MARKS)
      twin.removeAttribute(name);
    twin.append(...iframe.childNodes);
    iframe.replaceWith(twin);
    know(id, twin);

    return twin;
  }

  /* An iframe that was moved has lost its page: the nodes go into its new document. */
  function refillFrames() {
    for (const [owner, { id, mode }] of frames) {
      const iframe = reviveFrame(owner);
      const old = nodes.get(id);

      if (!old || !iframe?.contentDocument || iframe.contentDocument === old)
        continue;

      const doc = freshDocument(iframe, mode);

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

  /* What animates: WebKit's documents do not tell of what is in their shadow trees. */
  const trees = () => [...documents(), ...shadows.values()];

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
    if (element.localName === 'iframe' && name === 'scrolling')
      element.setAttribute(name, NO_BARS);
    else if (element.localName !== 'iframe' || !FRAME_ATTRIBUTES.has(name.toLowerCase()))
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
    for (const called of setters)
      called(node, null);
    append(a[i], a[i + 1], node);
  }

  function set(a, i) {
    setAttribute(get(a[i]), a[i + 1], a[i + 2]);
    for (const called of setters)
      called(get(a[i]), a[i + 1]);
  }

  function unset(a, i) {
    removeAttribute(get(a[i]), a[i + 1]);
    for (const called of setters)
      called(get(a[i]), a[i + 1]);
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
    if (root.host)
      shadows.set(a[i], root);
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
    for (const map of remembered)
      map.delete(id);
  }

  function forget(a, i) {
    for (let at = i + 1; at <= i + a[i]; at++)
      forgetId(a[at]);
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
      for (const called of renamers)
        called(node);
    });
  }

  async function finish() {
    for (const step of finishers.flat()) {
      try {
        /* Most have nothing to wait for, and then nobody waits. */
        const wait = step();

        if (wait)
          await wait;
      } catch (error) {
        refuse(error);
      }
    }
  }

  function setPointers(a, i) {
    const all = [];

    for (let n = 0, at = i + 1; n < a[i]; n++, at += 4)
      all.push({ x: a[at], y: a[at + 1], kind: a[at + 2], pressed: Boolean(a[at + 3]) });
    playhead.overlay.setPointer(all.shift() ?? null, all);
  }

  function setTrail(a, i) {
    const trail = [];

    for (let n = 0, at = i + 1; n < a[i]; n++, at += 4)
      trail.push({ x: a[at], y: a[at + 1], age: a[at + 2], begins: Boolean(a[at + 3]) });
    playhead.overlay.setTrail(trail);
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
   * them counts. Other files add theirs.
   */
  Object.assign(operations, [
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
    [set, 3],
    [unset, 2],
    [(a, i) => (get(a[i]).data = a[i + 1]), 2],
  ]);
  operations[20] = [setPointers, 1, 4];
  operations[21] = [setClicks, 1, 4];
  operations[23] = [rename, 1, 2];
  operations[37] = [setTrail, 1, 4];
  /* Those that leave the page alone: after them nothing has to be put right. */
  const aside = new Set([20, 21, 37]);

  function run(patch) {
    for (let at = 0, end; at < patch.length; at = end) {
      const [operation, fixed, step = 0] = operations[patch[at]] ?? [];

      if (!operation)
        throw new Error(`operation ${patch[at]} is not known`);
      end = at + 1 + fixed;
      if (step > 0)
        end += step * patch[end - 1];
      if (!Number.isInteger(end) || end < at + 1 + fixed || end > patch.length)
        throw new Error('the patch is cut off');

      changed ||= !aside.has(patch[at]);
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

  /* Where only what changed is painted, edges differ a little by where that ends: all anew. */
  function repaint() {
    const { style } = document.documentElement;

    style.backgroundColor = style.backgroundColor === CLEAR[0] ? CLEAR[1] : CLEAR[0];
  }

  /*
   * WebKit without a graphics card paints at once what a layout says has changed, and no more
   * than that: no frame of the screen is waited for, but where nothing has changed. A frame's
   * callbacks run before it is painted, the task after it comes later; what that answers
   * arrives after the frame. Answers false when there was none in time.
   */
  const show = () => new Promise((done) => {
    const late = setTimeout(() => done(false), SHOW_TIMEOUT);

    requestAnimationFrame(() => setTimeout(() => {
      clearTimeout(late);
      done(true);
    }, 0));
    for (const tree of trees())
      for (const image of tree.querySelectorAll('img[decoding="async" i]'))
        image.decoding = 'sync';
    for (const doc of documents())
      doc.documentElement?.getBoundingClientRect();
  });

  /* A patch as JSON text, or as what that says. */
  async function carryOut(text, time = null) {
    const patch = typeof text === 'string' ? JSON.parse(text) : text;

    if (!Array.isArray(patch))
      throw new Error('a patch is an array');

    for (const called of starters)
      called(time);
    changed = time !== null;
    refused = 0;
    message = '';
    run(patch);
    if (changed)
      await finish();

    return { refused, message };
  }

  async function apply(text) {
    const answer = await carryOut(text);

    await painted();

    return answer;
  }

  /*
   * For pictures taken one after the other: what moves by itself is put to @time, in
   * milliseconds. No frame is waited for, as a picture is laid out anew. Answers as well
   * whether anything moves, and whether to settle before the picture: something is to come,
   * or is put right by WebKit only while it makes a frame, such as highlights. Else, when it is
   * to be @seen and the view is, the page is painted before the answer, which says whether it was.
   */
  async function step(text, time, seen = false) {
    const answer = await carryOut(text, time);

    needsFrames ||= text.includes('content-visibility');

    const unsettled = needsFrames || playhead.selection.isMarked() || text.includes('url(') ||
      (text !== '[]' && isBusy());
    const moving = playhead.time.isMoving();

    return { ...answer, moving, unsettled,
      shown: seen && !unsettled && !document.hidden && await show() };
  }

  /* What has not come yet; a page has no list of the pictures its sheets name. */
  const isBusy = () =>
    trees().some((tree) => [...tree.querySelectorAll('img')].some((image) => !image.complete)) ||
    documents().some((doc) => doc.fonts?.status === 'loading') ||
    waits.some((called) => called());

  /* Data URLs decode on their own time: a picture waits for them, for at most @limit ms. */
  async function settle(limit) {
    const end = performance.now() + limit;

    await painted();
    do
      await pause(20);
    while (isBusy() && performance.now() < end);

    /* What had no size before may reach where it was scrolled to only now. */
    playhead.scroll.write();
    playhead.selection.write();
    repaint();
    await painted();
  }

  /* For the files beside this one. */
  const remember = (...maps) => remembered.push(...maps);
  const atStart = (called) => starters.push(called);
  const atReset = (called) => resetters.push(called);
  const atRename = (called) => renamers.push(called);
  const whenSet = (called) => setters.push(called);
  const atEnd = (step, called) => (finishers[step] ??= []).push(called);
  const whileBusy = (called) => waits.push(called);

  atEnd(STEP.FRAMES, refillFrames);

  /* What dump.js looks at; it changes none of it. */
  const look = () => ({ frame, ids });

  return {
    NAMESPACES, STEP, MARKS, NO_BARS, operations, aside, apply, step, settle, look, find, get,
    refuse, documents, trees, remember, atStart, atReset, atRename, whenSet, atEnd, whileBusy,
  };
})();
