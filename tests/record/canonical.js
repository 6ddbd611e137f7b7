/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The live page as canonical text: what ph_dom_write_html (dom, PH_WRITE_RECORDED)
 * must write for the same moment of the recording. Runs in the recorded page, reads
 * only its live DOM and knows nothing of what rrweb stored.
 *
 * THE RULES, the same on both sides
 *
 * Document   Its children in order; <!DOCTYPE name> with PUBLIC and SYSTEM ids if it has
 *            any. Nothing is added between or after.
 * Element    <name attributes>children</name>. The name is in lower case, SVG too. Void
 *            HTML elements have no end tag: area base br col embed hr img input link meta
 *            source track wbr (but a link that carries a sheet has content and end tag).
 * Attributes Sorted by name in byte order, each ` name="value"`; in values & " and U+00A0
 *            are escaped as &amp; &quot; &nbsp; and < > are not.
 * Text       & < > and U+00A0 escaped, raw inside style script noscript xmp iframe noembed
 *            noframes. Comments as <!--text-->.
 *
 * Attributes are what rrweb 2 records for the element:
 *  - href, src, srcset, xlink:href absolute; not a fragment of <use href> or of xlink:href.
 *    A url() in a style attribute would be made absolute too: the shop has none.
 *  - the text of a script is SCRIPT_PLACEHOLDER.
 *  - no autoplay on audio and video; on* attributes stay (the shop has none).
 *  - names that begin with rr_, and _cssText, are written by neither side.
 *  - a true value is written as "".
 * Text inside .rr-mask: every character that is no white space is '*'.
 *
 * Sheets     A <style>, and a <link> whose sheet rrweb could read, has as content the
 *            cssText of all its rules now, without separators, raw; no own text besides.
 *            Such a link has neither rel nor href, as in the archive. The engine writes:
 *            the rules if a script changed them, else the text of the children if they
 *            came later than the sheet, else _cssText without its split marks.
 * Controls   input, not of type radio, checkbox, submit, button: `value` is what it holds,
 *            masked as recorded; left out when that is empty and there is no such
 *            attribute. radio, checkbox: `checked` if and only if it is checked now,
 *            `value` as in the attribute. option: `selected` if and only if it is selected
 *            now. textarea: its value as its text. textarea and select have no `value`.
 * Scroll     Where it is not 0, 0, rounded: data-ph-scroll="x,y", the window's on <html>.
 * Shadow     An open shadow root is the host's first child,
 *            <template shadowrootmode="open">…</template>.
 *
 * Frames     The page of an <iframe> is its content.
 *
 * Other recorders leave out or hide other things: what they are is said by functions,
 * window.__phCanonical ({ isGone, name, attributes, text, … }), of which those that are
 * not given are as above. `vendors/` has such, each with its rules in words.
 *
 * Not in the demo, so not tested by it: iframes, canvas, media, adopted style sheets, style
 * declarations changed by script, blocked elements.
 */
(() => {
  const VOID = new Set (('area base br col embed hr img input link meta source track wbr')
    .split (' '));
  const RAW = new Set ('style script noscript xmp iframe noembed noframes'.split (' '));
  const HTML = 'http://www.w3.org/1999/xhtml';

  const escapeText = text => text.replace (/&/g, '&amp;').replace (/</g, '&lt;')
    .replace (/>/g, '&gt;').replace (/\u00a0/g, '&nbsp;');
  const escapeValue = text => text.replace (/&/g, '&amp;').replace (/"/g, '&quot;')
    .replace (/\u00a0/g, '&nbsp;');

  const stars = text => text.replace (/\S/g, '*');

  /* The privacy rules of recorder.js, by type and mark; the rest is as it is. */
  const RULES = {
    isGone: () => false,
    name: ({ tagName }) => tagName.toLowerCase (),
    /* A map, to be changed. */
    attributes: () => {},
    text: ({ data, parentElement }) => parentElement?.closest ('.rr-mask') ? stars (data) : data,
    value (element) {
      const { type, value } = element;
      const masked = ['email', 'tel', 'password'].includes (type) ||
        (type === 'text' && element.hasAttribute ('data-private')) ||
        element.hasAttribute ('data-rr-is-password');

      return masked ? '*'.repeat (value.length) : value;
    },
    /* Of an element; `inner ()` is what stands in it otherwise. */
    content: (element, inner) => inner (),
    /* Rules of the sheets it adopts. */
    adopted: ({ adoptedStyleSheets }) => [...adoptedStyleSheets ?? []]
      .flatMap (sheet => [...sheet.cssRules]).map (rule => rule.cssText),
  };
  let rules = RULES;

  function absolute (value, { baseURI })
  {
    if (value === '' || /^(data|blob):/.test (value))
      return value;
    return new URL (value, baseURI).href;
  }

  function recordedValue (element, name, value)
  {
    if (name === 'src' || (name === 'href' && !(element.localName === 'use' && value[0] === '#')))
      return absolute (value, element);
    if (name === 'xlink:href' && value[0] !== '#')
      return absolute (value, element);
    if (name === 'srcset')
      throw new Error ('srcset is not written by this serializer');
    if (name === 'style' && value.includes ('url('))
      throw new Error ('url() in a style attribute is not written by this serializer');
    return value;
  }

  function carriesSheet (element)
  {
    if (element.namespaceURI !== HTML)
      return false;
    return element.localName === 'style' || (element.localName === 'link' &&
      element.sheet !== null && element.relList.contains ('stylesheet'));
  }

  function controlAttributes (element, attributes)
  {
    switch (element.localName)
      {
      case 'input':
        if (element.type === 'checkbox' || element.type === 'radio')
          {
            attributes.delete ('checked');
            if (element.checked)
              attributes.set ('checked', '');
          }
        else if (!['submit', 'button'].includes (element.type) &&
                 (element.value !== '' || attributes.has ('value')))
          attributes.set ('value', rules.value (element));
        break;
      case 'option':
        attributes.delete ('selected');
        if (element.selected)
          attributes.set ('selected', '');
        break;
      case 'select':
      case 'textarea':
        attributes.delete ('value');
        break;
      }
  }

  function attributesOf (element)
  {
    const attributes = new Map ();
    const x = Math.round (element.scrollLeft), y = Math.round (element.scrollTop);

    for (const { name, value } of element.attributes)
      if (!name.startsWith ('rr_') && name !== '_cssText' &&
          !(name === 'autoplay' && element instanceof HTMLMediaElement))
        attributes.set (name, recordedValue (element, name, value));

    if (element.localName === 'link' && carriesSheet (element))
      {
        attributes.delete ('rel');
        attributes.delete ('href');
      }
    controlAttributes (element, attributes);
    if (x !== 0 || y !== 0)
      attributes.set ('data-ph-scroll', `${x},${y}`);

    rules.attributes (element, attributes);
    return [...attributes].sort ((a, b) => a[0] < b[0] ? -1 : 1)
      .map (([name, value]) => ` ${name}="${escapeValue (value)}"`).join ('');
  }

  function contentOf (element)
  {
    if (carriesSheet (element))
      return Array.from (element.sheet.cssRules, rule => rule.cssText).join ('');
    if (element.localName === 'textarea')
      return escapeText (rules.value (element));
    if (element.localName === 'iframe' && element.contentDocument)
      return write (element.contentDocument);
    return Array.from (element.childNodes, write).join ('');
  }

  function writeElement (element)
  {
    const name = rules.name (element);
    const shadow = element.shadowRoot === null ? ''
      : `<template shadowrootmode="open">${Array.from (element.shadowRoot.childNodes, write)
        .join ('')}</template>`;
    const start = `<${name}${attributesOf (element)}>`;

    if (element.namespaceURI === HTML && VOID.has (name) && !carriesSheet (element))
      return start;
    return `${start}${shadow}${rules.content (element, () => contentOf (element))}</${name}>`;
  }

  function writeText (node)
  {
    const name = node.parentElement?.localName;

    if (name === 'script')
      return 'SCRIPT_PLACEHOLDER';
    return RAW.has (name) ? rules.text (node) : escapeText (rules.text (node));
  }

  function writeDoctype ({ name, publicId, systemId })
  {
    return `<!DOCTYPE ${name}${publicId ? ` PUBLIC "${publicId}"` : systemId ? ' SYSTEM' : ''}${
      systemId ? ` "${systemId}"` : ''}>`;
  }

  function write (node)
  {
    if (rules.isGone (node))
      return '';
    switch (node.nodeType)
      {
      case Node.ELEMENT_NODE:
        return writeElement (node);
      case Node.TEXT_NODE:
        return writeText (node);
      case Node.COMMENT_NODE:
        return `<!--${node.data}-->`;
      case Node.DOCUMENT_TYPE_NODE:
        return writeDoctype (node);
      case Node.DOCUMENT_NODE:
        return Array.from (node.childNodes, write).join ('');
      default:
        throw new Error (`node type ${node.nodeType} is not written by this serializer`);
      }
  }

  window.__phCanonical = given => {
    rules = { ...RULES, ...given };
    return write (document);
  };

  function* adoptedIn (root)
  {
    if (rules.adopted (root).length > 0)
      yield rules.adopted (root).join ('');
    for (const element of root.querySelectorAll ('*'))
      {
        if (element.shadowRoot)
          yield* adoptedIn (element.shadowRoot);
        if (element.localName === 'iframe' && element.contentDocument)
          yield* adoptedIn (element.contentDocument);
      }
  }

  /* Sheets made by script: a line for each who adopts some, sorted. */
  window.__phAdopted = given => {
    rules = { ...RULES, ...given };
    return [...adoptedIn (document)].sort ().join ('\n');
  };
}) ();
