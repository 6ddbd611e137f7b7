/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/* The same person on smaller errands: looks for a thing wherever it is, drags, presses keys. */
const { Person, sleep } = require ('./person.js');

exports.PagesPerson = class extends Person
{
  /* The index-th of the elements that can be hit; a locator, of a frame's content, is one. */
  async boxOf (selector, index = 0)
  {
    if (typeof selector !== 'string')
      return selector.boundingBox ();

    const boxes = await this.page.locator (selector).evaluateAll (elements => elements
      .filter (element => {
        const { x, y, width, height } = element.getBoundingClientRect ();
        let hit = document.elementFromPoint (x + width / 2, y + height / 2);

        while (hit?.shadowRoot?.elementFromPoint (x + width / 2, y + height / 2) &&
               hit.shadowRoot.elementFromPoint (x + width / 2, y + height / 2) !== hit)
          hit = hit.shadowRoot.elementFromPoint (x + width / 2, y + height / 2);
        for (; hit; hit = hit.assignedSlot || hit.parentNode || hit.host)
          if (hit === element)
            return true;
        return false;
      }).map (element => element.getBoundingClientRect ().toJSON ()));

    if (!boxes[index])
      throw new Error (`${selector} (${index}) is not to be seen`);
    return boxes[index];
  }

  async point (selector, index = 0)
  {
    const { x, y, width, height } = await this.boxOf (selector, index);

    await this.moveTo (x + width * this.dice (0.4, 0.6), y + height * this.dice (0.4, 0.6));
  }

  async drag (from, to)
  {
    const { x, y, width, height } = to.x === undefined ? await this.boxOf (to)
      : { width: 0, height: 0, ...to };

    await this.point (from);
    await this.page.mouse.down ();
    await sleep (120);
    await this.moveTo (x + width / 2, y + height / 2);
    await sleep (120);
    await this.page.mouse.up ();
  }

  async keys (...names)
  {
    for (const name of names)
      {
        await this.page.keyboard.press (name);
        await sleep (this.dice (60, 110));
      }
  }

  /* Away from everything that looks otherwise under the pointer. */
  async away ()
  {
    await this.moveTo (985, 690);
  }
};
