/* SPDX-License-Identifier: GPL-3.0-or-later */

import { products, euro } from './catalogue.js';
import { picture } from './pictures.js';
import * as cart from './cart.js';

const order = new URLSearchParams (location.search).get ('order') || '';
const lines = cart.lines ();

document.getElementById ('view').innerHTML = `
  <section class="thank-you">
    <svg class="tick" viewBox="0 0 64 64" aria-hidden="true">
      <defs><linearGradient id="tick-fill" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" stop-color="#8fab7f"/><stop offset="1" stop-color="#5d7a52"/>
      </linearGradient></defs>
      <circle cx="32" cy="32" r="30" fill="url(#tick-fill)"/>
      <path d="M19 33l9 9 17-19" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"
        stroke-linejoin="round"/></svg>
    <h1>Thank you!</h1>
    <p class="lead">Order <strong>${order}</strong> is being packed.
      A letter is on its way to <span class="rr-mask">${cart.take ('mail')}</span>.</p>
    <ul class="packed">${lines.map (line => {
      const product = products.find (p => p.id === line.id);
      return `<li>${picture (product, 'thanks')}<span>${product.name}</span>
        <span>${line.quantity} × ${euro (product.price)}</span></li>`;
    }).join ('')}</ul>
    <ol class="steps">
      <li class="done">Ordered</li><li class="now">Packed</li><li>On its way</li>
      <li>At your door</li>
    </ol>
    <a class="primary" href="/">Back to the shop</a>
  </section>`;

cart.clear ();
