/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A page for other people's recorders: starts the one at hand, which recorder.js is made of,
 * and has what is asked of the page while it is recorded. With `?masked` nothing of the
 * page's text may leave it.
 */
'use strict';

document.addEventListener ('DOMContentLoaded', () => {
  const masked = location.search.includes ('masked');
  const byId = id => document.getElementById (id);

  window.recorder.start (masked);

  byId ('form').addEventListener ('submit', event => event.preventDefault ());

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement (tag);

    element.textContent = text;
    for (const name of Object.keys (attributes))
      element.setAttribute (name, attributes[name]);
    return element;
  };

  window.steps = {
    edit () {
      const beds = byId ('beds');

      beds.prepend (make ('li', 'onions', { class: 'new' }));
      beds.children[2].before (make ('li', 'garlic'));
      beds.append (make ('li', 'beets'));
      beds.firstChild.after ('a text between');
      byId ('bed').classList.add ('wet');
      byId ('bed').removeAttribute ('id');
      byId ('top').firstChild.data = 'A garden of 13 beds';
    },
    reverse () {
      const beds = byId ('beds');

      beds.append (...[...beds.childNodes].reverse ());
    },
    /* What is moved out of something that goes must not go with it. */
    save () {
      const bed = document.querySelector ('.bed');
      const crate = make ('section', '', { id: 'crate' });

      bed.after (crate);
      crate.append (byId ('note'), bed.querySelector ('b'));
      crate.firstChild.before (make ('em', 'moved: '));
      bed.remove ();
      window.kept = bed;
    },
    back () {
      byId ('more').append (window.kept);
      window.kept.firstChild.append (' Back again.');
      window.kept.before (make ('hr', ''));
    },
    shadow () {
      const host = make ('garden-gate', 'light child');
      const root = host.attachShadow ({ mode: 'open' });

      window.sheet = new CSSStyleSheet ();
      window.sheet.replaceSync ('p { color: rgb(0, 90, 0); } .shut { color: rgb(90, 0, 0); }');
      root.adoptedStyleSheets = [window.sheet];
      root.append (make ('p', 'In the shade'), document.createElement ('slot'));
      byId ('more').prepend (host);
      window.host = host;
      customElements.define ('garden-gate', class extends HTMLElement { });
    },
    shade () {
      window.sheet.replaceSync ('p { color: rgb(0, 0, 90); }');
      window.host.shadowRoot.firstChild.after (make ('p', 'More shade', { class: 'shut' }));
      document.adoptedStyleSheets = [new CSSStyleSheet ()];
      document.adoptedStyleSheets[0].replaceSync ('h1 { letter-spacing: 1px; }');
    },
    frame () {
      const frame = make ('iframe', '', { id: 'frame', width: '260', height: '80' });

      frame.srcdoc = '<!DOCTYPE html><html><head><title>Shed</title></head>' +
        '<body><p id="tools">Spade and rake</p></body></html>';
      byId ('more').append (frame);
    },
    tools () {
      const inner = byId ('frame').contentDocument;

      inner.getElementById ('tools').after (inner.createElement ('hr'), 'a hose');
      inner.getElementById ('tools').className = 'used';
    },
    draw () {
      const svg = document.createElementNS ('http://www.w3.org/2000/svg', 'svg');
      const gradient = svg.appendChild (document.createElementNS (svg.namespaceURI,
                                                                  'linearGradient'));

      svg.setAttribute ('viewBox', '0 0 20 20');
      svg.setAttribute ('width', '20');
      gradient.id = 'g';
      svg.appendChild (document.createElementNS (svg.namespaceURI, 'circle'))
        .setAttribute ('r', '5');
      byId ('top').after (svg);
      byId ('late').textContent = '#read { font-weight: bold; }';
    },
    rules () {
      byId ('late').sheet.insertRule ('#top { color: rgb(10, 60, 20); }', 0);
      byId ('late').setAttribute ('data-turn', '2');
      byId ('picture').setAttribute ('width', '60');
    },
    say () {
      window.recorder.say?.();
    },
    async ask () {
      console.log ('asking', { for: 'rain' });
      console.warn ('clouds');
      await (await fetch ('/rain.json?day=1', { headers: { 'X-Garden': 'yes' } })).text ();
      await (await fetch ('/snow.json', { method: 'POST', body: '{"day":2}' })).text ();
      console.error (new Error ('no snow'));
    },
    fail () {
      setTimeout (() => { throw new Error ('no water left'); });
    },
    clear () {
      byId ('form').reset ();
      byId ('box').scrollTo (0, 0);
    },
    go () {
      history.pushState (null, '', `/pond${location.search}`);
      byId ('beds').remove ();
      document.title = 'A pond';
      byId ('top').textContent = 'A pond';
    },
    fish () {
      byId ('more').replaceChildren (make ('p', 'Three fish'), make ('p', 'and a frog'));
    },
  };
});
