/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scroll positions: PH_OP_SCROLL of ph-patch.h. They depend on all the rest and come last. */
'use strict';

playhead.scroll = (() => {
  const { get } = playhead.applier;

  const scrolls = new Map(); /* id → [x, y] */

  function writeScrolls() {
    for (const [id, [left, top]] of scrolls) {
      const node = get(id);

      (node.defaultView ?? node).scrollTo?.({ left, top, behavior: 'instant' });
    }
  }

  playhead.applier.remember(scrolls);
  playhead.applier.operations[19] = [(a, i) =>
    get(a[i]) && scrolls.set(a[i], [a[i + 1], a[i + 2]]), 3];
  playhead.applier.atEnd(playhead.applier.STEP.SCROLL, writeScrolls);

  return { write: writeScrolls, wanted: (id) => scrolls.has(id) };
})();
