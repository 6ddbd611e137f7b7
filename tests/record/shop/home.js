/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first page: a hero, a tool bar and a grid that grows as one scrolls. */
import { products, euro } from './catalogue.js';
import { picture, room, tint } from './pictures.js';
import * as live from './live.js';

const FIRST = 8, MORE = 8;
const seen = new Set ();
let wanted = { department: '', query: '', stock: false };

export function markSeen (id)
{
  if (seen.has (id))
    return;
  seen.add (id);
  live.insert ('marks', `.card[data-id="${id}"] .name { color: var(--quiet); }`, 1);
}

function card (product)
{
  const element = document.createElement ('article');

  element.className = 'card';
  element.dataset.id = product.id;
  element.dataset.department = product.department;
  element.dataset.price = String (product.price);
  if (!product.stock)
    element.dataset.gone = '';
  element.innerHTML = `<a href="/product/${product.id}" data-link>
      <span class="frame" style="background: ${tint (product)}">${picture (product, 'card')}</span>
      <span class="name">${product.name}</span></a>
    <p><star-rating value="${product.rating}" count="${product.reviews}"></star-rating></p>
    <p class="price">${euro (product.price)}
      <small>${product.stock ? 'In stock' : 'Back in May'}</small></p>`;
  return element;
}

function isWanted ({ dataset, textContent })
{
  return (!wanted.department || dataset.department === wanted.department) &&
    (!wanted.stock || dataset.gone === undefined) &&
    textContent.toLowerCase ().includes (wanted.query.toLowerCase ());
}

export function filter (change)
{
  const cards = [...document.querySelectorAll ('.grid > .card')];

  Object.assign (wanted, change);
  for (const element of cards)
    element.hidden = !isWanted (element);
  for (const button of document.querySelectorAll ('nav [data-department]'))
    button.classList.toggle ('on', button.dataset.department === wanted.department);
  document.getElementById ('found').firstChild.data =
    `${cards.filter (element => !element.hidden).length} things`;
}

/* Existing cards are moved, not made again. */
function sort (grid, order)
{
  const place = ({ dataset }) => order === 'featured'
    ? products.findIndex (p => p.id === dataset.id)
    : Number (dataset.price) * (order === 'down' ? -1 : 1);

  grid.append (...[...grid.querySelectorAll ('.card')].sort ((a, b) => place (a) - place (b)));
}

function grow (grid, order)
{
  const done = grid.querySelectorAll ('.card').length;
  const next = products.slice (done, done + MORE);
  const bones = next.map (() =>
    Object.assign (document.createElement ('div'), { className: 'bone' }));

  if (!next.length || grid.querySelector ('.bone'))
    return;
  grid.append (...bones);
  setTimeout (() => {
    bones.forEach ((bone, i) => bone.replaceWith (card (next[i])));
    if (order.value !== 'featured')
      sort (grid, order.value);
    filter ({});
  }, 380);
}

function toggleCompact (button)
{
  const on = button.getAttribute ('aria-pressed') === 'false';

  button.setAttribute ('aria-pressed', String (on));
  if (on)
    {
      live.insert ('sheet',
        '.grid { grid-template-columns: repeat(auto-fill, minmax(168px, 1fr)); }');
      live.insert ('sheet', '.card .frame { padding: 10px; }');
    }
  else
    live.remove ('sheet', rule => /minmax\(168px|padding: 10px; }$/.test (rule.cssText));
}

export function showHome (view)
{
  const query = document.querySelector ('input[name="q"]').value;

  document.title = 'Acme shop';
  wanted = { department: '', query, stock: false };
  view.className = 'home';
  view.innerHTML = `<section class="hero">
      <div><h1>Made once,<br>and made <em>well</em>.</h1>
        <p>Lamps, cups and chairs from eleven small workshops. No seasons, no sales, no hurry.</p>
        <div class="facts">
          <span><svg class="icon"><use href="#i-truck"/></svg>Two days to your door</span>
          <span><svg class="icon"><use href="#i-leaf"/></svg>Repaired for life</span></div></div>
      ${room}</section>
    <section class="tools" aria-label="Sort and filter"><strong id="found"> </strong>
      <label class="tick"><input type="checkbox" name="stock">In stock only</label>
      <label>Sort by <select name="order"><option value="featured">Featured</option>
        <option value="up">Price: low to high</option>
        <option value="down">Price: high to low</option></select></label>
      <button type="button" class="round" id="compact" aria-pressed="false"
        title="Smaller pictures">
        <svg class="icon" aria-hidden="true"><use href="#i-rows"/></svg></button></section>
    <section class="grid" id="grid"></section><div class="sentinel"></div>`;

  const grid = view.querySelector ('.grid');
  const order = view.querySelector ('[name="order"]');

  grid.append (...products.slice (0, FIRST).map (card));
  order.addEventListener ('change', () => sort (grid, order.value));
  view.querySelector ('[name="stock"]').addEventListener ('change', event =>
    filter ({ stock: event.target.checked }));
  view.querySelector ('#compact').addEventListener ('click', event =>
    toggleCompact (event.currentTarget));
  new IntersectionObserver (entries => {
    if (entries.some (entry => entry.isIntersecting))
      grow (grid, order);
  }, { rootMargin: '120px' }).observe (view.querySelector ('.sentinel'));
  filter ({});
}
