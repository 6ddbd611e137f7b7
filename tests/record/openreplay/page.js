/* SPDX-License-Identifier: GPL-3.0-or-later */

import { tracker } from '@openreplay/tracker';

/*
 * A page of our own that does what pages do, in steps that record-openreplay.js asks for.
 * What it does is the same each time: its dice are loaded.
 */
customElements.define ('x-badge', class extends HTMLElement {
  constructor ()
  {
    super ();
    const sheet = new CSSStyleSheet ();

    sheet.replaceSync ('em { color: crimson; } :host { display: block; }');
    this.attachShadow ({ mode: 'open' }).innerHTML = '<em>badge</em> <slot></slot>';
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }
});

const $ = id => document.getElementById (id);
let seed = 7;
const dice = n => ((seed = (Math.imul (seed, 1103515245) + 12345) >>> 0) >>> 8) % n;

function card (name)
{
  const element = document.createElement ('div');

  element.className = 'card';
  element.innerHTML = `<span>${name}</span> <i data-n="${name}">text of ${name}</i>`;
  return element;
}

/* One step of many: cards come, go, move into each other and out of what goes. */
function shuffle (n)
{
  const board = $ ('board');
  const all = () => [board, ...board.querySelectorAll ('.card')];

  for (let i = 0; i < n; i++)
    {
      const cards = all ();
      const one = cards[dice (cards.length)];
      const other = cards[dice (cards.length)];
      const before = other.childNodes[dice (other.childNodes.length + 1)] || null;

      switch (dice (6))
        {
        case 0: case 1:
          other.insertBefore (card (`c${seed % 1000}`), before);
          break;
        case 2: case 3:
          if (one !== board && !one.contains (other))
            other.insertBefore (one, before);
          break;
        case 4:
          if (one !== board && cards.length > 8)
            {
              const kept = one.querySelector ('.card');

              one.remove ();
              if (kept)
                board.insertBefore (kept, board.firstChild);
            }
          break;
        default:
          if (one !== board)
            one.classList.toggle ('done');
          other.setAttribute ('title', `t${seed % 100}`);
        }
    }
}

window.steps = {
  list ()
  {
    for (const name of ['pears', 'apples', 'plums', 'figs'])
      {
        const item = document.createElement ('li');

        item.textContent = name;
        $ ('list').prepend (item);
      }
  },
  sort ()
  {
    [...$ ('list').children].sort ((a, b) => a.textContent < b.textContent ? -1 : 1)
      .forEach (item => $ ('list').append (item));
    $ ('list').children[1].firstChild.data = 'green figs';
  },
  shuffle: () => shuffle (40),
  storm: () => shuffle (400),
  rules ()
  {
    const made = $ ('made').sheet;
    const adopted = new CSSStyleSheet ();

    made.insertRule ('#list { color: #070; }', 0);
    made.insertRule ('#list li { padding: 2px; }', 1);
    made.insertRule ('#board { background: url(paper.png) #fff; }', 1);
    /* Which comes first in a millisecond, protocol 2 does not tell. */
    setTimeout (() => made.deleteRule (0), 50);
    adopted.insertRule ('h1 { letter-spacing: 2px; }');
    document.adoptedStyleSheets = [adopted];
  },
  texts ()
  {
    $ ('badge').shadowRoot.querySelector ('em').textContent = 'new badge';
    $ ('frame').contentDocument.getElementById ('inner').append (' that has grown');
    document.querySelector ('h1').style.cssText = 'color: teal; background: url(lines.svg)';
    document.querySelector ('h1').removeAttribute ('class');
  },
  scroll ()
  {
    $ ('tall').scrollTop = 60;
    scrollTo (0, 140);
  },
  async say ()
  {
    console.log ('plain', 7, { a: 1 });
    console.warn ('a warning');
    console.error (new Error ('told to the console'));
    await fetch ('/data.json?page=1');
    await fetch ('/nothing.json', { method: 'POST', body: '{"a":1}' }).catch (() => {});
    setTimeout (() => { throw new TypeError ('nobody caught this'); });
    tracker.event ('added to cart', { item: 'figs', n: 3 });
    tracker.issue ('slow search', { ms: 900 });
    tracker.setUserID ('u-17');
    tracker.setMetadata ('plan', 'gold');
  },
  flush: () => tracker.forceFlushBatch (),
  go: () => history.pushState ({}, '', '/board/2'),
};

const options = new URLSearchParams (location.search);

tracker.configure ({
  projectKey: 'local', ingestPoint: `${location.origin}`, __DISABLE_SECURE_MODE: true,
  obscureTextEmails: false, obscureTextNumbers: false, obscureInputEmails: false,
  obscureInputNumbers: false, obscureInputDates: false, defaultInputMode: 0,
  network: { capturePayload: true, failuresOnly: false, ignoreHeaders: false,
             sessionTokenHeader: false, captureInIframes: false },
  capturePerformance: true,
});
window.started = tracker.start ().then (result => JSON.stringify (result));
