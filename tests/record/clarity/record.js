/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Records the page of garden/ with clarity-js, once as it is and once with its text hidden,
 * and writes to tests/fixtures/clarity, for each: the payloads as they were sent, one a
 * line; what the live page was at moments at which nothing moved; and what the recorder's
 * own decoder, clarity-decode, makes of the changes of the page.
 *
 * node record.js [plain] [masked]
 */
const fs = require ('fs');
const http = require ('http');
const path = require ('path');
const { chromium } = require ('playwright-core');
const { decodeDom } = require ('./reference.js');

const REST = 1200; /* ms: longer than the recorder waits for anything */
const SIZE = { width: 900, height: 600 };
const FIXTURES = path.join (__dirname, '..', '..', 'fixtures', 'clarity');
const GARDEN = path.join (__dirname, '..', 'garden');
const RECORDER = [path.join (__dirname, '..', 'node_modules', 'clarity-js', 'build',
                             'clarity.min.js'), path.join (__dirname, 'start.js')];
const TYPES = { '.js': 'text/javascript', '.svg': 'image/svg+xml', '.html': 'text/html' };

const TRIES = 6;

const sleep = ms => new Promise (resolve => setTimeout (resolve, ms));
let payloads = [];
let received = 0; /* when the last one came */

/* Waits until the recorder has sent the page of that number, and then nothing more for a while. */
async function rest (number)
{
  const isThere = () => payloads.map (text => JSON.parse (text)).some (({ e, p = [] }) =>
    e[7] === number && p.some (event => event[1] === 5));

  for (let tries = 0; !isThere (); tries++)
    {
      if (tries > 40)
        throw new Error (`page ${number} was not recorded`);
      await sleep (REST / 2);
    }
  await sleep (REST);
  while (Date.now () - received < REST)
    await sleep (REST / 4);
}

function collect (request, response)
{
  const chunks = [];

  request.on ('data', chunk => chunks.push (chunk));
  request.on ('end', () => {
    payloads.push (Buffer.concat (chunks).toString ());
    received = Date.now ();
    response.writeHead (204);
    response.end ();
  });
}

function serve (request, response)
{
  const { pathname } = new URL (request.url, 'http://garden.example');
  const name = { '/': 'index.html', '/pond': 'index.html' }[pathname] ?? path.basename (pathname);
  const files = name === 'recorder.js' ? RECORDER : [path.join (GARDEN, name)];

  if (pathname === '/collect')
    return collect (request, response);
  if (!files.every (file => fs.existsSync (file)))
    return response.writeHead (404).end ();
  response.writeHead (200, { 'Content-Type': TYPES[path.extname (name)],
                             'Cache-Control': 'no-store' });
  response.end (files.map (file => fs.readFileSync (file, 'utf8')).join ('\n'));
}

async function play (page, truth)
{
  let number = 1;
  const step = async name => {
    await page.evaluate (step => window.steps[step] (), name);
    number += name === 'go';
    await truth (name, number);
  };

  await truth ('as it came', 1);
  for (const name of ['edit', 'reverse', 'save', 'back', 'shadow', 'shade', 'frame', 'tools',
                      'draw', 'rules'])
    {
      /* Somebody is there, or the recorder puts off what changes too often. */
      await page.mouse.move (300 + 10 * name.length, 40);
      await step (name);
    }

  await page.click ('#name');
  await page.keyboard.type ('Rosemary', { delay: 20 });
  await page.click ('#news');
  await page.click ('#fast');
  await truth ('a form is filled in', 1);
  await page.selectOption ('#month', 'june');
  await page.click ('text=Send');
  await page.mouse.move (100, 300);
  await page.evaluate (() => document.getElementById ('box').scrollTo (0, 60));
  await page.mouse.wheel (0, 150);
  await truth ('scrolled', 1);
  await page.click ('#read', { clickCount: 2 });
  await page.keyboard.press ('Control+C');
  await page.frameLocator ('#frame').locator ('#tools').click ();
  await page.setViewportSize ({ width: 800, height: 500 });
  await step ('say');
  await step ('fail');
  await page.evaluate (() => window.scrollTo (0, 0));
  /* Where a page begins, the recorder sees what its markup says: no state of fields and boxes. */
  await page.evaluate (() => window.steps.clear ());
  await step ('go');
  await page.mouse.move (200, 90);
  await step ('fish');
}

async function record (browser, name, query)
{
  const context = await browser.newContext ({ viewport: SIZE, locale: 'en-GB', timezoneId: 'UTC' });
  const page = await context.newPage ();
  const moments = [];

  payloads = [];
  await page.goto (`http://garden.example/${query}`);
  await page.addScriptTag ({ path: path.join (__dirname, 'canonical.js') });
  await play (page, async (caption, number) => {
    await rest (number);
    moments.push ({ caption, ...await page.evaluate (() => window.__phCanonical ()) });
  });
  await context.close ();

  /* It happens that it never looks at a document again (event.has (document) in node.ts). */
  const changes = number => decodeDom (payloads.filter (text =>
    JSON.parse (text).e[7] === number)).filter (({ event }) => event === 6).length;

  if (changes (1) < 10 || changes (2) < 1)
    return false;

  const write = (suffix, text) =>
    fs.writeFileSync (path.join (FIXTURES, `${name}.${suffix}`), text);

  write ('jsonl', payloads.map (text => `${text}\n`).join (''));
  write ('truth.json', `${JSON.stringify ({ moments }, null, 1)}\n`);
  write ('decoded.json', `${JSON.stringify (decodeDom (payloads), null, 1)}\n`);
  console.log (`${name}: ${payloads.length} payloads, ${moments.length} moments`);

  return true;
}

async function recordWell (browser, name, query)
{
  for (let i = 0; i < TRIES; i++)
    if (await record (browser, name, query))
      return;
  throw new Error (`${name}: the recorder missed most of it, ${TRIES} times`);
}

async function main (names)
{
  const server = http.createServer (serve);

  await new Promise (resolve => server.listen (0, '127.0.0.1', resolve));

  const browser = await chromium.launch ({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox',
           `--host-resolver-rules=MAP *.example 127.0.0.1:${server.address ().port}`],
  });

  fs.mkdirSync (FIXTURES, { recursive: true });
  for (const [name, query] of [['plain', ''], ['masked', '?masked']])
    if (names.length === 0 || names.includes (name))
      await recordWell (browser, name, query);
  await browser.close ();
  server.close ();
}

main (process.argv.slice (2)).catch (error => {
  console.error (error);
  process.exit (1);
});
