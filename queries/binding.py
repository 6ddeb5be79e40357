"""Values into queries: slots that are filled with whole RDF terms, never with text.

A query marks each parameter by a slot, a line of plain SPARQL that says "any value":

    VALUES ?entity { UNDEF }

Binding puts terms in place of `UNDEF` and takes away the slots of parameters that are not given, which
means the same and plans better. Every `.rq` file also runs as it stands. SPARQL 1.1 has no parameters of its own, and the other
ways to give a variable its value differ from engine to engine: rdflib's `initBindings` and pyoxigraph's
`substitutions` disagree inside sub-selects, a `VALUES` block after the query is joined only when the
filters have been decided (SPARQL 1.1 Query, section 18.2.4.3), and a remote endpoint takes nothing but text.
A slot in the pattern is the one form that means the same to all of them.

What enters a slot is a `pyoxigraph` term, made and written by that library: an IRI with a character
that could end it (`>`, a space, a quote) is refused when the term is made, and a literal is written as
one N-Triples token with its quotes, backslashes and line ends escaped. The user's characters can
therefore not leave the term. `tests/test_queries_binding.py` holds this for arbitrary text.

A query may also hold a hint to pyoxigraph, a line behind a comment that changes nothing of what is asked. Every other engine gets
the text without it; Virtuoso 7 runs out of memory over some of them, or loses rows:

    # embedded: LIMIT 900000

pyoxigraph takes a sub-select for as large as its patterns suggest, whatever is bound in them, and then begins elsewhere, with all
claims. A limit so high that no answer comes near it tells it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

Term = ox.NamedNode | ox.Literal
Bindings = Mapping[str, Sequence[Term]]

_SLOT = re.compile(r"(?P<before>[ \t]*)VALUES \?(?P<name>\w+) \{ UNDEF \}(?P<after>\n?)")

_HINT = re.compile(r"# embedded: ")


def slots(query: str) -> tuple[str, ...]:
    """The names of the slots of a query, each once, in the order of the text.

    >>> slots("SELECT * { VALUES ?s { UNDEF } ?s ?p ?o }")
    ('s',)
    """
    return tuple(dict.fromkeys(match["name"] for match in _SLOT.finditer(query)))


def bind(query: str, values: Bindings) -> str:
    r"""The query with terms in its slots, other slots left out. Names without a slot are a mistake of the caller.

    Raises KeyError where the query has no slot of that name.

    >>> bind("ASK { VALUES ?s { UNDEF } ?s ?p 1 }", {"s": [ox.Literal('a" } #')]})
    'ASK { VALUES ?s { "a\\" } #" } ?s ?p 1 }'
    """
    missing = set(values) - set(slots(query))
    if missing:
        raise KeyError(f"no slot for {sorted(missing)}")

    def fill(slot: re.Match[str]) -> str:
        terms = " ".join(str(term) for term in values.get(slot["name"], ()))
        return f"{slot['before']}VALUES ?{slot['name']} {{ {terms} }}{slot['after']}" if terms else ""

    return _SLOT.sub(fill, query)


def hinted(query: str) -> str:
    r"""The query with its hints to pyoxigraph in force.

    >>> hinted("SELECT * { ?s ?p ?o }\n# embedded: LIMIT 9000")
    'SELECT * { ?s ?p ?o }\nLIMIT 9000'
    """
    return _HINT.sub("", query)
