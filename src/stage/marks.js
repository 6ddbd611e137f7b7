/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the pointer does to the page: PH_OP_HOVER of ph-patch.h. No real pointer comes
 * near a recorded page, so elements that :hover and the like would match get an
 * attribute, and style sheets ask for that instead (ph-css.h).
 */
'use strict';

playhead.marks = (() => {
  const { MARKS } = playhead.applier;
  const ELEMENT = 1;

  const marked = new Map(MARKS.map((name) => [name, new Set()]));
  let hover = 0;
  let active = 0;

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
  }

  playhead.applier.atReset(() => {
    hover = active = 0;
    for (const elements of marked.values())
      elements.clear();
  });
  playhead.applier.operations[24] = [(a, i) => ([hover, active] = [a[i], a[i + 1]]), 2];
  playhead.applier.atEnd(playhead.applier.STEP.MARKS, write);

  /* The marks of an element, for tests. */
  const of = (element) => MARKS.filter((name) => marked.get(name).has(element));

  return { of };
})();
