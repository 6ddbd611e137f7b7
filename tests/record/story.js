/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * What the person does: about 90 seconds. `moment (text)` notes the time of one of
 * the demo's main moments, `truth (page, text)` waits until the page is at rest and
 * saves it.
 */
const { sleep } = require ('./person.js');

async function browse (page, person, { moment, truth })
{
  await truth (page, 'the shop is open, nothing was done');
  moment ('Opens the shop');
  await person.moveTo (420, 330);
  await person.wheel (620);
  await person.pause (300);
  await person.point ('.card .frame', 1);
  await person.wheel (640);
  await sleep (500);
  await person.point ('.card .frame', 8);
  await truth (page, 'scrolled down: eight more things were added');

  await person.wheel (-820);
  await person.click ('input[name="stock"]');
  await person.choose ('select[name="order"]', 'up');
  await truth (page, 'in stock only, sorted by price');
}

async function chooseLamp (page, person, { moment, truth })
{
  await person.point ('.card[data-id="low-tide"] .frame');
  await person.wheel (1120);
  await person.pause (400);
  await person.click ('.card[data-id="pilot"] .frame');
  await person.pause (900);
  await person.click ('.finishes label', 1);
  await person.choose ('select[name="size"]', 'l');
  await person.click ('[data-step="1"]');
  await person.pause (120);
  await person.press ();
  await person.pause (260);
  await person.click ('[data-step="-1"]');
  await person.click ('input[name="wrap"]');
  await person.fill ('textarea[name="note"]', 'For late pages & long letters');
  await truth (page, 'a lamp with a finish, a size, a quantity and a card');

  await person.click ('button[name="add"]');
  await truth (page, 'the cart is open, a toast is shown');
  await person.click ('#drawer-close');
}

async function readAndReturn (page, person, { moment, truth })
{
  await person.click ('#evening');
  await page.setViewportSize ({ width: 900, height: 760 });
  await person.moveTo (430, 420);
  await person.wheel (380);
  await person.pause (300);
  await person.click ('summary', 0);
  await person.wheel (300);
  await person.pause (300);
  await person.point ('.strip .frame', 1);
  await person.wheel (420, true);
  await truth (page, 'a smaller window in evening colours, the strip scrolled sideways');
  moment ('Reads in evening colours, and does nothing for a while');
  await sleep (13600);

  await page.setViewportSize ({ width: 1280, height: 800 });
  await person.wheel (-1000);
  await person.pause (300);
  await person.click ('#evening');
  await truth (page, 'wide again, in the colours of the day');
}

async function changeMind (page, person, { moment, truth })
{
  await person.click ('#cart-button');
  await person.pause (420);
  await person.click ('[data-remove]');
  await truth (page, 'the cart is empty again');
  moment ('Changes their mind: the lamp goes');
  await person.click ('#drawer-close');
  await page.goBack ();
  await person.pause (500);
  await person.reach ('#compact');
  await person.click ('#compact');
  await truth (page, 'back home, smaller pictures');
  await person.fill ('input[name="q"]', 'clock');
  await truth (page, 'back home, looking for a clock');
  await person.click ('.card[data-id="quarter"] .frame');
  await person.pause (500);
  await person.click ('star-rating svg', 4);
  await person.click ('button[name="add"]');
  await person.pause (600);
  await person.click ('#to-cart');
}

async function coupon (page, person, { moment, truth })
{
  await person.fill ('input[name="coupon"]', 'SPRING26');
  await person.click ('#apply');
  await person.pause (620);
  for (let i = 0; i < 7; i++)
    {
      await person.press (40);
      await sleep (person.dice (80, 130));
    }
  moment ('“Apply coupon” does nothing, and is clicked in anger');
  await person.click ('td input');
  await page.keyboard.press ('ArrowUp');
  await person.pause (200);
  await truth (page, 'the cart as a page, two clocks');
  await person.click ('#to-checkout');
}

async function checkout (page, person, { moment, truth })
{
  await person.fill ('input[name="name"]', 'Robin Example');
  await page.keyboard.press ('Tab');
  await person.type ('robin@mail.example');
  await person.fill ('input[name="street"]', '7 Quiet Lane');
  await person.choose ('select[name="country"]', 'IE');
  await person.pause (500);
  moment ('Choosing Ireland throws an error');
  await person.fill ('textarea[name="driver"]', 'Ring twice <please>');
  await person.fill ('input[name="card"]', '4242 4242 4242');
  await page.keyboard.press ('Tab');
  await person.type ('123');
  await truth (page, 'the form is filled in, masked');
  await person.wheel (420);
  await person.click ('input[name="account"]');
  await person.fill ('input[name="secret"]', 'not-a-secret');
  await person.click ('#reveal');
  await person.click ('button[name="order"]');
  await truth (page, 'the order failed');
  moment ('The order fails: the server answers 500');

  await person.click ('button[name="order"]');
  await page.waitForURL ('**/thanks*');
  await page.waitForLoadState ();
  await truth (page, 'a fresh page says thank you');
  moment ('Trying again works');
}

exports.story = async (page, person, notes) => {
  await browse (page, person, notes);
  await chooseLamp (page, person, notes);
  await readAndReturn (page, person, notes);
  await changeMind (page, person, notes);
  await coupon (page, person, notes);
  await checkout (page, person, notes);

  await person.click ('a.primary');
  await page.waitForLoadState ();
  await person.moveTo (520, 300);
  await person.wheel (300);
  await notes.truth (page, 'home again, another page load');
  await person.moveTo (760, 420);
};
