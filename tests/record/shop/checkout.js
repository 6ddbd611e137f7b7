/* SPDX-License-Identifier: GPL-3.0-or-later */

import { delivery } from './catalogue.js';
import { summary } from './cart-page.js';
import * as cart from './cart.js';
import * as live from './live.js';

const countries = [['DE', 'Germany'], ['FR', 'France'], ['IE', 'Ireland'], ['NL', 'Netherlands']];

/* Ireland has no rate: this throws, and nobody catches it. */
function estimate (view, country)
{
  const line = view.querySelector ('#estimate');

  line.textContent = 'Asking the carrier …';
  line.classList.add ('busy');
  setTimeout (() => {
    const rate = delivery[country];

    line.textContent = `${rate.days} days to your door`;
    line.classList.remove ('busy');
  }, 320);
}

async function order (view, form)
{
  const button = form.elements.order;

  button.disabled = true;
  button.textContent = 'One moment …';
  view.querySelector ('#problem').replaceChildren ();
  try
    {
      const answer = await fetch ('/api/order', {
        method: 'POST', body: JSON.stringify (cart.lines ()),
      });

      if (!answer.ok)
        throw new Error (`order refused with ${answer.status}`);
      cart.keep ('mail', form.elements.mail.value);
      location.assign (`/thanks?order=${(await answer.json ()).order}`);
    }
  catch (error)
    {
      console.error ('Could not place the order:', error.message);
      view.querySelector ('#problem').innerHTML = `<div class="alert" role="alert">
        <b>That did not work.</b> Nothing was charged. Please try again.</div>`;
      live.toast ('bad', 'The order was not placed');
      button.disabled = false;
      button.textContent = 'Try again';
    }
}

function showPassword (form)
{
  const { secret } = form.elements;
  const shown = secret.type === 'text';

  secret.type = shown ? 'password' : 'text';
  form.querySelector ('#reveal').textContent = shown ? 'Show' : 'Hide';
}

export function showCheckout (view)
{
  document.title = 'Checkout · Acme shop';
  view.className = 'checkout';
  view.innerHTML = `<h1>Checkout</h1><div class="two"><form autocomplete="off" novalidate>
      <fieldset><legend>Where to</legend>
        <div class="row"><label>Name<input type="text" name="name" data-private></label>
          <label>E-mail<input type="email" name="mail"></label></div>
        <div class="row"><label>Street<input type="text" name="street" data-private></label>
          <label>Country<select name="country"><option value="">Choose …</option>${
            countries.map (([code, name]) => `<option value="${code}">${name}</option>`).join ('')
          }</select></label></div>
        <p class="estimate" id="estimate">Choose a country to see how long it takes.</p>
        <label>Anything for the driver?<textarea name="driver" rows="2"></textarea></label>
      </fieldset>
      <fieldset><legend>Payment</legend><div class="pick">
          <label><input type="radio" name="pay" value="card" checked><span>Card</span></label>
          <label><input type="radio" name="pay" value="bill"><span>Invoice</span></label></div>
        <div class="row"><label>Card number
            <input type="text" name="card" inputmode="numeric" data-private></label>
          <label>Code<input type="password" name="code" maxlength="3"></label></div></fieldset>
      <fieldset><legend>Next time is faster</legend>
        <label class="tick"><input type="checkbox" name="account">Keep an account for me</label>
        <label>Password<span class="reveal"><input type="password" name="secret">
          <button type="button" class="link" id="reveal">Show</button></span></label></fieldset>
      <div id="problem"></div><button class="primary" name="order">Place the order</button></form>
    <section class="panel"><h2>Summary</h2>${summary ()}<!-- prices include tax -->
      <p class="quiet">Delivery and returns are on us above € 60.</p></section></div>`;

  const form = view.querySelector ('form');

  form.elements.country.addEventListener ('change', event => estimate (view, event.target.value));
  form.querySelector ('#reveal').addEventListener ('click', () => showPassword (form));
  form.addEventListener ('submit', event => {
    event.preventDefault ();
    order (view, form);
  });
}
