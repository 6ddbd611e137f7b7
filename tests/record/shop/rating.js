/* SPDX-License-Identifier: GPL-3.0-or-later */

const star = 'M10 1.8l2.5 5.3 5.7.7-4.2 4 1.1 5.7L10 14.7l-5.1 2.8L6 11.8l-4.2-4 5.7-.7z';

/* <star-rating value="4.5" count="38" open>: stars in a shadow root; a click gives one's own. */
class StarRating extends HTMLElement
{
  connectedCallback ()
  {
    if (this.shadowRoot)
      return;

    const root = this.attachShadow ({ mode: 'open' });
    const value = Number (this.getAttribute ('value'));

    root.innerHTML = `<style>
      :host { display: inline-flex; align-items: center; gap: 6px; color: #a8741a; }
      svg { width: 15px; height: 15px; fill: #ddd2c0; }
      svg.full { fill: #e0a63a; }
      svg.half { fill: #eccb86; }
      :host([open]) svg { width: 20px; height: 20px; cursor: pointer; }
      span { font-size: 12.5px; }
    </style>${[1, 2, 3, 4, 5].map (n => `<svg viewBox="0 0 20 20" data-n="${n}"
      class="${value >= n ? 'full' : value >= n - 0.5 ? 'half' : ''}"><path d="${star}"/></svg>`)
      .join ('')}<span>${this.getAttribute ('count')} reviews</span>`;

    root.addEventListener ('click', event => {
      const n = Number (event.target.closest ('svg')?.dataset.n);

      if (!n || !this.hasAttribute ('open'))
        return;
      root.querySelectorAll ('svg').forEach (svg => {
        svg.setAttribute ('class', Number (svg.dataset.n) <= n ? 'full' : '');
      });
      root.querySelector ('span').firstChild.data = `You gave ${n}`;
    });
  }
}

customElements.define ('star-rating', StarRating);
