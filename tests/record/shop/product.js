/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing: picture, choices, and what goes well with it. */
import { products, euro, words } from './catalogue.js';
import { picture, tint } from './pictures.js';
import { markSeen } from './home.js';

const finishes = [
  ['clay', '#c4633f'], ['sage', '#7d9471'], ['ink', '#2f3e55'], ['plum', '#7a4b5e'],
];

function drawGift (form, on)
{
  const box = form.querySelector ('#gift');

  if (!on)
    box.replaceChildren ();
  else
    box.innerHTML = `<label>A few words for the card
      <textarea name="note" rows="3" placeholder="With love from …"></textarea></label>`;
}

function bind (view, shop, product)
{
  const form = view.querySelector ('form');
  const { quantity } = form.elements;

  form.addEventListener ('click', event => {
    const step = Number (event.target.closest ('[data-step]')?.dataset.step);

    if (step)
      quantity.value = String (Math.max (1, Math.min (9, Number (quantity.value) + step)));
  });
  form.addEventListener ('change', event => {
    if (event.target.name === 'finish')
      view.querySelector ('.stage').innerHTML =
        picture ({ ...product, colour: event.target.dataset.colour }, 'big');
    if (event.target.name === 'wrap')
      drawGift (form, event.target.checked);
  });
  form.addEventListener ('submit', event => {
    event.preventDefault ();
    shop.add ({
      id: product.id,
      size: form.elements.size.selectedOptions[0].textContent,
      quantity: Number (quantity.value),
      note: form.elements.note?.value || '',
    });
  });
}

export function showProduct (view, shop, id)
{
  const product = products.find (p => p.id === id);
  const others = products.filter (p => p !== product && p.department === product.department)
    .concat (products.filter (p => p.department !== product.department).slice (0, 5));

  markSeen (id);
  document.title = `${product.name} · Acme shop`;
  view.className = 'product';
  view.innerHTML = `<p class="crumbs"><a href="/" data-link>Shop</a> /
      ${product.department} / ${product.name}</p>
    <div class="two"><div class="stage" style="background: ${tint (product)}">
      ${picture (product, 'big')}</div>
    <form><h1>${product.name}</h1>
      <p><star-rating value="${product.rating}" count="${product.reviews}" open></star-rating></p>
      <p class="price">${euro (product.price)}</p><p class="quiet">${words[product.department]}</p>
      <fieldset class="finishes"><legend>Finish</legend>${finishes.map (([name, colour], i) => `
        <label title="${name}"><input type="radio" name="finish" value="${name}"
          data-colour="${colour}"${i ? '' : ' checked'}>
          <i style="background: ${colour}"></i></label>`).join ('')}</fieldset>
      <div class="row"><label>Size<select name="size"><option value="s">Small</option>
          <option value="m" selected>Medium</option><option value="l">Large</option>
          </select></label>
        <label>Quantity<span class="stepper">
          <button type="button" data-step="-1" title="Less">−</button>
          <input type="number" name="quantity" value="1" min="1" max="9">
          <button type="button" data-step="1" title="More">+</button></span></label></div>
      <label class="tick"><input type="checkbox" name="wrap">Wrap it as a gift</label>
      <div id="gift"></div>
      <button class="primary" name="add">Add to cart</button>
      <details><summary>What it is made of</summary><p>Turned by hand, oiled twice, and packed in
        paper. Every piece differs a little from the next; that is how you know.</p></details>
      <details><summary>Care &amp; repair</summary><p>Wipe it dry. If it breaks, send it back: we
        mend it for nothing, as often as it takes.</p></details></form></div>
    <h2>Goes well with</h2><div class="strip" id="strip">${others.map (other => `
      <a class="small" href="/product/${other.id}" data-link>
        <span class="frame" style="background: ${tint (other)}">${picture (other, 'strip')}</span>
        ${other.name}<b>${euro (other.price)}</b></a>`).join ('')}</div>`;
  bind (view, shop, product);
}
