/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts recording. Runs in each page after rrweb and its plugins, before the page's scripts. */
(() => {
  let sequence = 0;

  /* rrweb makes an empty frame for a moment, to get at functions nobody has changed. */
  if (window !== top || location.protocol === 'about:')
    return;

  /* What canonical.js has to know too. */
  const privacy = {
    maskInputOptions: { email: true, tel: true, password: true, text: true },
    maskInputFn (text, element)
    {
      const clear = element.type === 'text' && !element.hasAttribute ('data-private') &&
        !element.hasAttribute ('data-rr-is-password');

      return clear ? text : '*'.repeat (text.length);
    },
  };

  /* __phEmit comes from record.js. The number shows that no event is lost. */
  rrweb.record ({
    emit: event => window.__phEmit (`${sequence++}\n${JSON.stringify (event)}`),
    ...privacy,
    plugins: [
      rrwebPluginConsoleRecord.getRecordConsolePlugin ({ level: ['error', 'warn', 'info', 'log'] }),
      rrwebPluginNetworkRecord.getRecordNetworkPlugin ({
        initiatorTypes: ['fetch', 'xmlhttprequest'], recordHeaders: false, recordBody: true,
      }),
    ],
  });
}) ();
