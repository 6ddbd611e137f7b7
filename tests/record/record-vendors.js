/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Records the page of garden/ with recorders of other people, each described by a file of
 * vendors/: what it sends is kept by a server of ours, which answers as much as it wants to
 * know, and the live page is saved at moments at which nothing moves (canonical.js, but for
 * what that recorder leaves out or hides). Nothing leaves this machine.
 *
 * node record-vendors.js [NAME…]
 *
 * A file of vendors/ exports, all but `save` optional:
 *   entry         a module whose exports are the recorder, as `library` in the page
 *   inPage        (library) => what starts it, and tells it something; runs in the page
 *   rules         (masked) => what the recorder leaves out or hides; runs in the page
 *   recordings    the names of what is recorded: `plain`, or others, which are told the page
 *                 behind a question mark; `masked` has nothing of the page's text
 *   answer        (request) => what the server says: an object, or text; undefined: `{}`
 *   begin, stop   (context, page, name) for a recorder that is no part of the page
 *   rest          how long it may keep what it sends, ms
 *   har           of which of them the browser's log of the network is kept: one in which
 *                 nothing is packed, as the log has texts only
 *   save          (name, requests, write) => writes the fixtures
 */
const fs = require ('fs');
const http = require ('http');
const os = require ('os');
const path = require ('path');
const zlib = require ('zlib');
const esbuild = require ('esbuild');
const { chromium } = require ('playwright-core');
const { sleep } = require ('./person.js');

const HOST = 'garden.example';
const REST = 900; /* ms: longer than anything rrweb holds back */
const START = 2500; /* until a recorder is there */
const END = 6000; /* until the last of it is sent: what is not, goes with the page */
const SIZE = { width: 900, height: 600 };
const HAR = path.join (os.tmpdir (), `playhead-${process.pid}.har`);
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/142.0.0.0 Safari/537.36';
const VENDORS = path.join (__dirname, 'vendors');
const GARDEN = path.join (__dirname, 'garden');
const FIXTURES = path.join (__dirname, '..', 'fixtures');
const TYPES = { '.js': 'text/javascript', '.svg': 'image/svg+xml', '.html': 'text/html',
                '.json': 'application/json' };
const WEATHER = { '/rain.json': [200, '{"rain":3}'], '/snow.json': [404, '{"snow":null}'] };

function readBody (request)
{
  return new Promise (resolve => {
    const chunks = [];

    request.on ('data', chunk => chunks.push (chunk));
    request.on ('end', () => resolve (Buffer.concat (chunks)));
  });
}

/* The library and what starts it, as one script. */
async function bundle ({ entry, inPage })
{
  if (!entry)
    return 'window.recorder = { start () {} };';

  const { outputFiles } = await esbuild.build ({
    stdin: { contents: entry, resolveDir: __dirname }, bundle: true, write: false,
    format: 'iife', globalName: 'library', minify: true, target: 'es2022',
    loader: { '.svg': 'dataurl', '.css': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
  });

  return `${outputFiles[0].text}\nwindow.recorder = (${inPage}) (library);`;
}

function find (pathname, recorder)
{
  const name = { '/': 'index.html', '/pond': 'index.html' }[pathname] ?? path.basename (pathname);
  const file = path.join (GARDEN, name);

  if (pathname === '/recorder.js')
    return [200, '.js', recorder];
  if (WEATHER[pathname])
    return [WEATHER[pathname][0], '.json', WEATHER[pathname][1]];
  if (path.dirname (pathname) === '/' && fs.existsSync (file))
    return [200, path.extname (name), fs.readFileSync (file)];
  return null;
}

function startServer (vendor, recorder, requests)
{
  const serve = async (request, response) => {
    const { pathname, searchParams } = new URL (request.url, `http://${HOST}`);
    const asked = { method: request.method, pathname, query: Object.fromEntries (searchParams),
                    headers: request.headers, body: await readBody (request) };
    let [status, type, bytes] = find (pathname, recorder) ?? [];

    if (!status)
      {
        const answer = vendor.answer?.(asked) ?? {};

        if (request.headers.host === HOST) /* and not the browser's own */
          requests.push (asked);
        [status, type] = [200, '.json'];
        bytes = typeof answer === 'string' ? answer : JSON.stringify (answer);
      }
    response.writeHead (status, { 'Content-Type': TYPES[type], 'Cache-Control': 'no-store' });
    response.end (bytes);
  };

  return new Promise (resolve => {
    const server = http.createServer (serve);

    server.listen (0, '127.0.0.1', () => resolve (server));
  });
}

async function play (page, end, truth)
{
  const step = name => page.evaluate (step => window.steps[step] (), name);

  await truth ('as it came');
  await page.mouse.move (330, 40);
  await step ('edit');
  await step ('reverse');
  await truth ('beds in another order');
  await step ('save');
  await truth ('what was in something that went');
  await step ('back');
  await step ('shadow');
  await sleep (REST);
  await step ('shade');
  await truth ('a shadow tree');
  await step ('frame');
  await sleep (REST);
  await step ('tools');
  await step ('draw');
  await truth ('a frame and a drawing');
  await step ('rules');
  await page.click ('#name');
  await page.keyboard.type ('Rosemary', { delay: 20 });
  await page.click ('#news');
  await page.click ('#fast');
  await page.selectOption ('#month', 'june');
  await truth ('a form is filled in');
  await page.click ('text=Send');
  await page.mouse.move (100, 300);
  await page.evaluate (() => document.getElementById ('box').scrollTo (0, 60));
  await page.mouse.wheel (0, 150);
  await truth ('scrolled');
  await page.click ('#read', { clickCount: 2 });
  await page.frameLocator ('#frame').locator ('#tools').click ();
  await page.setViewportSize ({ width: 800, height: 500 });
  await step ('say');
  await step ('ask');
  await step ('fail');
  await truth ('smaller');
  await page.evaluate (() => window.scrollTo (0, 0));
  await step ('go');
  await step ('fish');
  await truth ('at the pond');
  await sleep (end);
  await page.goto (`http://${HOST}/pond${new URL (page.url ()).search}`);
  await sleep (START);
  await truth ('come again');
  await page.click ('#read'); /* or some think that nobody is there */
  await step ('edit');
  await step ('fish');
  await truth ('and changed');
}

/* The browser's own log of the network, without the text of recorders. */
function readHar ()
{
  const har = JSON.parse (fs.readFileSync (HAR, 'utf8'));

  for (const { request, response } of har.log.entries)
    if (request.url.endsWith ('/recorder.js'))
      delete response.content.text;
  fs.unlinkSync (HAR);
  return JSON.stringify (har);
}

async function record (name, vendor, recording)
{
  const requests = [], moments = [];
  const masked = recording === 'masked', hasHar = vendor.har === recording;
  const recorder = await bundle (vendor);
  const server = await startServer (vendor, recorder, requests);
  const { port } = server.address ();
  const browser = await chromium.launch ({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
           /* Some recorders do not record machines. */
           '--disable-blink-features=AutomationControlled', '--disable-component-update',
           `--unsafely-treat-insecure-origin-as-secure=http://${HOST}`],
  });
  const context = await browser.newContext ({ viewport: SIZE, locale: 'en-GB',
                                              timezoneId: 'UTC', userAgent: AGENT,
                                              ...(hasHar && { recordHar: { path: HAR } }) });
  const page = await context.newPage ();

  if (process.env.PH_TALK)
    page.on ('console', message => console.log (`${name}: ${message.text ().slice (0, 300)}`));
  await vendor.begin?.(context, page, recording);
  await page.addInitScript ({
    content: `${fs.readFileSync (path.join (__dirname, 'canonical.js'), 'utf8')}
window.__phRules = (${vendor.rules ?? (() => ({}))}) (${masked});`,
  });
  await page.goto (`http://${HOST}/${recording === 'plain' ? '' : `?${recording}`}`);
  await sleep (START);
  await play (page, vendor.rest ?? END, async caption => {
    await sleep (REST);
    moments.push ({ caption, ...await page.evaluate (() => ({
      time_ms: Date.now (), width: innerWidth, height: innerHeight,
      html: window.__phCanonical (window.__phRules),
      adopted: window.__phAdopted (window.__phRules),
    })) });
    await vendor.moment?.(page);
  });
  await sleep (vendor.rest ?? END);
  await vendor.stop?.(context, page, recording);
  await page.goto ('about:blank');
  await sleep (REST);
  await context.close ();
  await browser.close ();
  server.close ();

  const write = (suffix, content) => {
    const file = path.join (FIXTURES, vendor.folder ?? name, `recorded-${recording}.${suffix}`);
    const bytes = suffix.endsWith ('.gz') ? zlib.gzipSync (content, { level: 9 }) : content;

    if (suffix.endsWith ('.gz'))
      bytes[9] = 255; /* made on: not said */
    fs.mkdirSync (path.dirname (file), { recursive: true });
    fs.writeFileSync (file, bytes);
    console.log (`${path.relative (FIXTURES, file)}: ${content.length} bytes, as ${bytes.length}`);
  };

  if (process.env.PH_TALK)
    console.log (requests.map (({ method, pathname, body }) =>
      `${method} ${pathname} ${body.length}`).join ('\n'));
  await vendor.save (recording, requests, write);
  if (hasHar)
    write ('har.gz', readHar ());
  write ('truth.json.gz', `${JSON.stringify ({ moments }, null, 1)}\n`);
}

async function main (names)
{
  const all = fs.readdirSync (VENDORS).map (file => path.basename (file, '.js')).sort ();

  for (const name of names.length ? names : all)
    {
      const vendor = require (path.join (VENDORS, `${name}.js`));

      for (const recording of vendor.recordings ?? ['plain'])
        await record (name, vendor, recording);
    }
}

main (process.argv.slice (2)).catch (error => {
  console.error (error);
  process.exit (1);
});
