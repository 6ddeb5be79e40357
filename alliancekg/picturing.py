"""Pictures of a graph, of things by any of their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from alliancekg.networking import kind_called
from graph.errors import GraphError
from graph.networks.statements import Statement
from graph.networks.viewing import View
from graph.pictures import network as networks
from graph.pictures import succession as successions
from graph.pictures import timeline as timelines
from graph.pictures.chains import chains, links
from graph.pictures.paper import Picture
from ontology.terms import SIGNATURES, Property
from queries.engine import Engine
from queries.entities import resolve
from queries.labels import labels

_TITLES = {
    "timeline": {"ja": "年表", "en": "Timeline"},
    "succession": {"ja": "継承と改定", "en": "Succession and revision"},
    "network": {"ja": "関係図", "en": "Network"},
}


@dataclass(frozen=True)
class Pictures:
    """What draws a view of a graph, in the language `lang` ("ja" or "en")."""

    view: View
    engine: Engine
    lang: str

    def timeline(self, about: Sequence[str], *, kinds: Collection[str], limit: int) -> Picture:
        """Dates of things; of those of some classes where none is named."""
        found = timelines.rows(self.view, self._things(about), [kind_called(kind) for kind in kinds] or timelines.SHOWN)
        said = [one for row in found for mark in row.marks for one in mark.statements]
        names = self._names({row.thing for row in found} | _ends(said))
        title = self._title("timeline", about)
        return timelines.draw(found, names, title=title, kinds=self.view.kinds, limit=_positive(limit), lang=self.lang)

    def succession(self, about: Sequence[str], *, limit: int) -> Picture:
        """What took the place of what."""
        things = self._things(about)
        found = chains(links(self.view), things)
        names = self._names({thing for chain in found for thing in chain.things})
        title = self._title("succession", about)
        return successions.draw(found, self.view, names, title=title, limit=_positive(limit), lang=self.lang, about=things)

    def network(self, about: Sequence[str], *, relations: Collection[str], depth: int, limit: int) -> Picture:
        """What stands between things."""
        wanted = [_relation_called(relation) for relation in relations] or networks.RELATIONS
        found = networks.chosen(self.view, self._things(about), wanted, depth=depth, limit=_positive(limit))
        title = self._title("network", about)
        return networks.draw(found, self._names(set(found.things)), title=title, kinds=self.view.kinds, lang=self.lang)

    def _things(self, about: Sequence[str]) -> list[str]:
        return [resolve(self.engine, name, where="about").value for name in about]

    def _names(self, things: set[str]) -> Callable[[str], str]:
        named = labels(self.engine, things, self.lang)
        return lambda thing: named[thing].in_full

    def _title(self, what: str, about: Sequence[str]) -> str:
        title = _TITLES[what][self.lang]
        if not about:
            return title
        return f"{title}: {('、' if self.lang == 'ja' else ', ').join(about)}"


def _ends(said: Collection[Statement]) -> set[str]:
    """The things that statements speak of."""
    return {one.subject for one in said} | {one.object for one in said if SIGNATURES[one.predicate].range}


def _relation_called(name: str) -> Property:
    try:
        return Property(name)
    except ValueError as error:
        raise GraphError(
            f"{name!r} is no property", where="relations", todo="The vocabulary has partOf, hasMember …"
        ) from error


def _positive(limit: int) -> int:
    if limit < 1:
        raise GraphError(f"a picture of {limit} things would be empty", where="limit", todo="Give 1 or more.")
    return limit
