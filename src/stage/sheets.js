/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Style sheets that scripts changed or made, and fonts: PH_OP_RULES and its like,
 * PH_OP_SHEET and its like, PH_OP_FONTS of ph-patch.h.
 *
 * A sheet made by script belongs to one document; what is recorded as one sheet
 * has an object for each document in which something adopts it.
 */
'use strict';

playhead.sheets = (() => {
  const { get } = playhead.applier;
  /* Stands for a rule WebKit refuses, so that the indexes of the others stay right. */
  const NO_RULE = '@media not all {}';

  const sheets = new Map(); /* id → { rules, sheet they were written to } */

  function insertRule(sheet, rule, index) {
    try {
      sheet.insertRule(rule, index);
    } catch {
      sheet.insertRule(NO_RULE, index);
    }
  }

  /* A style element gets a new sheet whenever it or its text moves: then it is written again. */
  function writeSheet(id) {
    const entry = sheets.get(id);
    const sheet = get(id).sheet;

    if (!sheet || sheet === entry.sheet)
      return;

    while (sheet.cssRules.length > 0)
      sheet.deleteRule(sheet.cssRules.length - 1);
    entry.rules.forEach((rule, index) => insertRule(sheet, rule, index));
    entry.sheet = sheet;
  }

  function setRules(a, i) {
    get(a[i]);
    sheets.set(a[i], { rules: a.slice(i + 2, i + 2 + a[i + 1]), sheet: null });
    writeSheet(a[i]);
  }

  function spliceRules(a, i) {
    const [id, index, removed, n] = [a[i], a[i + 1], a[i + 2], a[i + 3]];
    const rules = a.slice(i + 4, i + 4 + n);
    const entry = sheets.get(id);
    const sheet = get(id).sheet;

    if (!entry || index + removed > entry.rules.length)
      throw new Error(`rules of node ${id} are not known`);

    entry.rules.splice(index, removed, ...rules);
    if (!sheet || sheet !== entry.sheet)
      return;

    for (let at = 0; at < removed; at++)
      sheet.deleteRule(index);
    rules.forEach((rule, at) => insertRule(sheet, rule, index + at));
  }

  /* Any change of its children makes a style element read its text again. */
  function resetRules(a, i) {
    const style = get(a[i]);
    const changed = sheets.get(a[i])?.sheet;

    sheets.delete(a[i]);
    if (changed && changed !== style.sheet)
      return;

    const nudge = style.ownerDocument.createTextNode('');

    style.append(nudge);
    nudge.remove();
  }

  /* Sheets made by script */

  const made = new Map(); /* number → rules */
  const adopted = new Map(); /* id of a document or shadow root → numbers */
  const NONE = [];
  const fonts = []; /* @font-face rules */
  let objects = new WeakMap(); /* document → Map of number → CSSStyleSheet */
  let written = new WeakMap(); /* document or shadow root → { numbers, doc } as they were written */
  let unsettled = false; /* whether adopted sheets are to be looked up again, all of them */

  /* Fonts are a sheet like the others, adopted by every document, before its own. */
  const FONTS = 0;

  function makeObject(doc, rules) {
    const sheet = new doc.defaultView.CSSStyleSheet();

    rules.forEach((rule, index) => insertRule(sheet, rule, index));

    return sheet;
  }

  function getObject(doc, number) {
    const rules = number === FONTS ? fonts : made.get(number);
    let all = objects.get(doc);

    if (!rules)
      return null;
    if (!all)
      objects.set(doc, all = new Map());
    if (!all.has(number))
      all.set(number, makeObject(doc, rules));

    return all.get(number);
  }

  /* In every document that has one of it. */
  function spliceObjects(number, index, removed, rules) {
    for (const doc of playhead.applier.documents()) {
      const sheet = objects.get(doc)?.get(number);

      if (!sheet)
        continue;
      for (let at = 0; at < removed; at++)
        sheet.deleteRule(index);
      rules.forEach((rule, at) => insertRule(sheet, rule, index + at));
    }
  }

  function dropObjects(number) {
    for (const doc of playhead.applier.documents())
      objects.get(doc)?.delete(number);
    unsettled = true;
  }

  function setMade(a, i) {
    made.set(a[i], a.slice(i + 2, i + 2 + a[i + 1]));
    dropObjects(a[i]);
  }

  function spliceMade(a, i) {
    const [number, index, removed, n] = [a[i], a[i + 1], a[i + 2], a[i + 3]];
    const rules = a.slice(i + 4, i + 4 + n);
    const entry = made.get(number);

    if (!entry || index + removed > entry.length)
      throw new Error(`rules of sheet ${number} are not known`);

    entry.splice(index, removed, ...rules);
    spliceObjects(number, index, removed, rules);
  }

  function forgetMade(a, i) {
    for (const number of a.slice(i + 1, i + 1 + a[i])) {
      made.delete(number);
      dropObjects(number);
    }
  }

  function adopt(a, i) {
    get(a[i]);
    adopted.set(a[i], a.slice(i + 2, i + 2 + a[i + 1]));
  }

  function setFonts(a, i) {
    const [index, n] = [a[i], a[i + 1]];
    const rules = a.slice(i + 2, i + 2 + n);
    const removed = fonts.length - index;

    if (removed < 0)
      throw new Error('fonts are not known');

    unsettled ||= (fonts.length > 0) !== (index + n > 0);
    fonts.splice(index, removed, ...rules);
    spliceObjects(FONTS, index, removed, rules);
  }

  /* What @root adopts, unless it does so already. Moved to another document it adopts nothing. */
  function writeAdopted(root, doc, numbers) {
    const before = written.get(root);

    if (!doc.defaultView || !root.adoptedStyleSheets ||
        (!unsettled && before?.numbers === numbers && before.doc === doc))
      return;

    root.adoptedStyleSheets = (root === doc && fonts.length > 0 ? [FONTS, ...numbers] : numbers)
      .map((number) => getObject(doc, number)).filter((sheet) => sheet);
    written.set(root, { numbers, doc });
  }

  function writeAllAdopted() {
    const { ids } = playhead.applier.look();

    for (const [id, numbers] of adopted) {
      const root = get(id);

      if (root.host)
        writeAdopted(root, root.ownerDocument, numbers);
    }

    /* A document may stand for another than before: what that adopted is to go. */
    for (const doc of playhead.applier.documents())
      writeAdopted(doc, doc, adopted.get(ids.get(doc)) ?? NONE);
    unsettled = false;
  }

  function forgetAll() {
    made.clear();
    fonts.length = 0;
    objects = new WeakMap();
    written = new WeakMap();
    unsettled = false;
  }

  playhead.applier.remember(sheets, adopted);
  playhead.applier.atReset(forgetAll);
  playhead.applier.operations[16] = [setRules, 2, 1];
  playhead.applier.operations[17] = [spliceRules, 4, 1];
  playhead.applier.operations[18] = [resetRules, 1];
  playhead.applier.operations[27] = [setMade, 2, 1];
  playhead.applier.operations[28] = [spliceMade, 4, 1];
  playhead.applier.operations[29] = [forgetMade, 1, 1];
  playhead.applier.operations[30] = [adopt, 2, 1];
  playhead.applier.operations[31] = [setFonts, 2, 1];
  playhead.applier.atEnd(playhead.applier.STEP.SHEETS,
    () => [...sheets.keys()].forEach(writeSheet));
  playhead.applier.atEnd(playhead.applier.STEP.SHEETS, writeAllAdopted);

  /* Texts of the rules that @root, a document or shadow root, adopts; undefined for none. */
  function adoptedRules(root) {
    const rules = [...root.adoptedStyleSheets ?? []].map(
      (sheet) => [...sheet.cssRules].map((rule) => rule.cssText));

    return rules.length > 0 ? rules : undefined;
  }

  return { changed: (id) => sheets.has(id), adoptedRules };
})();
