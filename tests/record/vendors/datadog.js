/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * @datadog/browser-rum, with nothing hidden. Its segments are written unpacked, one a line.
 *
 * THE RULES, beyond those of canonical.js
 *  - there is no script, no comment, no icon, and no text of white space alone in <head>.
 *  - addresses stay as they are written. A checkbox has a value, "on" where the page gives none.
 *  - another text of a <style> is not told before the next view, only rules that are inserted;
 *    nor are sheets the document adopts, and what one that was adopted is replaced with.
 *  - the pages of iframes are not there.
 */
const zlib = require ('zlib');

exports.entry = `export { datadogRum } from '@datadog/browser-rum';`;

exports.inPage = ({ datadogRum }) => ({
  start () {
    datadogRum.init ({
      applicationId: 'a-1', clientToken: 'garden', service: 'garden', env: 'test', version: '1.0',
      site: 'datadoghq.com', proxy: ({ path, parameters }) =>
        `${location.origin}/datadog${path}?${parameters}`,
      sessionSampleRate: 100, sessionReplaySampleRate: 100, defaultPrivacyLevel: 'allow',
      startSessionReplayRecordingManually: false, trackUserInteractions: true,
      trackResources: true, trackLongTasks: true,
      allowUntrustedEvents: true, /* playwright chooses from lists by script */
    });
    datadogRum.setUser ({ id: 's-1', name: 'Gardener', email: 'gardener@example.org' });
  },
  say () {
    datadogRum.addAction ('watered', { times: 2 });
  },
});

exports.rules = () => {
  const { insertRule, replaceSync } = CSSStyleSheet.prototype;
  const { pushState } = History.prototype;
  let told = new WeakMap ();
  let atView = [];

  function toldOf (style)
  {
    if (!told.has (style))
      told.set (style, rulesOf (style.sheet));
    return told.get (style);
  }

  const rulesOf = sheet => told.get (sheet) ??
    [...sheet.cssRules].map (rule => rule.cssText);

  CSSStyleSheet.prototype.replaceSync = function (text) {
    replaceSync.call (this, text);
    if (!told.has (this))
      told.set (this, rulesOf (this));
  };
  CSSStyleSheet.prototype.insertRule = function (rule, index = 0) {
    const at = insertRule.call (this, rule, index);

    if (this.ownerNode)
      told.get (this.ownerNode)?.splice (at, 0, this.cssRules[at].cssText);
    return at;
  };
  History.prototype.pushState = function (...given) {
    told = new WeakMap ();
    atView = document.adoptedStyleSheets;
    return pushState.apply (this, given);
  };

  return {
    isGone: node => node.localName === 'script' || node.nodeType === Node.COMMENT_NODE ||
      (node.localName === 'link' && node.relList.contains ('icon')) ||
      (node.nodeType === Node.TEXT_NODE && node.parentNode.localName === 'head' &&
       node.data.trim () === ''),
    text: ({ data }) => data,
    value: ({ value }) => value,
    attributes (element, attributes) {
      for (const name of ['src', 'href'])
        if (attributes.has (name))
          attributes.set (name, element.getAttribute (name));
      if (element.type === 'checkbox' || element.type === 'radio')
        attributes.set ('value', element.value);
    },
    content: (element, inner) => element.localName === 'style' ? toldOf (element).join ('')
      : element.localName === 'iframe' ? '' : inner (),
    adopted: root => (root === document ? [...atView] : [...root.adoptedStyleSheets ?? []])
      .flatMap (rulesOf),
  };
};

/* The parts of a multipart body: [headers, bytes]. */
function partsOf ({ body, headers })
{
  const mark = `--${/boundary=(.*)$/.exec (headers['content-type'])[1]}`;
  const parts = [];
  let at = body.indexOf (mark);

  for (;;)
    {
      const begin = body.indexOf ('\r\n\r\n', at) + 4;
      const next = body.indexOf (`\r\n${mark}`, begin);

      if (begin < 4 || next < 0)
        return parts;
      parts.push ([body.toString ('latin1', at, begin), body.subarray (begin, next)]);
      at = next + 2;
    }
}

exports.save = (name, requests, write) => {
  const segments = requests.filter (({ pathname }) => pathname === '/datadog/api/v2/replay')
    .map (request => partsOf (request)).map (parts => parts.find (([head]) =>
      head.includes ('name="segment"'))[1]).map (bytes => zlib.inflateSync (bytes));

  write ('segments.jsonl.gz', segments.map (text => `${text}\n`).join (''));
};
