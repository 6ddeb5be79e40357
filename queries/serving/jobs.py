"""What is asked of the processes of the pool: a query, a graph, a question of the library, a search by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from json import dumps
from typing import IO, cast

import pyoxigraph as ox

from ontology.terms import PREFIXES
from queries.asking import ask
from queries.engine import Embedded
from queries.serving.counting import RowCounter, Sink
from queries.serving.errors import RefusedError
from queries.serving.federating import gathered
from queries.serving.media import Format
from queries.serving.refusing import refuse_foreign
from queries.serving.worker import Out, explained
from queries.tokens import has_dataset, tokens

_NAMING = tuple(
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (("skos", "prefLabel"), ("skos", "altLabel"), ("akg", "ambiguousLabel"), ("dcterms", "title"))
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the dataset that the request names, None where it names none: then all graphs are read as one.

    `form` is the media type of its results, as the library knows it.
    """

    text: str
    base: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def run(self, store: ox.Store, out: Out) -> None:
        with explained(self.text):
            found = self.complete(out).results(store)
            form = _format(self.form)
            if isinstance(found, ox.QueryTriples):
                assert isinstance(form, ox.RdfFormat)
                ox.serialize(found, _file(out), format=form, prefixes=PREFIXES)
                return
            assert isinstance(form, ox.QueryResultsFormat)
            counted = RowCounter(out, form, out.rows) if isinstance(found, ox.QuerySolutions) else out
            found.serialize(_file(counted), form)

    def complete(self, out: Out) -> Query:
        """The same with what other servers say in place of SERVICE. Raises RefusedError."""
        return replace(self, text=gathered(self.text, self.base, out.fetch))

    def results(self, store: ox.Store) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """What the query gives, as it is asked for. Raises RefusedError, SyntaxError."""
        words = tokens(self.text)
        refuse_foreign(words)
        if self.default_graphs or self.named_graphs:
            return store.query(
                self.text,
                base_iri=self.base,
                default_graph=[ox.NamedNode(iri) for iri in self.default_graphs],
                named_graphs=[ox.NamedNode(iri) for iri in self.named_graphs],
            )
        return store.query(self.text, base_iri=self.base, use_default_graph_as_union=not has_dataset(words))


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """One graph by its IRI, the default graph if `iri` is empty."""

    iri: str
    form: str

    def run(self, store: ox.Store, out: Out) -> None:
        graph = ox.NamedNode(self.iri) if self.iri else ox.DefaultGraph()
        if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
            raise RefusedError(404, "there is no graph of this name", where=self.iri)
        form = _format(self.form)
        assert isinstance(form, ox.RdfFormat)
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
        ox.serialize(triples, _file(out), format=form, prefixes=PREFIXES)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of the library, answered as the command line answers it."""

    slug: str
    parameters: Mapping[str, str]
    lang: str
    media: str

    def run(self, store: ox.Store, out: Out) -> None:
        answer = ask(Embedded(store), self.slug, self.parameters, lang=self.lang)
        if len(answer) > out.rows:
            raise RefusedError(400, f"the answer has more than {out.rows:,} rows", todo="Ask more narrowly.")
        others = {"text/csv": answer.to_csv, "text/turtle": answer.to_turtle, "text/markdown": answer.to_markdown}
        written = others.get(self.media, answer.to_json)
        out.write(written().encode())


@dataclass(frozen=True, slots=True)
class Search:
    """Things and documents by a part of a name, whichever script and width it is written in."""

    words: str
    lang: str
    most: int
    start: int = 0  # how many are passed over

    def run(self, store: ox.Store, out: Out) -> None:
        wanted = _folded(self.words)
        best: dict[str, tuple[int, int, str]] = {}
        for iri, name in _names(store):
            at = _folded(name).find(wanted)
            if at >= 0:
                rank = (min(at, 1), len(name), name)
                best[iri] = min(best.get(iri, rank), rank)
        ranked = sorted(best, key=lambda iri: (best[iri], iri))[self.start : self.start + self.most]
        found = [
            {
                "iri": iri,
                "name": best[iri][2],
                "label": self._label(store, iri) or best[iri][2],
                "types": sorted(_types(store, iri)),
            }
            for iri in ranked
        ]
        out.write(dumps({"query": self.words, "total": len(best), "results": found}, ensure_ascii=False, indent=2).encode())

    def _label(self, store: ox.Store, iri: str) -> str:
        quads = store.quads_for_pattern(ox.NamedNode(iri), _NAMING[0], None)
        labels = sorted((q.object.language != self.lang, q.object.value) for q in quads if isinstance(q.object, ox.Literal))
        return labels[0][1] if labels else ""


def _names(store: ox.Store) -> Iterator[tuple[str, str]]:
    for naming in _NAMING:
        for quad in store.quads_for_pattern(None, naming, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield quad.subject.value, quad.object.value


def _types(store: ox.Store, iri: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(PREFIXES["rdf"] + "type"), None):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def _folded(name: str) -> str:
    """As people take names for the same: full and half width, capitals and small letters."""
    return unicodedata.normalize("NFKC", name).casefold()


def _file(sink: Sink) -> IO[bytes]:
    """The library writes to whatever has `write` and `flush`, but is typed for files."""
    return cast("IO[bytes]", sink)


def _format(media: str) -> Format:
    form = ox.QueryResultsFormat.from_media_type(media) or ox.RdfFormat.from_media_type(media)
    assert form is not None
    return form
