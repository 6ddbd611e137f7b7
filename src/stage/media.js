/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Sounds and films: PH_OP_MEDIA of ph-patch.h. What plays, plays by itself while the
 * player does, as fast as that; it is put right when it is off by more than a tenth of
 * a second. Else it stands where it was. The view is muted (ph-web-policy.c). Events of
 * elements in the sandboxed frame never come: what is being looked for is asked for.
 *
 * The picture of a film is painted as the element's background, as WebKit would put
 * controls on it else (frames.css): by an animation, which leaves its attributes alone.
 */
'use strict';

playhead.media = (() => {
  const OFF = 0.1; /* seconds */
  const EXACT = 0.001;
  const FASTEST = 8; /* faster than that a film is moved, not played */

  const STEP = 60; /* milliseconds between two looks at films that move */
  /* What `object-fit` means for a background. */
  const SIZES = { fill: '100% 100%', none: 'auto', cover: 'cover' };

  const canvas = document.createElement('canvas');
  let painted = new WeakMap(); /* element → { key, animation } */
  let timer = 0;

  const wanted = new Map(); /* id → { playing, position, at, rate, volume, muted, loop } */
  let playing = false;
  let speed = 1;

  const isMedia = (node) => typeof node?.play === 'function' && node.isConnected;

  /* How fast it is to run now; 0 for standing still. */
  function rateOf(state) {
    const rate = state.rate * speed;

    return playing && state.playing && rate > 0 && rate <= FASTEST ? rate : 0;
  }

  function positionOf(node, state) {
    const passed = (performance.now() - state.at) / 1000;
    const position = state.position + passed * rateOf(state);

    if (!(node.duration > 0) || !Number.isFinite(node.duration))
      return position;

    return state.loop ? position % node.duration : Math.min(position, node.duration);
  }

  /* One that stands keeps what it was recorded with; what no browser plays at is left out. */
  function setRate(node, rate) {
    if (rate > 0 && rate <= FASTEST && node.playbackRate !== rate)
      node.playbackRate = rate;
  }

  function put(node, state) {
    const rate = rateOf(state);
    const target = positionOf(node, state);

    node.volume = state.volume;
    node.muted = state.muted;
    if (node.readyState < 1 || node.seeking)
      return;

    /* What is over stands on its last picture. */
    const runs = rate > 0 && (state.loop || !(target >= node.duration));

    if (Math.abs(node.currentTime - target) > (runs ? OFF : EXACT))
      node.currentTime = target;
    if (!runs)
      node.pause();
    setRate(node, runs ? rate : state.rate);
    if (runs && node.paused)
      node.play().catch(() => {});
  }

  /* What it shows now, as an address; "" for nothing. */
  function pictureOf(node) {
    if (node.readyState < 2 || node.videoWidth === 0)
      return node.poster?.startsWith('data:image/') ? node.poster : '';

    const box = node.getBoundingClientRect();
    const scale = Math.min(1, 1.5 * Math.max(box.width / node.videoWidth,
      box.height / node.videoHeight) || 1);

    canvas.width = Math.max(1, Math.round(node.videoWidth * scale));
    canvas.height = Math.max(1, Math.round(node.videoHeight * scale));
    canvas.getContext('2d').drawImage(node, 0, 0, canvas.width, canvas.height);

    return canvas.toDataURL('image/jpeg', 0.9);
  }

  /* As large as it would be, with what it shows. */
  function keyframeOf(node, picture) {
    const style = node.ownerDocument.defaultView.getComputedStyle(node);
    const frame = {
      backgroundImage: picture ? `url("${picture}")` : 'none', backgroundRepeat: 'no-repeat',
      backgroundOrigin: 'content-box', backgroundClip: 'content-box',
      backgroundSize: SIZES[style.objectFit] ?? 'contain',
      backgroundPosition: style.objectPosition,
    };

    if (node.videoWidth > 0) {
      frame.containIntrinsicSize = `${node.videoWidth}px ${node.videoHeight}px`;
      frame.aspectRatio = `auto ${node.videoWidth} / ${node.videoHeight}`;
    }

    return frame;
  }

  function paint(node) {
    const old = painted.get(node);
    const key = `${node.readyState >= 2 ? node.currentTime : 'poster'} ${node.clientWidth}`;

    if (node.localName !== 'video' || node.seeking || old?.key === key)
      return;

    const frame = keyframeOf(node, pictureOf(node));
    const animation = node.animate([frame, frame], { duration: 1, fill: 'both' });

    animation.finish();
    old?.animation.cancel();
    painted.set(node, { key, animation });
  }

  /* Films nobody told of show their poster, or their first picture. */
  function films() {
    const all = [];

    for (const doc of playhead.applier.documents())
      all.push(...doc.getElementsByTagName('video'));
    for (const id of wanted.keys()) {
      const node = playhead.applier.find(id);

      if (isMedia(node) && !all.includes(node))
        all.push(node);
    }

    return all;
  }

  function paintAll() {
    for (const node of films()) {
      try {
        paint(node);
      } catch (error) {
        playhead.applier.refuse(error);
      }
    }
  }

  /* Until nothing moves or is looked for any more. */
  function watch() {
    clearTimeout(timer);
    timer = 0;
    paintAll();
    if (isBusy() || films().some((node) => !node.paused))
      timer = setTimeout(watch, STEP);
  }

  function write() {
    for (const [id, state] of wanted) {
      const node = playhead.applier.find(id);

      if (isMedia(node))
        put(node, state);
    }
    if (timer === 0)
      watch();
  }

  /* From now on as it is now. */
  function rebase(change) {
    for (const [id, state] of wanted) {
      const node = playhead.applier.find(id);

      if (isMedia(node))
        Object.assign(state, { position: positionOf(node, state), at: performance.now() });
    }
    change();
    write();
  }

  function set(a, i) {
    wanted.clear();
    for (let at = i + 1; at < i + 1 + 7 * a[i]; at += 7) {
      wanted.set(a[at], {
        playing: Boolean(a[at + 1]), position: a[at + 2], at: performance.now(), rate: a[at + 3],
        volume: Math.min(Math.max(a[at + 4], 0), 1), muted: Boolean(a[at + 5]),
        loop: Boolean(a[at + 6]),
      });
    }
    write();
  }

  /* A picture waits until each film shows what it should, or says that it cannot. */
  function isBusy() {
    let busy = false;

    for (const [id, state] of wanted) {
      const node = playhead.applier.find(id);

      if (!isMedia(node) || node.error || (!node.currentSrc && !node.src))
        continue;
      put(node, state);
      busy ||= node.seeking || node.readyState < 2;
    }
    if (!busy)
      paintAll();

    return busy;
  }

  playhead.applier.remember(wanted);
  playhead.applier.atReset(() => {
    painted = new WeakMap();
    clearTimeout(timer);
    timer = 0;
  });
  playhead.applier.operations[34] = [set, 1, 7];
  playhead.applier.aside.add(34);
  playhead.applier.atEnd(playhead.applier.STEP.MARKS, write);
  playhead.applier.whileBusy(isBusy);

  const setPlaying = (value) => rebase(() => (playing = value));
  const setSpeed = (value) => rebase(() => (speed = value));

  /* How an element is, for tests. */
  const of = (node) => (wanted.has(playhead.applier.look().ids.get(node)) && isMedia(node) ? {
    time: node.currentTime, paused: node.paused, rate: node.playbackRate,
    size: [node.videoWidth ?? 0, node.videoHeight ?? 0], ready: node.readyState,
  } : undefined);

  return { setPlaying, setSpeed, of };
})();
