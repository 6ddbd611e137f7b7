/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * posthog-js, with its recorder inside; what it sends is written as it was sent
 * (.sent.jsonl.gz: one array of events a line), as PostHog's blobs have it (.blob.jsonl.gz:
 * one event a line, with its window), and as "Export to JSON" gives it (.export.json.gz).
 *
 * THE RULES, beyond those of canonical.js: what fields hold is hidden with as many stars,
 * and so is which option is selected.
 */
const zlib = require ('zlib');

exports.har = 'log';

exports.recordings = ['plain', 'log'];

exports.entry = `export { default as posthog } from 'posthog-js/dist/module.full.no-external.js';`;

exports.inPage = ({ posthog }) => ({
  start (masked) {
    posthog.init ('phc_garden', {
      api_host: location.origin, person_profiles: 'always', disable_surveys: true,
      capture_pageview: 'history_change', disable_compression: location.search === '?log',
      capture_performance: { network_timing: true, web_vitals: false },
      session_recording: { maskTextSelector: masked ? '*' : undefined, recordHeaders: true,
                           recordBody: true },
    });
  },
  say () {
    posthog.identify ('s-1', { email: 'gardener@example.org', name: 'Gardener' });
    posthog.capture ('watered', { times: 2 });
  },
});

exports.rules = masked => ({
  text: ({ data }) => data,
  value: ({ value }) => '*'.repeat (value.length),
  attributes: (element, attributes) => attributes.delete ('selected'),
});

const CONFIG = {
  supportedCompression: ['gzip-js'], featureFlags: {}, featureFlagPayloads: {}, flags: {},
  sessionRecording: {
    endpoint: '/s/', consoleLogRecordingEnabled: true, recorderVersion: 'v2',
    networkPayloadCapture: { recordHeaders: true, recordBody: true }, sampleRate: null,
    linkedFlag: null, minimumDurationMilliseconds: null,
  },
  capturePerformance: { network_timing: true, web_vitals: false }, heatmaps: false,
  surveys: false, autocaptureExceptions: false, isAuthenticated: false, siteApps: [],
  hasFeatureFlags: false, defaultIdentifiedOnly: false,
};

exports.answer = ({ pathname }) =>
  pathname.startsWith ('/array/') || pathname.startsWith ('/flags') ? CONFIG : { status: 1 };

function unpack ({ body, query })
{
  return query.compression === 'gzip-js' || body[0] === 0x1f ? zlib.gunzipSync (body) : body;
}

const inflate = text => JSON.parse (zlib.gunzipSync (Buffer.from (text, 'latin1')));

/* As PostHog's page has it, and so its export: without `cv`. */
function decompress ({ cv, ...event })
{
  const { data } = event;

  if (typeof data === 'string')
    event.data = inflate (data);
  else if (cv)
    event.data = Object.fromEntries (Object.entries (data).map (([name, value]) =>
      [name, ['texts', 'attributes', 'removes', 'adds'].includes (name) &&
             typeof value === 'string' ? inflate (value) : value]));
  return event;
}

/* The person as PostHog keeps it: what it was identified with, and its browser. */
function personOf (events)
{
  const { properties, $set } = events.find (({ event }) => event === '$identify');
  const set = $set ?? properties.$set;
  const names = ['$browser', '$browser_version', '$os', '$device_type'];

  return {
    id: '1', name: set.email, distinct_ids: [properties.distinct_id],
    properties: { ...set,
                  ...Object.fromEntries (names.map (name => [name, properties[name]])) },
    created_at: '2026-01-31T08:00:00Z', is_identified: true,
  };
}

exports.save = (name, requests, write) => {
  if (name === exports.har)
    return;

  const sent = path => requests.filter (({ pathname, method }) => method === 'POST' &&
    pathname === path).map (unpack).map (String);
  const captured = texts => texts.map (text => JSON.parse (text))
    .flatMap (body => body.batch ?? body);
  const rows = captured (sent ('/s/')).filter (({ event }) => event === '$snapshot')
    .flatMap (({ properties }) => [properties.$snapshot_data].flat ().map (event =>
      ({ id: properties.$session_id, window: properties.$window_id, event })));
  const data = {
    id: rows[0].id, person: personOf (captured (sent ('/e/'))),
    snapshots: rows.map (({ event }) => ({ ...decompress (event), windowId: 1 })),
  };

  write ('sent.jsonl.gz', sent ('/s/').map (text => `${text}\n`).join (''));
  write ('blob.jsonl.gz', rows.map (({ window, event }) =>
    `${JSON.stringify ([window, event])}\n`).join (''));
  write ('export.json.gz', JSON.stringify ({ version: '2023-04-28', data }));
};
