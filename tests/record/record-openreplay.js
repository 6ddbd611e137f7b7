/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Records openreplay/index.html with OpenReplay's own tracker: what it sends is kept by a
 * server of ours, which answers as much as the tracker wants to know, and written down as
 * OpenReplay's backend does (mobwriter.go). At moments at which nothing moves the live page
 * is saved as text, by the rules in takeTruth ().
 *
 * node record-openreplay.js
 *
 * Writes into tests/fixtures/openreplay: recorded-1.batches.gz (protocol 1: one kind of batch),
 * recorded-2.mobs.gz and recorded-2.devtools.gz (protocol 2), each with its .truth.
 */
const fs = require ('fs');
const http = require ('http');
const path = require ('path');
const zlib = require ('zlib');
const { chromium } = require ('playwright-core');
const { sleep } = require ('./person.js');

const REST = 700;
const PAGE = path.join (__dirname, 'openreplay');
const MODULES = path.join (__dirname, 'node_modules');
const OUT = path.join (__dirname, '..', 'fixtures', 'openreplay');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
                '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css' };

function readBody (request)
{
  return new Promise (resolve => {
    const chunks = [];

    request.on ('data', chunk => chunks.push (chunk));
    request.on ('end', () => resolve (Buffer.concat (chunks)));
  });
}

/* What the tracker asks before it begins. */
function answerStart (protocol)
{
  return JSON.stringify ({
    token: 'token', userUUID: 'b1c0ffee-0000-4000-8000-000000000001', projectID: '1',
    beaconSizeLimit: 1000000, compressionThreshold: 24000, delay: 0, sessionID: '4711',
    startTimestamp: Date.now (), userBrowser: 'Chrome', userCity: '', userCountry: 'AQ',
    userDevice: '', userOS: 'Linux', userState: '', canvasEnabled: false,
    protocolVersion: protocol,
  });
}

async function keepBatch (request, batches)
{
  let body = await readBody (request);

  if (request.headers['content-encoding'] === 'gzip')
    body = zlib.gunzipSync (body);
  batches.push ({ kind: request.headers.datatype, body });
}

function startServer (protocol, batches)
{
  return new Promise (resolve => {
    const server = http.createServer (async (request, response) => {
      const { pathname } = new URL (request.url, 'http://localhost');
      const file = pathname.startsWith ('/modules/') ? path.join (MODULES, pathname.slice (9))
        : path.join (PAGE, path.basename (pathname) || 'index.html');
      let type = 'application/json';
      let status = 200;
      let bytes = '{}';

      if (pathname === '/v1/web/start')
        bytes = answerStart (protocol);
      else if (pathname === '/v1/web/i')
        await keepBatch (request, batches);
      else if (pathname.startsWith ('/v1/'))
        bytes = '[]';
      else if (fs.existsSync (file) && fs.statSync (file).isFile ())
        [bytes, type] = [fs.readFileSync (file), TYPES[path.extname (file)]];
      else if (pathname !== '/data.json')
        status = 404;
      response.writeHead (status, { 'Content-Type': type ?? 'text/plain' });
      response.end (bytes);
    });

    server.listen (0, '127.0.0.1', () => resolve (server));
  });
}

/*
 * Runs in the page. THE RULES: a line for each thing, what it is about indented by its depth.
 * `e TAG` an element, and below it `a NAME VALUE` its attributes, sorted; `v VALUE` what a
 * field holds (nothing is told of a password); `k 0|1` whether a box or radio button is on;
 * `s X Y` its scroll; `shadow` and `frame` what it hosts; `t TEXT`. In texts, a backslash and
 * line ends are written \\ and \n.
 * Left out is what the tracker leaves out: scripts, meta, title, base, comments, links that
 * are no sheets, addresses (of a sheet, too: a machine's port is in it).
 */
function takeTruth ()
{
  const NONE = ['SCRIPT', 'NOSCRIPT', 'META', 'TITLE', 'BASE'];
  const out = [];
  const write = text => text.replace (/\\/g, '\\\\').replace (/\n/g, '\\n');
  const isIn = node => node.nodeType === 3 ||
    (node.nodeType === 1 && !NONE.includes (node.tagName.toUpperCase ()) &&
     (node.tagName !== 'LINK' || node.rel.includes ('stylesheet')));
  const isTold = name => !['src', 'srcset', 'href', 'value', 'autocomplete', 'srcdoc', 'integrity',
                           'crossorigin'].includes (name) && !name.startsWith ('on');

  function walk (node, depth)
  {
    const put = text => out.push (' '.repeat (depth) + text);

    if (node.nodeType === 3)
      {
        put (`t ${write (node.data)}`);
        return;
      }
    put (`e ${node.tagName.toLowerCase ()}`);
    for (const { name, value } of [...node.attributes].sort ((a, b) => a.name < b.name ? -1 : 1))
      if (isTold (name))
        put (` a ${name} ${write (value)
          .replaceAll (/url\("?(?:[^)"]*\/)?([^)"/]*)"?\)/g, 'url($1)')}`);
    if (node.type === 'text' || ['TEXTAREA', 'SELECT'].includes (node.tagName))
      put (` v ${write (node.value)}`);
    if (['checkbox', 'radio'].includes (node.type))
      put (` k ${Number (node.checked)}`);
    if (node !== document.documentElement && node.tagName !== 'BODY' && node.scrollTop > 0)
      put (` s ${Math.round (node.scrollLeft)} ${Math.round (node.scrollTop)}`);
    if (node.shadowRoot)
      {
        put (' shadow');
        [...node.shadowRoot.childNodes].filter (isIn).forEach (child => walk (child, depth + 2));
      }
    if (node.contentDocument)
      {
        put (' frame');
        walk (node.contentDocument.documentElement, depth + 2);
      }
    if (node.tagName !== 'TEXTAREA')
      [...node.childNodes].filter (isIn).forEach (child => walk (child, depth + 1));
  }

  walk (document.documentElement, 0);
  out.push (`scroll ${Math.round (scrollX)} ${Math.round (scrollY)}`);
  return { time: Date.now (), text: out.join ('\n') };
}

async function tellStory (page, truth)
{
  const step = name => page.evaluate (name => { steps[name] (); }, name);

  await truth ('as it came');
  await step ('list');
  await truth ('a list');
  await step ('sort');
  await step ('shuffle');
  await truth ('moved');
  await page.mouse.move (200, 60);
  await page.click ('#name');
  await page.keyboard.type (' and more');
  await page.fill ('#secret', 'not told');
  await page.check ('#agree');
  await page.check ('#large');
  await page.selectOption ('#choice', '3');
  await page.fill ('#notes', 'written\nafter');
  await truth ('typed');
  await step ('flush');
  await step ('rules');
  await step ('texts');
  await truth ('changed');
  await step ('storm');
  await truth ('a storm');
  await step ('scroll');
  await truth ('scrolled');
  await step ('say');
  await step ('go');
  await step ('storm');
  await truth ('at the end');
}

async function record (browser, protocol)
{
  const batches = [];
  const moments = [];
  const server = await startServer (protocol, batches);
  const context = await browser.newContext ({ viewport: { width: 800, height: 600 },
                                              locale: 'en-GB', timezoneId: 'UTC' });
  const page = await context.newPage ();

  page.on ('pageerror', error => console.log (`page: ${error.message}`));
  page.on ('console', message => console.log (`page: ${message.text ().slice (0, 200)}`));
  await page.goto (`http://127.0.0.1:${server.address ().port}/`);
  console.log (await page.evaluate (() => window.started));
  await tellStory (page, async caption => {
    await sleep (REST);
    const { time, text } = await page.evaluate (takeTruth);

    moments.push (`moment ${time} ${caption}\n${text}\n`);
  });
  await sleep (1500);
  await page.evaluate (() => steps.flush ());
  await sleep (1000);
  await context.close ();
  server.close ();

  return { batches, truth: moments.join ('') };
}

function write (name, content)
{
  const packed = zlib.gzipSync (content, { level: 9 });

  packed[9] = 255;
  fs.writeFileSync (path.join (OUT, name), packed);
  console.log (`${name}: ${content.length} bytes, packed ${packed.length}`);
}

async function main ()
{
  const browser = await chromium.launch ({ executablePath: '/usr/bin/chromium',
                                           args: ['--no-sandbox'] });
  const header = Buffer.from ([255, 255, 255, 255, 255, 255, 255, 254]);

  fs.mkdirSync (OUT, { recursive: true });
  for (const protocol of [1, 2])
    {
      const { batches, truth } = await record (browser, protocol);
      const pick = (...kinds) => batches.filter (({ kind }) => kinds.includes (kind))
        .map (({ body }) => body);

      console.log (batches.map (({ kind, body }) => `${kind} ${body.length}`).join (', '));
      if (protocol === 1)
        write ('recorded-1.batches.gz', Buffer.concat (batches.map (({ body }) => body)));
      else
        {
          write ('recorded-2.mobs.gz',
                 Buffer.concat ([header, ...pick ('player', 'assets', 'visual')]));
          write ('recorded-2.devtools.gz', Buffer.concat ([header, ...pick ('devtools')]));
        }
      write (`recorded-${protocol}.truth.gz`, truth);
    }
  await browser.close ();
}

main ().catch (error => {
  console.log (error.stack);
  process.exit (1);
});
