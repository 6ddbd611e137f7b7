/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * @grafana/faro-instrumentation-replay in @grafana/faro-web-sdk, with nothing hidden. What is
 * sent is written as it was sent, one body a line.
 *
 * THE RULES, beyond those of canonical.js: nothing is hidden.
 */
const zlib = require ('zlib');

exports.har = 'plain';

exports.entry = `
  export * from '@grafana/faro-web-sdk';
  export * from '@grafana/faro-instrumentation-replay';
`;

exports.inPage = library => ({
  start () {
    const { initializeFaro, getWebInstrumentations, ReplayInstrumentation } = library;

    window.faro = initializeFaro ({
      url: `${location.origin}/collect`, apiKey: 'garden',
      consoleInstrumentation: { disabledLevels: [] },
      app: { name: 'garden', version: '1.0', environment: 'test' },
      user: { id: 's-1', username: 'Gardener', email: 'gardener@example.org' },
      instrumentations: [
        ...getWebInstrumentations ({ captureConsole: true }),
        new ReplayInstrumentation ({ maskAllInputs: false, maskInputOptions: { password: false },
                                     maskTextSelector: undefined }),
      ],
    });
  },
  say () {
    window.faro.api.pushEvent ('watered', { times: '2' });
  },
});

exports.rules = () => ({
  text: ({ data }) => data,
  value: ({ value }) => value,
});

const plain = body => (body[0] === 0x1f && body[1] === 0x8b ? zlib.gunzipSync (body) : body)
  .toString ();

exports.save = (name, requests, write) => {
  const bodies = requests.filter (({ pathname, method }) => pathname === '/collect' &&
    method === 'POST').map (({ body }) => plain (body));

  write ('sent.jsonl.gz', bodies.map (text => `${text}\n`).join (''));
};
