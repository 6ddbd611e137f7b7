/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cart lives in sessionStorage so that it outlives a page load. */
const KEY = 'acme-cart';
const read = () => JSON.parse (sessionStorage.getItem (KEY) || '[]');
const write = lines => sessionStorage.setItem (KEY, JSON.stringify (lines));

export const lines = read;
export const count = () => read ().reduce ((sum, line) => sum + line.quantity, 0);
export const clear = () => sessionStorage.removeItem (KEY);

export function add (line)
{
  const all = read ();
  const same = all.find (l => l.id === line.id && l.size === line.size);

  if (same)
    same.quantity += line.quantity;
  else
    all.push (line);
  write (all);
}

export function change (index, quantity)
{
  const all = read ();

  all[index].quantity = quantity;
  write (all.filter (line => line.quantity > 0));
}

export const keep = (name, value) => sessionStorage.setItem (`acme-${name}`, value);

export function take (name)
{
  const value = sessionStorage.getItem (`acme-${name}`) || '';

  sessionStorage.removeItem (`acme-${name}`);
  return value;
}
