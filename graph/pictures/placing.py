"""Places for boxes that are joined: near what they are joined to, and none on another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Size = tuple[float, float]
Places = dict[str, tuple[float, float]]

_SEED = 7
_APART = 0.28  # inches between two boxes
_CLEAR = 0.06  # inches between a box and a line that passes it
_ROUNDS = 400


def placed(network: nx.Graph[str], sizes: Mapping[str, Size], width: float) -> tuple[Places, Size]:
    """The middle of each box, and the size of the whole, which is as wide as the widest group or `width`.

    Each group of boxes that hang together is laid out by springs (Fruchterman and Reingold 1991) from a fixed beginning, then
    pushed apart until no box lies on another; the groups stand in rows, the largest first.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    groups = sorted((sorted(group) for group in nx.connected_components(network)), key=lambda group: (-len(group), group))
    made = [_group(network, group, sizes) for group in groups]
    widest = max([width, *(size[0] for _, size in made)])
    places: Places = {}
    left = top = tallest = 0.0
    for group, (wide, tall) in made:
        if left and left + wide > widest:
            left, top, tallest = 0.0, top + tallest + _APART, 0.0
        places |= {name: (round(x + left, 3), round(y + top, 3)) for name, (x, y) in group.items()}
        left, tallest = left + wide + 2 * _APART, max(tallest, tall)
    return places, (widest, top + tallest)


def _group(network: nx.Graph[str], group: list[str], sizes: Mapping[str, Size]) -> tuple[Places, Size]:
    """The places in a group, from its upper left corner, and its size."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    alone: nx.Graph[str] = nx.Graph()
    alone.add_nodes_from(group)
    edges = sorted((min(edge), max(edge)) for edge in network.subgraph(group).edges)
    alone.add_edges_from(edges)
    found = nx.spring_layout(alone, seed=_SEED, iterations=200, method="force") if len(group) > 1 else {group[0]: (0.0, 0.0)}
    spread = 0.55 + 0.5 * min(1.0, len(group) / 20)  # of the group, in boxes: few boxes need little room
    wide = max(sizes[name][0] for name in group) * spread * len(group) ** 0.5
    at = {name: [round(float(x), 6) * wide, round(float(y), 6) * wide * 0.6] for name, (x, y) in found.items()}
    for _ in range(_ROUNDS):
        touched = _push(at, group, sizes)
        if not (_clear(at, edges, sizes) or touched):
            break
    for _ in range(_ROUNDS):  # a line behind a box can be borne, a box on a box cannot
        if not _push(at, group, sizes):
            break
    left = min(at[name][0] - sizes[name][0] / 2 for name in group)
    top = min(at[name][1] - sizes[name][1] / 2 for name in group)
    places = {name: (x - left, y - top) for name, (x, y) in at.items()}
    return places, (
        max(places[name][0] + sizes[name][0] / 2 for name in group),
        max(places[name][1] + sizes[name][1] / 2 for name in group),
    )


def _push(at: dict[str, list[float]], group: list[str], sizes: Mapping[str, Size]) -> bool:
    """Push each two boxes that touch apart, by the shorter way; whether any did."""
    moved = False
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            gaps = [
                (sizes[one][axis] + sizes[other][axis]) / 2 + _APART - abs(at[one][axis] - at[other][axis]) for axis in (0, 1)
            ]
            if min(gaps) <= 1e-6:
                continue
            axis = 0 if gaps[0] < gaps[1] else 1
            step = gaps[axis] / 2 if at[one][axis] <= at[other][axis] else -gaps[axis] / 2
            at[one][axis] -= step
            at[other][axis] += step
            moved = True
    return moved


def _clear(at: dict[str, list[float]], edges: list[tuple[str, str]], sizes: Mapping[str, Size]) -> bool:
    """Push boxes off the lines between two others; whether any was in the way."""
    moved = False
    for one, other in edges:
        along = [at[other][axis] - at[one][axis] for axis in (0, 1)]
        length = (along[0] ** 2 + along[1] ** 2) ** 0.5
        if length < 1e-6:
            continue
        across = (-along[1] / length, along[0] / length)
        for name, place in at.items():
            if name in (one, other):
                continue
            off = [place[axis] - at[one][axis] for axis in (0, 1)]
            share = (off[0] * along[0] + off[1] * along[1]) / length**2
            beside = off[0] * across[0] + off[1] * across[1]
            room = (abs(across[0]) * sizes[name][0] + abs(across[1]) * sizes[name][1]) / 2 + _CLEAR
            if 0 < share < 1 and abs(beside) < room - 1e-6:
                step = (room - abs(beside)) * (1 if beside >= 0 else -1)
                for axis in (0, 1):
                    place[axis] += across[axis] * step
                moved = True
    return moved
