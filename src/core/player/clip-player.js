/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Plays a clip in a browser (ph-clip-html.h). The page is built by the same files as in
 * the program's own stage (applier.js and those beside it), of the same patches, so it is
 * the same page; here is only the clock, and what is around the page. `playhead.clip` says
 * what there is to play; times are milliseconds from the clip's begin.
 *
 * A place is reached by the patches up to it, joined to one: on from what is shown, or from
 * the last one before it that makes the page anew. So going back is as exact as going on.
 */
'use strict';

playhead.player = (() => {
  const { clip } = playhead;
  const { operations, aside, trees, atEnd, STEP } = playhead.applier;
  const SPEEDS = [0.5, 1, 1.5, 2, 4, 8];
  const JUMP = 22; /* of PhOp */
  const RESET = 0;
  const MEDIA = 34;
  const MOMENT = 99; /* ours: which time what follows is of */
  /* As in ph-pointer.c and ph-pointer.h. */
  const MOVE_GAP = 200;
  const CLICK_SPAN = 600;
  const CLICKS_SHOWN = 8;
  /* A note about a moment is shown for so long. */
  const READ_SPAN = 3000;
  const PLAY = 'M8 5.3v13.4a.8.8 0 0 0 1.2.7l10.6-6.7a.8.8 0 0 0 0-1.4L9.2 4.6A.8.8 0 0 0 8 5.3z';
  const PAUSE = 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z';

  const part = (id) => document.getElementById(id);
  const { patches, pointer, clicks, captions, idle, pages, length } = clip;
  const fresh = patches.flatMap(([, patch], n) => (patch[0] === RESET ? [n] : []));

  let position = 0;
  let playing = false;
  let speed = 1;
  let skips = false;
  let applied = 0; /* patches that are shown */
  let jumped = true; /* what is to be shown is not where playing on leads */
  let busy = null; /* until a patch is shown */
  let last = 0; /* when the clock was looked at */
  let ahead = 0; /* seconds from the moment a patch is of to where it leads */

  /* How many of @list are not after @time: sorted, each begins with its time. */
  function countUntil(list, time) {
    let low = 0;
    let high = list.length;

    while (low < high) {
      const middle = (low + high) >> 1;

      if (list[middle][0] <= time)
        low = middle + 1;
      else
        high = middle;
    }

    return low;
  }

  /* The page */

  /* What was taken along for addresses stands in the clip once, under a number. */
  function fill(patch) {
    patch.forEach((value, n) => {
      if (typeof value === 'string' && value.includes(clip.address))
        patch[n] = value.replace(clip.pattern, (all, number) => clip.assets[number] ?? 'data:,');
    });
  }

  if (Object.keys(clip.assets).length > 0) {
    clip.pattern = new RegExp(`${clip.address}(\\d+)`, 'g');
    patches.forEach(([, patch]) => fill(patch));
  }

  /* What a user's style sheet says in the program: here every tree adopts it. */
  const bases = new WeakMap(); /* document → CSSStyleSheet */

  function baseOf(doc) {
    if (!bases.has(doc)) {
      const sheet = new doc.defaultView.CSSStyleSheet();

      sheet.replaceSync(clip.frames);
      bases.set(doc, sheet);
    }

    return bases.get(doc);
  }

  atEnd(STEP.SHEETS, () => {
    for (const root of trees()) {
      const doc = root.ownerDocument ?? root;
      const sheets = root.adoptedStyleSheets;

      if (doc.defaultView && sheets && sheets[0] !== baseOf(doc))
        root.adoptedStyleSheets = [baseOf(doc), ...sheets.filter((one) => one !== baseOf(doc))];
    }
  });

  /* Nothing is heard, and what plays is as far as the clock is. */
  const [setMedia, ...counts] = operations[MEDIA];

  operations[MEDIA] = [(a, i) => {
    const given = a.slice(i, i + 1 + 7 * a[i]);

    for (let at = 1; at < given.length; at += 7) {
      given[at + 2] += given[at + 1] ? ahead * given[at + 3] : 0;
      given[at + 5] = true;
    }
    setMedia(given, 0);
  }, ...counts];
  operations[MOMENT] = [(a, i) => (ahead = Math.max(0, position - a[i]) / 1000), 1];
  aside.add(MOMENT);

  function join(from, to, jump) {
    const parts = jump ? [[JUMP, clip.begin + position]] : [];

    for (const [time, patch] of patches.slice(from, to))
      parts.push([MOMENT, time], patch);

    return [].concat(...parts);
  }

  /* From where to go on to @wanted patches. */
  function baseFor(wanted) {
    const base = fresh[countUntil(fresh.map((n) => [n]), wanted - 1) - 1] ?? 0;

    return wanted < applied ? base : Math.max(applied, base);
  }

  async function show() {
    while (applied !== countUntil(patches, position)) {
      const wanted = countUntil(patches, position);
      const patch = join(baseFor(wanted), wanted, jumped || wanted < applied);

      jumped = false;
      applied = wanted;
      await playhead.applier.apply(patch);
    }
    jumped = false;
  }

  function update() {
    busy ??= show().finally(() => (busy = null));

    return busy;
  }

  /* The pointer */

  function pointerAt(time) {
    const n = countUntil(pointer, time);
    const [at, x, y, kind, pressed, ...others] = pointer[n - 1] ?? [];
    const next = pointer[n];
    const found = { x, y, kind, pressed: Boolean(pressed) };

    if (x === undefined)
      return [null, []];
    if (next && next[0] - at <= MOVE_GAP && next[3] === kind) {
      const share = (time - at) / (next[0] - at);

      found.x += (next[1] - x) * share;
      found.y += (next[2] - y) * share;
    }

    return [found, others.map(([ox, oy, ok, op]) =>
      ({ x: ox, y: oy, kind: ok, pressed: Boolean(op) }))];
  }

  function clicksAt(time) {
    return clicks.slice(countUntil(clicks, time - CLICK_SPAN), countUntil(clicks, time))
      .slice(-CLICKS_SHOWN)
      .map(([at, x, y, kind]) => ({ x, y, kind, progress: (time - at) / CLICK_SPAN }));
  }

  /* Around the page */

  const minutes = (time) => {
    const seconds = Math.floor(time / 1000);
    const [m, s] = [Math.floor(seconds / 60), seconds % 60];

    return m < 60 ? `${m}:${String(s).padStart(2, '0')}`
      : `${Math.floor(m / 60)}:${String(m % 60).padStart(2, '0')}:${String(s).padStart(2, '0')}`;
  };
  const tenths = (time) => `${minutes(time)}.${Math.floor(time / 100) % 10}`;

  const lasts = ([begin, end]) => begin <= position &&
    position < Math.max(end, begin + READ_SPAN);

  function drawCaptions() {
    const text = captions.filter(lasts).map(([, , words]) => words).join('\n');

    part('caption').hidden = text === '';
    if (part('caption').textContent !== text)
      part('caption').textContent = text;
    captions.forEach((caption, n) =>
      part('list').children[n].firstChild.setAttribute('aria-current', String(lasts(caption))));
  }

  function draw() {
    const total = document.createElement('span');

    total.textContent = ` / ${minutes(length)}`;
    part('time').replaceChildren(tenths(position), total);
    part('scrub').value = String(position);
    part('scrub').style.setProperty('--done', `${100 * position / Math.max(length, 1)}%`);
    part('scrub').setAttribute('aria-valuetext', tenths(position));
    part('address').textContent = pages[countUntil(pages, position) - 1]?.[1] ?? '';
    drawCaptions();
    if (clip.pointed)
      playhead.overlay.setPointer(...pointerAt(position));
    playhead.overlay.setClicks(clicksAt(position));
  }

  function drawButtons() {
    part('symbol').setAttribute('d', playing ? PAUSE : PLAY);
    part('play').setAttribute('aria-label', part('play').dataset[playing ? 'pause' : 'play']);
    part('start').hidden = playing || position > 0;
  }

  /* The clock */

  function advance(passed) {
    position = Math.min(position + passed * speed, length);

    const stretch = skips ? idle.find(([begin, end]) => begin <= position && position < end) : null;

    if (stretch) {
      position = Math.min(stretch[1], length);
      jumped = true;
    }
  }

  function tick(now) {
    if (!playing)
      return;

    /* A frame may be said to be of a little before it was asked for. */
    advance(Math.max(0, now - last));
    last = Math.max(now, last);
    draw();
    update();
    if (position >= length)
      pause();
    else
      requestAnimationFrame(tick);
  }

  function play() {
    if (playing)
      return;
    if (position >= length)
      seek(0);

    playing = true;
    last = performance.now();
    playhead.time.setPlaying(true);
    drawButtons();
    requestAnimationFrame(tick);
  }

  function pause() {
    playing = false;
    playhead.time.setPlaying(false);
    drawButtons();
  }

  const toggle = () => (playing ? pause() : play());

  /* Answers when the page there is shown. */
  function seek(time) {
    position = Math.min(Math.max(time, 0), length);
    jumped = true;
    last = performance.now();
    draw();
    drawButtons();

    return update();
  }

  function setSpeed(wanted) {
    speed = wanted;
    playhead.media.setSpeed(wanted);
    part('speed').value = String(wanted);
  }

  function setSkips(wanted) {
    skips = wanted;
    part('idle').setAttribute('aria-pressed', String(wanted));
  }

  function showNotes(wanted) {
    part('notes').hidden = !wanted;
    part('toggle').setAttribute('aria-pressed', String(wanted));
    window.dispatchEvent(new Event('resize'));
  }

  /* What there is to press */

  function mark(className, begin, end) {
    const node = document.createElement('i');

    node.className = className;
    node.style.left = `${100 * begin / Math.max(length, 1)}%`;
    node.style.width = `${100 * (end - begin) / Math.max(length, 1)}%`;
    part('marks').append(node);
  }

  function listNote([begin, end, words]) {
    const [item, button, time] = ['li', 'button', 'time'].map((n) => document.createElement(n));
    const text = document.createElement('span');

    time.textContent = minutes(begin);
    text.textContent = words;
    button.type = 'button';
    button.append(time, text);
    button.addEventListener('click', () => seek(begin));
    item.append(button);
    part('list').append(item);
    mark('note', begin, end);
  }

  function press(event) {
    const step = event.shiftKey ? 5000 : 1000;
    const keys = {
      ' ': toggle, ArrowLeft: () => seek(position - step), ArrowRight: () => seek(position + step),
      Home: () => seek(0), End: () => seek(length),
      n: () => captions.length > 0 && showNotes(part('notes').hidden),
    };
    const called = keys[event.key];
    const focused = document.activeElement;

    if (!called || event.ctrlKey || event.altKey || event.metaKey || focused === part('speed') ||
        (event.key === ' ' && focused?.localName === 'button'))
      return;
    event.preventDefault();
    called();
  }

  function build() {
    part('title').textContent = part('title').title = clip.title;
    part('head').hidden = clip.title === '' && pages.length === 0;
    part('scrub').max = String(length);
    for (const value of [...new Set([...SPEEDS, clip.speed])].sort((a, b) => a - b))
      part('speed').append(new Option(`${value}×`, String(value)));
    captions.forEach(listNote);
    idle.forEach(([begin, end]) => mark('idle', begin, end));
    clicks.forEach(([at]) => mark('click', at, at));
    part('idle').hidden = idle.length === 0;
    part('toggle').hidden = captions.length === 0;

    part('play').addEventListener('click', toggle);
    part('start').addEventListener('click', play);
    part('view').addEventListener('click', toggle);
    part('scrub').addEventListener('input', () => seek(Number(part('scrub').value)));
    part('speed').addEventListener('change', () => setSpeed(Number(part('speed').value)));
    part('idle').addEventListener('click', () => setSkips(!skips));
    part('toggle').addEventListener('click', () => showNotes(part('notes').hidden));
    window.addEventListener('keydown', press);
  }

  playhead.room = () => [part('view').clientWidth, part('view').clientHeight];
  build();
  setSpeed(clip.speed);
  setSkips(clip.skips);
  showNotes(captions.length > 0);

  const look = () => ({ position, playing, speed });

  return { ready: seek(0), seek, play, pause, setSpeed, look };
})();
