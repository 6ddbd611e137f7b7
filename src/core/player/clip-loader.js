/* SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

(async () => {
  const data = document.getElementById('data');
  const bytes = Uint8Array.from(atob(data.textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const clip = JSON.parse(await new Response(stream).text());
  const script = document.createElement('script');

  data.remove();
  globalThis.playhead = { clip };
  script.textContent = clip.code;
  document.head.append(script);
})().catch(() => (document.getElementById('failure').hidden = false));
