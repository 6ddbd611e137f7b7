/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * rrweb's Replayer, brought to times of an archive one after the other. What
 * only its own chrome or the clock on the wall would make differ is taken away:
 * the pointer, the colour of blocked blocks, transitions and animations that
 * would go on while the picture is taken.
 */
'use strict';

const referee = (() => {
  const SVG_ANIMATIONS = 'animate, animateColor, animateMotion, animateTransform, set';
  const SETTLE = 2000;

  let replayer = null;
  let warnings = [];

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  /* A frame's callbacks run before it is painted, the task after it comes later. */
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done, 0));
  });

  function documentsOf(frame, found) {
    const doc = frame.contentDocument;

    if (!doc)
      return found;
    found.push(doc);
    eachElement(doc, (element) => {
      if (element.localName === 'iframe')
        documentsOf(element, found);
    });

    return found;
  }

  function eachElement(root, call) {
    for (const element of root.querySelectorAll('*')) {
      call(element);
      if (element.shadowRoot)
        eachElement(element.shadowRoot, call);
    }
  }

  /* As the stage has it after a jump: what ends has ended, what does not is at that time. */
  function drive(doc, time) {
    doc.documentElement?.classList.remove('rrweb-paused');
    for (const animation of doc.getAnimations()) {
      if (animation.playState !== 'running')
        continue;
      if (animation.effect?.getComputedTiming().endTime === Infinity)
        animation.currentTime = time;
      else
        animation.finish();
      if (animation.playState === 'running')
        animation.pause();
    }
    for (const node of doc.querySelectorAll(SVG_ANIMATIONS)) {
      let picture = node.ownerSVGElement;

      while (picture?.ownerSVGElement)
        picture = picture.ownerSVGElement;
      picture?.setCurrentTime(time / 1000);
      picture?.pauseAnimations();
    }
  }

  function isBusy() {
    let busy = false;

    for (const doc of documentsOf(replayer.iframe, [])) {
      busy ||= doc.fonts?.status === 'loading';
      eachElement(doc, (element) => {
        busy ||= element.localName === 'img' && !element.complete;
      });
    }

    return busy;
  }

  async function settle(time) {
    const end = performance.now() + SETTLE;

    /* What is selected is seen in a window that somebody uses. */
    if (document.activeElement !== replayer.iframe)
      replayer.iframe.contentWindow.focus();

    await painted();
    do
      await pause(20);
    while (isBusy() && performance.now() < end);

    for (const doc of documentsOf(replayer.iframe, []))
      drive(doc, time);
    await painted();

    return {
      width: Number(replayer.iframe.getAttribute('width')),
      height: Number(replayer.iframe.getAttribute('height')),
      warnings: warnings.join('\n'),
    };
  }

  async function open() {
    const events = await (await fetch('events')).json();
    const note = (...what) => warnings.push(what.slice(0, 2).map(String).join(' '));

    warnings = [];
    await new Promise((rebuilt) => {
      replayer = new rrweb.Replayer(events, {
        root: document.getElementById('page'),
        useVirtualDom: false,
        mouseTail: false,
        UNSAFE_replayCanvas: true,
        logger: { log: note, warn: note },
      });
      replayer.on('fullsnapshot-rebuilded', rebuilt);
    });
    await painted();

    return events.length;
  }

  /* @stamp is a timestamp as recorded; what has it is shown. @time drives animations. */
  async function seek(stamp, time) {
    replayer.pause(stamp - replayer.getMetaData().startTime + 0.01);

    return settle(time);
  }

  const html = () => {
    const doc = replayer.iframe.contentDocument;

    return `<!-- ${doc.compatMode} -->${doc.documentElement?.outerHTML ?? ''}`;
  };

  return { open, seek, settle, html };
})();
