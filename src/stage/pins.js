/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where notes point at: pins above the page, at an element or at a spot of the document
 * in the page's frame, which scrolls with it. And the other way round: which element and
 * which spot is under a point of the view. Nothing of it is in the page.
 */
'use strict';

playhead.pins = (() => {
  let wanted = []; /* { node, spot, text, kind, chosen }: see ph-web-pins.h */

  const frame = () => playhead.applier.look().frame;
  const view = () => frame()?.contentWindow;

  /* An element's box in the page's pixels, wherever its document is; null where it has none. */
  function boxOf(element) {
    let { left: x, top: y, width, height } = element.getBoundingClientRect();

    if (width === 0 && height === 0)
      return null;

    for (let inner = element.ownerDocument.defaultView; inner; inner = inner.parent) {
      const owner = inner.frameElement;

      if (!owner || owner === frame())
        return { x, y, width, height };

      const around = owner.getBoundingClientRect();

      x += around.left + owner.clientLeft;
      y += around.top + owner.clientTop;
    }

    return null;
  }

  function elementOf(id) {
    const node = playhead.applier.find(id);

    return node?.getBoundingClientRect ? node : node?.parentElement;
  }

  /* In the page's pixels, as it is scrolled now; null: not to be seen. */
  function place({ node, spot, text, kind, chosen }) {
    const element = node ? elementOf(node) : null;
    const box = element?.isConnected ? boxOf(element) : null;

    if (node && !box)
      return null;

    const at = spot ? { x: spot[0] - view().scrollX, y: spot[1] - view().scrollY }
      : { x: box.x + box.width, y: box.y };

    return { ...at, box, text, kind, chosen };
  }

  function write() {
    playhead.overlay.setPins(view() ? wanted.map(place).filter((pin) => pin) : []);
  }

  function set(list) {
    wanted = list;
    write();
  }

  /* The innermost element at a point of the page, through shadow trees and iframes. */
  function elementAt(x, y) {
    let tree = view()?.document;
    let found = null;

    for (;;) {
      const next = tree?.elementFromPoint(x, y);

      if (!next || next === found)
        return found;

      found = next;
      if (next.shadowRoot) {
        tree = next.shadowRoot;
      } else if (next.contentDocument) {
        const around = next.getBoundingClientRect();

        x -= around.left + next.clientLeft;
        y -= around.top + next.clientTop;
        tree = next.contentDocument;
      } else {
        return found;
      }
    }
  }

  /* What was recorded of it, or around it: some elements are only ours. */
  function recordedAround(element) {
    const { ids } = playhead.applier.look();

    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host ??
        at.ownerDocument.defaultView?.frameElement) {
      if (at === frame())
        break;
      if (ids.has(at))
        return at;
    }

    return null;
  }

  /* What is under a point of the view: [node, x, y] of the document, or [] beside the page. */
  function look(viewX, viewY) {
    const { place: around, viewport } = playhead.overlay.look();
    const x = (viewX - around.x) / around.scale;
    const y = (viewY - around.y) / around.scale;

    playhead.overlay.setTarget(null);
    if (!view() || x < 0 || y < 0 || x >= viewport[0] || y >= viewport[1])
      return [];

    const element = recordedAround(elementAt(x, y));

    if (element)
      playhead.overlay.setTarget(boxOf(element));

    return [element ? playhead.applier.look().ids.get(element) : 0,
      Math.round(x + view().scrollX), Math.round(y + view().scrollY)];
  }

  const leave = () => playhead.overlay.setTarget(null);

  playhead.applier.atReset(() => playhead.overlay.setPins([]));
  playhead.applier.atEnd(playhead.applier.STEP.PICTURES, write);

  return { set, look, leave };
})();
