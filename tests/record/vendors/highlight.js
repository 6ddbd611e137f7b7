/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * highlight.run, the recorder of Highlight and of LaunchDarkly's observability, with nothing
 * hidden. Its calls are written unpacked, one a line (.sent.jsonl.gz), and the events in them
 * as the service stores them (.br).
 *
 * THE RULES, beyond those of canonical.js: nothing is hidden.
 */
const zlib = require ('zlib');

exports.har = 'plain';

exports.entry = `export { H } from 'highlight.run';`;

exports.inPage = ({ H }) => ({
  start () {
    H.init ('1', {
      backendUrl: `${location.origin}/graphql`, otlpEndpoint: `${location.origin}/otel`,
      environment: 'test', version: '1.0', serviceName: 'garden', privacySetting: 'none',
      networkRecording: { enabled: true, recordHeadersAndBody: true },
    });
  },
  say () {
    H.identify ('gardener@example.org', { id: 's-1', plan: 'yearly' });
    H.track ('watered', { times: 2 });
  },
});

exports.rules = () => ({
  text: ({ data }) => data,
  value: ({ value }) => value,
});

const plain = body => (body[0] === 0x1f && body[1] === 0x8b ? zlib.gunzipSync (body) : body)
  .toString ();

exports.answer = ({ pathname }) => pathname !== '/graphql' ? {} : { data: {
  initializeSession: { secure_id: 'garden-session', project_id: '1', sampling: null },
  identifySession: 'garden-session', addSessionProperties: 'garden-session',
} };

exports.save = (name, requests, write) => {
  const bodies = requests.filter (({ pathname }) => pathname === '/graphql')
    .map (({ body }) => plain (body));

  const events = bodies.map (text => JSON.parse (text).variables.data).filter (Boolean)
    .map (data => JSON.parse (zlib.gunzipSync (Buffer.from (data, 'base64'))))
    .flatMap (({ events }) => events.events);

  write ('sent.jsonl.gz', bodies.map (text => `${text}\n`).join (''));
  write ('br', zlib.brotliCompressSync (JSON.stringify (events)));
};
