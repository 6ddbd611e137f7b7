/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/* A person at the mouse and the keyboard. Always the same one: the dice have a fixed seed. */
const sleep = ms => new Promise (resolve => setTimeout (resolve, ms));

class Person
{
  constructor (page)
  {
    this.page = page;
    this.x = 640;
    this.y = 420;
    this.seed = 20260131;
  }

  dice (from, to)
  {
    this.seed = (this.seed * 1103515245 + 12345) & 0x7fffffff;
    return from + (to - from) * (this.seed / 0x7fffffff);
  }

  pause (ms)
  {
    return sleep (ms * this.dice (0.9, 1.1));
  }

  /* An arc, quick in the middle, slow at both ends. */
  async moveTo (x, y)
  {
    const fromX = this.x, fromY = this.y;
    const distance = Math.hypot (x - fromX, y - fromY);
    const duration = 180 + Math.sqrt (distance) * 19;
    const bend = this.dice (-0.14, 0.14);
    const start = Date.now ();

    for (;;)
      {
        const part = Math.min (1, (Date.now () - start) / duration);
        const eased = part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
        const side = Math.sin (part * Math.PI) * bend;

        this.x = fromX + (x - fromX) * eased - (y - fromY) * side;
        this.y = fromY + (y - fromY) * eased + (x - fromX) * side;
        await this.page.mouse.move (Math.round (this.x), Math.round (this.y));
        if (part === 1)
          return;
        await sleep (15);
      }
  }

  /* To a place within an element, not always its middle. */
  async point (selector, index = 0)
  {
    const box = await this.page.locator (selector).nth (index).boundingBox ();

    if (!box || box.y < 0 || box.y + box.height / 2 > this.page.viewportSize ().height)
      throw new Error (`${selector} is not to be seen`);
    await this.moveTo (box.x + box.width * this.dice (0.35, 0.65),
                       box.y + box.height * this.dice (0.4, 0.6));
  }

  async press (ms = 70)
  {
    await this.page.mouse.down ();
    await sleep (ms);
    await this.page.mouse.up ();
  }

  async click (selector, index = 0)
  {
    await this.point (selector, index);
    await this.pause (120);
    await this.press ();
  }

  async type (text)
  {
    for (const letter of text)
      {
        await this.page.keyboard.type (letter);
        await sleep (this.dice (38, 96) + (letter === ' ' ? 40 : 0));
      }
  }

  async fill (selector, text)
  {
    await this.click (selector);
    await this.pause (140);
    await this.type (text);
  }

  /* Scrolls until the element is well within the window. */
  async reach (selector)
  {
    const { y, height } = await this.page.locator (selector).first ().boundingBox ();
    const wanted = this.page.viewportSize ().height * 0.45 - height / 2;

    await this.wheel (y - wanted);
    await this.pause (250);
  }

  /* A native menu can not be recorded: the pointer goes there, the choice is made by key. */
  async choose (selector, value)
  {
    await this.point (selector);
    await this.page.locator (selector).focus ();
    await this.pause (320);
    await this.page.locator (selector).selectOption (value);
  }

  /* The wheel: a few strong notches, then weaker ones. */
  async wheel (distance, sideways = false)
  {
    const notches = Math.max (4, Math.round (Math.abs (distance) / 90));

    for (let i = 0; i < notches; i++)
      {
        const weight = 2 * (notches - i) / (notches * (notches + 1));
        const part = Math.round (distance * weight);

        await this.page.mouse.wheel (sideways ? part : 0, sideways ? 0 : part);
        await sleep (this.dice (40, 85));
      }
  }
}

module.exports = { Person, sleep };
