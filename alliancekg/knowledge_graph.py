"""A graph in hand: ask it, query it, check it, save it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import Store

from alliancekg.plain_text import is_plain
from graph.files import content_called, read, write
from graph.store.opening import OpenStore
from ontology.terms import Factuality
from queries.answers import Answer
from queries.asking import ask, query
from queries.engine import Embedded

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from alliancekg.picturing import Pictures
    from graph.differences import Difference, Patch
    from graph.findings import Report
    from graph.networks.viewing import View
    from graph.pictures.paper import Picture

Standings = str | Collection[str]
When = str | date | None
DRAWN = ("Actual", "Planned")  # what pictures show when nothing else is asked for


class KnowledgeGraph:
    """A graph of claims. Heavy libraries are imported by the methods that need them.

    One that was opened from a store on disk stays as it was then, and keeps that state on disk until it is closed (`close`, or the
    end of a `with`).
    """

    def __init__(self, store: Store, *, opened: OpenStore | None = None) -> None:
        self.store = store
        self.engine = Embedded(store)
        self._opened = opened

    def close(self) -> None:
        """Let go of a store on disk; nothing can be asked any more."""
        if self._opened is not None:
            del self.store, self.engine
            self._opened.close()
            self._opened = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def ask(self, question: str, *, lang: str = "ja", **parameters: str) -> Answer:
        """The answer to a question of the library, by its slug or in plain Japanese or English.

        Parameters are named as in the library, with `_` for `-` and `from_` for `from`: `ask("members-at", forum="SCC",
        on="1985", as_of="2024")`. How a question in plain words was understood stands in the answer's `understood`.
        Raises UnsureError where that is not certain (its `offers` are what comes nearest), and QueryError where the question, a
        parameter or a name is unknown.
        """
        values = {name: str(value) for name, value in parameters.items()}
        if not is_plain(question):
            return ask(self.engine, question, values, lang=lang)
        from alliancekg.plain import ask_plainly  # noqa: PLC0415 - a slug needs nothing of it

        return ask_plainly(self.engine, question, values, lang=lang)

    def query(self, sparql: str) -> Answer:
        """The answer to any SPARQL 1.1 query. Raises QueryError where it is malformed or an update."""
        return query(self.engine, sparql)

    def validate(self) -> Report:
        """The SHACL report: `conforms` and the findings."""
        from graph.validation import validate  # noqa: PLC0415 - pySHACL loads rdflib

        return validate(self.store)

    def diff(self, other: KnowledgeGraph) -> Difference:
        """What changed from this graph to the other: claims, documents, things, facts and decisions; false where nothing did."""
        from graph.differences import compare  # noqa: PLC0415 - beside its only use

        return compare(self.store, other.store)

    def patch(self, other: KnowledgeGraph) -> Patch:
        """The RDF Patch that makes the other graph out of this one; `bytes` of it is the file."""
        from graph.differences import patch  # noqa: PLC0415 - beside its only use

        return patch(self.store, other.store)

    def to_networkx(self, *, factuality: Standings = "Actual", on: When = None, as_of: When = None) -> nx.MultiDiGraph[str]:
        """The things and what is said between them, typed, labelled and dated, each edge with its claims and quotes.

        `on` gives what held on that day: claims whose limits (validFrom, validUntil) admit it, between things that had begun
        (establishedOn, startedOn, heldOn, an agreement's dates) and not yet ended (endedOn). `as_of` gives what was known then:
        what documents say whose date of issue had passed. Both may be given; a date may be a day, a month or a year.
        `factuality` names the standings that become edges ("Actual", "Planned" …); each edge says which it has. Claims that a
        reviewer rejected are never there. The attributes are told in `graph.networks`. Raises GraphError where one is no date.
        """
        from graph.networks.making import to_networkx  # noqa: PLC0415 - networkx is slow to import

        return to_networkx(self._view(factuality, on, as_of))

    def centrality(
        self, kind: str = "Forum", *, factuality: Standings = "Actual", on: When = None, as_of: When = None, lang: str = "ja"
    ) -> Answer:
        """How central the things of a class are in the network: neighbours, betweenness, closeness, the most central first."""
        from alliancekg.networking import central  # noqa: PLC0415 - not needed by most commands

        return central(self._view(factuality, on, as_of), self.engine, kind, lang)

    def communities(self, *, factuality: Standings = "Actual", on: When = None, as_of: When = None, lang: str = "ja") -> Answer:
        """Groups of things that have more to do with each other than with the rest, the largest first."""
        from alliancekg.networking import grouped  # noqa: PLC0415 - as above

        return grouped(self._view(factuality, on, as_of), self.engine, lang)

    def shared_members(self, *, factuality: Standings = "Actual", on: When = None, as_of: When = None) -> nx.Graph[str]:
        """Bodies as nodes, joined where they share members: `members`, `weight`, `claims` and `quotes` on each edge."""
        from graph.networks.making import to_networkx  # noqa: PLC0415 - as above
        from graph.networks.measures import shared_members  # noqa: PLC0415 - as above

        return shared_members(to_networkx(self._view(factuality, on, as_of)))

    def paths(
        self,
        one: str,
        other: str,
        *,
        limit: int = 5,
        states: bool = False,
        factuality: Standings = "Actual",
        on: When = None,
        as_of: When = None,
        lang: str = "ja",
    ) -> Answer:
        """The shortest paths between two things by any of their names, a row for each claim along them with its quote.

        They do not lead over states, places and topics, which most things have to do with, unless `states` says so. Raises
        QueryError where a name is unknown.
        """
        from alliancekg.networking import connections  # noqa: PLC0415 - as above

        view = self._view(factuality, on, as_of)
        return connections(view, self.engine, (one, other), limit=limit, states=states, lang=lang)

    def timeline(
        self,
        *about: str,
        kinds: Collection[str] = (),
        limit: int = 40,
        factuality: Standings = DRAWN,
        as_of: When = None,
        lang: str = "ja",
    ) -> Picture:
        """A picture of dates: a row for each thing, each date as long as it is unsure, what is not done in dashes.

        `about` names things: these and what has to do with them are shown, else bodies, agreements and programmes, or what is of
        `kinds`. At most `limit` rows are drawn, those with the most claims. `factuality` and `as_of` as in `to_networkx`. Raises
        QueryError where a name is unknown, GraphError where matplotlib or a Japanese font is missing.
        """
        return self._pictures(factuality, None, as_of, lang).timeline(about, kinds=kinds, limit=limit)

    def succession(
        self, *about: str, limit: int = 60, factuality: Standings = DRAWN, as_of: When = None, lang: str = "ja"
    ) -> Picture:
        """A picture of what took the place of what, and what was revised: in the chains of the things named, else in all.

        Parameters and errors as in `timeline`; at most `limit` things, the longest chains first.
        """
        return self._pictures(factuality, None, as_of, lang).succession(about, limit=limit)

    def network(
        self,
        *about: str,
        relations: Collection[str] = (),
        depth: int = 2,
        limit: int = 40,
        factuality: Standings = DRAWN,
        on: When = None,
        as_of: When = None,
        lang: str = "ja",
    ) -> Picture:
        """A picture of the network around the things named, `depth` steps far, else of all.

        `relations` are properties of the vocabulary ("partOf", "hasMember" …), those among bodies and members when none is given.
        Parameters and errors else as in `timeline` and `to_networkx`; of more than `limit` things, those with the most relations.
        """
        pictures = self._pictures(factuality, on, as_of, lang)
        return pictures.network(about, relations=relations, depth=depth, limit=limit)

    def _pictures(self, factuality: Standings, on: When, as_of: When, lang: str) -> Pictures:
        from alliancekg.picturing import Pictures  # noqa: PLC0415 - as above

        return Pictures(self._view(factuality, on, as_of), self.engine, lang)

    def _view(self, factuality: Standings, on: When, as_of: When) -> View:
        from graph.networks.snapshots import scope  # noqa: PLC0415 - as above
        from graph.networks.viewing import View  # noqa: PLC0415 - as above

        return View(self.store, scope(factuality, on, as_of))

    def to_rdflib(self) -> rdflib.Graph:
        """The triples through rdflib's API."""
        from graph.views import as_rdflib  # noqa: PLC0415 - rdflib is slow to import

        return as_rdflib(self.store)

    def save(self, path: str | Path, *, content: str = "graph", bom: bool = False) -> None:
        """Write the graph in the format of the suffix, a `.csv` with a byte order mark if `bom`.

        `content="nanopub"` writes its claims as nanopublications, `content="void"` its description (VoID, DCAT), in the
        place of the graph itself. Raises GraphError where that cannot be done.
        """
        write(self.store, Path(path), content=content_called(content), bom=bom)

    def __len__(self) -> int:
        return len(self.store)

    def _repr_html_(self) -> str:
        from alliancekg.overviews import overview  # noqa: PLC0415 - beside its only use

        return overview(self._view(tuple(Factuality), None, None))

    def __repr__(self) -> str:
        return f"<KnowledgeGraph of {len(self)} triples>"


def open_graph(path: str | Path) -> KnowledgeGraph:
    """The graph in a file or in the directory of a store. Raises GraphError where there is none or it is broken."""
    where = Path(path)
    return open_store(where) if where.is_dir() else KnowledgeGraph(read(where))


def open_store(directory: Path) -> KnowledgeGraph:
    """The graph in the directory of a store. Raises GraphError where there is none or it is damaged."""
    opened = OpenStore(directory)
    return KnowledgeGraph(opened.graph, opened=opened)
