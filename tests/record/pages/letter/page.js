/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import Quill from 'quill';
import 'quill/dist/quill.snow.css';
import './page.css';

const letter = new Quill ('#letter', {
  theme: 'snow',
  modules: { toolbar: [
    [{ header: [1, 2, false] }],
    ['bold', 'italic', 'underline', 'link', 'blockquote', 'code-block'],
    [{ list: 'ordered' }, { list: 'bullet' }, { list: 'check' }], [{ color: [] }, { align: [] }],
    ['clean'],
  ] },
});

document.getElementById ('copy').addEventListener ('click', () => {
  document.getElementById ('below').innerHTML = letter.getSemanticHTML ();
});
document.getElementById ('lock').addEventListener ('click', () =>
  letter.enable (!letter.isEnabled ()));
