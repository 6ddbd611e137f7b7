/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import iframeResize from 'iframe-resizer/js/iframeResizer';
import './page.css';

const find = id => document.getElementById (id);
const on = (id, action) => find (id).addEventListener ('click', action);

/* As long as what is in it, which tells its height. */
on ('late', () => {
  const frame = document.createElement ('iframe');

  frame.id = 'added';
  frame.width = 640;
  frame.scrolling = 'no';
  frame.src = 'grown.html';
  find ('more').append (frame);
  iframeResize ({ checkOrigin: false }, frame);
});
on ('next', () => (find ('first').src = 'next.html'));
on ('doc', () => {
  const page = find ('words').contentDocument;

  page.open ();
  page.write ('<!DOCTYPE html><title>w</title>');
  page.write ('<body style="background:#dff;font:14px/20px DejaVu Sans">');
  page.write ('<p>Written <i>now</i>.');
  page.close ();
});
on ('blank', () => {
  const frame = document.createElement ('iframe');

  frame.id = 'blank-frame';
  frame.width = 200;
  frame.height = 90;
  find ('row').append (frame);
  frame.contentDocument.body.style.font = '14px/20px "DejaVu Sans"';
  frame.contentDocument.body.innerHTML = '<b>Filled by script.</b> ' +
    '<textarea style="width:150px;height:40px;border:1px solid;font:inherit">more</textarea>';
});
on ('move', () => find ('more').prepend (find ('words')));
on ('gone', () => find ('added').remove ());
