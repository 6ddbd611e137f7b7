/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import Choices from 'choices.js';
import 'choices.js/public/assets/styles/choices.min.css';
import './page.css';

const find = id => document.getElementById (id);
const choices = new Choices ('#birds', { removeItemButton: true, placeholderValue: 'birds' });

new Choices ('#tags', { removeItemButton: true });
document.querySelector ('form').addEventListener ('submit', event => {
  event.preventDefault ();
  find ('out').textContent = [...new FormData (event.target).keys ()].length || 'sent';
});
find ('script').addEventListener ('click', () => {
  find ('text').value = 'by script';
  find ('range').value = 80;
  find ('maybe').indeterminate = true;
  find ('progress').value = 9;
  find ('meter').value = 2;
  find ('set').disabled = !find ('set').disabled;
  choices[find ('set').disabled ? 'disable' : 'enable'] ();
});
