/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Scroll positions: PH_OP_SCROLL of ph-patch.h. They depend on all the rest and come last.
 *
 * How far a box can be scrolled is known only once everything in it has its size, and
 * a picture or a font may come after the patch: for a while after each one the boxes
 * are looked at again.
 */
'use strict';

playhead.scroll = (() => {
  const { get, refuse } = playhead.applier;
  /* When to look again, in ms after the patch, while no other one comes. */
  const LATER = [60, 200, 500, 1200, 3000];

  const scrolls = new Map(); /* id → { left, top, at: where WebKit then stood } */
  let timer = 0;

  const positionOf = (node) => (node.defaultView
    ? [node.defaultView.scrollX, node.defaultView.scrollY] : [node.scrollLeft, node.scrollTop]);

  /* WebKit stands on whole pixels: which one depends on nothing but what was asked for. */
  function isRight(entry, [x, y]) {
    return entry.at?.[0] === x && entry.at[1] === y &&
      Math.abs(x - entry.left) < 1 && Math.abs(y - entry.top) < 1;
  }

  const scrollTo = (node, left, top) =>
    (node.defaultView ?? node).scrollTo?.({ left, top, behavior: 'instant' });

  /* A box that was hidden does not go back to its beginning in WebKit before it has moved. */
  function pushThere(node, { left, top }) {
    scrollTo(node, left + 1, top + 1);
    scrollTo(node, left, top);

    return positionOf(node);
  }

  /* All are read before one is written: the page is laid out once. */
  function writeScrolls() {
    const wrong = [];

    for (const [id, entry] of scrolls) {
      const node = get(id);

      if (!isRight(entry, positionOf(node)))
        wrong.push([node, entry]);
    }
    for (const [node, { left, top }] of wrong)
      scrollTo(node, left, top);
    for (const [node, entry] of wrong) {
      entry.at = positionOf(node);
      if (!isRight(entry, entry.at))
        entry.at = pushThere(node, entry);
    }
  }

  function setScroll(a, i) {
    const [id, left, top] = [a[i], a[i + 1], a[i + 2]];
    const old = scrolls.get(id);

    get(id);
    if (old?.left !== left || old.top !== top)
      scrolls.set(id, { left, top, at: null });
  }

  function lookAgain(n) {
    timer = setTimeout(() => {
      try {
        writeScrolls();
      } catch (error) {
        refuse(error);
      }
      if (n + 1 < LATER.length)
        lookAgain(n + 1);
    }, LATER[n] - (LATER[n - 1] ?? 0));
  }

  function finish() {
    clearTimeout(timer);
    writeScrolls();
    if (scrolls.size > 0)
      lookAgain(0);
  }

  playhead.applier.remember(scrolls);
  playhead.applier.atReset(() => clearTimeout(timer));
  playhead.applier.operations[19] = [setScroll, 3];
  playhead.applier.atEnd(playhead.applier.STEP.SCROLL, finish);

  return { write: writeScrolls, wanted: (id) => scrolls.has(id) };
})();
