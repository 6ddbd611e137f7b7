/* SPDX-License-Identifier: GPL-3.0-or-later */

import '../base.css';
import { EditorView, basicSetup } from 'codemirror';
import { Compartment, EditorState } from '@codemirror/state';
import { javascript } from '@codemirror/lang-javascript';
import './page.css';

const text = `/* When is high water? */
const HOUR = 3600;

${Array.from ({ length: 160 }, (all, i) => `export function tide${i} (moon, port) {
  const lag = ${i * 37 % 97} * HOUR; // ${'after the moon '.repeat (i % 4)}
  if (port === 'port ${i}') {
    return [moon.rise + lag, \`level ${i}\`, /[a-z]+/g];
  }
  return null;
}
`).join ('\n')}`;
const where = document.getElementById ('where');
const theme = new Compartment (), wrap = new Compartment ();
const dark = EditorView.theme ({
  '&': { color: '#dde', backgroundColor: '#1c2230' },
  '.cm-gutters': { color: '#789', backgroundColor: '#161b26', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: '#263045' },
  '&.cm-focused .cm-cursor': { borderLeftColor: '#fc6' },
}, { dark: true });

const view = new EditorView ({
  parent: document.getElementById ('editor'),
  state: EditorState.create ({
    doc: text,
    extensions: [
      basicSetup, javascript (), theme.of ([]), wrap.of ([]),
      EditorView.updateListener.of (({ state }) => {
        const { head } = state.selection.main, line = state.doc.lineAt (head);

        where.textContent = `${line.number}:${head - line.from + 1}`;
      }),
    ],
  }),
});
let night = false, wrapped = false;

document.getElementById ('dark').addEventListener ('click', () =>
  view.dispatch ({ effects: theme.reconfigure ((night = !night) ? dark : []) }));
document.getElementById ('wrap').addEventListener ('click', () =>
  view.dispatch ({
    effects: wrap.reconfigure ((wrapped = !wrapped) ? EditorView.lineWrapping : []),
  }));
