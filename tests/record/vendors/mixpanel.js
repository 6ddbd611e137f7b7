/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * mixpanel-browser, with its recorder inside and as little hidden as it can. What it sends is
 * written unpacked, one array of events a line.
 *
 * THE RULES, beyond those of canonical.js
 *  - there is no text of white space alone.
 */
const zlib = require ('zlib');

exports.rest = 11000;

exports.entry = `export { default as mixpanel } from 'mixpanel-browser';`;

exports.inPage = ({ mixpanel }) => ({
  start () {
    mixpanel.init ('garden', {
      api_host: location.origin, record_sessions_percent: 100,
      record_mask_text_selector: '', record_mask_all_text: false, record_mask_all_inputs: false,
      record_block_selector: '', record_console: true, record_network: true,
      record_network_options: { recordHeaders: true, recordBody: true },
      persistence: 'localStorage', record_heatmap_data: false,
    });
  },
  say () {
    mixpanel.identify ('s-1');
    mixpanel.track ('watered', { times: 2 });
  },
});

exports.rules = () => ({
  isGone: ({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim () === '',
  text: ({ data }) => data,
  value: ({ value }) => value,
});

const plain = body => (body[0] === 0x1f && body[1] === 0x8b ? zlib.gunzipSync (body) : body)
  .toString ();

exports.answer = ({ pathname }) => pathname.startsWith ('/settings')
  ? { recording: { is_enabled: true } }
  : { code: 200, status: pathname.startsWith ('/record') ? 'OK' : 1, error: null };

exports.save = (name, requests, write) => {
  const bodies = requests.filter (({ pathname, method }) => pathname.startsWith ('/record') &&
    method === 'POST').map (({ body }) => plain (body));

  write ('sent.jsonl.gz', bodies.map (text => `${text}\n`).join (''));
};
