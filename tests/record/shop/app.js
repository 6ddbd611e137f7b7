/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame around the pages: routes, cart drawer, search, colours. */
import './rating.js';
import { products, euro } from './catalogue.js';
import { picture, tint } from './pictures.js';
import { showHome, filter } from './home.js';
import { showProduct } from './product.js';
import { showCart } from './cart-page.js';
import { showCheckout } from './checkout.js';
import * as cart from './cart.js';
import * as live from './live.js';

const $ = selector => document.querySelector (selector);
const routes = [
  [/^\/$/, showHome],
  [/^\/product\/([\w-]+)$/, showProduct],
  [/^\/cart$/, showCart],
  [/^\/checkout$/, showCheckout],
];

function show ()
{
  for (const [pattern, page] of routes)
    {
      const match = pattern.exec (location.pathname);

      if (!match)
        continue;
      page ($('#view'), shop, match[1]);
      window.scrollTo (0, 0);
      return;
    }
}

function go (path)
{
  history.pushState ({}, '', path);
  show ();
}

/* How far the cart is from free delivery. One declaration of several changes at a time. */
function fillMeter (total)
{
  const meter = $('#meter > i');
  const part = Math.min (100, Math.round (total / 60 * 100));

  if (!meter.style.length)
    {
      meter.style.setProperty ('--from', '0');
      meter.style.setProperty ('transform-origin', 'left center');
      meter.style.setProperty ('background-image',
        'linear-gradient(90deg, rgb(224, 166, 58), rgb(125, 148, 113))');
      meter.style.setProperty ('border-start-end-radius', '6px');
    }
  meter.style.setProperty ('width', `${part}%`);
  $('#meter-text').firstChild.data = total >= 60
    ? 'Delivery is on us.' : `${euro (60 - total)} to free delivery`;
}

function drawDrawer ()
{
  const lines = cart.lines ();
  const total = cart.lines ().reduce ((sum, line) =>
    sum + line.quantity * products.find (p => p.id === line.id).price, 0);

  $('#count').textContent = String (cart.count ());
  $('#cart-button').classList.toggle ('full', lines.length > 0);

  if (!$('#meter'))
    $('#drawer').innerHTML = `<header><h2>Your cart</h2>
        <button type="button" class="round" id="drawer-close" title="Close">
          <svg class="icon" aria-hidden="true"><use href="#i-close"/></svg></button></header>
      <p class="meter" id="meter"><i></i></p><p class="quiet" id="meter-text"> </p>
      <ul class="lines" id="lines"></ul>
      <div class="sum"><span>Together</span><strong id="sum">${euro (0)}</strong></div>
      <button type="button" class="primary" id="to-cart">View cart</button>`;

  $('#lines').innerHTML = lines.map ((line, index) => {
    const product = products.find (p => p.id === line.id);

    return `<li data-index="${index}"><span class="thumb" style="background: ${tint (product)}">
        ${picture (product, 'drawer')}</span>
      <span><a href="/product/${product.id}" data-link>${product.name}</a>
        <small>${line.size}, ${line.quantity} ×</small>
        ${line.note ? `<em>“${line.note}”</em>` : ''}</span>
      <span><b>${euro (product.price * line.quantity)}</b>
        <button type="button" class="link" data-remove>Remove</button></span></li>`;
  }).join ('') || '<li class="empty">Nothing in here yet.</li>';

  $('#sum').textContent = euro (total);
  fillMeter (total);
}

function openDrawer (open)
{
  $('#drawer').classList.toggle ('open', open);
  $('#drawer').setAttribute ('aria-hidden', String (!open));
  $('#veil').classList.toggle ('open', open);
  $('#cart-button').setAttribute ('aria-expanded', String (open));
}

const shop = {
  go,
  refresh: drawDrawer,
  openDrawer,
  add (line)
  {
    cart.add (line);
    drawDrawer ();
    openDrawer (true);
    live.toast ('good', 'In your cart');
  },
};

const colours = {
  day: [':root { --paper: #faf6ef; --card: #ffffff; --ink: #26221d; }'],
  evening: [
    ':root { --paper: #1f1c1a; --card: #2a2623; --ink: #f1e9dd; }',
    ':root { --line: #453d36; --quiet: #b3a799; }',
    '.picture { filter: brightness(0.92); }',
    '.top, .drawer { --card: #26221f; }',
  ],
};

function setEvening (on)
{
  $('#evening').setAttribute ('aria-pressed', String (on));
  live.replace ('theme', on ? colours.evening : colours.day);
}

document.addEventListener ('click', event => {
  const link = event.target.closest ('a[data-link]');
  const line = event.target.closest ('[data-remove]')?.closest ('[data-index]');
  const department = event.target.closest ('[data-department]');

  if (link)
    {
      event.preventDefault ();
      openDrawer (false);
      go (link.pathname);
    }
  else if (line)
    {
      cart.change (Number (line.dataset.index), 0);
      drawDrawer ();
    }
  else if (department)
    {
      if (location.pathname !== '/')
        go ('/');
      filter ({ department: department.dataset.department });
    }
  else if (event.target.closest ('#cart-button'))
    openDrawer (true);
  else if (event.target.closest ('#drawer-close, #veil'))
    openDrawer (false);
  else if (event.target.closest ('#to-cart'))
    {
      openDrawer (false);
      go ('/cart');
    }
  else if (event.target.closest ('#evening'))
    setEvening ($('#evening').getAttribute ('aria-pressed') === 'false');
});

$('input[name="q"]').addEventListener ('input', event => {
  if (location.pathname !== '/')
    go ('/');
  filter ({ query: event.target.value });
});

window.addEventListener ('popstate', show);

/* What is not for paper: one sheet, written in two strokes. */
function addPrintSheet ()
{
  const style = document.createElement ('style');

  style.append ('@media print { .top, .bar, footer, .drawer { display: none } }\n');
  style.append ('@media print { main { max-width: none; padding: 0 } .primary { color: #000 } }\n');
  document.head.append (style);
}

addPrintSheet ();
drawDrawer ();
show ();
