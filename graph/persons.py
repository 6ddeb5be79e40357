"""People: the same full name is the same person, the same surname only with a post in common.

A document that says 岸田外務大臣 may mean the 岸田文雄 of another document: if both hold a post in common, what is
dated about them lies within some years, and no second 岸田 fits as well. Else they stay apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.appearances import Appearance
from graph.names import normalised
from graph.partition import Partition
from ontology.terms import Kind

# Two of one surname who held one post (福田首相 of 1977 and of 2007) are told apart by what is dated about them.
NEAR = timedelta(days=3653)

_PARTS = re.compile(r"[\s・･=＝]+")
_LONGEST_SURNAME = 3
# Three letters are a full name (木原稔, 尹錫悦) but for these surnames.
_SURNAMES = re.compile(
    "阿久津|安孫子|五十嵐|伊集院|伊地知|宇佐美|宇都宮|大河内|大河原|大久保|大和田|小笠原|小此木|小野寺|加賀美|我那覇|久保田|小早川|"
    "佐久間|佐々木|四方田|曽我部|竹之内|東海林|仲井真|二階堂|日下部|長谷川|長谷部|波多野|日比野|御手洗|八重樫|山之内|与謝野|和久井"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document says of a person that can tell people apart: posts held (as parts) and the days of dated deeds."""

    posts: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None

    def __or__(self, other: Standing) -> Standing:
        firsts = [s.first for s in (self, other) if s.first]
        lasts = [s.last for s in (self, other) if s.last]
        return Standing(self.posts | other.posts, min(firsts, default=None), max(lasts, default=None))

    def near(self, other: Standing) -> bool:
        """Whether both can be one life in office; what is not dated contradicts nothing."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return self.first - other.last <= NEAR and other.first - self.last <= NEAR


def is_full_name(name: str) -> bool:
    """Whether a person's name says more than a surname.

    >>> [is_full_name(n) for n in ("岸田文雄", "木原稔", "アントニー・ブリンケン", "岸田", "小野寺", "ブリンケン")]
    [True, True, True, False, False, False]
    """
    parts = [part for part in _PARTS.split(name.strip()) if part]
    if len(parts) > 1:
        return True
    letters = parts[0] if parts else ""
    if not letters or not _is_kanji(letters[0]):
        return False
    return len(letters) > _LONGEST_SURNAME or (len(letters) == _LONGEST_SURNAME and not _SURNAMES.fullmatch(letters))


def surnames(name: str) -> Iterator[str]:
    """What a full name may be shortened to, as compared: each of its parts, or its first one to three letters."""
    parts = [part for part in _PARTS.split(name.strip()) if part]
    if len(parts) > 1:
        yield from {normalised(part) for part in (parts[0], parts[-1])}
    elif parts:
        yield from (normalised(parts[0][:length]) for length in range(1, min(_LONGEST_SURNAME, len(parts[0]) - 1) + 1))


def unite_persons(things: Sequence[Appearance], partition: Partition, standings: Mapping[int, Standing]) -> None:
    """Join people known by surname alone: first with each other, then with the one full name that fits.

    `standings` gives for a person's place in `things` what is known of that person there.
    """
    _unite_surnames(things, partition, standings)
    known = _by_part(partition, standings)
    full: dict[tuple[str, int], set[int]] = defaultdict(set)
    short: dict[int, str] = {}
    for at, thing in enumerate(things):
        if thing.entity.kind is not Kind.PERSON:
            continue
        root = partition.root(at)
        if is_full_name(thing.entity.label):
            for surname in surnames(thing.entity.label):
                for post in known.get(root, Standing()).posts:
                    full[surname, post].add(root)
        else:
            short[root] = thing.label
    for root, surname in sorted(short.items()):
        mine = known.get(root, Standing())
        candidates = {other for post in mine.posts for other in full.get((surname, post), ()) if known[other].near(mine)}
        if len(candidates) == 1:
            partition.unite((root, *candidates))


def _unite_surnames(things: Sequence[Appearance], partition: Partition, standings: Mapping[int, Standing]) -> None:
    holders: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, thing in enumerate(things):
        if thing.entity.kind is Kind.PERSON and not is_full_name(thing.entity.label):
            for post in standings.get(at, Standing()).posts:
                holders[thing.label, post].append(at)
    for members in holders.values():
        lives = _lives(members, standings)
        for life in lives:
            partition.unite(life)
        if len(lives) < 2:  # what is not dated cannot choose between two lives
            partition.unite(members)


def _lives(members: Sequence[int], standings: Mapping[int, Standing]) -> list[list[int]]:
    """The dated ones among the members, in time, cut wherever nothing is dated for too long."""
    dated = sorted((first, at) for at in members if (first := standings[at].first) is not None)
    lives: list[list[int]] = []
    until = Standing()
    for _first, at in dated:
        if lives and until.near(standings[at]):
            lives[-1].append(at)
            until |= standings[at]
        else:
            lives.append([at])
            until = standings[at]
    return lives


def _by_part(partition: Partition, standings: Mapping[int, Standing]) -> dict[int, Standing]:
    known: dict[int, Standing] = {}
    for at, standing in standings.items():
        root = partition.root(at)
        known[root] = known.get(root, Standing()) | standing
    return known


def _is_kanji(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" or letter in "々〇ヶ"
