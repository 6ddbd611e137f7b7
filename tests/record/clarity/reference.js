/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * The recorder's own decoder, clarity-decode of the npm registry, as an oracle.
 *
 * node reference.js FILE.jsonl             what it makes of the changes of the page, as JSON
 * node reference.js FILE.jsonl FILE.json   compares that with a file it wrote before
 */
const fs = require ('fs');
const { decode } = require ('clarity-decode');

/* All events about the page, payload by payload, in the order the decoder gives them. */
exports.decodeDom = payloads => payloads.map (text => decode (text).dom ?? []).flat ();

if (require.main === module)
  {
    const [file, expected] = process.argv.slice (2);
    const lines = fs.readFileSync (file, 'utf8').split ('\n').filter (line => line !== '');
    const text = `${JSON.stringify (exports.decodeDom (lines), null, 1)}\n`;

    if (expected === undefined)
      process.stdout.write (text);
    else if (text !== fs.readFileSync (expected, 'utf8'))
      {
        console.error (`${expected} is not what clarity-decode makes of ${file}`);
        process.exit (1);
      }
  }
