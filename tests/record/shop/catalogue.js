/* SPDX-License-Identifier: GPL-3.0-or-later */

/* [id, name, department, drawing, colour, price, rating, reviews, in stock] */
const rows = [
  ['lumen', 'Lumen table lamp', 'light', 'lamp', '#c4633f', 89, 4.5, 38, true],
  ['harbour', 'Harbour mug', 'kitchen', 'mug', '#5f8296', 14, 5, 112, true],
  ['perch', 'Perch chair', 'living', 'chair', '#b98a4f', 210, 4, 17, true],
  ['fig', 'Little fig', 'garden', 'plant', '#c4633f', 28, 4.5, 54, true],
  ['murmur', 'Murmur kettle', 'kitchen', 'kettle', '#7d9471', 68, 4.5, 61, true],
  ['quarter', 'Quarter clock', 'living', 'clock', '#2f3e55', 54, 4, 23, true],
  ['dome', 'Dome pendant', 'light', 'pendant', '#d9a441', 120, 5, 9, true],
  ['field', 'Field cushion', 'living', 'cushion', '#7a4b5e', 39, 4.5, 45, true],
  ['stem', 'Stem vase', 'garden', 'vase', '#5f8296', 36, 4, 31, true],
  ['low-tide', 'Low tide bowl', 'kitchen', 'bowl', '#c9a98a', 22, 4.5, 27, true],
  ['evening', 'Evening candle', 'light', 'candle', '#a8573a', 18, 4, 80, false],
  ['reed', 'Reed basket', 'living', 'basket', '#c79a5b', 45, 5, 14, true],
  ['rill', 'Rill watering can', 'garden', 'can', '#6d8a77', 42, 4.5, 36, true],
  ['oak', 'Oak board', 'kitchen', 'board', '#b07a45', 34, 5, 52, true],
  ['moor', 'Moor blanket', 'living', 'blanket', '#63758a', 79, 4.5, 29, true],
  ['trio', 'Trio stool', 'living', 'stool', '#c4633f', 95, 4, 12, true],
  ['pilot', 'Pilot desk lamp', 'light', 'lamp', '#2f3e55', 74, 4.5, 33, true],
  ['dune', 'Dune mug', 'kitchen', 'mug', '#c9a06b', 16, 4, 64, false],
  ['fern', 'Fern in a pot', 'garden', 'plant', '#63758a', 24, 4.5, 41, true],
  ['halo', 'Halo pendant', 'light', 'pendant', '#7a4b5e', 145, 5, 7, true],
  ['noon', 'Noon clock', 'living', 'clock', '#c4633f', 58, 4.5, 19, true],
  ['pond', 'Pond bowl', 'kitchen', 'bowl', '#6d8a77', 26, 4, 22, true],
  ['meadow', 'Meadow cushion', 'living', 'cushion', '#7d9471', 42, 4, 15, true],
  ['tall', 'Tall vase', 'garden', 'vase', '#a8573a', 48, 5, 8, true],
];

export const products = rows.map (([id, name, department, drawing, colour, price, rating, reviews,
  stock]) => ({ id, name, department, drawing, colour, price, rating, reviews, stock }));

export const euro = amount => `€\u00a0${amount}`;

/* What the departments say about their things. */
export const words = {
  kitchen: 'Stoneware and oak that like to be used every day, and wash up well.',
  light: 'Spun metal and linen, wired by hand, with a light that is warm and never loud.',
  living: 'Ash, wool and patience. It will be with you longer than your sofa.',
  garden: 'For window sills and balconies: sturdy, honest and glad of a little water.',
};

/* Days to the door. Not every country of the form is in here: that is the shop's mistake. */
export const delivery = {
  DE: { days: 2, price: 4 }, FR: { days: 3, price: 6 }, NL: { days: 2, price: 5 },
};
