/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * rrweb's Replayer as its own player uses it, without what only costs time here:
 * no mouse tail, no warnings. Each function answers when the page is painted.
 */
'use strict';

const peer = (() => {
  let replayer = null;

  /* A frame's callbacks run before it is painted, the task after it comes later. */
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done, 0));
  });

  async function open() {
    const start = performance.now();
    /* The fastest of the ways there are: no text of the whole is kept. */
    const events = await (await fetch('archive')).json();
    const parsed = performance.now() - start;

    if (!Array.isArray(events))
      throw new Error('only arrays of events are compared');

    await new Promise((rebuilt) => {
      replayer = new rrweb.Replayer(events, {
        root: document.getElementById('page'),
        useVirtualDom: true,
        mouseTail: false,
        showWarning: false,
      });
      replayer.on('fullsnapshot-rebuilded', rebuilt);
    });
    await painted();

    return { events: events.length, duration: replayer.getMetaData().totalTime, parsed };
  }

  async function seek(time) {
    const start = performance.now();

    replayer.pause(time);

    const called = performance.now() - start;

    await painted();

    return { called };
  }

  return { open, seek };
})();
