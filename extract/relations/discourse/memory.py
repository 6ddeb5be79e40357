"""What a sentence refers back to: its topic, 同委員会, この指針, 両国, the last meeting.

Source: centering (Grosz, Joshi and Weinstein 1995) in the plain form that the prose of this field needs: the
latest thing of the right class, topics before others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from extract.model import Date, Precision, Role
from extract.names.things import Things
from ontology.terms import Factuality, Kind, is_a, lineage

PROPOSING = re.compile(r"(?:提案|提言)(?:する|したい|します|を(?:行|示)|は(?:次|以下))|以下(?:を|のとおり)?(?:提案|提言)")
ITEM = re.compile(r"(?:[\d一二三四五]点目|第[\d一二三四五]に|[\d一二三四五]つ目)")
# What has members, and what else one can take part in.
COMPANIES = (Kind.PARTNERSHIP, Kind.FORUM, Kind.MECHANISM)
JOINED = (Kind.PROGRAMME, Kind.MEETING, Kind.OCCURRENCE, Kind.ORGANISATION, Kind.AGREEMENT)
MENTIONED = (Kind.AGREEMENT, Kind.ORGANISATION, Kind.COMMAND, Kind.ARMED_FORCE)
EDITION = re.compile(r"\(\d{4}年\)$")  # 日豪共同宣言(2022年) is a 宣言 too
LATEST = 8  # mentions that そこでは may look back over
COMPANY = 3  # states that are more than a pair
# What a report of a meeting may speak of between the meeting and what was said there.
THOSE_WHO_MEET = frozenset({Kind.STATE, Kind.PERSON, Kind.POST, Kind.MEETING, Kind.TOPIC})
SUBJECT = 2  # the rank of a mere subject among topics
WEEK = timedelta(days=7)
NEAR_BY = 3  # sentences within which 両国 are those who acted together last
REACH = 6  # sentences that an elided subject may reach back


@dataclass(frozen=True, slots=True)
class Dealt:
    """Which bodies, texts or meetings a sentence says to have dealt with something, and its standing."""

    sentence: int
    keys: tuple[str, ...]
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence is about: `rank` 0 for は, 1 for も, 2 for a mere subject (が), 3 for a heading's name."""

    sentence: int
    paragraph: int
    rank: int
    key: str  # empty where the sentence speaks of something that has no name


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits in a body, and for which side ("" where nothing tells), by a sentence that does not say since when."""

    sentence: int
    body: str
    side: str
    member: str


@dataclass(slots=True)
class Discourse:
    """What has been mentioned, latest last. Lives as long as one document is read."""

    things: Things
    mentions: list[str] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    paragraph: int = 0  # of the sentence that is read
    opened: int = 0  # how many mentions stood before it
    meeting: str | None = None
    meeting_at: int = -1
    spoke_at: int = -9  # the last sentence that told what those who met said
    announced: str | None = None  # the meeting of the body that the title names, which a notice is about
    reported: str | None = None  # the first meeting of the week before the document's day, which a report is about
    talks: list[tuple[frozenset[str], str]] = field(default_factory=list)  # who met, and the meeting
    states: tuple[str, ...] = ()
    together: dict[int, tuple[str, ...]] = field(default_factory=dict)  # the last states named together, by their number
    joined: dict[int, int] = field(default_factory=dict)  # in which sentence those did something together
    pair: tuple[int, tuple[Any, ...]] | None = None  # the two members of a list that the last sentence named, for 前者 and 後者
    people: list[str] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)  # bodies of which the text says that there were none: it goes on about others
    companies: list[tuple[int, str]] = field(default_factory=list)  # partnerships, with the paragraph that names them
    seated: list[Seat] = field(default_factory=list)
    sake: tuple[int, str] | None = None  # the last sentence that told what is done for an agreement's sake, and the agreement
    signed: tuple[int, str] | None = None  # the last sentence that told the signing of a treaty, and no founding behind it
    dealt: Dealt | None = None  # who dealt with something in the last sentence that said so
    in_profile: bool = False
    proposal: bool = False
    title: str | None = None  # what the document's title names: the subject of an entry or a notice
    entry: bool = False  # whether the title names nothing else
    headed: bool = False  # whether it is nothing but that name, as an encyclopaedia's headword
    published: Date | None = None
    owner: str | None = None  # the state whose documents and bodies are spoken of
    at_home: bool = False  # whether the text has spoken of the doings of Japan's parliament, cabinet or ministries

    def mention(self, keys: Iterable[str], kind: Kind) -> None:
        for key in keys:
            self.mentions.append(key)
            if kind is Kind.PERSON:
                self.people.append(key)
            if kind is Kind.PARTNERSHIP:
                self.companies.append((self.paragraph, key))

    def join(self, states: Iterable[str], sentence: int, *, firm: bool = True) -> None:
        """Take note of states that are named together: 両国 and 三か国 mean the last two and the last three.

        Those that are only named with what is theirs (米比両軍, not `firm`) do not take the place of others who acted together.
        """
        found = tuple(dict.fromkeys(states))
        if not firm and sentence - self.joined.get(len(found), -REACH) < NEAR_BY:
            return
        self.states = found
        self.together[len(found)] = found
        if firm:
            self.joined[len(found)] = sentence

    def regroup(self, states: Iterable[str]) -> None:
        """Forget the companies of three and more states that others joined or that some left: 6か国 may mean others then."""
        changed = set(states)
        for count in [n for n, members in self.together.items() if n >= COMPANY and (not changed <= set(members))]:
            del self.together[count]

    def enter(self, role: Role) -> None:
        """Begin a sentence; take note of where the text is: a profile at its end is of somebody whom it has not spoken of."""
        self.opened = len(self.mentions)
        if role is Role.PROFILE and not self.in_profile:
            self.people.clear()
        self.in_profile = role is Role.PROFILE

    def proposes(self, text: str) -> bool:
        """Whether a sentence is an item of proposals that the text has announced: 「2点提案する。1点目は…」."""
        if PROPOSING.search(text):
            self.proposal = True
        return self.proposal and bool(ITEM.match(text))

    def met(self, key: str, sentence: int) -> None:
        """Remember the meeting that the text now speaks of."""
        thing = self.things[key]
        if self.meeting and self._still_to_come(thing.on):
            self.mentions.append(key)
            return  # those who decide upon the next meeting go on at this one
        self.meeting, self.meeting_at = key, sentence
        if self.reported is None and self._just_before(thing.on):
            self.reported = key
        if self.announced is None and self.title and self.title in {thing.forum, thing.key}:
            self.announced = key
        self.mentions.append(key)

    def _still_to_come(self, on: Date | None) -> bool:
        last = self.published.latest if self.published else None
        return bool(on and on.earliest and last and on.earliest > last)

    def _just_before(self, on: Date | None) -> bool:
        """Whether a day is of the week before the document's."""
        day = self.published.latest if self.published and self.published.precision is Precision.DAY else None
        return bool(day and on and on.earliest and day - WEEK <= on.earliest <= day)

    def assembly(self, sentence: int) -> str | None:
        """Where 両首脳 and 四大臣 speak: at the meeting that a notice announces, else at the last that is near.

        A report only recalls meetings older than the one that it is about.
        """
        if self.announced and self.meeting_at != sentence:
            return self.things.current(self.announced)
        told, last = (self.things[k].on if k else None for k in (self.reported, self.meeting))
        if self.reported and told and last and last.latest and told.earliest and last.latest < told.earliest:
            return self.things.current(self.reported)
        return self.things.current(self.meeting) if self.meeting and sentence - self.meeting_at <= REACH else None

    def meets_on(self, sentence: int) -> bool:
        """Whether the text still tells of the last meeting: nothing else has been its topic or subject since.

        A meeting that was only mentioned (「協議は2023年の首脳会談で新設が決まった」) is left as soon as something else is the topic.
        """
        if self.meeting is None:
            return False
        told = {self.meeting, self.things[self.meeting].forum}
        since = [t for t in self.topics if max(self.meeting_at, self.spoke_at) < t.sentence < sentence]
        return all(t.key in told or (t.key and self.things.kind(t.key) in THOSE_WHO_MEET) for t in since)

    def gathering(self, sentence: int) -> str | None:
        """What somebody took part in who just 出席した or 参加した: the last meeting, or the body that is the topic since."""
        near = (
            t
            for t in reversed(self.topics)
            if t.key and sentence - t.sentence <= REACH and is_a(self.things.kind(t.key), Kind.FORUM)
        )
        topic = next(near, None)
        if self.meeting and sentence - self.meeting_at <= REACH and (topic is None or topic.sentence <= self.meeting_at):
            return self.meeting
        return self.things.current(topic.key) if topic else None

    def topic(self, sentence: int, key: str, rank: int = 0) -> None:
        if key in self.absent:
            return
        self.topics.append(Topic(sentence, self.paragraph, rank, key))

    def topic_of(self, kinds: Iterable[Kind], sentence: int, *, titled: bool = True) -> str | None:
        """What a sentence without a subject is about: the topic or subject of the last sentence of its paragraph that has one.

        Where the paragraph has none yet, what the title names (if `titled`). None where that is not of one of the classes.
        """
        wanted = tuple(kinds)
        here = [t for t in self.topics if t.paragraph == self.paragraph and sentence - t.sentence <= REACH]
        last = max((t.sentence for t in here), default=None)
        for topic in sorted((t for t in here if t.sentence == last and t.key), key=lambda t: t.rank):
            if any(is_a(self.things.kind(topic.key), k) for k in wanted):
                return self.things.current(topic.key)
        titled = titled and self.title is not None and any(is_a(self.things.kind(self.title), k) for k in wanted)
        return self.things.current(self.title) if titled and self.title else None

    def headword(self, kinds: Iterable[Kind]) -> str | None:
        """What an encyclopaedia's entry is on, if that is of one of the classes."""
        if not self.headed or self.title is None or not any(is_a(self.things.kind(self.title), k) for k in kinds):
            return None
        return self.things.current(self.title)

    def is_topic(self, key: str, sentence: int) -> bool:
        """Whether a thing was marked as what the sentences before are about (は), not as a mere subject."""
        near = (t for t in self.topics if t.paragraph == self.paragraph and sentence - t.sentence <= REACH)
        return any(t.rank < SUBJECT and t.key and self.things.current(t.key) == key for t in near)

    def company(self, sentence: int) -> str | None:
        """The body whose members are spoken of, where none is named: the last thing the paragraph was about that can have them.

        Where the paragraph has none, the one partnership that it names, or what the title names. None where that is a meeting, an exercise or a programme.
        """
        near = (t for t in reversed(self.topics) if t.key and t.paragraph == self.paragraph and sentence - t.sentence <= REACH)
        near = (t for t in near if not self._inside(t))
        joined = (t.key for t in near if any(is_a(self.things.kind(t.key), k) for k in (*COMPANIES, *JOINED)))
        here = {key for paragraph, key in self.companies if paragraph == self.paragraph}
        found = next(joined, None) or (self.title if self.entry and (not here or self.title in here) else None)
        found = found or (None if self.entry else self._only_company())
        fits = found is not None and any(is_a(self.things.kind(found), k) for k in COMPANIES)
        return self.things.current(found) if found and fits else None

    def spoken_since(self, body: str, kinds: Iterable[Kind]) -> bool:
        """Whether the text has spoken of a thing of some classes since it last named a body."""
        told, wanted = [self.things.current(k) for k in self.mentions], tuple(kinds)
        named = max((i for i, k in enumerate(told) if k == body), default=-1)
        since = [k for k in told[named + 1 :] if self.things[k].forum != body]
        return any(is_a(self.things.kind(k), kind) for k in since for kind in wanted)

    def _inside(self, topic: Topic) -> bool:
        """Whether a topic is only an organ or a charter of what an entry is on: states join and leave the whole."""
        if not self.entry or not self.title or not is_a(self.things.kind(self.title), Kind.PARTNERSHIP):
            return False
        kind = self.things.kind(topic.key)
        mere = topic.rank > 1 and topic.key != self.title  # 地域対テロ機構が置かれている
        return is_a(kind, Kind.FORUM) or is_a(kind, Kind.MECHANISM) or (mere and any(is_a(kind, k) for k in MENTIONED))

    def whole(self, sentence: int) -> str | None:
        """The partnership whose bodies are spoken of, where none is named: the paragraph's topic, the title's, else the last."""
        near = [t for t in reversed(self.topics) if t.key and sentence - t.sentence <= REACH]
        found = [t for t in near if is_a(self.things.kind(t.key), Kind.PARTNERSHIP)]
        here = next((t.key for t in found if t.paragraph == self.paragraph), None)
        titled = self.title if self.entry and self.title and is_a(self.things.kind(self.title), Kind.PARTNERSHIP) else None
        last = here or titled or self._only_company() or next((t.key for t in found), None)
        return self.things.current(last) if last else None

    def whole_called(self, word: str) -> str | None:
        """The one company of states that a bare 機構 or 同盟 can mean: of those called so the paragraph's only one, else the text's."""
        called = {
            (paragraph, self.things.current(key))
            for paragraph, key in self.companies
            if any(name.endswith(word) for name in (self.things[key].label, *self.things[key].names))
        }
        here = {key for paragraph, key in called if paragraph == self.paragraph}
        found = here or {key for _, key in called}
        return next(iter(found)) if len(found) == 1 else None

    def _only_company(self) -> str | None:
        """The one partnership that the paragraph names."""
        here = {key for paragraph, key in self.companies if paragraph == self.paragraph}
        return next(iter(here)) if len(here) == 1 else None

    def last_of(self, kinds: Iterable[Kind], sentence: int) -> str | None:
        """What そこでは and この中で point at: the last meeting or thing of some classes before this sentence."""
        wanted = tuple(kinds)
        if self.meeting and sentence - self.meeting_at <= 1 and any(is_a(Kind.MEETING, k) for k in wanted):
            return self.things.current(self.meeting)
        for key in reversed(self.mentions[max(self.opened - LATEST, 0) : self.opened]):
            if any(is_a(self.things.kind(key), k) for k in wanted):
                return self.things.current(key)
        return None

    def last_two(self, kind: Kind, head: str) -> tuple[str, ...]:
        """What 両協定 means: the last two things of the class whose names end so; none where there are not two."""
        found: list[str] = []
        for key in reversed(self.mentions):
            thing = self.things[key]
            fits = any(name.endswith(head) for name in (thing.label, *thing.names)) and is_a(thing.kind, lineage(kind)[-1])
            if fits and thing.key not in found:
                found.append(thing.key)
        return tuple(reversed(found[:2])) if len(found) >= 2 else ()

    def latest(self, kind: Kind, head: str, *, exact: bool = False) -> str | None:
        """What 同委員会 or この指針 means: the latest thing whose name ends so, else (unless `exact`) the latest of the class."""
        same = None
        for key in (*reversed(self.mentions), *((self.title,) if self.title else ())):
            thing = self.things[key]
            called = (EDITION.sub("", thing.label), *thing.names)
            if any(name.endswith(head) for name in called) and is_a(thing.kind, lineage(kind)[-1]):
                return thing.key
            if same is None and thing.kind is kind:
                same = thing.key
        return None if exact else same
