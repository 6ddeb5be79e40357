"""Keys of linked things: what stands after `akgid:` in their IRIs, made to be read and to last.

A thing that the authority knows keeps its key. Another is called by its label; where two things
are labelled alike, each adds its class, or a digest of the first document that names it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from extract.model import Date
from graph.appearances import Appearance
from graph.description import label_of
from graph.identity import digest, local_name, meeting_key

_Part = Sequence[Appearance]


def keys_of_things(parts: Mapping[int, _Part]) -> dict[int, str]:
    """A key for each part, no key twice."""
    curated = {root: [m.entity.key for m in members if m.entity.authority] for root, members in parts.items()}
    keys = {root: min(given) for root, given in curated.items() if given}
    wanted: dict[str, list[int]] = defaultdict(list)
    for root, members in parts.items():
        if root not in keys:
            wanted[local_name(label_of(members))].append(root)
    taken = set(keys.values())
    for name, roots in sorted(wanted.items()):
        tops = Counter(parts[root][0].top for root in roots)
        for root in roots:
            key = name
            if len(roots) > 1 or key in taken:
                key = f"{name}_{parts[root][0].top}"
            if tops[parts[root][0].top] > 1 or key in taken:
                key = f"{key}_{_first(parts[root])}"
            keys[root] = key
            taken.add(key)
    return keys


def keys_of_meetings(
    parts: Mapping[int, _Part], forums: Mapping[int, str | None], on: Mapping[int, Date | None]
) -> dict[int, str]:
    """A key for each part by its forum or kind and its date, no key twice."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for root, members in parts.items():
        series = forums.get(root) or local_name(label_of(members))
        day = on[root]
        key = meeting_key(series, day.edtf) if day else meeting_key(series, f"undated_{_first(members)}")
        if key in taken:
            key = f"{key}_{_first(members)}"
        keys[root] = key
        taken.add(key)
    return keys


def _first(members: _Part) -> str:
    """A digest that only this part has: of the first document that names it, and how."""
    first = min(members, key=lambda m: (m.document, m.entity.key))
    return digest(first.document, first.entity.key)[:8]
