/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * @sentry/browser with its replays, once with nothing hidden that can be left open (plain),
 * once as it comes (masked). Written as Sentry's service gives a replay
 * (.segments.json.gz: an array of segments), and as one file of the envelopes that were sent
 * (.envelopes), packed segments in them.
 *
 * THE RULES, beyond those of canonical.js
 *  - there is no script, no comment, and no text of white space alone in <head>.
 *  - the attributes title, placeholder and aria-label are stars.
 *  - an iframe whose page stands in its srcdoc is empty, with no attribute but its class.
 *  - masked: so are pictures, drawings and the icon; texts and values are stars. Which option
 *    is selected shows where no other has as many.
 */
const zlib = require ('zlib');

exports.har = 'log';

exports.recordings = ['plain', 'masked', 'log'];

exports.entry = `export * from '@sentry/browser';`;

exports.inPage = Sentry => ({
  start (masked) {
    Sentry.setUser ({ id: 's-1', email: 'gardener@example.org', username: 'Gardener' });
    Sentry.setTag ('plan', 'yearly');
    Sentry.init ({
      dsn: `http://garden@${location.host}/1`, release: 'garden@1.0', environment: 'test',
      replaysSessionSampleRate: 1, replaysOnErrorSampleRate: 1, tracesSampleRate: 0,
      integrations: [Sentry.replayIntegration ({
        minReplayDuration: 0, useCompression: location.search !== '?log',
        networkDetailAllowUrls: [location.origin],
        ...(masked ? {} : { maskAllText: false, maskAllInputs: false, blockAllMedia: false }),
      })],
    });
  },
  say () {
    Sentry.captureMessage ('watered');
  },
});

exports.rules = masked => {
  const stars = text => text.replace (/\S/g, '*');
  const isBlocked = element => element.matches ('iframe[srcdoc]') ||
    (masked && element.matches ('img, svg, link[rel="icon"]'));

  return {
    isGone: ({ nodeType, localName, data, parentNode }) => localName === 'script' ||
      nodeType === Node.COMMENT_NODE ||
      (nodeType === Node.TEXT_NODE && parentNode.localName === 'head' && data.trim () === ''),
    text: ({ data }) => masked ? stars (data) : data,
    value: ({ value }) => masked ? '*'.repeat (value.length) : value,
    attributes (element, attributes) {
      for (const [name, value] of [...attributes])
        if (isBlocked (element) && name !== 'class')
          attributes.delete (name);
        else if (['title', 'placeholder', 'aria-label'].includes (name) ||
                 (masked && name === 'value'))
          attributes.set (name, stars (value));
    },
    content: (element, inner) => isBlocked (element) ? '' : inner (),
  };
};

exports.answer = () => ({ id: '1' });

/* The items of an envelope, each [header, bytes]. */
function itemsOf (body)
{
  const items = [];
  let at = body.indexOf ('\n') + 1;

  while (at < body.length)
    {
      const lineEnd = from => body.indexOf ('\n', from) < 0 ? body.length
        : body.indexOf ('\n', from);
      const end = lineEnd (at);
      const header = JSON.parse (body.toString ('utf8', at, end));
      const size = header.length ?? lineEnd (end + 1) - end - 1;

      items.push ([header, body.subarray (end + 1, end + 1 + size)]);
      at = end + 1 + size + 1;
    }
  return items;
}

exports.save = (name, requests, write) => {
  if (name === exports.har)
    return;

  const bodies = requests.filter (({ pathname }) => pathname.endsWith ('/envelope/'))
    .map (({ body }) => body);
  const segments = bodies.flatMap (itemsOf)
    .filter (([{ type }]) => type === 'replay_recording').map (([, bytes]) => {
      const data = bytes.subarray (bytes.indexOf ('\n') + 1);

      return JSON.parse (data[0] === 0x5b ? data : zlib.inflateSync (data));
    });

  write ('segments.json.gz', JSON.stringify (segments));
  write ('envelopes', Buffer.concat (bodies.flatMap (body => [body, Buffer.from ('\n')])));
};
