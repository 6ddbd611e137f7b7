/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Checks that the archive really holds what the live page showed: plays the events
 * into a small tree of its own, writes it by the rules of canonical.js and compares
 * it, byte for byte, with each file of truth/. Where this fails, recorder and page
 * disagree, and no player could do better. It is no player: it knows what the demo
 * uses and stops at anything else.
 */
const fs = require ('fs');
const path = require ('path');
const zlib = require ('zlib');

const VOID = new Set ('area base br col embed hr img input link meta source track wbr'.split (' '));
const RAW = new Set ('style script noscript xmp iframe noembed noframes'.split (' '));

let nodes, root;

function adopt (sn, parent, place)
{
  const node = {
    ...sn, parent, children: [], shadow: [], attributes: { ...sn.attributes }, scroll: null,
  };

  nodes.set (sn.id, node);
  listOf (node).splice (place, 0, node);
  for (const child of sn.childNodes || [])
    adopt (child, node, Infinity);

  if (node.attributes._cssText !== undefined)
    node.rules = splitRules (node.attributes._cssText.replace (/\/\* rr_split \*\//g, ''));
  if (node.attributes.rr_scrollLeft || node.attributes.rr_scrollTop)
    node.scroll = [node.attributes.rr_scrollLeft || 0, node.attributes.rr_scrollTop || 0];
  return node;
}

function listOf ({ parent, isShadow })
{
  if (parent === null)
    return [];
  return isShadow ? parent.shadow : parent.children;
}

function forget (node)
{
  nodes.delete (node.id);
  [...node.children, ...node.shadow].forEach (forget);
}

/* Top-level rules of a sheet as a browser writes it. */
function splitRules (text)
{
  const rules = [];
  let depth = 0, start = 0, quote = '';

  for (let i = 0; i < text.length; i++)
    {
      const c = text[i];

      if (c === '\\')
        i++;
      else if (quote)
        quote = c === quote ? '' : quote;
      else if (c === '"' || c === '\'')
        quote = c;
      else if (c === '{')
        depth++;
      else if (c === '}' && --depth === 0)
        {
          rules.push (text.slice (start, i + 1));
          start = i + 1;
        }
    }
  return rules;
}

function mergeStyle (text, changes)
{
  const style = new Map ((text || '').split (/;\s*/).filter (Boolean).map (d => {
    const cut = d.indexOf (':');

    return [d.slice (0, cut), d.slice (cut + 1).trim ()];
  }));

  for (const [name, value] of Object.entries (changes))
    if (value === false)
      style.delete (name);
    else
      style.set (name, Array.isArray (value) ? `${value[0]} !important` : value);
  return [...style].map (([name, value]) => `${name}: ${value};`).join (' ');
}

function mutate ({ removes, adds, texts, attributes })
{
  let waiting = adds;

  for (const { id } of removes)
    {
      const node = nodes.get (id);

      if (!node)
        continue;
      /* Text of a sheet that goes takes its rules along. */
      if (node.parent.tagName === 'style' && node.type === 3)
        node.parent.rules = null;
      listOf (node).splice (listOf (node).indexOf (node), 1);
      forget (node);
    }

  while (waiting.length)
    {
      const later = waiting.filter (({ parentId, nextId, node }) => {
        const parent = nodes.get (parentId);

        if (!parent || (nextId !== null && !nodes.has (nextId)))
          return true;
        adopt (node, parent, nextId === null ? Infinity
          : listOf ({ parent, isShadow: node.isShadow }).indexOf (nodes.get (nextId)));
        return false;
      });

      if (later.length === waiting.length)
        throw new Error (`${later.length} nodes find no place`);
      waiting = later;
    }

  for (const { id, value } of texts)
    nodes.get (id).textContent = value;
  for (const { id, attributes: changes } of attributes)
    for (const [name, value] of Object.entries (changes))
      {
        const node = nodes.get (id);

        if (value === null)
          delete node.attributes[name];
        else if (typeof value === 'object')
          node.attributes[name] = mergeStyle (node.attributes[name], value);
        else
          node.attributes[name] = value;
      }
}

function input ({ id, text, isChecked })
{
  const node = nodes.get (id);

  if (['radio', 'checkbox'].includes (node.attributes.type))
    node.checked = isChecked;
  else
    node.value = text;
}

function changeSheet ({ id, adds = [], removes = [] })
{
  const node = nodes.get (id);

  node.rules ??= splitRules (textOf (node));
  for (const { rule, index = 0 } of adds)
    node.rules.splice (index, 0, rule);
  for (const { index } of removes)
    node.rules.splice (index, 1);
}

function apply ({ type, data })
{
  if (type === 2)
    {
      nodes = new Map ();
      root = adopt (data.node, null, 0);
      root.scroll = [data.initialOffset.left, data.initialOffset.top];
    }
  if (type !== 3)
    return;
  switch (data.source)
    {
    case 0: return mutate (data);
    case 3: return void (nodes.get (data.id).scroll = [data.x, data.y]);
    case 5: return input (data);
    case 8: return changeSheet (data);
    case 1: case 2: case 4: case 14: return;
    default: throw new Error (`source ${data.source} is not for this check`);
    }
}

const escapeText = text => text.replace (/&/g, '&amp;').replace (/</g, '&lt;')
  .replace (/>/g, '&gt;').replace (/\u00a0/g, '&nbsp;');
const escapeValue = text => text.replace (/&/g, '&amp;').replace (/"/g, '&quot;')
  .replace (/\u00a0/g, '&nbsp;');

const textOf = node => node.children.map (child => child.textContent).join ('');

function selectedOption (node)
{
  let select = node;
  const options = [];

  while (select && select.tagName !== 'select')
    select = select.parent;
  if (select?.value === undefined)
    return node.attributes.selected !== undefined;

  (function walk (n) {
    if (n.tagName === 'option')
      options.push (n);
    n.children.forEach (walk);
  }) (select);
  return options.find (o => (o.attributes.value ?? textOf (o)) === select.value) === node;
}

function attributesText (node)
{
  const attributes = { ...node.attributes };
  const { scroll } = node.tagName === 'html' && node.parent === root ? root : node;

  switch (node.tagName)
    {
    case 'input':
      if (node.checked !== undefined)
        delete attributes.checked;
      if (node.checked)
        attributes.checked = true;
      if (node.value || (node.value === '' && attributes.value !== undefined))
        attributes.value = node.value;
      break;
    case 'option':
      delete attributes.selected;
      if (selectedOption (node))
        attributes.selected = true;
      break;
    case 'select': case 'textarea':
      delete attributes.value;
      break;
    }
  if (scroll && scroll.some (v => Math.round (v)))
    attributes['data-ph-scroll'] = scroll.map (v => Math.round (v)).join (',');
  return Object.keys (attributes).filter (name => !/^(rr_|_cssText$)/.test (name)).sort ()
    .map (name => [name, attributes[name] === true ? '' : String (attributes[name])])
    .map (([name, value]) => ` ${name}="${escapeValue (value)}"`).join ('');
}

function write (node)
{
  const { type, tagName, parent } = node;

  switch (type)
    {
    case 0:
      return node.children.map (write).join ('');
    case 1:
      return `<!DOCTYPE ${node.name}>`;
    case 3:
      return RAW.has (parent.tagName) ? node.textContent : escapeText (node.textContent);
    case 5:
      return `<!--${node.textContent}-->`;
    }

  const start = `<${tagName}${attributesText (node)}>`;
  const shadow = node.isShadowHost
    ? `<template shadowrootmode="open">${node.shadow.map (write).join ('')}</template>` : '';
  const value = tagName === 'textarea' ? node.value ?? node.attributes.value : undefined;
  const content = node.rules ? node.rules.join ('')
    : value !== undefined ? escapeText (value) : node.children.map (write).join ('');

  if (VOID.has (tagName) && !node.isSVG && !node.rules)
    return start;
  return `${start}${shadow}${content}</${tagName}>`;
}

/* What the demo promises to hold, and not to hold. */
function checkContents (events)
{
  const text = JSON.stringify (events);
  const kinds = new Set (events.map (({ type, data }) =>
    type === 3 ? `source ${data.source}` : type === 6 ? data.plugin : `type ${type}`));
  const missing = [
    'type 0', 'type 1', 'type 2', 'type 4', 'source 0', 'source 1', 'source 2', 'source 3',
    'source 4', 'source 5', 'source 8', 'rrweb/console@1', 'rrweb/network@1',
  ].filter (kind => !kinds.has (kind));
  const absent = [
    'Uncaught TypeError', 'order refused with 500', '"status":500', 'rr_split', 'isShadow',
  ].filter (words => !text.includes (words));
  const secret = [
    'Robin', 'robin', 'Quiet Lane', '4242 4242', 'not-a-secret', '"123"',
  ].filter (words => text.includes (words));

  console.log (`missing kinds: ${missing}; missing words: ${absent}; secrets: ${secret}`);
  return !missing.length && !absent.length && !secret.length;
}

function main ()
{
  const archive = path.join (__dirname, '..', '..', 'data', 'demo', 'acme-shop.json.gz');
  const truth = path.join (__dirname, 'truth');
  const index = JSON.parse (fs.readFileSync (path.join (truth, 'index.json')));
  const events = JSON.parse (zlib.gunzipSync (fs.readFileSync (archive)));
  let i = 0, wrong = !checkContents (events);

  for (const { file, time_ms: time, caption } of index)
    {
      const wanted = fs.readFileSync (path.join (truth, file), 'utf8');

      for (; i < events.length && events[i].timestamp - events[0].timestamp <= time; i++)
        apply (events[i]);

      const found = write (root);

      if (found === wanted)
        {
          console.log (`${file} same (${caption})`);
          continue;
        }

      const at = [...wanted].findIndex ((c, n) => c !== found[n]);

      wrong = true;
      console.log (`${file} differs at ${at} (${caption})`);
      console.log (`  page:    ${wanted.slice (Math.max (0, at - 80), at + 120)}`);
      console.log (`  archive: ${found.slice (Math.max (0, at - 80), at + 120)}`);
    }
  process.exitCode = wrong ? 1 : 0;
}

main ();
