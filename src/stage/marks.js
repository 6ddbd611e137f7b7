/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What pointer and focus do to the page: PH_OP_HOVER and PH_OP_FOCUS of ph-patch.h. No
 * real ones come near a recorded page, so elements that :hover and the like would match
 * get an attribute, and style sheets ask for that instead (ph-css.h).
 */
'use strict';

playhead.marks = (() => {
  const { MARKS } = playhead.applier;
  const ELEMENT = 1;

  const marked = new Map(MARKS.map((name) => [name, new Set()]));
  let hover = 0;
  let active = 0;
  let focus = 0;
  let focusShows = false;

  /* Where a node stands in what is drawn: slotted ones in their slot, pages in their iframe. */
  function above(node) {
    const owner = node.defaultView?.frameElement;

    return node.assignedSlot ?? node.parentNode ?? node.host ??
      (owner === playhead.applier.look().frame ? null : owner);
  }

  /* As :hover and :active match: what is pointed at, all that it is in, and controls of labels. */
  function pointedAt(id) {
    const found = new Set();

    for (let node = id !== 0 ? playhead.applier.find(id) : null; node; node = above(node)) {
      if (node.nodeType !== ELEMENT)
        continue;
      found.add(node);
      if (node.localName === 'label' && node.control)
        found.add(node.control);
    }

    return found;
  }

  /* As :focus-within matches: out of slots and shadow roots, but not out of an iframe. */
  function focusedWithin(element) {
    const found = new Set();

    for (let node = element; node; node = node.assignedSlot ?? node.parentNode ?? node.host) {
      if (node.nodeType === ELEMENT)
        found.add(node);
    }

    return found;
  }

  /* Only what differs: every change of an attribute may mean another style for much of a page. */
  function mark(name, wanted) {
    for (const element of marked.get(name)) {
      if (!wanted.has(element))
        element.removeAttribute(name);
    }
    for (const element of wanted) {
      if (!element.hasAttribute(name))
        element.setAttribute(name, '');
    }
    marked.set(name, wanted);
  }

  /* Again with every patch: what stands above a node may be another one now. */
  function write() {
    mark('ph-hover', pointedAt(hover));
    mark('ph-active', pointedAt(active));

    const node = focus !== 0 ? playhead.applier.find(focus) : null;
    const focused = new Set(node?.nodeType === ELEMENT ? [node] : []);

    mark('ph-focus', focused);
    mark('ph-focus-within', focusedWithin(...focused));
    mark('ph-focus-visible', focusShows ? focused : new Set());
  }

  playhead.applier.atReset(() => {
    hover = active = focus = 0;
    for (const elements of marked.values())
      elements.clear();
  });
  playhead.applier.operations[24] = [(a, i) => ([hover, active] = [a[i], a[i + 1]]), 2];
  playhead.applier.operations[25] =
    [(a, i) => ([focus, focusShows] = [a[i], Boolean(a[i + 1])]), 2];
  playhead.applier.atEnd(playhead.applier.STEP.MARKS, write);

  /* The marks of an element, for tests. */
  const of = (element) => MARKS.filter((name) => marked.get(name).has(element));

  /* What the focus is shown on, or nothing. */
  const focused = () => [...marked.get('ph-focus')][0];

  return { of, focused };
})();
