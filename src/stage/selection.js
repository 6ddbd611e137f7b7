/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is selected, and the text caret: PH_OP_SELECTION of ph-patch.h. Shown as a
 * highlight of a name of ours, which looks the same whether the window is active or
 * not, moves no focus and may stand in several shadow trees at once; the page's own
 * ::selection rules ask for it too (ph-css.h). A caret is drawn above the page.
 */
'use strict';

playhead.selection = (() => {
  const NAME = 'ph-selection';
  const ELEMENT = 1;
  const CARET_WIDTH = 1;

  let wanted = []; /* [id, offset, id, offset] */
  let shown = []; /* Range */
  let marked = new Set(); /* windows that have a highlight */

  /* Never further than the node goes: its text may be another one now. */
  function place(id, offset) {
    const node = playhead.applier.find(id);

    return node ? [node, Math.min(offset, node.data?.length ?? node.childNodes.length)] : null;
  }

  function makeRange([startId, startOffset, endId, endOffset]) {
    const start = place(startId, startOffset);
    const end = place(endId, endOffset);

    if (!start || !end || !start[0].isConnected || !end[0].isConnected)
      return null;

    const range = (start[0].ownerDocument ?? start[0]).createRange();

    range.setStart(...start);
    range.setEnd(...end);

    return range;
  }

  function editedAround(node) {
    const element = node.nodeType === ELEMENT ? node : node.parentElement;

    return element?.isContentEditable
      ? element.closest('[contenteditable]:not([contenteditable="false" i])') ?? element : null;
  }

  /* An empty line has no box of its own: then it is where its element's text would begin. */
  function boxOf(range) {
    const box = [...range.getClientRects()].pop();

    if (box && box.height > 0)
      return { x: box.left, y: box.top, height: box.height };

    const node = range.startContainer;
    const element = node.nodeType === ELEMENT ? node : node.parentElement;
    const beside = node.nodeType === ELEMENT ? node.childNodes[range.startOffset] : null;
    const around = (beside?.nodeType === ELEMENT ? beside : element).getBoundingClientRect();
    const style = element.ownerDocument.defaultView.getComputedStyle(element);
    const line = parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.2;

    if (beside)
      return { x: around.left, y: around.top, height: Math.min(around.height || line, line) };

    return {
      x: around.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth),
      y: around.top + parseFloat(style.paddingTop) + parseFloat(style.borderTopWidth),
      height: line,
    };
  }

  /* From a document inside of iframes to the page; null where it cannot be seen. */
  function toPage(doc, box) {
    for (let view = doc.defaultView; view; view = view.parent) {
      if (box.x < 0 || box.y + box.height < 0 || box.x > view.innerWidth ||
          box.y > view.innerHeight)
        return null;

      const owner = view.frameElement;

      if (owner === playhead.applier.look().frame)
        return box;

      const around = owner.getBoundingClientRect();

      box = {
        ...box, x: box.x + around.left + owner.clientLeft, y: box.y + around.top + owner.clientTop,
      };
    }

    return null;
  }

  function caretOf(range) {
    const host = editedAround(range.startContainer);

    if (!host)
      return null;

    const box = boxOf(range);
    const around = host.getBoundingClientRect();

    if (box.y + box.height < around.top || box.y > around.bottom)
      return null;

    const style = host.ownerDocument.defaultView.getComputedStyle(host);
    const colour = style.caretColor === 'auto' ? style.color : style.caretColor;

    return toPage(host.ownerDocument, { ...box, width: CARET_WIDTH, colour });
  }

  function write() {
    const windows = new Map();

    shown = wanted.map(makeRange).filter((range) => range);
    for (const range of shown) {
      const view = range.startContainer.ownerDocument?.defaultView ??
        range.startContainer.defaultView;

      if (view && !range.collapsed)
        windows.set(view, [...(windows.get(view) ?? []), range]);
    }
    for (const view of marked) {
      if (!windows.has(view))
        view.CSS?.highlights?.delete(NAME);
    }
    for (const [view, ranges] of windows)
      view.CSS.highlights.set(NAME, new view.Highlight(...ranges));
    marked = new Set(windows.keys());
    drawCaret();
  }

  /* Where it is depends on layout and scroll positions. */
  function drawCaret() {
    playhead.overlay.setCarets(shown.filter((range) => range.collapsed).map(caretOf)
      .filter((box) => box));
  }

  function set(a, i) {
    wanted = [];
    for (let at = i + 1; at < i + 1 + 4 * a[i]; at += 4)
      wanted.push(a.slice(at, at + 4));
  }

  playhead.applier.atReset(() => {
    wanted = [];
    shown = [];
    marked = new Set();
    playhead.overlay.setCarets([]);
  });
  playhead.applier.operations[26] = [set, 1, 4];
  playhead.applier.atEnd(playhead.applier.STEP.SELECTION, write);

  /* As it is, for dump.js. */
  const look = () => shown.map((range) => {
    const known = playhead.applier.look().ids;

    return [known.get(range.startContainer), range.startOffset, known.get(range.endContainer),
      range.endOffset];
  });

  return { look, write, isMarked: () => marked.size > 0 };
})();
