/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/* The shop's server on 127.0.0.1: its files, and an order desk that fails the first time. */
const fs = require ('fs');
const http = require ('http');
const path = require ('path');

const SHOP = path.join (__dirname, 'shop');
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

function sendFile (response, name)
{
  fs.readFile (path.join (SHOP, name), (error, bytes) => {
    response.writeHead (error ? 404 : 200, {
      'Content-Type': TYPES[path.extname (name)] || 'text/plain', 'Cache-Control': 'no-store',
    });
    response.end (error ? 'no such thing' : bytes);
  });
}

/* Returns the server; its port is server.address ().port. */
exports.start = () => new Promise (resolve => {
  let orders = 0;

  const server = http.createServer ((request, response) => {
    const { pathname } = new URL (request.url, 'http://localhost');

    if (request.method === 'POST' && pathname === '/api/order')
      {
        const failed = orders++ === 0;

        request.resume ();
        setTimeout (() => {
          response.writeHead (failed ? 500 : 200, { 'Content-Type': 'application/json' });
          response.end (failed ? '{"error":"stock desk is away"}' : '{"order":"A-1047"}');
        }, failed ? 620 : 480);
      }
    else if (path.extname (pathname))
      sendFile (response, path.basename (pathname));
    else
      sendFile (response, pathname === '/thanks' ? 'thanks.html' : 'index.html');
  });

  server.listen (0, '127.0.0.1', () => resolve (server));
});

if (require.main === module)
  exports.start ().then (server =>
    console.log (`The shop is open on http://127.0.0.1:${server.address ().port}/`));
