/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The live page as canonical text: what ph_dom_write_html (dom, PH_WRITE_RECORDED) must
 * write for the same moment of a recording made by clarity-js. Runs in the recorded page
 * and reads its live DOM only. The rules are those of ../canonical.js, but for what
 * Clarity does not record or hides:
 *
 *  - script, meta and comments are not there; noscript is empty, as is all of it in a
 *    browser that runs scripts.
 *  - the attributes title, alt, aria-label, onload, onfocus, onerror, integrity and
 *    crossorigin are not there. Addresses stay as written, as <base> says where they
 *    begin: the first thing in <head>, with the page's address without its query; not in
 *    an iframe whose page stands in its srcdoc.
 *  - a sheet is its text without white space around it; the cssText of its rules if that
 *    is empty, or if the style has an id or data attributes.
 *  - of an iframe src and sandbox are not there; its page is its content.
 *  - what fields hold is only so many bullets, up to the next five; texts in textarea,
 *    select and [data-clarity-mask] are as many as there are characters. There pictures and
 *    links have no address, and data attributes are bullets too.
 *  - a checkbox and a radio button have a value, which is "on" where the page gives none.
 *  - `selected` of an option is as in the page's markup: what is chosen is not told.
 */
(() => {
  const VOID = new Set (('area base br col embed hr img input link meta source track wbr')
    .split (' '));
  const GONE = new Set (['script', 'meta', 'base']);
  const IGNORED = new Set (['title', 'alt', 'aria-label', 'onload', 'onfocus', 'onerror',
                            'integrity', 'crossorigin']);
  const OPEN = new Set (['checkbox', 'radio', 'range', 'button', 'reset', 'submit']);
  const HTML = 'http://www.w3.org/1999/xhtml';

  const escapeText = text => text.replace (/&/g, '&amp;').replace (/</g, '&lt;')
    .replace (/>/g, '&gt;').replace (/\u00a0/g, '&nbsp;');
  const escapeValue = text => text.replace (/&/g, '&amp;').replace (/"/g, '&quot;')
    .replace (/\u00a0/g, '&nbsp;');

  /* Words of five bullets, the first of what is left over. */
  function words (text)
  {
    const length = text.trim ().length, rest = length % 6;
    let out = '•'.repeat (rest);

    if (length === 0)
      return text;
    for (let i = 0; i < Math.floor (length / 6); i++)
      out += (i === 0 && rest === 0 ? '•' : ' ') + '•••••';
    return out;
  }

  /* What a field holds: its length up to the next five. */
  function filled (value)
  {
    return Array.from ({ length: 5 * (Math.floor (value.length / 5) + 1) }, (_, i) =>
      i > 0 && i % 5 === 0 ? ' ' : '•').join ('');
  }

  /* Out of shadow trees and iframes too. */
  const ownerOf = element => element.getRootNode ().host ??
    element.ownerDocument.defaultView.frameElement;
  const isHidden = element => Boolean (element) &&
    (Boolean (element.closest ('[data-clarity-mask]')) || isHidden (ownerOf (element)));
  const isField = element => Boolean (element?.closest?.('select, textarea'));

  function attributesOf (element)
  {
    const attributes = new Map ();
    const x = Math.round (element.scrollLeft), y = Math.round (element.scrollTop);
    const hidden = isHidden (element);

    for (const { name, value } of element.attributes)
      if (!IGNORED.has (name))
        attributes.set (name, hidden && name.startsWith ('data-') ? value.replace (/\S/g, '•')
          : hidden && ['src', 'href'].includes (name) ? '' : value);

    if (element.localName === 'iframe')
      attributes.delete ('src');
    if (element.localName === 'input' && ['checkbox', 'radio'].includes (element.type))
      {
        attributes.delete ('checked');
        if (element.checked)
          attributes.set ('checked', '');
        attributes.set ('value', element.value);
      }
    else if (element.localName === 'input' && !OPEN.has (element.type) && element.value !== '')
      attributes.set ('value', filled (element.value));
    if (isField (element) && attributes.has ('value'))
      attributes.set ('value', filled (attributes.get ('value')));
    if (hidden && attributes.has ('value') && element.localName === 'input' &&
        OPEN.has (element.type))
      attributes.set ('value', filled (attributes.get ('value')));
    if (x !== 0 || y !== 0)
      attributes.set ('data-ph-scroll', `${x},${y}`);

    return [...attributes].sort (([a], [b]) => (a < b ? -1 : 1))
      .map (([name, value]) => ` ${name}="${escapeValue (value)}"`).join ('');
  }

  function sheetOf (style)
  {
    const text = style.textContent.trim ();

    return text !== '' && style.id === '' && Object.keys (style.dataset).length === 0 ? text
      : [...style.sheet.cssRules].map (rule => rule.cssText).join ('');
  }

  const baseOf = ({ protocol, origin, pathname }) =>
    protocol === 'about:' ? '' : `<base href="${origin}${pathname}">`;

  function contentOf (element)
  {
    const { localName, shadowRoot } = element;
    let out = '';

    if (element.namespaceURI === HTML && localName === 'style')
      return sheetOf (element);
    if (localName === 'noscript')
      return '';
    if (localName === 'textarea')
      return element.value === element.defaultValue ? words (element.value)
        : filled (element.value);
    if (localName === 'iframe')
      return write (element.contentDocument);
    if (localName === 'head')
      out = baseOf (element.ownerDocument.defaultView.location);
    if (shadowRoot)
      out = `<template shadowrootmode="open">${writeAll (shadowRoot)}</template>`;
    return out + writeAll (element);
  }

  function writeText (node)
  {
    const parent = node.parentElement;
    const host = parent ?? node.parentNode.host;
    const open = ['title', 'style'].includes (parent?.localName);

    return escapeText (!open && (isHidden (host) || isField (parent)) ? words (node.data)
      : node.data);
  }

  const writeAll = parent => [...parent.childNodes].map (write).join ('');

  function write (node)
  {
    switch (node.nodeType)
      {
      case Node.DOCUMENT_NODE:
        return writeAll (node);
      case Node.DOCUMENT_TYPE_NODE:
        return `<!DOCTYPE ${node.name}>`;
      case Node.TEXT_NODE:
        return writeText (node);
      case Node.ELEMENT_NODE:
        {
          const name = node.localName.toLowerCase ();

          if (GONE.has (name))
            return '';
          return `<${name}${attributesOf (node)}>` +
            (VOID.has (name) ? '' : `${contentOf (node)}</${name}>`);
        }
      default:
        return '';
      }
  }

  window.__phCanonical = () => ({
    time_ms: Date.now (), width: innerWidth, height: innerHeight, html: write (document),
  });
})();
