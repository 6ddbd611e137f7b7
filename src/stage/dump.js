/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the stage shows, asked of the stage: for tests and the command line. Runs
 * in the applier's script world and reads what is there, not what was said.
 *
 * dump('tree') gives JSON:
 *   { "viewport": [width, height], "place": { x, y, scale } of the page in the view,
 *     "pointer": null or { x, y, kind, pressed }, "others": list of such, "trail": list of
 *     { x, y, age, begins },
 *     "clicks": list of { x, y, progress, kind }, "carets": list of { x, y, width, height,
 *     colour }, "selection": list of [id, offset, id, offset], "tree": node or null }
 * and a node is
 *   id          as in the patch (a shadow root and a style's own text: −id of the owner)
 *   name        of elements the tag; else `#document`, `!doctype`, `#text`, `#comment`
 *   ns          of elements: 0 HTML, 1 SVG, 2 MathML, 3 unknown
 *   text        of texts and comments; of a doctype public id, newline, system id
 *   quirks      of documents
 *   attributes  of elements: { name: value }, without what the stage adds
 *   marks       of elements that have some: names of those attributes of marks.js
 *   top         of elements in the top layer: `modal` or `popover`
 *   media       of sounds and films that were told of: { time, paused, rate, size, ready }
 *   value, checked   of form controls, as they now are
 *   on          of boxes and buttons: the value they stand for
 *   scroll      [x, y] when not 0, 0; of a document that of its window
 *   reach       [x, y] where a position was asked for: the farthest there is
 *   rules       texts of the sheet's rules, where a script changed the sheet
 *   adopted     of documents and shadow hosts: lists of texts of the rules of the sheets adopted,
 *               of a document before them one of the fonts there are
 *   children    list of nodes
 *   shadow      list of nodes, of hosts
 *   frame       node, of iframes
 *
 * dump('state') gives what `playhead-cli state` prints: { viewport, pointer, focus, tree },
 * where a text has no name, and no node has what only tests ask for.
 *
 * dump('html') gives the page as HTML text, written as ph-dom-write.h says.
 */
'use strict';

playhead.dump = (() => {
  const { MARKS } = playhead.applier;
  const ELEMENT = 1;
  const TEXT = 3;
  const COMMENT = 8;
  const DOCUMENT = 9;
  const DOCTYPE = 10;
  const HTML = 'http://www.w3.org/1999/xhtml';
  const NAMES = { [TEXT]: '#text', [COMMENT]: '#comment', [DOCUMENT]: '#document' };
  const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta',
    'param', 'source', 'track', 'wbr']);
  const RAW = new Set(['style', 'script', 'xmp', 'noembed', 'noframes', 'plaintext']);

  let look;

  const { hasValue, hasCheck } = playhead.forms;

  const nameOf = (element) =>
    element.namespaceURI === HTML ? element.nodeName.toLowerCase() : element.nodeName;
  /* The page that a patch gave to an iframe, not the empty one WebKit gives. */
  const pageOf = (node) => (look.ids.has(node.contentDocument) ? node.contentDocument : null);

  function scrollOf(node) {
    const scroll = node.nodeType === DOCUMENT
      ? [node.defaultView?.scrollX ?? 0, node.defaultView?.scrollY ?? 0]
      : [node.scrollLeft, node.scrollTop];
    /* The window's position shows on the root element as well. */
    const doubled = node.nodeType === ELEMENT && node.ownerDocument.scrollingElement === node;

    return doubled || (scroll[0] === 0 && scroll[1] === 0) ? undefined : scroll;
  }

  function reachOf(node) {
    const box = node.nodeType === DOCUMENT ? node.scrollingElement : node;

    return playhead.scroll.wanted(look.ids.get(node)) && box
      ? [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight] : undefined;
  }

  function attributesOf(element) {
    const marks = ['ph-undefined', ...MARKS];
    const own = element.localName === 'iframe' ? ['sandbox', 'src', ...marks] : marks;
    const isOwn = ({ name, value }) => own.includes(name) ||
      (name === 'scrolling' && value === playhead.applier.NO_BARS);

    return [...element.attributes].filter((attribute) => !isOwn(attribute))
      .map(({ name, value }) => [name, value]);
  }

  function rulesOf(element) {
    return playhead.sheets.changed(look.ids.get(element)) && element.sheet
      ? [...element.sheet.cssRules].map((rule) => rule.cssText) : undefined;
  }

  function treeOfElement(node, tree) {
    tree.name = nameOf(node);
    tree.ns = playhead.applier.NAMESPACES.indexOf(node.namespaceURI);
    tree.attributes = Object.fromEntries(attributesOf(node));
    if (playhead.marks.of(node).length > 0)
      tree.marks = playhead.marks.of(node);
    tree.top = playhead.top.of(node);
    tree.media = playhead.media.of(node);
    if (hasValue(node))
      tree.value = node.value;
    if (hasCheck(node))
      Object.assign(tree, { checked: node.checked, on: node.value });
    tree.scroll = scrollOf(node);
    tree.reach = reachOf(node);
    tree.rules = rulesOf(node);
    if (node.shadowRoot)
      tree.adopted = playhead.sheets.adoptedRules(node.shadowRoot);
    if (node.shadowRoot)
      tree.shadow = [...node.shadowRoot.childNodes].map(treeOf);
    if (pageOf(node))
      tree.frame = treeOf(pageOf(node));
    tree.children = [...node.childNodes].map(treeOf);
  }

  function treeOf(node) {
    const tree = { id: look.ids.get(node) };

    switch (node.nodeType) {
      case ELEMENT:
        treeOfElement(node, tree);
        break;
      case DOCTYPE:
        tree.name = '!doctype';
        tree.text = `${node.publicId}\n${node.systemId}`;
        break;
      case DOCUMENT:
        tree.name = '#document';
        tree.quirks = node.compatMode === 'BackCompat';
        tree.scroll = scrollOf(node);
        tree.reach = reachOf(node);
        tree.adopted = playhead.sheets.adoptedRules(node);
        tree.children = [...node.childNodes].map(treeOf);
        break;
      default:
        tree.name = NAMES[node.nodeType];
        tree.text = node.data;
        break;
    }

    return tree;
  }

  const escapeText = (text) =>
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
      .replace(/\u00a0/g, '&nbsp;');
  const escapeValue = (text) => escapeText(text).replace(/"/g, '&quot;');

  /* Attributes as they are, with what the control holds now in place of what it began with. */
  function shownAttributes(node) {
    const all = new Map(attributesOf(node));
    const flag = (name, on) => (on ? all.set(name, '') : all.delete(name));
    const scroll = scrollOf(node);

    if (hasValue(node) && node.localName === 'input' && (node.value || all.has('value')))
      all.set('value', node.value);
    if (hasCheck(node))
      flag('checked', node.checked);
    if (node.localName === 'option' && node.namespaceURI === HTML)
      flag('selected', node.selected);
    if (scroll)
      all.set('data-ph-scroll', scroll.join());
    if (pageOf(node))
      all.set('srcdoc', htmlOf(pageOf(node)));

    return [...all].map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join('');
  }

  function contentOf(node) {
    const rules = rulesOf(node);

    if (rules)
      return rules.join('\n');
    if (hasValue(node) && node.localName === 'textarea')
      return escapeText(node.value);
    if (node.namespaceURI === HTML && RAW.has(node.localName))
      return node.textContent;

    return [...node.childNodes].map(htmlOf).join('');
  }

  function htmlOfElement(node) {
    const tag = nameOf(node);
    const start = `<${tag}${shownAttributes(node)}>`;
    const shadow = node.shadowRoot
      ? `<template shadowrootmode="open">${[...node.shadowRoot.childNodes].map(htmlOf).join('')}` +
        '</template>' : '';

    if (node.namespaceURI === HTML && VOID.has(tag))
      return start;

    return `${start}${shadow}${contentOf(node)}</${tag}>`;
  }

  function htmlOfDoctype({ name, publicId, systemId }) {
    if (publicId)
      return `<!DOCTYPE ${name} PUBLIC "${publicId}"${systemId ? ` "${systemId}"` : ''}>`;

    return `<!DOCTYPE ${name}${systemId ? ` SYSTEM "${systemId}"` : ''}>`;
  }

  function htmlOf(node) {
    switch (node.nodeType) {
      case ELEMENT:
        return htmlOfElement(node);
      case TEXT:
        return escapeText(node.data);
      case COMMENT:
        return `<!--${node.data.replace(/--/g, '- -')}-->`;
      case DOCTYPE:
        return htmlOfDoctype(node);
      default:
        return [...node.childNodes].map(htmlOf).join('');
    }
  }

  const POINTERS = ['mouse', 'pen', 'touch']; /* PhPointerKind */

  /* Without what only tests ask for. */
  function forPeople(node) {
    const { id, name, text, value, on, checked, scroll, children } = node;
    const isRecorded = ([key]) => !key.startsWith('ph-');
    const recorded = Object.entries(node.attributes ?? {}).filter(isRecorded);
    const attributes = node.attributes && Object.fromEntries(recorded);

    return {
      id, name: name === '#text' ? undefined : name, text, attributes, value: value ?? on, checked,
      scroll, children: children?.map(forPeople), shadow: node.shadow?.map(forPeople),
      frame: node.frame && forPeople(node.frame),
    };
  }

  function stateOf(tree) {
    const { viewport, pointer } = look;

    return {
      viewport,
      pointer: pointer && { ...pointer, kind: POINTERS[pointer.kind] },
      focus: look.ids.get(playhead.marks.focused()) ?? null,
      tree: tree && forPeople(tree),
    };
  }

  return (kind) => {
    look = { ...playhead.applier.look(), ...playhead.overlay.look() };

    const page = look.frame?.contentDocument;

    if (kind === 'html')
      return page ? htmlOf(page) : '';

    const tree = page ? treeOf(page) : null;

    if (kind === 'state')
      return `${JSON.stringify(stateOf(tree))}\n`;

    return JSON.stringify({
      viewport: look.viewport,
      place: look.place,
      pointer: look.pointer,
      others: look.others,
      trail: look.trail,
      clicks: look.clicks,
      carets: look.carets,
      selection: playhead.selection.look(),
      tree,
    });
  };
})();
