// What may stand where the cursor is: variables of the query, terms of the vocabulary found by their names in either language,
// prefixes, and the words of SPARQL.

import { syntaxTree } from "@codemirror/language";

const WORDS =
  "SELECT DISTINCT WHERE CONSTRUCT DESCRIBE ASK FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES EXISTS NOT ORDER GROUP BY HAVING ASC DESC LIMIT OFFSET COUNT MIN MAX SUM AVG SAMPLE GROUP_CONCAT STR LANG REGEX CONTAINS STRSTARTS STRENDS BOUND COALESCE YEAR MONTH DAY".split(
    " ",
  );
const MOST = 100;

export function completing(loaded, lang) {
  return async (context) => {
    if (inText(context)) return null;
    const { prefixes, terms } = await loaded;
    const declaring = context.matchBefore(/\bprefix\s+[\w-]*$/i);
    if (declaring) return declarations(declaring, prefixes);
    const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*$/u);
    if (variable) return variables(context, variable);
    const word = context.matchBefore(/[\p{L}\p{N}_:.-]+$/u);
    if (!word && !context.explicit) return null;
    const [from, typed] = word ? [word.from, word.text.toLowerCase()] : [context.pos, ""];
    const wanted = /\ba\s+$/.test(context.state.sliceDoc(Math.max(0, from - 20), from)) ? "class" : "";
    const options = [...ranked(terms, typed, wanted).map((term) => option(term, prefixes, lang)), ...words(typed)];
    return { from, options, filter: false };
  };
}

// Not in what is quoted, in an IRI or in a comment.
function inText(context) {
  const inner = syntaxTree(context.state).resolveInner(context.pos, -1);
  return /^(String|Comment|IriRef)/.test(inner.name) && inner.to >= context.pos;
}

function declarations(declaring, prefixes) {
  const typed = declaring.text.replace(/^prefix\s+/i, "");
  return {
    from: declaring.to - typed.length,
    options: Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, apply: `${name}: <${iri}>` })),
  };
}

function variables(context, variable) {
  const known = new Set(context.state.doc.toString().match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu));
  known.delete(variable.text);
  return { from: variable.from, options: [...known].map((label) => ({ label, type: "variable" })) };
}

// By how the name in the query begins, then by the names in either language; of what is as near, what fits the place first.
function ranked(terms, typed, wanted) {
  const near = (term) => {
    const names = [term.name, term.name.split(":")[1], term.ja, term.en].map((name) => name.toLowerCase());
    if (names.some((name) => name.startsWith(typed))) return 0;
    return names.some((name) => name.includes(typed)) ? 1 : 2;
  };
  const rank = (term) => 2 * near(term) + (wanted && term.sort !== wanted ? 1 : 0);
  return terms
    .filter((term) => near(term) < 2)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, MOST);
}

function option(term, prefixes, lang) {
  const [first, second] = lang === "en" ? [term.en, term.ja] : [term.ja, term.en];
  return {
    label: term.name,
    detail: [first, second].filter(Boolean).join(" · "),
    info: term.meaning[lang] || undefined,
    apply: (view, _completion, from, to) => insert(view, term.name, prefixes, from, to),
  };
}

// Where its prefix is not declared yet, that is done at the beginning.
function insert(view, name, prefixes, from, to) {
  const prefix = name.split(":")[0];
  const known = new RegExp(`\\bprefix\\s+${prefix}:`, "i").test(view.state.doc.toString());
  const declared = known ? "" : `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
  const changes = [{ from: 0, insert: declared }, { from, to, insert: name }];
  view.dispatch({ changes, selection: { anchor: declared.length + from + name.length }, userEvent: "input.complete" });
}

function words(typed) {
  const fitting = WORDS.filter((word) => typed && word.toLowerCase().startsWith(typed));
  return fitting.map((label) => ({ label, type: "keyword" }));
}
