"""What other servers say, put in place of the SERVICE and LOAD that ask them.

The process that runs a query has no way to others. It asks for each answer, and writes it into the text: a SERVICE means its solutions
joined with the rest (SPARQL 1.1 Federated Query, section 2), a LOAD the triples inserted (SPARQL 1.1 Update, section 3.1.4). What stays
behind in another form than those of the grammar is refused when the text is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import pyoxigraph as ox

from queries.serving.errors import RefusedError
from queries.serving.uploads import FORMATS
from queries.serving.worker import Fetched, Wanted
from queries.tokens import Token, tokens

Fetch = Callable[[Wanted], Fetched]
_MOST_CALLS = 10
_FORBIDDEN = 403
_RESULTS = ox.QueryResultsFormat.JSON


def gathered(text: str, base: str, fetch: Fetch) -> str:
    """The text with the answers in it. Raises RefusedError where a server may not be asked, or has no answer and is not SILENT."""
    found = tokens(text)
    asking = [at for at, token in enumerate(found) if token.word in {"SERVICE", "LOAD"}]
    if len(asking) > _MOST_CALLS:
        raise RefusedError(400, f"the text asks more than {_MOST_CALLS} times", todo="Ask fewer servers at a time.")
    pieces, behind = [], 0
    for at in asking:
        call = _Call.at(at, found, text, base)
        if call is not None:
            pieces += [text[behind : call.start], call.answered(fetch)]
            behind = call.end
    return "".join(pieces) + text[behind:]


class _Call:
    """One SERVICE or LOAD: where it stands, whom it asks, and what."""

    def __init__(self, start: int, end: int, iri: str, *, silent: bool, query: str = "", into: str = "") -> None:
        self.start, self.end, self._iri, self._silent, self._query, self._into = start, end, iri, silent, query, into

    @classmethod
    def at(cls, at: int, found: Sequence[Token], text: str, base: str) -> _Call | None:
        """The call that begins at a token, None where it has not the form of one. Raises RefusedError."""
        silent = at + 1 < len(found) and found[at + 1].word == "SILENT"
        rest = found[at + 1 + silent :]
        if not rest or rest[0].kind not in {"iri", "name"}:
            return None
        prologue = f"BASE {ox.NamedNode(base)} " + " ".join(_prologue(text, found[:at]))
        iri, start = _resolved(prologue, rest[0].text), found[at].start
        if found[at].word == "LOAD":
            into = rest[3] if [token.word for token in rest[1:3]] == ["INTO", "GRAPH"] and len(rest) > 3 else None
            return cls(start, (into or rest[0]).end, iri, silent=silent, into=into.text if into else "")
        if len(rest) < 2 or rest[1].text != "{":
            return None
        close = next((one for one in rest[2:] if one.text == "}" and one.depth == rest[1].depth), None)
        if close is None:
            return None
        if any("SERVICE" in token.word for token in rest[2:] if token.start < close.start):
            raise RefusedError(_FORBIDDEN, "a SERVICE within a SERVICE is not asked")
        return cls(start, close.end, iri, silent=silent, query=f"{prologue} SELECT * WHERE {text[rest[1].start : close.end]}")

    def answered(self, fetch: Fetch) -> str:
        """What stands in its place. Raises RefusedError."""
        try:
            if self._query:
                return _values(fetch(Wanted(self._iri, _RESULTS.media_type, self._query)))
            triples = " . ".join(_triples(fetch(Wanted(self._iri, ", ".join(FORMATS))), self._iri))
        except RefusedError as error:
            if not self._silent or error.status == _FORBIDDEN:
                raise
            return "{}" if self._query else "INSERT DATA {}"
        return f"INSERT DATA {{ {f'GRAPH {self._into} {{ {triples} }}' if self._into else triples} }}"


def _prologue(text: str, before: Sequence[Token]) -> Iterator[str]:
    """The declarations among the tokens before a place."""
    for at, token in enumerate(before):
        length = {"PREFIX": 3, "BASE": 2}.get(token.word, 0)
        if length and token.depth == 0 and at + length <= len(before):
            yield text[token.start : before[at + length - 1].end]


def _resolved(prologue: str, name: str) -> str:
    try:
        found = ox.Store().query(f"{prologue} SELECT ({name} AS ?iri) {{}}")
        assert isinstance(found, ox.QuerySolutions)
        (row,) = found
    except (SyntaxError, ValueError) as error:
        raise RefusedError(400, f"{name[:80]} is no name of a server") from error
    return str(row[0].value)


def _values(said: Fetched) -> str:
    """A table of solutions as VALUES."""
    try:
        found = ox.parse_query_results(said.body, ox.QueryResultsFormat.from_media_type(said.media) or _RESULTS)
        assert isinstance(found, ox.QuerySolutions)
        rows = " ".join(f"({' '.join(map(_term, solution))})" for solution in found)
    except (SyntaxError, ValueError, AssertionError) as error:
        raise RefusedError(502, "the other server's answer is no table of solutions") from error
    return f"VALUES ({' '.join(map(str, found.variables))}) {{ {rows} }}"


def _term(term: object) -> str:
    """A blank node of others is nothing that a query here could name: it gets an IRI, the same for the same."""
    if isinstance(term, ox.BlankNode):
        return f"<urn:alliancekg:blank:{sha256(term.value.encode()).hexdigest()[:24]}>"
    if isinstance(term, ox.NamedNode | ox.Literal):
        return str(term)
    return "UNDEF"


def _triples(said: Fetched, iri: str) -> list[str]:
    form = FORMATS.get(said.media)
    if form is None:
        raise RefusedError(502, f"the other server's answer is {said.media}, and no graph")
    try:
        quads = ox.parse(said.body, form, base_iri=iri, without_named_graphs=True, rename_blank_nodes=True)
        return [str(quad.triple) for quad in quads]
    except (SyntaxError, ValueError) as error:
        raise RefusedError(502, "the other server's graph is malformed") from error
