/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is drawn into canvases: PH_OP_CANVAS and PH_OP_CANVAS_MORE of ph-patch.h.
 *
 * WebKit makes of a <canvas> in a frame without scripts an ordinary element and
 * paints nothing. So what was drawn is drawn into a bitmap aside, and two things are
 * said of the element in the page, by an animation that has ended, as that leaves
 * its attributes alone:
 *
 *   its content is an empty picture of the size of the canvas, so that it is laid
 *   out as a canvas is, drawn into or not, and its children are not shown;
 *   its background is the bitmap (-webkit-canvas(), which costs a copy), or where
 *   WebKit has that no more, the bitmap as a PNG, which costs encoding and decoding.
 *
 * WebGL is drawn by the graphics card or, where there is none, by the processor:
 * WebKitGTK 2.50 has it in either mode of painting. Where no context can be had a
 * quiet grey stands in its place, and the operation counts as refused. A driver that
 * hangs is ended with the web process; the next one has no WebGL (ph-web-stage.c).
 */
'use strict';

playhead.canvas = (() => {
  const { NAMESPACES, STEP, get, refuse } = playhead.applier;
  const CONTEXTS = ['2d', 'webgl', 'webgl2']; /* PhCanvasContext */
  /* Bitmaps of a page, and decoded pictures that are kept, in pixels. */
  const MAX_PIXELS = 128 * 1024 * 1024;
  const KEEP_PIXELS = 16 * 1024 * 1024;
  const FONT_TIMEOUT = 500;
  /* Kept as long as a context that is not asked for anything lives on its own. */
  const GL_ATTRIBUTES = { preserveDrawingBuffer: true };
  const PLACEHOLDER = 'rgba(128, 128, 128, 0.15)';

  const drawings = new Map(); /* id → what is drawn there */
  let faces = new WeakMap(); /* element → how it is shown */
  let spare = new WeakMap(); /* document → names of bitmaps that are not used any more */
  const sized = new Set(); /* elements that are new or have another size */
  const blanks = new Map(); /* "width×height" → the empty picture, which stays in memory */
  const pictures = new Map(); /* base64 → decoded picture, the oldest first */
  let kept = 0; /* pixels of these */
  let names = 0;

  const hasSurfaces = () => 'getCSSCanvasContext' in Document.prototype;
  const isCanvas = (node) => node.localName === 'canvas' && node.namespaceURI === NAMESPACES[0];

  /* Pictures and bytes */

  function bytesOf(base64) {
    return Uint8Array.fromBase64
      ? Uint8Array.fromBase64(base64)
      : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  }

  /* By a data: address, which the walls let through: one of a blob they do not. */
  async function decode({ base64, type }) {
    const image = new Image();

    image.src = `data:${type};base64,${base64}`;
    await image.decode();

    return image;
  }

  /* A picture that cannot be decoded is null: what draws it draws nothing. */
  async function keepPicture(argument) {
    if (pictures.has(argument.base64))
      return;

    const picture = await decode(argument).catch(() => null);

    pictures.set(argument.base64, picture);
    kept += (picture?.width ?? 0) * (picture?.height ?? 0);
  }

  function trimPictures() {
    for (const [base64, picture] of pictures) {
      if (kept <= KEEP_PIXELS)
        return;
      pictures.delete(base64);
      kept -= (picture?.width ?? 0) * (picture?.height ?? 0);
    }
  }

  /* Commands */

  function valueOf(argument, objects) {
    if (Array.isArray(argument))
      return argument.map((item) => valueOf(item, objects));
    if (argument === null || typeof argument !== 'object')
      return argument;

    const { rr_type: type, base64, index } = argument;

    if (index !== undefined)
      return objects.get(type)?.[index] ?? null;
    if (type === 'ImageBitmap')
      return pictures.get(base64) ?? null;

    const bytes = bytesOf(base64);

    if (type === 'ImageData')
      return new ImageData(new Uint8ClampedArray(bytes.buffer), argument.width, argument.height);

    return type === 'ArrayBuffer' ? bytes.buffer : new globalThis[type](bytes.buffer);
  }

  /* What a call gives may be an argument later, under the number it has among its like. */
  function note(objects, result) {
    const name = result?.constructor?.name;

    if (!name?.startsWith('WebGL'))
      return;
    if (!objects.has(name))
      objects.set(name, []);
    objects.get(name).push(result);
  }

  /* What a browser refuses now it refused when it was recorded: that is no fault. */
  function carryOut(drawing, [name, ...given]) {
    const { context, objects } = drawing;

    try {
      const values = given.map((argument) => valueOf(argument, objects));

      if (name.startsWith('='))
        context[name.slice(1)] = values[0];
      else if (values[0] !== null || name !== 'drawImage')
        note(objects, context[name](...values));
    } catch {
      return;
    }
  }

  function* picturesIn(commands) {
    for (const command of commands) {
      for (const argument of command) {
        if (argument?.rr_type === 'ImageBitmap')
          yield argument;
      }
    }
  }

  function fontsIn(commands) {
    return commands.filter(([name]) => name === '=font').map(([, font]) => font);
  }

  async function loadFonts(doc, commands) {
    const fonts = doc.fonts?.size > 0 ? [...new Set(fontsIn(commands))] : [];

    if (fonts.length === 0)
      return;

    const late = new Promise((done) => setTimeout(done, FONT_TIMEOUT));
    const loads = fonts.map((font) => doc.fonts.load(font).catch(() => null));

    await Promise.race([Promise.all(loads), late]);
  }

  /* Bitmaps */

  function openContext(drawing, doc) {
    const { width, height, type } = drawing;

    drawing.bitmap = doc.createElement('canvas');
    drawing.bitmap.width = width;
    drawing.bitmap.height = height;
    drawing.objects = new Map();
    drawing.context =
      drawing.bitmap.getContext(CONTEXTS[type], type === 0 ? undefined : GL_ATTRIBUTES);
    if (drawing.context)
      return;

    refuse(new Error(`${CONTEXTS[type]} is not to be had`));
    drawing.hopeless = true;
    drawing.context = drawing.bitmap.getContext('2d');
    drawing.context.fillStyle = PLACEHOLDER;
    drawing.context.fillRect(0, 0, width, height);
  }

  /* There are few contexts of WebGL at a time, and the one that waits longest is lost. */
  function closeContext(drawing) {
    drawing.context?.getExtension?.('WEBGL_lose_context')?.loseContext();
    drawing.context = null;
    drawing.bitmap = null;
  }

  function draw(drawing, doc) {
    const isGl = drawing.type > 0 && !drawing.hopeless;

    if (isGl && drawing.context?.isContextLost()) {
      closeContext(drawing);
      drawing.queue.unshift(...drawing.done.splice(0));
    }
    if (!drawing.context)
      openContext(drawing, doc);
    else if (drawing.fresh)
      drawing.bitmap.width = drawing.width;
    drawing.fresh = false;
    if (!drawing.hopeless)
      drawing.queue.forEach((command) => carryOut(drawing, command));
    if (isGl)
      drawing.done.push(...drawing.queue);
    drawing.queue = [];
  }

  /* How an element is shown */

  function blankUrl(width, height) {
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/>`;

    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  const sizeOf = ({ width, height }) => `${width}×${height}`;

  /* Decoded before it is needed, so that the element has its size at once. */
  async function keepBlank(element) {
    const image = new Image();

    blanks.set(sizeOf(element), image);
    image.src = blankUrl(element.width, element.height);
    await image.decode().catch(() => null);
  }

  function takeName(doc) {
    return spare.get(doc)?.pop() ?? `ph-canvas-${++names}`;
  }

  function giveName(face) {
    if (!face?.surface)
      return;

    const { doc, name } = face;

    doc.getCSSCanvasContext('2d', name, 1, 1);
    if (!spare.has(doc))
      spare.set(doc, []);
    spare.get(doc).push(name);
    face.surface = null;
  }

  /* A canvas fits into its box as an image would; a background has other words for it. */
  function fitOf(element) {
    const { objectFit, objectPosition } = getComputedStyle(element);
    const natural = `${element.width}px ${element.height}px`;
    const sizes = { contain: 'contain', cover: 'cover', none: natural };

    if (objectFit === 'scale-down')
      sizes[objectFit] = element.width <= element.clientWidth &&
        element.height <= element.clientHeight ? natural : 'contain';

    return [sizes[objectFit] ?? '100% 100%', objectPosition];
  }

  function arrange(element) {
    const id = playhead.applier.look().ids.get(element);
    const drawing = drawings.get(id);
    const face = faces.get(element) ?? {};
    const frames = { content: `url("${blankUrl(element.width, element.height)}")` };

    if (drawing && face.image) {
      const [size, position] = fitOf(element);

      Object.assign(frames, {
        backgroundImage: face.image, backgroundSize: size, backgroundPosition: position,
        backgroundOrigin: 'content-box', backgroundRepeat: 'no-repeat',
      });
    }

    const key = JSON.stringify(frames);

    if (face.key === key)
      return;
    for (const name of Object.keys(frames))
      frames[name] = [frames[name], frames[name]];

    face.animation?.cancel();
    face.animation = element.animate(frames, { duration: 1, fill: 'both' });
    face.animation.finish();
    face.key = key;
    faces.set(element, face);
  }

  /* Newer WebKits may have no bitmaps that style sheets can name. */
  async function encode(drawing, face) {
    const url = drawing.bitmap.toDataURL();

    face.picture = new Image();
    face.picture.src = url;
    await face.picture.decode().catch(() => null);
    face.image = `url("${url}")`;
  }

  function copy(drawing, face, doc) {
    const { bitmap } = drawing;

    if (face.doc !== doc || !face.surface) {
      giveName(face);
      face.doc = doc;
      face.name = takeName(doc);
    }
    if (!face.surface || face.surface.canvas.width !== bitmap.width ||
        face.surface.canvas.height !== bitmap.height)
      face.surface = doc.getCSSCanvasContext('2d', face.name, bitmap.width, bitmap.height);
    face.surface.globalCompositeOperation = 'copy';
    face.surface.drawImage(bitmap, 0, 0);
    face.image = `-webkit-canvas(${face.name})`;
  }

  function show(drawing, element) {
    const face = faces.get(element) ?? {};
    const doc = element.ownerDocument;

    faces.set(element, face);
    drawing.shown = element;
    drawing.doc = doc;

    return hasSurfaces() ? copy(drawing, face, doc) : encode(drawing, face);
  }

  /* Operations and steps */

  function release(id) {
    const drawing = drawings.get(id);

    if (!drawing)
      return;
    drawings.delete(id);
    closeContext(drawing);
    if (drawing.shown) {
      const face = faces.get(drawing.shown);

      giveName(face);
      face.image = null;
      sized.add(drawing.shown);
    }
  }

  function pixelsBeside(id) {
    let sum = 0;

    for (const [other, { width, height }] of drawings)
      sum += other === id ? 0 : width * height;

    return sum;
  }

  /* What is shown stays until the other is drawn. A bitmap like the one there was is that one. */
  function setCanvas(a, i) {
    const [id, width, height, type, n] = a.slice(i, i + 5);
    const old = drawings.get(id);
    const drawing = { width, height, type, done: [], fresh: true, shown: old?.shown,
      doc: old?.doc, queue: a.slice(i + 5, i + 5 + n).flat() };

    get(id);
    if (n === 0 || width * height === 0)
      return release(id);
    if (pixelsBeside(id) + width * height > MAX_PIXELS) {
      release(id);
      throw new Error('too large canvases');
    }
    if (type === 0 && old?.type === 0 && old.width === width && old.height === height)
      Object.assign(drawing, { bitmap: old.bitmap, context: old.context, objects: old.objects });
    else if (old)
      closeContext(old);
    drawings.set(id, drawing);
  }

  function addToCanvas(a, i) {
    const drawing = drawings.get(a[i]);

    if (!drawing)
      throw new Error(`nothing is drawn in node ${a[i]}`);
    for (const run of a.slice(i + 2, i + 2 + a[i + 1]))
      drawing.queue.push(...run);
  }

  /* Moved, perhaps into another page, or made anew. */
  function isElsewhere({ shown, doc }, element) {
    return shown !== element || doc !== element.ownerDocument;
  }

  async function showAll(changed) {
    for (const [id, drawing] of changed) {
      const element = get(id);

      if (drawing.shown && drawing.shown !== element)
        giveName(faces.get(drawing.shown));
      if (drawing.queue.length > 0 || !drawing.context)
        draw(drawing, element.ownerDocument);
      /* A wait here would let another picture be seen between this one and the next. */
      const wait = show(drawing, element);

      if (wait)
        await wait;
    }
  }

  async function drawAll() {
    const changed = [...drawings].filter(([id, drawing]) =>
      drawing.queue.length > 0 || isElsewhere(drawing, get(id)));

    await Promise.all(changed.flatMap(([id, { queue }]) =>
      [...[...picturesIn(queue)].map(keepPicture), loadFonts(get(id).ownerDocument, queue)]));
    await showAll(changed);
    trimPictures();
    for (const id of drawings.keys())
      arrange(get(id));
  }

  function arrangeSized() {
    for (const element of sized)
      arrange(element);
    sized.clear();
  }

  /* Nothing is waited for where everything needed is there. */
  function arrangeAll() {
    const missing = [...sized].filter((element) => !blanks.has(sizeOf(element)));

    return missing.length > 0
      ? Promise.all(missing.map(keepBlank)).then(arrangeSized) : arrangeSized();
  }

  playhead.applier.remember({
    delete: release,
    clear: () => [...drawings.keys()].forEach(release),
  });
  playhead.applier.atReset(() => {
    faces = new WeakMap();
    spare = new WeakMap();
    sized.clear();
    blanks.clear();
  });
  playhead.applier.whenSet((element, name) => {
    if (isCanvas(element) && (name === null || name === 'width' || name === 'height'))
      sized.add(element);
  });
  playhead.applier.operations[35] = [setCanvas, 5, 1];
  playhead.applier.operations[36] = [addToCanvas, 2, 1];
  playhead.applier.atEnd(STEP.SIZES, arrangeAll);
  playhead.applier.atEnd(STEP.PICTURES, () => (drawings.size > 0 ? drawAll() : undefined));
})();
