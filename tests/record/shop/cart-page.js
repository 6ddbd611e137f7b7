/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cart as a page. The coupon button was never wired: that is the shop's other mistake. */
import { products, euro } from './catalogue.js';
import { picture, tint } from './pictures.js';
import * as cart from './cart.js';

export function summary ()
{
  const total = cart.lines ().reduce ((sum, line) =>
    sum + line.quantity * products.find (p => p.id === line.id).price, 0);
  const post = total >= 60 || total === 0 ? 0 : 5;

  return `<dl><dt>Things</dt><dd>${euro (total)}</dd>
    <dt>Delivery</dt><dd id="delivery">${post ? euro (post) : 'free'}</dd>
    <dt class="all">Total</dt><dd class="all">${euro (total + post)}</dd></dl>`;
}

export function showCart (view, shop)
{
  document.title = 'Your cart · Acme shop';
  view.className = 'cart';
  view.innerHTML = `<h1>Your cart</h1><div class="two"><table>
      <thead><tr><th colspan="2">Thing</th><th>Quantity</th><th>Price</th></tr></thead>
      <tbody>${cart.lines ().map ((line, index) => {
        const product = products.find (p => p.id === line.id);

        return `<tr><td><span class="thumb" style="background: ${tint (product)}">
            ${picture (product, 'cart')}</span></td>
          <td><b>${product.name}</b><small>${line.size}</small></td>
          <td><input type="number" value="${line.quantity}" min="1" max="9" data-index="${index}"
            aria-label="Quantity"></td><td>${euro (product.price * line.quantity)}</td></tr>`;
      }).join ('')}</tbody></table>
    <section class="panel"><h2>Summary</h2><div id="summary">${summary ()}</div>
      <div class="coupon"><input type="text" name="coupon" placeholder="Coupon" aria-label="Coupon">
        <button type="button" class="second" id="apply">Apply coupon</button></div>
      <button type="button" class="primary" id="to-checkout">Checkout</button></section></div>`;

  view.querySelector ('tbody').addEventListener ('change', event => {
    const line = cart.lines ()[Number (event.target.dataset.index)];
    const quantity = Number (event.target.value);

    cart.change (Number (event.target.dataset.index), quantity);
    event.target.closest ('tr').lastElementChild.textContent =
      euro (products.find (p => p.id === line.id).price * quantity);
    view.querySelector ('#summary').innerHTML = summary ();
    shop.refresh ();
  });
  view.querySelector ('#to-checkout').addEventListener ('click', () => shop.go ('/checkout'));
}
