"""A picture of successions: what took the place of what, from left to right, with the dates and standing of each step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from graph.networks.viewing import View
from graph.networks.wording import called
from graph.pictures.chains import Chain, Link, Place, ranks_of, route, trimmed
from graph.pictures.fonts import font
from graph.pictures.paper import (
    GRID,
    INK,
    LARGE,
    LINE,
    PALE,
    PALETTE,
    SIZE,
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
from graph.pictures.sources import HEADINGS, Names, rows_of, standing
from ontology.terms import Factuality, Property

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = {Property.REPLACES: PALETTE[1], Property.RENAMED_FROM: PALETTE[3], Property.REVISES: PALETTE[0]}
_CALLED = {
    "ja": {Property.REPLACES: "後継", Property.RENAMED_FROM: "改称", Property.REVISES: "改定"},
    "en": {Property.REPLACES: "replaced by", Property.RENAMED_FROM: "renamed", Property.REVISES: "revised as"},
}
_BOX, _GAP, _EDGE, _PADDING = 2.3, 1.65, 0.3, 0.09
_LEVEL = 1.2  # inches before a box in which a link runs level, under its words
_PORTS = 0.14  # between two links that leave a box, at most
_BETWEEN, _PASSING = 0.3, 0.34  # from box to box below it; the height that a link takes where it passes by
_LEAST = 6.0  # inches that the title and legend have at least
_DATES = (Property.ESTABLISHED_ON, Property.SIGNED_ON, Property.ADOPTED_ON, Property.STARTED_ON, Property.ENDED_ON)
_WORDS = {
    "ja": ("{shown} / {all} 件を表示(長い系列から)", "継承や改定の主張がない"),
    "en": ("{shown} of {all} shown, the longest chains first", "no claim tells of a succession or revision"),
}


def draw(
    found: Sequence[Chain], view: View, names: Names, *, title: str, limit: int, lang: str, about: Collection[str] = ()
) -> Picture:
    """The picture of as many chains as have at most `limit` things, one below the other; what is too long is cut (`trimmed`)."""
    kept: list[Chain] = []
    for chain in found:
        if not kept or _things([*kept, chain]) <= limit:
            kept.append(trimmed(chain, limit, about))
    with drawing():
        figure = _Sheet(kept, view, names, lang).drawn(title, _things(found))
    statements = [one for chain in kept for link in chain.links for one in link.statements]
    return Picture(figure, title, HEADINGS[lang], rows_of(statements, names, lang))


def _things(kept: Sequence[Chain]) -> int:
    return sum(len(chain.things) for chain in kept)


class _Sheet:
    """The chains, their boxes measured out."""

    def __init__(self, kept: list[Chain], view: View, names: Names, lang: str) -> None:
        self.kept, self.lang = kept, lang
        columns = max((len(chain.columns) for chain in kept), default=1)
        self.width = max(_LEAST, 2 * _EDGE + columns * _BOX + (columns - 1) * _GAP)
        things = [thing for chain in kept for thing in chain.things]
        self.labels = {thing: font().wrap(names(thing), SIZE, _BOX - 2 * _PADDING) for thing in things}
        self.dates = {thing: self._told(view, thing) for thing in things}

    def drawn(self, title: str, everything: int) -> Any:  # noqa: ANN401 - matplotlib's figure
        inner = self.width - 2 * _EDGE
        words = font().wrap(title, LARGE, inner, 3)
        keys, top = self._keys(), 0.8 + 0.22 * words.count("\n")
        heights = [self._height(chain) for chain in self.kept]
        bottom = top + (sum(heights) + _BETWEEN * len(heights) or 0.5)
        shown = _things(self.kept)
        note = _WORDS[self.lang][0].format(shown=shown, all=everything) if shown < everything else ""
        room = legend_height(keys, inner)
        figure, axes = paper(self.width, bottom + room + 0.2 + (0.25 if note else 0))
        write(axes, _EDGE, 0.22, words, fontsize=LARGE, va="top")
        if not self.kept:
            write(axes, _EDGE, top, _WORDS[self.lang][1], color=PALE)
        for number, (chain, height) in enumerate(zip(self.kept, heights, strict=True)):
            if number:
                axes.plot([_EDGE, self.width - _EDGE], [top - _BETWEEN / 2] * 2, color=GRID, lw=0.8)
            self._chain(axes, chain, top, height)
            top += height + _BETWEEN
        legend(axes, keys, _EDGE, bottom + 0.05, inner)
        if note:
            write(axes, _EDGE, bottom + 0.05 + room + 0.15, note, fontsize=SMALL, color=PALE)
        return figure

    def _chain(self, axes: Axes, chain: Chain, top: float, height: float) -> None:
        middles: dict[Place, float] = {}
        for column in chain.columns:
            tall = [self._tall(place) for place in column]
            y = top + (height - sum(tall) - _BETWEEN * (len(tall) - 1)) / 2
            for place, own in zip(column, tall, strict=True):
                middles[place] = y + own / 2
                y += own + _BETWEEN
        ranks = ranks_of(chain)
        for thing, column_number in ranks.items():
            self._box(axes, thing, _EDGE + column_number * (_BOX + _GAP), middles[thing])
        ends, starts = self._arrivals(chain, ranks, middles), self._departures(chain, ranks, middles)
        for number, link in enumerate(chain.links):
            if ranks[link.old] == ranks[link.new]:
                continue
            way = route(link, number, ranks)
            left = _EDGE + ranks[link.old] * (_BOX + _GAP)
            points = [(left + _BOX, starts[number])]
            for place in way[1:-1]:
                left += _BOX + _GAP
                points += [(left, middles[place]), (left + _BOX, middles[place])]
            left += _BOX + _GAP
            points += [(left - _LEVEL, ends[number]), (left, ends[number])]
            self._link(axes, link, points, (left - _LEVEL / 2 - 0.05, ends[number]), "center")
        self._circles(axes, chain, ranks, middles)

    def _arrivals(self, chain: Chain, ranks: dict[str, int], middles: dict[Place, float]) -> dict[int, float]:
        """Where each link comes upon its new thing: from above first, each with room for its words."""
        found: dict[int, float] = {}
        for thing in chain.things:
            coming = [number for number, link in enumerate(chain.links) if link.new == thing and ranks[link.old] < ranks[thing]]
            coming.sort(key=lambda number: (middles[route(chain.links[number], number, ranks)[-2]], number))
            y = middles[thing] - sum(self._room(chain.links[number]) for number in coming) / 2
            for number in coming:
                found[number] = y + self._room(chain.links[number]) / 2
                y += self._room(chain.links[number])
        return found

    def _departures(self, chain: Chain, ranks: dict[str, int], middles: dict[Place, float]) -> dict[int, float]:
        """Where each link leaves its old thing: what goes up first."""
        found: dict[int, float] = {}
        for thing in chain.things:
            going = [number for number, link in enumerate(chain.links) if link.old == thing and ranks[link.new] > ranks[thing]]
            going.sort(key=lambda number: (middles[route(chain.links[number], number, ranks)[1]], number))
            step = min(_PORTS, (self._tall(thing) - _PADDING) / max(1, len(going)))
            found |= {number: middles[thing] + (at - (len(going) - 1) / 2) * step for at, number in enumerate(going)}
        return found

    def _circles(self, axes: Axes, chain: Chain, ranks: dict[str, int], middles: dict[Place, float]) -> None:
        """Links between things of one column, which replace each other in a circle, round by the right."""
        same = [link for link in chain.links if ranks[link.old] == ranks[link.new]]
        for number, link in enumerate(same):
            right = _EDGE + ranks[link.old] * (_BOX + _GAP) + _BOX
            out, aside = right + 0.15 + 0.1 * number, (number - (len(same) - 1) / 2) * 0.1
            start, end = middles[link.old] + aside, middles[link.new] + aside
            points = [(right, start), (out, start), (out, end), (right, end)]
            at = (start + end) / 2 + aside / 0.1 * self._room(link)
            self._link(axes, link, points, (right + 0.25 + 0.1 * len(same), at), "left")

    def _box(self, axes: Axes, thing: str, left: float, middle: float) -> None:
        from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - an optional extra, and slow to import

        tall = self._tall(thing)
        shape = FancyBboxPatch((left, middle - tall / 2), _BOX, tall, boxstyle="round,pad=0,rounding_size=0.06")
        shape.set(fc="#F4F7FA", ec=PALE, lw=0.9, zorder=3)
        axes.add_patch(shape)
        dates = self.dates[thing]
        lift = SMALL * LINE / 72 * len(dates) / 2
        write(axes, left + _BOX / 2, middle - lift, self.labels[thing], ha="center", zorder=4)
        for number, line in enumerate(reversed(dates)):
            y = middle + tall / 2 - _PADDING - SMALL * LINE / 72 * (number + 0.5)
            write(axes, left + _BOX / 2, y, line, fontsize=SMALL, color=PALE, ha="center", zorder=4)

    def _link(self, axes: Axes, link: Link, points: Sequence[tuple[float, float]], at: tuple[float, float], align: str) -> None:
        """An arrow over these points, and its words at a place."""
        how: dict[str, Any] = {"color": _COLOURS[link.property], "lw": 1.4, "ls": STYLES[link.factuality], "zorder": 2}
        axes.plot([x for x, _ in points[:-1]], [y for _, y in points[:-1]], snap=False, **how)  # as the arrow that it ends in
        how |= {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "mutation_scale": 11}
        axes.annotate("", points[-1], points[-2], arrowprops=how)
        background = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        words = "\n".join(self._words(link))
        write(axes, *at, words, fontsize=SMALL, color=_COLOURS[link.property], ha=align, zorder=5, bbox=background)

    def _words(self, link: Link) -> list[str]:
        told = [_CALLED[self.lang][link.property], *link.dates]
        if link.factuality is not Factuality.ACTUAL:
            told[0] += f" ({standing(link.factuality, self.lang)})"
        return [font().wrap(line, SMALL, _LEVEL - 0.25, 1) for line in told]

    def _room(self, link: Link) -> float:
        return SMALL * LINE / 72 * len(self._words(link)) + 0.06

    def _told(self, view: View, thing: str) -> list[str]:
        """When the thing began and ended, as far as it is said."""
        dates = view.values(thing)
        said = [f"{called(prop, self.lang)} {' / '.join(sorted(dates[prop]))}" for prop in _DATES if dates.get(prop)]
        return [font().wrap(line, SMALL, _BOX - 2 * _PADDING, 1) for line in said]

    def _tall(self, place: Place) -> float:
        if not isinstance(place, str):
            return _PASSING
        lines = 1 + self.labels[place].count("\n")
        words = 2 * _PADDING + SIZE * LINE / 72 * lines + SMALL * LINE / 72 * len(self.dates[place])
        return max(words, sum(self._room(link) for chain in self.kept for link in chain.links if link.new == place))

    def _height(self, chain: Chain) -> float:
        return max(sum(map(self._tall, column)) + _BETWEEN * (len(column) - 1) for column in chain.columns)

    def _keys(self) -> list[Key]:
        links = [link for chain in self.kept for link in chain.links]
        used = {link.property for link in links}
        keys = [Key(_CALLED[self.lang][prop], colour, line=True) for prop, colour in _COLOURS.items() if prop in used]
        others = sorted({link.factuality for link in links} - {Factuality.ACTUAL})
        return keys + [Key(standing(one, self.lang), INK, line=True, style=STYLES[one]) for one in others]
