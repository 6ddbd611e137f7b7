/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * @amplitude/session-replay-browser, with as little hidden as it can. What it sends is
 * written unpacked, one body a line.
 *
 * THE RULES, beyond those of canonical.js
 *  - there is no script, no comment, and no text of white space alone in <head>.
 */
const zlib = require ('zlib');

exports.entry = `export * from '@amplitude/session-replay-browser';`;

exports.inPage = library => ({
  start () {
    library.init ('garden', {
      deviceId: 'd-1', sessionId: 1795998000000, sampleRate: 1, logLevel: 0,
      trackServerUrl: `${location.origin}/sessions/v2/track`,
      configServerUrl: `${location.origin}/config`,
      privacyConfig: { defaultMaskLevel: 'light' },
    });
  },
});

exports.rules = () => ({
  isGone: ({ nodeType, localName, data, parentNode }) => localName === 'script' ||
    nodeType === Node.COMMENT_NODE ||
    (nodeType === Node.TEXT_NODE && parentNode.localName === 'head' && data.trim () === ''),
  text: ({ data }) => data,
  value: ({ value }) => value,
});

const plain = body => (body[0] === 0x1f && body[1] === 0x8b ? zlib.gunzipSync (body) : body)
  .toString ();

exports.answer = ({ pathname }) => pathname.startsWith ('/config') ? { configs: { sessionReplay: {
  sr_sampling_config: { sample_rate: 1, capture_enabled: true },
  sr_privacy_config: { defaultMaskLevel: 'light' },
  sr_logging_config: {
    console: { enabled: true, levels: ['log', 'warn', 'error'] },
    network: { enabled: true, body: { request: true, response: true } },
  },
} } } : { code: 200 };

exports.save = (name, requests, write) => {
  const bodies = requests.filter (({ pathname, method }) => pathname.includes ('track') &&
    method === 'POST').map (({ body }) => plain (body));

  write ('sent.jsonl.gz', bodies.map (text => `${text}\n`).join (''));
};
