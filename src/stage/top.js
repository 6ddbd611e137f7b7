/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The top layer: PH_OP_DIALOG and PH_OP_POPOVER of ph-patch.h. Modal dialogs and
 * popovers are shown by the browser's own means, so that ::backdrop, :modal,
 * :popover-open and what lies over what are right. Which is on top depends on the
 * order in which they were shown: from the first that is not as wanted, all are
 * hidden and shown again.
 */
'use strict';

playhead.top = (() => {
  let dialogs = []; /* { id, place, popover, opener } */
  let popovers = [];
  let shown = []; /* { node, popover }: what we showed, the lowest first */

  function isUp({ node, popover }) {
    return node.isConnected && node.matches(popover ? ':popover-open' : ':modal');
  }

  /* Showing and hiding move the real focus, which would scroll and draw rings. */
  function blur(node) {
    const root = node.getRootNode();

    root.activeElement?.blur();
    node.ownerDocument.activeElement?.blur();
  }

  /* `open` says what was recorded; the browser's means write to it. */
  function keepingOpen(node, called) {
    const open = node.getAttribute('open');

    called();
    if (open === null)
      node.removeAttribute('open');
    else
      node.setAttribute('open', open);
  }

  /*
   * A dialog that lost its `open` while it was modal is not painted by WebKit when it has it
   * again. One that is taken out and put in is; what that undoes is put right after this step.
   */
  function renew(node) {
    const [parent, next] = [node.parentNode, node.nextSibling];

    node.remove();
    parent.insertBefore(node, next);
  }

  function lower(entry) {
    const { node, popover } = entry;

    if (!isUp(entry))
      return;
    if (popover)
      node.hidePopover();
    else
      keepingOpen(node, () => {
        node.setAttribute('open', '');
        node.close();
        renew(node);
      });
    blur(node);
  }

  function raise({ node, popover, opener }) {
    if (popover)
      node.showPopover(opener ? { source: opener } : undefined);
    else
      keepingOpen(node, () => {
        node.removeAttribute('open');
        node.showModal();
      });
    blur(node);
  }

  function write() {
    const wanted = [...dialogs, ...popovers].sort((a, b) => a.place - b.place)
      .map(({ id, popover, opener }) => ({
        node: playhead.applier.find(id), popover, opener: playhead.applier.find(opener),
      })).filter(({ node }) => node?.isConnected);
    let same = 0;

    while (same < shown.length && same < wanted.length &&
           shown[same].node === wanted[same].node && isUp(shown[same]))
      same++;
    shown.splice(same).reverse().forEach(lower);
    for (const entry of wanted.slice(same)) {
      try {
        raise(entry);
        shown.push(entry);
      } catch (error) {
        playhead.applier.refuse(error);
      }
    }
  }

  function setDialogs(a, i) {
    dialogs = [];
    for (let at = i + 1; at < i + 1 + 2 * a[i]; at += 2)
      dialogs.push({ id: a[at], place: a[at + 1], popover: false, opener: 0 });
  }

  function setPopovers(a, i) {
    popovers = [];
    for (let at = i + 1; at < i + 1 + 3 * a[i]; at += 3)
      popovers.push({ id: a[at], place: a[at + 1], popover: true, opener: a[at + 2] });
  }

  playhead.applier.atReset(() => (dialogs = popovers = shown = []));
  playhead.applier.operations[32] = [setDialogs, 1, 2];
  playhead.applier.operations[33] = [setPopovers, 1, 3];
  playhead.applier.atEnd(playhead.applier.STEP.TOP, write);

  /* Whether an element is in the top layer, for tests. */
  const of = (element) => (element.matches(':modal') ? 'modal'
    : element.matches(':popover-open') ? 'popover' : undefined);

  return { of };
})();
