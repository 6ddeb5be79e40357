"""All that is known of one sentence when its claims are made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Bound, Date, Stretch, Timex, Unresolved
from extract.names.found import Name
from extract.names.recognise import NamedSentence
from extract.names.things import Things
from extract.relations.discourse.draft import Drafts
from extract.relations.discourse.meetings import meeting_called, meeting_of
from extract.relations.discourse.memory import Discourse
from extract.relations.grammar.events import Event, find_events
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, Member
from extract.relations.grammar.roles import fill
from extract.syntax import Tree
from ontology.terms import Factuality, Kind, is_a

# Between a date and the name that it dates: 2013年10月の「2+2」, 本年6月の第1回日豪協議.
DATED = re.compile(
    r"(?:に(?:開催された|開かれた|行われた|署名された|締結された|発表された|策定された))?の?、?(?:[一-龥ァ-ヶー・A-Za-z]{0,12}(?:との|による|での))?(?:第\d+回|初の|新たな|いわゆる)?[「『]?"
)
# What may tell of the doer between a date and an event: 2022年2月の|核保有国である|ロシアによるウクライナ侵略.
WHO_IS = re.compile(r"の[^、。はがをに]{2,14}である")
# How an item of proposals is put.
PROPOSAL_FORM = re.compile(r"(?:こと(?:である|だ|。|$)|(?:する|る|く|す|う|つ|ぶ|む)。?$)")
YEAR = 366  # days: a meeting may be dated by its year, not by several
MEETS = (Kind.FORUM, Kind.MEETING)
CONVENING = (Kind.FORUM, Kind.PARTNERSHIP, Kind.MECHANISM)


@dataclass(slots=True)
class Context:
    """A sentence, its tree and groups, what its names mean here, and what came before."""

    named: NamedSentence
    tree: Tree
    groups: tuple[Group, ...]
    things: Things
    discourse: Discourse
    drafts: Drafts
    published: Date | None
    keys: dict[int, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[int, Timex] = field(default_factory=dict)
    meetings: dict[int, str] = field(default_factory=dict)
    unresolved: list[Unresolved] = field(default_factory=list)
    footnote: str | None = None  # what calls the footnote that this sentence is of
    found: tuple[Event, ...] | None = None
    proposing: bool = False  # an item of what the author proposes

    def proposed(self, standing: Factuality) -> Factuality:
        """The standing of what an item of the author's proposals says: 「1点目は、…することである」 proposes."""
        stated = standing is Factuality.ACTUAL and self.proposing
        return Factuality.PROPOSED if stated and PROPOSAL_FORM.search(self.text) else standing

    @property
    def events(self) -> tuple[Event, ...]:
        """The frames' events of the sentence, left to right; found once."""
        if self.found is None:
            self.found = tuple(find_events(self.tree))
        return self.found

    def themes(self, event: Event) -> list[Group]:
        """What the sentence itself says that an event is about."""
        return fill(event, self.tree, self.groups).get(Role.THEME)

    @property
    def text(self) -> str:
        return self.named.sentence.text

    @property
    def index(self) -> int:
        return self.named.sentence.index

    def of(self, name: Name) -> tuple[str, ...]:
        """The things that a name means here: none where it could not be told."""
        if name.rule == "post.shared":
            return (self.things.take(name.label, Kind.POST),)
        return self.keys.get(name.start, ())

    def bound(self, key: str) -> str:
        """Who is bound by what somebody signs: by what 日本政府 signs, 日本; else who signed."""
        thing, states = self.things[key], self.things.knowledge.states
        if thing.kind is not Kind.GOVERNMENT_BODY or not thing.label.endswith("政府"):
            return key
        whose = thing.label.removesuffix("政府")
        state = states.letters.get(whose) or next(iter(states.named(whose)), None)
        return self.things.known(state).key if state else key

    def members(self, group: Group) -> list[tuple[Member, str]]:
        """Each member with each thing that it means; 日米 gives two."""
        return [(m, key) for m in group.members for key in self.of(m.name)]


def dated_names(names: Sequence[Name], timexes: Sequence[Timex], tree: Tree) -> dict[int, Timex]:
    """The names that a date modifies, by their start: 翌年のSCC, 3月の日独首脳会談."""
    found: dict[int, Timex] = {}
    for timex in timexes:
        phrase = tree.at(timex.start)
        if timex.date is None or timex.bound is not Bound.AT or phrase is None or phrase.timex is not timex:
            continue
        above = tree.phrases[phrase.depends_on]
        for name in names:
            if name.kind in {Kind.PERSON, Kind.POST, Kind.STATE, Kind.PLACE}:
                continue
            if name.start < timex.end:
                continue
            between = tree.text[timex.end : name.start]
            said_more = name.kind is Kind.OCCURRENCE and WHO_IS.fullmatch(between)
            adjacent = said_more or (DATED.fullmatch(between) and (between.startswith("の") or _meeting_next(name, between)))
            if adjacent or (phrase.particle == "の" and above.name == name and above.index > phrase.index):
                found.setdefault(name.start, timex)
    return found


def _meeting_next(name: Name, between: str) -> bool:
    """1975年参議院予算委員会: a date glued to a body that meets."""
    return not between and name.label.endswith("委員会")


def _years_long(on: Date) -> bool:
    """Whether a period is longer than any meeting: 2020年から2022年まで議長を務めた."""
    return on.earliest is not None and on.latest is not None and (on.latest - on.earliest).days > YEAR


def session_key(context: Context, name: Name, on: Date | None, session: str = "") -> str | None:
    """The meeting that a name of a forum, or of a kind of meeting, stands for on a date."""
    if on is None or _years_long(on):
        return None
    if name.kind is Kind.MEETING:
        return meeting_called(context.things, name.label, on)
    keys = context.of(name)
    if not keys or not (any(is_a(context.things.kind(keys[0]), k) for k in CONVENING) or name.label.endswith("委員会")):
        return None
    return meeting_of(context.things, keys[0], on, session)


def keys_of(context: Context, groups: Sequence[Group], kinds: Sequence[Kind]) -> list[tuple[str, Stretch]]:
    """The things of some classes that groups name, each with its place."""
    found = []
    for group in groups:
        for member, key in context.members(group):
            if any(is_a(context.things.kind(key), k) for k in kinds) and not _side(context, member):
                found.append((key, (member.start, member.end)))
    return found


def _side(context: Context, member: Member) -> bool:
    """Whether a state only tells whose side is listed: 日本側は."""
    after = context.text[member.name.start : member.name.end + 1]
    return member.name.kind is Kind.STATE and after.rstrip("は").endswith("側")
