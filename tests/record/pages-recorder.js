/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts recording, with every option that records more. Runs in each page and frame first. */
(() => {
  let sequence = 0;
  let foreign = false;

  /* rrweb makes an empty frame for a moment, and records frames of the same origin itself. */
  if (location.protocol === 'about:')
    return;
  try
    {
      foreign = window !== top && !top.document;
    }
  catch (error)
    {
      foreign = true;
    }
  if (window !== top && !foreign)
    return;

  /* __phEmit comes from record-pages.js. The number shows that no event is lost. */
  rrweb.record ({
    emit: event => foreign || window.__phEmit (`${sequence++}\n${JSON.stringify (event)}`),
    collectFonts: true,
    inlineImages: true,
    inlineStylesheet: true,
    recordCanvas: true,
    recordCrossOriginIframes: true,
    ...window.__phOptions,
  });
}) ();
