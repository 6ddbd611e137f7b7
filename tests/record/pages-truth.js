/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The live page as a tree: what the stage must show at the same moment of the recording.
 * Runs in the recorded page, reads its live DOM only; of rrweb it asks the ids it gave to
 * nodes, to name them by.
 *
 * THE RULES
 *
 * node       { id, name, … }: `name` is the tag in lower case, or #document #doctype #text
 *            #comment. `ns` of elements: 0 HTML, 1 SVG, 2 MathML.
 * attributes { name: value } as they are, addresses absolute as rrweb records them
 *            (href, src, srcset, xlink:href, url() in style; not a fragment of SVG).
 * value, checked, selected
 *            What the control holds now: `value` of input, textarea and select, as many
 *            `*` for a password; `checked` of checkbox and radio; `selected` of option.
 * scroll     [x, y] where it is not 0, 0, rounded; of a document that of its window.
 * sheet      Of <style>, and of <link> with a sheet: the cssText of all rules, joined.
 * adopted    Of documents and shadow roots: how many rules each adopted sheet has.
 * media      Of films: [paused, time in s, muted, volume, rate].
 * modal, popover
 *            true of an element that matches :modal, :popover-open.
 * children, shadow, frame
 *            Nodes; of a shadow root { adopted, children }; of an iframe its document.
 *
 * Script text is SCRIPT_PLACEHOLDER, as rrweb records it. A frame of another origin
 * answers for itself, by message.
 */
(() => {
  const HTML = 'http://www.w3.org/1999/xhtml';
  const SPACES = [HTML, 'http://www.w3.org/2000/svg', 'http://www.w3.org/1998/Math/MathML'];
  const LOOKS = [
    'display', 'visibility', 'opacity', 'position', 'z-index', 'color',
    'background-color', 'background-image', 'font-family', 'font-size', 'font-weight',
    'font-style', 'line-height', 'letter-spacing', 'text-align', 'text-transform',
    'text-decoration-line', 'white-space', 'border-top-width', 'border-top-style',
    'border-top-color', 'border-bottom-left-radius', 'padding-left', 'padding-top',
    'margin-top', 'margin-left', 'overflow-x', 'overflow-y', 'transform', 'box-shadow',
    'flex-direction', 'align-items', 'outline-style', 'outline-color', 'fill',
    'stroke',
  ];
  let alien = false;
  const foreign = new Map (); /* frames of another origin: what they answered */

  /* A frame of another origin has ids of its own, and rrweb renames them. */
  const idOf = node => alien ? 0 : rrweb.record.mirror.getId (node);
  const pageOf = element => {
    try
      {
        return element.contentDocument;
      }
    catch (error)
      {
        return null;
      }
  };

  function absolute (element, value)
  {
    if (value === '' || /^(data|blob|about|javascript):/.test (value.trim ()))
      return value;
    try
      {
        return new URL (value, element.baseURI).href;
      }
    catch (error)
      {
        return value;
      }
  }

  function recordedValue (element, name, value)
  {
    if (name === 'src' || (name === 'href' && !(element.localName === 'use' && value[0] === '#')))
      return absolute (element, value);
    if (name === 'xlink:href' && value[0] !== '#')
      return absolute (element, value);
    if (name === 'srcset')
      return value.replace (/(^|,\s*)(\S+)/g, (all, start, url) => start + absolute (element, url));
    return value;
  }

  function sheetText (element)
  {
    if (element.namespaceURI !== HTML || !element.sheet ||
        (element.localName !== 'style' && element.localName !== 'link'))
      return undefined;
    return Array.from (element.sheet.cssRules, rule => rule.cssText).join ('');
  }

  function scrollOf (x, y)
  {
    return Math.round (x) || Math.round (y) ? [Math.round (x), Math.round (y)] : undefined;
  }

  const adoptedOf = root => root.adoptedStyleSheets.length
    ? root.adoptedStyleSheets.map (sheet => sheet.cssRules.length) : undefined;

  function holdings (element, node)
  {
    switch (element.namespaceURI === HTML ? element.localName : '')
      {
      case 'input':
        node.value = element.type === 'password' ? '*'.repeat (element.value.length)
          : element.value;
        if (element.type === 'checkbox' || element.type === 'radio')
          node.checked = element.checked;
        break;
      case 'textarea': case 'select':
        node.value = element.value;
        break;
      case 'option':
        node.selected = element.selected;
        break;
      case 'video': case 'audio':
        node.media = [element.paused, Math.round (element.currentTime * 1000) / 1000,
                      element.muted, element.volume, element.playbackRate];
        break;
      }
    node.modal = element.matches (':modal') || undefined;
    node.popover = element.matches (':popover-open') || undefined;
  }

  function treeOfElement (element)
  {
    const page = element.localName === 'iframe' ? pageOf (element) : null;
    const root = element.scrollingElement;
    const node = {
      id: idOf (element),
      name: element.tagName.toLowerCase (),
      ns: SPACES.indexOf (element.namespaceURI),
      attributes: Object.fromEntries (Array.from (element.attributes, ({ name, value }) =>
        [name, recordedValue (element, name, value)])),
    };

    holdings (element, node);
    if (element !== element.ownerDocument.scrollingElement)
      node.scroll = scrollOf (element.scrollLeft, element.scrollTop);
    node.sheet = sheetText (element);
    if (element.shadowRoot)
      node.shadow = {
        adopted: adoptedOf (element.shadowRoot),
        children: Array.from (element.shadowRoot.childNodes, treeOf),
      };
    if (page)
      node.frame = treeOf (page);
    else if (foreign.has (element))
      node.frame = foreign.get (element);
    node.children = Array.from (element.childNodes, treeOf);
    return node;
  }

  function treeOf (node)
  {
    switch (node.nodeType)
      {
      case Node.ELEMENT_NODE:
        return treeOfElement (node);
      case Node.TEXT_NODE:
        return {
          id: idOf (node), name: '#text',
          text: node.parentElement?.localName === 'script' ? 'SCRIPT_PLACEHOLDER' : node.data,
        };
      case Node.COMMENT_NODE:
        return { id: idOf (node), name: '#comment', text: node.data };
      case Node.DOCUMENT_TYPE_NODE:
        return { id: idOf (node), name: '#doctype',
                 text: `${node.name}\n${node.publicId}\n${node.systemId}` };
      case Node.DOCUMENT_NODE:
        return {
          id: idOf (node), name: '#document', quirks: node.compatMode === 'BackCompat',
          scroll: scrollOf (node.defaultView.scrollX, node.defaultView.scrollY),
          adopted: adoptedOf (node),
          children: Array.from (node.childNodes, treeOf),
        };
      default:
        throw new Error (`node type ${node.nodeType} is not written by this serializer`);
      }
  }

  /* In document order, with what is in shadow roots and in frames of this origin. */
  function* elementsOf (root)
  {
    for (const element of root.children)
      {
        yield element;
        if (element.shadowRoot)
          yield* elementsOf (element.shadowRoot);
        if (element.localName === 'iframe' && pageOf (element))
          yield* elementsOf (pageOf (element));
        yield* elementsOf (element);
      }
  }

  /* Of what is drawn: 40 elements spread evenly, others each time, and those that matter. */
  function sample (round, count)
  {
    const moving = new Set (document.getAnimations ().filter (a => a.playState === 'running')
      .map (a => a.effect.target));
    const drawn = [...elementsOf (document)].filter (element =>
      element.getClientRects ().length > 0 && !moving.has (element) && idOf (element) > 0 &&
      !element.closest ('select > *'));
    const step = Math.max (1, drawn.length / count);
    const start = step * (round * 0.618 % 1);
    const picked = new Set ();

    for (let at = start; at < drawn.length; at += step)
      picked.add (drawn[Math.floor (at)]);
    for (const element of drawn)
      if (element.matches ('html, body, :focus, :modal, :popover-open, canvas, video, iframe'))
        picked.add (element);
    const hovered = drawn.filter (element => element.matches (':hover'));
    hovered.slice (-2).forEach (element => picked.add (element));
    return [...picked].map (lookOf);
  }

  const round = number => Math.round (number * 100) / 100;

  function lookOf (element)
  {
    const style = element.ownerDocument.defaultView.getComputedStyle (element);
    const { x, y, width, height } = element.getBoundingClientRect ();

    return {
      id: idOf (element), style: LOOKS.map (name => style.getPropertyValue (name)),
      box: [x, y, width, height].map (round),
    };
  }

  /* What a canvas or a film shows, as the mean colours of 12 by 8 fields over white. */
  function pictureOf (element)
  {
    const canvas = new OffscreenCanvas (96, 64), small = new OffscreenCanvas (12, 8);
    const context = canvas.getContext ('2d'), fields = small.getContext ('2d');
    const colours = [];

    context.fillStyle = '#fff';
    context.fillRect (0, 0, 96, 64);
    context.imageSmoothingQuality = 'high';
    context.drawImage (element, 0, 0, 96, 64);
    fields.imageSmoothingQuality = 'high';
    fields.drawImage (canvas, 0, 0, 12, 8);
    const { data } = fields.getImageData (0, 0, 12, 8);
    for (let i = 0; i < data.length; i += 4)
      colours.push (data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
    return { id: idOf (element), colours };
  }

  function selectionOf (view)
  {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = view.getSelection ();

    return anchorNode
      ? [idOf (anchorNode), anchorOffset, idOf (focusNode), focusOffset] : null;
  }

  function focusOf (root)
  {
    const element = root.activeElement;

    if (element?.shadowRoot?.activeElement)
      return focusOf (element.shadowRoot);
    if (element?.localName === 'iframe' && pageOf (element))
      return focusOf (pageOf (element));
    return element && element.localName !== 'body' ? idOf (element) : 0;
  }

  async function askForeignFrames ()
  {
    foreign.clear ();
    for (const element of elementsOf (document))
      if (element.localName === 'iframe' && !pageOf (element) && element.contentWindow)
        foreign.set (element, await new Promise (resolve => {
          addEventListener ('message', function answered ({ source, data }) {
            if (source !== element.contentWindow || !data.phTruth)
              return;
            removeEventListener ('message', answered);
            resolve (data.phTruth);
          });
          element.contentWindow.postMessage ('ph-truth', '*');
        }));
  }

  if (window !== top)
    addEventListener ('message', async ({ source, data }) => {
      if (data !== 'ph-truth')
        return;
      alien = true;
      await askForeignFrames ();
      source.postMessage ({ phTruth: treeOf (document) }, '*');
    });

  window.__phTruth = async round => {
    const pictures = [];

    await askForeignFrames ();
    for (const element of elementsOf (document))
      if (element.matches ('canvas, video') && element.getClientRects ().length > 0)
        pictures.push (pictureOf (element));

    return {
      timestamp: Date.now (),
      width: innerWidth,
      height: innerHeight,
      changing: document.getAnimations ().filter (a => a instanceof CSSTransition &&
        a.playState === 'running').length,
      focus: focusOf (document),
      selection: selectionOf (window),
      tree: treeOf (document),
      looks: sample (round, 40),
      pictures,
    };
  };
  window.__phLooks = LOOKS;
}) ();
