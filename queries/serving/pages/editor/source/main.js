// The editor takes the place of the text field of the query page, which works without it. It writes into that field whatever is
// typed, so that the form sends the same with it and without it.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { completing } from "./completing.js";
import { colours, look } from "./look.js";

const PHRASES = {
  ja: { Completions: "補完の候補", "Fold line": "行を畳む", "Unfold line": "行を開く", "folded code": "畳まれた部分", unfold: "開く" },
};

// CodeMirror brings its own styles. Within a shadow root they are adopted style sheets, which a strict content security policy
// lets pass; in the page itself they would be style elements, which it rightly does not.
function rootIn(host) {
  const root = host.attachShadow({ mode: "open" });
  const within = document.createElement("div");
  root.append(within);
  return { root, within };
}

function extensions(field, terms) {
  const submit = () => (field.form.requestSubmit(), true);
  return [
    lineNumbers(),
    foldGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [completing(terms, document.documentElement.lang)], icons: false }),
    sparql(),
    syntaxHighlighting(colours),
    look,
    EditorView.lineWrapping,
    EditorState.phrases.of(PHRASES[document.documentElement.lang] ?? {}),
    EditorView.contentAttributes.of({ "aria-label": field.labels[0].textContent, spellcheck: "false", tabindex: "0" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) field.value = update.state.doc.toString();
    }),
    keymap.of([
      { key: "Mod-Enter", run: submit },
      ...closeBracketsKeymap,
      ...completionKeymap, // Tab is left to move on to what follows, as everywhere in the page
      ...foldKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
  ];
}

// The terms to complete; where the server is gone there are none, and the rest of the editor works.
async function known(address) {
  try {
    return await (await fetch(address)).json();
  } catch {
    return { prefixes: {}, terms: [] };
  }
}

function edit(field) {
  const host = document.createElement("div");
  host.id = "editor";
  field.before(host);
  const { root, within } = rootIn(host);
  const view = new EditorView({ doc: field.value, parent: within, root, extensions: extensions(field, known(field.dataset.terms)) });
  field.hidden = true;
  field.labels[0].addEventListener("click", () => view.focus());
  addEventListener("pageshow", () => {
    // A browser that goes back fills in what stood in the field.
    if (field.value !== view.state.doc.toString()) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
    }
  });
}

const field = document.getElementById("query");
if (field) edit(field);
