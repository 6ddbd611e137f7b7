/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Style sheets changed by script: PH_OP_RULES and its like of ph-patch.h. */
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
    const nudge = style.ownerDocument.createTextNode('');

    sheets.delete(a[i]);
    style.append(nudge);
    nudge.remove();
  }

  playhead.applier.remember(sheets);
  playhead.applier.operations[16] = [setRules, 2, 1];
  playhead.applier.operations[17] = [spliceRules, 4, 1];
  playhead.applier.operations[18] = [resetRules, 1];
  playhead.applier.atEnd(playhead.applier.STEP.SHEETS,
    () => [...sheets.keys()].forEach(writeSheet));

  return { changed: (id) => sheets.has(id) };
})();
