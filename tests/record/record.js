/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Records data/demo/acme-shop.json.gz and, beside this file, truth/: the live page
 * as canonical text (canonical.js) at moments at which nothing moves.
 *
 * node record.js [FOLDER]   FOLDER for screenshots of those moments
 */
const fs = require ('fs');
const path = require ('path');
const zlib = require ('zlib');
const { chromium } = require ('playwright-core');
const { Person, sleep } = require ('./person.js');
const { start } = require ('./server.js');
const { story } = require ('./story.js');

const HOST = 'acme-shop.example';
const REST = 900; /* ms: longer than anything rrweb holds back */
const TRUTH = path.join (__dirname, 'truth');
const DEMO = path.join (__dirname, '..', '..', 'data', 'demo');
const SCRIPTS = [
  'node_modules/rrweb/umd/rrweb.min.js',
  'node_modules/@rrweb/rrweb-plugin-console-record/umd/rrweb-plugin-console-record.min.js',
  'node_modules/@rrweb/rrweb-plugin-network-record/umd/rrweb-plugin-network-record.min.js',
  'recorder.js',
  'canonical.js',
].map (name => path.join (__dirname, name));
const pictures = process.argv[2];

/* What came out of the browser. */
const events = [];
const truths = [];
const moments = [];
let expected = 0;

function take ({ name, payload })
{
  const cut = payload.indexOf ('\n');
  const sequence = Number (payload.slice (0, cut));

  if (name !== '__phEmit')
    return;
  if (sequence === 0)
    expected = 0;
  if (sequence !== expected++)
    throw new Error (`event ${sequence} of a page came in place of ${expected - 1}`);
  events.push (JSON.parse (payload.slice (cut + 1)));
}

/* For moments.txt: now, with a text. */
const moment = caption => moments.push ({ timestamp: Date.now (), caption });

async function truth (page, caption)
{
  await sleep (REST);

  const found = await page.evaluate (() => ({
    html: window.__phCanonical (),
    timestamp: Date.now (),
    width: innerWidth,
    height: innerHeight,
    scroll: [...document.querySelectorAll ('*')].filter (e => e.scrollTop || e.scrollLeft)
      .map (e => ({
        element: e.localName + (e.id && `#${e.id}`), x: e.scrollLeft, y: e.scrollTop,
      })),
    running: document.getAnimations ().filter (a => a instanceof CSSTransition).length,
  }));
  const file = `${String (truths.length + 1).padStart (2, '0')}.html`;

  if (found.running)
    throw new Error (`“${caption}”: the page is not at rest`);
  truths.push ({ ...found, file, caption });
  if (pictures)
    await page.screenshot ({ path: path.join (pictures, file.replace ('html', 'png')) });
}

async function main ()
{
  const server = await start ();
  const browser = await chromium.launch ({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${HOST} 127.0.0.1:${server.address ().port}`],
  });
  const context = await browser.newContext ({
    viewport: { width: 1280, height: 800 }, locale: 'en-GB',
  });
  const page = await context.newPage ();
  const cdp = await context.newCDPSession (page);

  /* Without detours: an event is here before the page that sent it can go away. */
  cdp.on ('Runtime.bindingCalled', take);
  await cdp.send ('Runtime.enable');
  await cdp.send ('Runtime.addBinding', { name: '__phEmit' });
  await page.addInitScript ({
    content: SCRIPTS.map (file => fs.readFileSync (file, 'utf8')).join ('\n;\n'),
  });

  await page.goto (`http://${HOST}/`);
  await story (page, new Person (page), { moment, truth });
  await sleep (600);
  await browser.close ();
  server.close ();
  save ();
}

function timeText (ms)
{
  const tenths = Math.round (ms / 100);
  const seconds = String (Math.floor (tenths / 10) % 60).padStart (2, '0');

  return `${Math.floor (tenths / 600)}:${seconds}.${tenths % 10}`;
}

function save ()
{
  const first = events[0].timestamp;
  const json = JSON.stringify (events);
  const packed = zlib.gzipSync (json, { level: 9 });

  fs.rmSync (TRUTH, { recursive: true, force: true });
  fs.mkdirSync (TRUTH);
  fs.mkdirSync (DEMO, { recursive: true });
  packed[9] = 255; /* made on: not said */
  fs.writeFileSync (path.join (DEMO, 'acme-shop.json.gz'), packed);
  fs.writeFileSync (path.join (DEMO, 'moments.txt'), moments.map (({ timestamp, caption }) =>
    `${timeText (timestamp - first)}\t${caption}\n`).join (''));
  for (const { file, html } of truths)
    fs.writeFileSync (path.join (TRUTH, file), html);
  fs.writeFileSync (path.join (TRUTH, 'index.json'), JSON.stringify (truths.map (t => ({
    file: t.file, time_ms: t.timestamp - first, caption: t.caption, width: t.width,
    height: t.height, scroll: t.scroll,
  })), null, 2) + '\n');
  console.log (`${events.length} events, ${(events.at (-1).timestamp - first) / 1000} s, ` +
    `${json.length} bytes, ${packed.length} packed, ${truths.length} truths`);
}

main ().catch (error => {
  console.error (error);
  process.exit (1);
});
