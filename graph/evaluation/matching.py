"""Whether a thing or a claim of the graph is one of the gold.

Names are compared as everywhere here: without regard to width, case, spaces, quotation marks and middle dots.
Where nothing bears one of the gold's names exactly, a similar name will do:

- a descriptive name that holds the other, or is held by it: 8 letters at least, and 60 % of the longer one;
- of a person, the beginning of the name: the surname;
- of a post, the end of the name: with or without its ministry (事務次官 of 4 letters at least, 外務事務次官).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from enum import StrEnum

from pyoxigraph import Literal, NamedNode

from graph.evaluation.built import BuiltClaim, Index, Term
from graph.evaluation.gold import GoldClaim, MeetingOn, Names, On
from graph.names import normalised
from ontology.terms import AKG, SIGNATURES, Kind, Property

_DESCRIPTIVE, _SHARE = 8, 0.6
_SURNAME, _POST = 2, 4
# A body and its meeting are both right answers to who adopted or established a thing.
_BY_BODY = frozenset({Property.ADOPTED_BY, Property.ESTABLISHED_BY})


class Match(StrEnum):
    """How a claim of the graph fits one of the gold."""

    EXACT = "exact"
    COARSER = "coarser"  # the same fact with a date that says less


class View:
    """What gold is compared with: a whole graph (`documents` is None), or what stands in some documents.

    A thing that is known from other documents alone is out of view. One that the graph ties to no document is
    in view everywhere.
    """

    def __init__(self, index: Index, documents: Collection[str] | None = None) -> None:
        self.index = index
        self.documents = documents
        self.claims: dict[str, list[BuiltClaim]] = defaultdict(list)
        for claim in index.claims:
            if self._sees(claim.documents, unknown=False):
                self.claims[claim.predicate].append(claim)
        self._named: dict[str, set[Term]] = defaultdict(set)
        for node, names in index.names.items():
            if self._sees(index.places.get(node, ()), unknown=True):
                for name in names:
                    self._named[name].add(node)
        self._meetings = tuple(
            node
            for node, kinds in index.kinds.items()
            if Kind.MEETING in kinds and self._sees(index.places.get(node, ()), unknown=True)
        )
        self._found: dict[Names | MeetingOn, frozenset[Term]] = {}

    def _sees(self, places: Collection[str], *, unknown: bool) -> bool:
        if self.documents is None:
            return True
        return any(place in self.documents for place in places) if places else unknown

    def nodes(self, wanted: Names | MeetingOn) -> frozenset[Term]:
        """The things of the graph that the gold may mean; more than one if the graph has split it."""
        if wanted not in self._found:
            names = frozenset(map(normalised, wanted.names))
            if isinstance(wanted, MeetingOn):
                found = frozenset(node for node in self._meetings if self._is_meeting(node, names, wanted.on))
            else:
                found = self._bearing(names) or self._similar(names)
            self._found[wanted] = found
        return self._found[wanted]

    def match(self, claim: BuiltClaim, gold: GoldClaim) -> Match | None:
        """How a claim fits the gold; its standing (factuality) is compared apart."""
        if claim.predicate != gold.predicate:
            return None
        subjects = self.nodes(gold.subject)
        if claim.subject in subjects and (fits := self._object(claim.object, gold)) is not None:
            return fits
        if SIGNATURES[gold.predicate].symmetric and claim.object in subjects:
            return self._object(claim.subject, gold)
        return None

    def _bearing(self, names: Iterable[str]) -> frozenset[Term]:
        return frozenset(node for name in names for node in self._named.get(name, ()))

    def _similar(self, names: Collection[str]) -> frozenset[Term]:
        found: set[Term] = set()
        for label, nodes in self._named.items():
            for name in names:
                short, long = (label, name) if len(label) < len(name) else (name, label)
                if short in long:
                    found |= self._alike(short, long, nodes)
        return frozenset(found)

    def _alike(self, short: str, long: str, nodes: Collection[Term]) -> set[Term]:
        """Those of the nodes that may be called by both names, the short one standing within the long one."""
        if len(short) >= _DESCRIPTIVE and len(short) >= _SHARE * len(long):
            return set(nodes)
        if len(short) >= _SURNAME and long.startswith(short):
            return {node for node in nodes if Kind.PERSON in self.index.kinds.get(node, ())}
        if len(short) >= _POST and long.endswith(short):
            return {node for node in nodes if Kind.POST in self.index.kinds.get(node, ())}
        return set()

    def _is_meeting(self, node: Term, names: Collection[str], on: str) -> bool:
        """By its date, and a name of its forum, or one within its own label (日米首脳会談(2024年4月10日))."""
        if not any(same_day(date, on) for date in self.index.held.get(node, ())):
            return False
        own = self._names(node)
        forums = (name for forum in self.index.forums.get(node, ()) for name in self._names(forum))
        return not own.union(forums).isdisjoint(names) or any(name in label for name in names for label in own)

    def _object(self, term: Term, gold: GoldClaim) -> Match | None:
        wanted = gold.object
        if isinstance(wanted, On):
            return match_date(term.value, wanted.edtf) if isinstance(term, Literal) else None
        if self._is_one_of(term, wanted) or (gold.predicate in _BY_BODY and self._meets(term, wanted)):
            return Match.EXACT
        return None

    def _is_one_of(self, term: Term, wanted: Names | MeetingOn) -> bool:
        names = {normalised(name) for name in wanted.names}
        if isinstance(term, Literal):
            return isinstance(wanted, Names) and normalised(term.value) in names
        if term in self.nodes(wanted):
            return True
        if not isinstance(wanted, Names):
            return False
        if Kind.TOPIC in self.index.kinds.get(term, ()):  # a topic is a phrase, which people cut as they please
            return any(name in label or label in name for name in names for label in self._names(term))
        return isinstance(term, NamedNode) and term.value.startswith(AKG) and term.value.removeprefix(AKG) in wanted.names

    def _meets(self, term: Term, wanted: Names | MeetingOn) -> bool:
        """Whether a meeting stands for its body, or the body for its meeting."""
        bodies = self.nodes(Names(wanted.names))
        if isinstance(wanted, MeetingOn):
            return term in bodies
        return not bodies.isdisjoint(self.index.forums.get(term, ()))

    def _names(self, node: Term) -> frozenset[str]:
        return self.index.names.get(node, frozenset())


def same_day(built: str, gold: str) -> bool:
    """Whether two dates (EDTF) may be those of one meeting: the gold may be coarser, or either may run over days.

    >>> [same_day(*d) for d in (("2024-04-10", "2024-04"), ("2024-06-09/2024-06-11", "2024-06-09"), ("2024-04", "2024-04-10"))]
    [True, True, False]
    """
    return _begins(built) == _begins(gold) or built.startswith(gold + "-")


def match_date(built: str, gold: str) -> Match | None:
    """How a date (EDTF) fits the gold's. A period is as exact as the day on which it begins.

    >>> [match_date(*d) for d in (("2024-06-09/2024-06-11", "2024-06-09"), ("2024-06", "2024-06-09"), ("2024-06-09", "2024-06"))]
    [<Match.EXACT: 'exact'>, <Match.COARSER: 'coarser'>, None]
    """
    if _begins(built) == _begins(gold):
        return Match.EXACT
    return Match.COARSER if len(built) < len(gold) and gold.startswith(built) else None


def _begins(edtf: str) -> str:
    return edtf.partition("/")[0]
