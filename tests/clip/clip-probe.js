/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Taken into an HTML clip beside its own scripts, and named in its policy as they are
 * (test-clip-browser.c): what it finds goes into the page as base64, which the browser
 * prints when all has been loaded. A frame whose page is not at its end keeps it waiting,
 * for a minute and a half at most: a clip that does not start is a failure, no end of time.
 */
(async () => {
  const hold = document.body.appendChild(document.createElement('iframe'));
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const found = { refused: [], states: [] };

  hold.contentDocument.open();
  setTimeout(() => hold.contentDocument.close(), 90000);
  addEventListener('securitypolicyviolation', (event) =>
    found.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
  for (let n = 0; n < 1500 && !globalThis.playhead?.player; n++)
    await wait(20);
  if (!globalThis.playhead?.player)
    return hold.contentDocument.close();

  const { player } = playhead;

  await player.ready;
  (() => {
    /* @DUMP@ */
  })();
  for (const time of [/* @TIMES@ */]) {
    await player.seek(time);
    await wait(50);
    found.states.push(JSON.parse(playhead.dump('state')));
  }

  await player.seek(0);
  player.setSpeed(4);
  player.play();
  for (let n = 0; n < 200 && player.look().position < 300; n++)
    await wait(50);
  player.pause();
  await wait(300);
  found.played = player.look().position;
  found.states.push(JSON.parse(playhead.dump('state')));

  found.ran = globalThis.ran ?? null;
  found.loaded = performance.getEntriesByType('resource').map(({ name }) => name);

  const out = document.createElement('pre');

  out.id = 'found';
  out.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(found))));
  document.body.prepend(out);
  hold.contentDocument.close();
})();
