/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person gave for what a page names: PH_OP_SHEET of ph-patch.h. */
'use strict';

(() => {
  const { get, operations } = playhead.applier;

  operations[38] = [(a, i) => (get(a[i]).textContent = a[i + 1]), 2];
})();
