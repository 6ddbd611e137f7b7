/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * The pages on 127.0.0.1, whatever the name of the host: /NAME/ is pages/NAME/index.html,
 * /NAME/page.js and page.css what esbuild makes of pages/NAME/page.js and all it imports,
 * /modules/… a file of a library. Nothing of it is kept.
 */
const fs = require ('fs');
const http = require ('http');
const path = require ('path');
const esbuild = require ('esbuild');

const PAGES = path.join (__dirname, 'pages');
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.webm': 'video/webm',
};

async function bundle (name)
{
  const { outputFiles } = await esbuild.build ({
    entryPoints: [path.join (PAGES, name, 'page.js')], outdir: '/', entryNames: 'page',
    bundle: true, write: false, minify: true, format: 'iife', jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.js': 'jsx', '.svg': 'dataurl', '.webm': 'dataurl' },
  });

  return new Map (outputFiles.map (file => [path.basename (file.path), file.contents]));
}

async function find (pathname)
{
  const [, name, ...rest] = pathname.split ('/');

  if (name === 'modules')
    return fs.promises.readFile (path.join (__dirname, 'node_modules', ...rest));
  if (rest[0] === 'page.js' || rest[0] === 'page.css')
    return (await bundle (name)).get (rest[0]);
  return fs.promises.readFile (path.join (PAGES, name, rest[0] || 'index.html'));
}

/* Returns the server; its port is server.address ().port. */
exports.start = () => new Promise (resolve => {
  const server = http.createServer (async (request, response) => {
    const { pathname } = new URL (request.url, 'http://localhost');
    const bytes = await find (pathname).catch (error => void console.log (error.message));

    response.writeHead (bytes ? 200 : 404, {
      'Content-Type': TYPES[path.extname (pathname) || '.html'] || 'text/plain',
      'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*',
    });
    response.end (bytes || 'no such thing');
  });

  server.listen (0, '127.0.0.1', () => resolve (server));
});

if (require.main === module)
  exports.start ().then (server =>
    console.log (`http://127.0.0.1:${server.address ().port}/NAME/`));
