/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What form controls hold: PH_OP_VALUE and PH_OP_CHECKED of ph-patch.h. */
'use strict';

playhead.forms = (() => {
  const { NAMESPACES, get } = playhead.applier;
  /* Their `value` is only another face of the attribute, or closed to scripts. */
  const VALUELESS = new Set(
    ['checkbox', 'radio', 'hidden', 'submit', 'button', 'reset', 'image']);

  const values = new Map(); /* id → value, null for what the attributes say */
  const checks = new Map(); /* id → boolean, null for what the attributes say */

  function writeSelect(select, value) {
    const all = [...select.options];

    if (value !== null) {
      const wanted = all.findIndex((option) => option.value === value);

      if (select.selectedIndex !== wanted || select.multiple)
        select.selectedIndex = wanted;
      return;
    }

    for (const option of all)
      option.selected = option.defaultSelected;
    if (!select.multiple && select.size <= 1 && !all.some((option) => option.defaultSelected))
      select.selectedIndex = all.findIndex((option) => !option.disabled);
  }

  /* No script may name a file, but it may give one: this one is empty and on no disk. */
  function writeFile(control, value) {
    const name = (value ?? '').split(/[\\/]/).pop();

    if (name === (control.files[0]?.name ?? ''))
      return;

    const files = new DataTransfer();

    if (name !== '')
      files.items.add(new File([], name));
    control.files = files.files;
  }

  function writeValue(control, value) {
    if (control.localName === 'select')
      return writeSelect(control, value);
    if (control.type === 'file')
      return writeFile(control, value);

    const wanted = value ?? control.defaultValue;

    if (control.value !== wanted) {
      control.value = wanted;
      /* A date that was emptied stays :invalid in WebKit until it is looked at again. */
      control.setCustomValidity('');
    }
  }

  function hasValue(node) {
    return node.namespaceURI === NAMESPACES[0] && (node.localName === 'select' ||
      node.localName === 'textarea' || (node.localName === 'input' && !VALUELESS.has(node.type)));
  }

  function hasCheck(node) {
    return node.namespaceURI === NAMESPACES[0] && node.localName === 'input' &&
      (node.type === 'checkbox' || node.type === 'radio');
  }

  function writeForms() {
    for (const [id, value] of values) {
      if (hasValue(get(id)))
        writeValue(get(id), value);
    }

    /* Those that are on come last: they turn the others of their group off. */
    for (const on of [false, true]) {
      for (const [id, value] of checks) {
        const control = get(id);

        if (hasCheck(control) && (value ?? control.defaultChecked) === on && control.checked !== on)
          control.checked = on;
      }
    }
  }

  playhead.applier.remember(values, checks);
  playhead.applier.operations[14] = [(a, i) => get(a[i]) && values.set(a[i], a[i + 1]), 2];
  playhead.applier.operations[15] = [(a, i) =>
    get(a[i]) && checks.set(a[i], a[i + 1] === null ? null : Boolean(a[i + 1])), 2];
  playhead.applier.atEnd(playhead.applier.STEP.FORMS, writeForms);

  return { hasValue, hasCheck };
})();
