/* SPDX-License-Identifier: GPL-3.0-or-later */

'use strict';

/*
 * Playwright's tracing, unpacked and packed again with Info-ZIP: without most of the pictures
 * of the page, and without where on this machine record-vendors.js lies.
 *
 * THE RULES, beyond those of canonical.js
 *  - there is no script, noscript or comment; names are written as they are, not in lower case.
 *  - the value of a field is always there.
 *  - an iframe has no src, srcdoc or sandbox.
 *  - <head> begins with <base href>, the address the page had when it came.
 *  - <style> has no attributes, and its text as it is; its rules, one a line, once a script
 *    changed them.
 */
const fs = require ('fs');
const os = require ('os');
const path = require ('path');
const { execFileSync } = require ('child_process');

const PICTURES = 4; /* that are kept */

exports.begin = context => context.tracing.start ({ snapshots: true, screenshots: true,
                                                    title: 'garden' });

const folder = path.join (os.tmpdir (), `playhead-trace-${process.pid}`);

exports.stop = async context => {
  await context.tracing.stop ({ path: `${folder}.zip` });
};

exports.rules = () => {
  const { insertRule } = CSSStyleSheet.prototype;
  const changed = new WeakSet ();

  CSSStyleSheet.prototype.insertRule = function (...given) {
    changed.add (this);
    return insertRule.apply (this, given);
  };

  /* Reading the rules counts as changing them: the recorder watches that too. */
  const sheetOf = ({ sheet, textContent }) => changed.has (sheet)
    ? [...sheet.cssRules].map (rule => rule.cssText).join ('\n') : textContent;

  const bases = new WeakMap ();

  function baseOf ({ ownerDocument, baseURI })
  {
    if (!bases.has (ownerDocument))
      bases.set (ownerDocument, baseURI);
    return bases.get (ownerDocument);
  }

  return {
    isGone: ({ localName, nodeType }) => ['script', 'noscript'].includes (localName) ||
      nodeType === Node.COMMENT_NODE,
    name: ({ localName }) => localName,
    attributes ({ localName, value }, attributes) {
      if (localName === 'style')
        attributes.clear ();
      if (localName === 'input')
        attributes.set ('value', value);
      if (localName === 'iframe')
        ['src', 'srcdoc', 'sandbox'].forEach (name => attributes.delete (name));
    },
    text: ({ data }) => data,
    value: ({ value }) => value,
    content: (element, inner) => element.localName === 'style' ? sheetOf (element)
      : element.localName === 'head' ? `<base href="${baseOf (element)}">${inner ()}` : inner (),
  };
};

function tidy ()
{
  const edit = (name, change) => {
    const file = path.join (folder, name);

    fs.writeFileSync (file, change (fs.readFileSync (file, 'utf8')));
  };
  const pictures = fs.readdirSync (path.join (folder, 'screencast')).sort ().slice (PICTURES);

  pictures.forEach (name => fs.unlinkSync (path.join (folder, 'screencast', name)));
  edit ('trace.trace', text => text.split ('\n').filter (line =>
    !pictures.some (name => line.includes (name))).join ('\n'));
  edit ('trace.stacks', text => text.replaceAll (path.dirname (__dirname), '/garden'));
}

exports.save = (name, requests, write) => {
  execFileSync ('unzip', ['-q', `${folder}.zip`, '-d', folder]);
  tidy ();
  fs.unlinkSync (`${folder}.zip`);
  execFileSync ('zip', ['-q', '-r', '-X', '-9', `${folder}.zip`, '.'], { cwd: folder });
  write ('zip', fs.readFileSync (`${folder}.zip`));
  fs.rmSync (folder, { recursive: true });
  fs.unlinkSync (`${folder}.zip`);
};
