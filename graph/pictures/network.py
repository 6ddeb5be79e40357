"""A picture of a network: things as boxes by class, what is said between them as lines by relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.networks.viewing import Edge, View
from graph.networks.wording import called
from graph.pictures.fonts import font
from graph.pictures.paper import (
    INK,
    LARGE,
    LINE,
    MORE,
    PALE,
    PALETTE,
    SMALL,
    STYLES,
    Key,
    Picture,
    drawing,
    legend,
    legend_height,
    paper,
    write,
)
from graph.pictures.placing import Places, Size, placed
from graph.pictures.sources import HEADINGS, Names, rows_of, standing
from ontology.terms import SIGNATURES, Factuality, Kind, Property, is_a

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What bodies have to do with each other and with their members: the relations of a picture when none are asked for.
RELATIONS = (
    Property.PART_OF,
    Property.HAS_MEMBER,
    Property.CHAIRED_BY,
    Property.COUNTERPART_OF,
    Property.REPLACES,
    Property.ESTABLISHED_BY,
    Property.DRAFTED_BY,
    Property.ADOPTED_BY,
)
_FACES = {
    Kind.INSTITUTION: "#DCEBF7",
    Kind.AGREEMENT: "#FBE7D3",
    Kind.PROGRAMME: "#E3F2E1",
    Kind.MEETING: "#FFF6CC",
    Kind.POST: "#F1E4F3",
    Kind.PERSON: "#F1E4F3",
    Kind.STATE: "#EEEEEE",
}
_OTHER = "#FFFFFF"
_LABEL, _PADDING, _EDGE, _WIDTH = 1.35, 0.08, 0.35, 9.0
_WORDS = {
    "ja": ("{shown} / {all} 件を表示(関係の多いもの)", "示すべき関係がない"),
    "en": ("{shown} of {all} shown, those with the most relations", "there is no relation to show"),
}


@dataclass(frozen=True)
class Drawn:
    """What of a network is in a picture: things and the edges among them, and how many things there would have been."""

    things: tuple[str, ...]
    edges: tuple[Edge, ...]
    all: int


def chosen(view: View, about: Collection[str], relations: Collection[Property], *, depth: int, limit: int) -> Drawn:
    """The things within `depth` steps of those that `about` names by IRI, else all.

    Of more than `limit` things those are taken that are nearer, then those with more relations.
    """
    wanted = set(relations)
    edges = [edge for edge in view.edges() if edge.property in wanted and edge.source != edge.target]
    if wanted == set(RELATIONS):
        edges += _meetings(view, edges)
    joined = Counter(end for edge in edges for end in (edge.source, edge.target))
    steps = _steps(edges, [thing for thing in about if thing in view.there], depth) if about else dict.fromkeys(joined, 0)
    kept = sorted(steps, key=lambda thing: (steps[thing], -joined[thing], thing))[:limit]
    among = tuple(edge for edge in _once(edges) if edge.source in kept and edge.target in kept)
    ends = {end for edge in among for end in (edge.source, edge.target)} | {thing for thing in kept if thing in about}
    return Drawn(tuple(sorted(ends)), among, len(steps))


def draw(found: Drawn, names: Names, *, title: str, kinds: dict[str, Kind], lang: str) -> Picture:
    """The picture. Raises GraphError where nothing can be drawn with."""
    with drawing():
        figure = _Sheet(found, names, kinds, lang).drawn(title)
    statements = [one for edge in found.edges for one in edge.statements]
    return Picture(figure, title, HEADINGS[lang], rows_of(statements, names, lang))


class _Sheet:
    """The boxes measured out and placed."""

    def __init__(self, found: Drawn, names: Names, kinds: dict[str, Kind], lang: str) -> None:
        import networkx as nx  # noqa: PLC0415 - slow to import

        self.found, self.kinds, self.lang = found, kinds, lang
        self.labels = {thing: font().wrap(names(thing), SMALL + 0.5, _LABEL) for thing in found.things}
        self.sizes = {thing: _size(label) for thing, label in self.labels.items()}
        network: nx.Graph[str] = nx.Graph()
        network.add_nodes_from(found.things)
        network.add_edges_from((edge.source, edge.target) for edge in found.edges)
        self.places: Places
        self.places, (self.width, self.height) = placed(network, self.sizes, _WIDTH) if found.things else ({}, (_WIDTH, 0.5))
        used = [prop for prop in Property if any(edge.property is prop for edge in found.edges)]
        fixed = dict(zip(RELATIONS, PALETTE, strict=True))
        spare = (colour for colour in (*PALETTE, *MORE) if colour not in {fixed.get(prop) for prop in used})
        self.colours = {prop: fixed[prop] if prop in fixed else next(spare, PALE) for prop in used}

    def drawn(self, title: str) -> Any:  # noqa: ANN401 - matplotlib's figure
        words = font().wrap(title, LARGE, self.width, 3)
        top = 0.75 + 0.22 * words.count("\n")
        keys = self._keys()
        room = legend_height(keys, self.width)
        note = _WORDS[self.lang][0].format(shown=len(self.found.things), all=self.found.all)
        note = note if len(self.found.things) < self.found.all else ""
        bottom = top + self.height + 0.3
        figure, axes = paper(self.width + 2 * _EDGE, bottom + room + 0.15 + (0.25 if note else 0))
        write(axes, _EDGE, 0.22, words, fontsize=LARGE, va="top")
        if not self.found.things:
            write(axes, _EDGE, top + 0.2, _WORDS[self.lang][1], color=PALE)
        self.places = {thing: (x + _EDGE, y + top) for thing, (x, y) in self.places.items()}
        pairs = Counter(frozenset((edge.source, edge.target)) for edge in self.found.edges)
        turns: Counter[frozenset[str]] = Counter()
        for edge in self.found.edges:
            pair = frozenset((edge.source, edge.target))
            self._edge(axes, edge, turns[pair] - (pairs[pair] - 1) / 2)
            turns[pair] += 1
        for thing in self.found.things:
            self._box(axes, thing)
        legend(axes, keys, _EDGE, bottom, self.width)
        if note:
            write(axes, _EDGE, bottom + room + 0.12, note, fontsize=SMALL, color=PALE)
        return figure

    def _box(self, axes: Axes, thing: str) -> None:
        from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - an optional extra, and slow to import

        (x, y), (wide, tall) = self.places[thing], self.sizes[thing]
        shape = FancyBboxPatch((x - wide / 2, y - tall / 2), wide, tall, boxstyle="round,pad=0,rounding_size=0.05")
        shape.set(fc=_face(self.kinds[thing]), ec=PALE, lw=0.8, zorder=3)
        axes.add_patch(shape)
        write(axes, x, y, self.labels[thing], fontsize=SMALL + 0.5, ha="center", zorder=4)

    def _edge(self, axes: Axes, edge: Edge, turn: float) -> None:
        """A line from border to border; of several between the same two things each a bit to the side."""
        start, end = self.places[edge.source], self.places[edge.target]
        length = max(1e-6, ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)
        sign = 1 if edge.source < edge.target else -1  # to the same side from both ends
        aside = (-(end[1] - start[1]) / length * turn * sign * 0.11, (end[0] - start[0]) / length * turn * sign * 0.11)
        start, end = ((x + aside[0], y + aside[1]) for x, y in (start, end))
        there = _border(end, start, self.places[edge.target], self.sizes[edge.target])
        how: dict[str, Any] = {"color": self.colours[edge.property], "lw": 1.2, "ls": STYLES[edge.factuality], "zorder": 2}
        both = SIGNATURES[edge.property].symmetric
        how |= {"arrowstyle": "-" if both else "-|>", "shrinkA": 0, "shrinkB": 1.5, "mutation_scale": 9}
        axes.annotate("", there, start, arrowprops=how)

    def _keys(self) -> list[Key]:
        keys = [Key(_called(prop, self.lang), colour, line=True) for prop, colour in self.colours.items()]
        others = sorted({edge.factuality for edge in self.found.edges} - {Factuality.ACTUAL})
        keys += [Key(standing(one, self.lang), INK, line=True, style=STYLES[one]) for one in others]
        faces: dict[str, list[str]] = {}
        for kind, face in _FACES.items():
            if any(is_a(self.kinds[thing], kind) for thing in self.found.things):
                faces.setdefault(face, []).append(called(kind, self.lang))
        return keys + [Key("・".join(words) if self.lang == "ja" else ", ".join(words), face) for face, words in faces.items()]


def _meetings(view: View, edges: list[Edge]) -> list[Edge]:
    """Whose meetings those are that something came of: 指針 was adopted by a meeting, and so has to do with its forum."""
    there = {end for edge in edges for end in (edge.source, edge.target)}
    return [edge for edge in view.edges() if edge.property is Property.MEETING_OF and edge.source in there]


def _steps(edges: list[Edge], about: list[str], depth: int) -> dict[str, int]:
    """How many steps each thing is away from those asked for, as far as `depth`."""
    near: dict[str, set[str]] = {}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    steps = dict.fromkeys(about, 0)
    reached = list(about)
    for step in range(1, depth + 1):
        reached = sorted({other for thing in reached for other in near.get(thing, ())} - steps.keys())
        steps |= dict.fromkeys(reached, step)
    return steps


def _called(prop: Property, lang: str) -> str:
    """The relation as the legend has it; of a succession with the way that its arrow points."""
    if prop in {Property.REPLACES, Property.RENAMED_FROM, Property.REVISES}:
        return called(prop, lang) + ("(新→旧)" if lang == "ja" else " (new → old)")
    return called(prop, lang)


def _once(edges: list[Edge]) -> list[Edge]:
    """A symmetric relation, which is an edge either way, once."""
    return [edge for edge in edges if not SIGNATURES[edge.property].symmetric or edge.source < edge.target]


def _size(label: str) -> Size:
    lines = label.split("\n")
    wide = max(font().width(line, SMALL + 0.5) for line in lines)
    return round(wide + 2 * _PADDING, 3), round(len(lines) * (SMALL + 0.5) * LINE / 72 + 2 * _PADDING, 3)


def _face(kind: Kind) -> str:
    return next((face for wide, face in _FACES.items() if is_a(kind, wide)), _OTHER)


def _border(
    inner: tuple[float, float], outer: tuple[float, float], middle: tuple[float, float], size: Size
) -> tuple[float, float]:
    """Where the way from `outer` to `inner`, a place within the box, comes upon the box's border."""
    shares = []
    for axis in (0, 1):
        along = outer[axis] - inner[axis]
        if along:
            side = middle[axis] + (size[axis] / 2 if along > 0 else -size[axis] / 2)
            shares.append((side - inner[axis]) / along)
    share = min((one for one in shares if one >= 0), default=0.0)
    return inner[0] + (outer[0] - inner[0]) * min(1.0, share), inner[1] + (outer[1] - inner[1]) * min(1.0, share)
