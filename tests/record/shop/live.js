/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Style rules that come and go by script, as a CSS-in-JS library does it:
 * CSSStyleSheet.insertRule and deleteRule on sheets of the page.
 */
const scratch = new CSSStyleSheet ();

/* The rule as the browser writes it: what is recorded is then what the sheet says. */
function canonical (rule)
{
  scratch.replaceSync (rule);
  return scratch.cssRules[0].cssText;
}

function sheet (id)
{
  let element = document.getElementById (id);

  if (!element)
    {
      element = document.createElement ('style');
      element.id = id;
      document.head.append (element);
    }
  return element.sheet;
}

/* @index counts from the end when it is negative: −1 appends. */
export function insert (id, rule, index = -1)
{
  const { cssRules } = sheet (id);

  sheet (id).insertRule (canonical (rule), index < 0 ? cssRules.length + 1 + index : index);
}

export function remove (id, wanted)
{
  const target = sheet (id);

  for (let i = target.cssRules.length - 1; i >= 0; i--)
    if (wanted (target.cssRules[i]))
      target.deleteRule (i);
}

export function replace (id, rules)
{
  document.getElementById (id).textContent = rules.map (canonical).join ('');
}

const toastRules = [
  '@keyframes toast-in { from { opacity: 0; transform: translateY(12px); } to { opacity: 1; } }',
  '.toast { animation: 0.25s ease-out 0s 1 normal both running toast-in; }',
  '.toast[data-kind="good"] { border-left: 4px solid #7d9471; }',
  '.toast[data-kind="bad"] { border-left: 4px solid #b3402a; }',
];
let shown = 0;

export function toast (kind, text)
{
  const element = document.createElement ('div');

  if (shown++ === 0)
    for (const rule of toastRules)
      insert ('live', rule);

  element.className = 'toast';
  element.dataset.kind = kind;
  element.append (document.createTextNode (text));
  document.getElementById ('toasts').append (element);

  setTimeout (() => {
    element.remove ();
    if (--shown === 0)
      remove ('live', rule => rule.cssText.includes ('toast'));
  }, 3600);
}
