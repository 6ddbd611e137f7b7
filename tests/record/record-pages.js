/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Records the pages under pages/: archive.json.gz is what rrweb made of each, truth.json.gz
 * what the live page was at 20 moments at which nothing moves (pages-truth.js).
 *
 * node record-pages.js [-p FOLDER] [NAME…]   FOLDER for screenshots of those moments
 */
const fs = require ('fs');
const path = require ('path');
const zlib = require ('zlib');
const { chromium } = require ('playwright-core');
const { PagesPerson } = require ('./pages-person.js');
const { sleep } = require ('./person.js');
const { start } = require ('./pages-server.js');

const MOMENTS = 20;
const REST = 900; /* ms: longer than anything rrweb holds back */
const SIZE = { width: 1000, height: 700 };
const FIELDS = [40, 28]; /* of 25 by 25 pixels */
const PAGES = path.join (__dirname, 'pages');
const SCRIPTS = ['node_modules/rrweb/umd/rrweb.min.js', 'pages-recorder.js', 'pages-truth.js']
  .map (name => path.join (__dirname, name));

/* What came out of the browser, of the page at hand. */
let events, expected;

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

/* Each different node, and each different row of looks, once. */
class Table
{
  constructor ()
  {
    this.items = [];
    this.places = new Map ();
  }

  put (item)
  {
    const key = JSON.stringify (item);

    if (!this.places.has (key))
      this.places.set (key, this.items.push (item) - 1);
    return this.places.get (key);
  }

  putTree (node)
  {
    const packed = { ...node };

    if (node.children)
      packed.children = node.children.map (child => this.putTree (child));
    if (node.shadow)
      packed.shadow = { ...node.shadow, children: node.shadow.children.map (child =>
        this.putTree (child)) };
    if (node.frame)
      packed.frame = this.putTree (node.frame);
    return this.put (packed);
  }
}

/* Mean colours of the fields of a picture, three bytes each, by a page of no site. */
const fieldsOf = (helper, png) => helper.evaluate (async ([data, columns, rows]) => {
  const bytes = Uint8Array.from (atob (data), c => c.charCodeAt (0));
  const picture = await createImageBitmap (new Blob ([bytes], { type: 'image/png' }));
  const { width, height } = picture;
  const canvas = new OffscreenCanvas (width, height);
  const context = canvas.getContext ('2d');
  const sums = new Float64Array (columns * rows * 4);

  context.drawImage (picture, 0, 0);
  const { data: pixels } = context.getImageData (0, 0, width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      {
        const from = 4 * (y * width + x);
        const to = 4 * (Math.floor (y * rows / height) * columns +
                        Math.floor (x * columns / width));

        for (let i = 0; i < 3; i++)
          sums[to + i] += pixels[from + i];
        sums[to + 3]++;
      }
  return btoa (Array.from (sums).map ((sum, i) => i % 4 === 3 ? ''
    : String.fromCharCode (Math.round (sum / sums[i - i % 4 + 3]))).join (''));
}, [png, ...FIELDS]);

class Recording
{
  constructor (name, page, cdp, helper, pictures)
  {
    Object.assign (this, { name, page, cdp, helper, pictures });
    this.nodes = new Table ();
    this.styles = new Table ();
    this.moments = [];
  }

  /* Waits until the page is at rest and saves it. */
  async truth (caption)
  {
    const { page } = this;

    await sleep (REST);
    const found = await page.evaluate (round => window.__phTruth (round), this.moments.length);
    const { data } = await this.cdp.send ('Page.captureScreenshot', { format: 'png' });
    const { timestamp, width, height, focus, selection, tree, looks, pictures, changing } = found;

    if (changing)
      throw new Error (`“${caption}”: the page is not at rest`);
    this.looks = await page.evaluate (() => window.__phLooks);
    this.moments.push ({
      timestamp, caption, width, height, focus, selection,
      tree: this.nodes.putTree (tree),
      looks: looks.map (({ id, style, box }) => [id, this.styles.put (style), ...box]),
      pictures: pictures.map (({ id, colours }) => [id, ...colours]),
      fields: await fieldsOf (this.helper, data),
    });
    if (this.pictures)
      fs.writeFileSync (path.join (this.pictures, `${this.name}-${
        String (this.moments.length).padStart (2, '0')}.png`), Buffer.from (data, 'base64'));
  }

  save (libraries)
  {
    const first = events[0].timestamp;
    const folder = path.join (PAGES, this.name);
    const truth = {
      page: this.name, libraries, fields: FIELDS, looks: this.looks,
      nodes: this.nodes.items, styles: this.styles.items,
      moments: this.moments.map (({ timestamp, ...rest }) =>
        ({ time_ms: timestamp - first, ...rest })),
    };
    const sizes = [['archive', events], ['truth', truth]].map (([name, content]) => {
      const packed = zlib.gzipSync (JSON.stringify (content), { level: 9 });

      packed[9] = 255; /* made on: not said */
      fs.writeFileSync (path.join (folder, `${name}.json.gz`), packed);
      return `${name} ${packed.length}`;
    });

    console.log (`${this.name}: ${events.length} events, ${this.moments.length} moments, ` +
      sizes.join (', '));
    if (this.moments.length !== MOMENTS)
      throw new Error (`${this.moments.length} moments, wanted ${MOMENTS}`);
  }
}

function librariesOf (names)
{
  return names.map (name => {
    const file = path.join (__dirname, 'node_modules', name, 'package.json');
    const { version, license } = JSON.parse (fs.readFileSync (file));

    return { name, version, license };
  });
}

async function record (browser, name, pictures)
{
  const { libraries, url, story } = require (path.join (PAGES, name, 'story.js'));
  const context = await browser.newContext ({ viewport: SIZE, locale: 'en-GB',
                                              timezoneId: 'UTC' });
  const helper = await (await browser.newContext ()).newPage ();
  const page = await context.newPage ();
  const cdp = await context.newCDPSession (page);
  const recording = new Recording (name, page, cdp, helper, pictures);

  events = [];
  page.on ('pageerror', error => console.log (`${name}: ${error.stack}`));
  page.on ('console', message => console.log (`${name}: ${message.text ()}`));

  /* Without detours: an event is here before the page that sent it can go away. */
  cdp.on ('Runtime.bindingCalled', take);
  await cdp.send ('Runtime.enable');
  await cdp.send ('Runtime.addBinding', { name: '__phEmit' });
  await page.addInitScript ({
    content: SCRIPTS.map (file => fs.readFileSync (file, 'utf8')).join ('\n;\n'),
  });

  await page.goto (url ?? `http://pages.example/${name}/`);
  await story (page, new PagesPerson (page), caption => recording.truth (caption));
  await sleep (600);
  recording.save (librariesOf (libraries));
  await context.close ();
  await helper.context ().close ();
}

async function main ([...names])
{
  const pictures = names[0] === '-p' ? names.splice (0, 2)[1] : null;
  const server = await start ();
  const { port } = server.address ();
  const browser = await chromium.launch ({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', `--host-resolver-rules=MAP *.example 127.0.0.1:${port}`,
           '--font-render-hinting=none', '--force-color-profile=srgb'],
  });

  for (const name of names.length ? names : fs.readdirSync (PAGES).filter (name =>
    !path.extname (name)).sort ())
    await record (browser, name, pictures);
  await browser.close ();
  server.close ();
}

main (process.argv.slice (2)).catch (error => {
  console.error (error);
  process.exit (1);
});
