"""Which appearances are one thing: a partition that only ever gets coarser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Partition:
    """Union-find over 0 … size-1; the root of a part is its smallest member, whatever the order of unions.

    Source: Tarjan, Efficiency of a good but not linear set union algorithm (1975); path halving.
    """

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, member: int) -> int:
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def unite(self, members: Iterable[int]) -> bool:
        """Make one part of the parts of all members; tell whether that changed anything."""
        roots = {self.root(member) for member in members}
        if len(roots) < 2:
            return False
        smallest = min(roots)
        for root in roots:
            self._parent[root] = smallest
        return True

    def parts(self) -> dict[int, list[int]]:
        """The members of each part in ascending order, by root."""
        found: dict[int, list[int]] = defaultdict(list)
        for member in range(len(self._parent)):
            found[self.root(member)].append(member)
        return dict(found)
