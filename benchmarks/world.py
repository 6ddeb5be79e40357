"""A world that generated documents speak of: things with names, and what is true of them. The same seed makes the same world.

Names are made up. Successions, revisions, parts and programmes run from later things to earlier ones, so that no chain closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from extract.dates.calendar import from_day, from_days, from_month, from_year
from extract.model import Date, Entity
from ontology.terms import Kind, Level, Property

Value = str | Date | Level
Fact = tuple[str, Property, Value]

_FIRST = "青赤白黒金銀東西南北上下前後左右内外遠近新古高低深浅広長大小春夏秋冬朝夕雪雨風雲山川海空野原林森松竹梅桜"
_SECOND = "嶺浜原瀬崎島里泉岡谷橋辺港城峰田"
_FIELDS = (
    "防空",
    "海洋",
    "宇宙",
    "電波",
    "補給",
    "衛生",
    "通信",
    "教育",
    "災害",
    "輸送",
    "情報",
    "技術",
    "整備",
    "訓練",
    "気象",
    "警備",
)
_ENDINGS = {
    Kind.FORUM: ("協議会", "対話", "作業部会", "定期協議"),
    Kind.MECHANISM: ("調整所", "連絡機構"),
    Kind.COMMAND: ("司令部", "統制センター"),
    Kind.GOVERNMENT_BODY: ("省", "庁"),
    Kind.TREATY: ("条約", "協定"),
    Kind.GUIDELINES: ("指針",),
    Kind.JOINT_STATEMENT: ("共同声明", "共同宣言"),
    Kind.ARRANGEMENT: ("取決め", "覚書"),
    Kind.LAW: ("法",),
    Kind.POLICY: ("戦略", "方針"),
    Kind.PROGRAMME: ("共同開発計画", "装備計画"),
    Kind.OCCURRENCE: ("演習",),
    Kind.STATE: ("国",),
    Kind.PLACE: ("市",),
    Kind.POST: ("担当官", "局長"),
    Kind.PERSON: ("氏",),
    Kind.TOPIC: ("協力",),
}
# How many there are for each document. A few things are spoken of everywhere; states and topics do not grow much.
_PER_DOCUMENT = {
    Kind.FORUM: 0.4, Kind.MECHANISM: 0.06, Kind.COMMAND: 0.06, Kind.GOVERNMENT_BODY: 0.05, Kind.TREATY: 0.06, Kind.GUIDELINES: 0.03,
    Kind.JOINT_STATEMENT: 0.12, Kind.ARRANGEMENT: 0.1, Kind.LAW: 0.05, Kind.POLICY: 0.06, Kind.PROGRAMME: 0.08, Kind.OCCURRENCE: 0.1,
    Kind.PERSON: 0.2, Kind.POST: 0.04, Kind.PLACE: 0.03, Kind.TOPIC: 0.02, Kind.STATE: 0.01,
}  # fmt: skip
_AT_LEAST = 8
_MEETINGS = 1.2  # for each document
_BODIES = (Kind.FORUM, Kind.MECHANISM, Kind.COMMAND, Kind.GOVERNMENT_BODY)
_TEXTS = (Kind.TREATY, Kind.GUIDELINES, Kind.JOINT_STATEMENT, Kind.ARRANGEMENT, Kind.LAW, Kind.POLICY)
_FIRST_DAY, _DAYS = date(1960, 1, 1), 24_000


@dataclass
class World:
    """Things by key, those that documents speak of in the order of their fame, and the facts of each of these."""

    things: dict[str, Entity] = field(default_factory=dict)
    of: dict[Kind, list[str]] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)


def world(documents: int, seed: int) -> World:
    """The world of a collection of so many documents."""
    random, made = Random(seed), World()
    for kind, share in _PER_DOCUMENT.items():
        made.of[kind] = [_thing(made, kind, at) for at in range(max(_AT_LEAST, round(documents * share)))]
    for key in made.things:
        made.days[key] = _FIRST_DAY + timedelta(days=random.randrange(_DAYS))
    made.of[Kind.MEETING] = [_meeting(made, random, at) for at in range(max(_AT_LEAST, round(documents * _MEETINGS)))]
    for kinds, truth in ((_BODIES, _of_body), (_TEXTS, _of_text), ((Kind.PROGRAMME,), _of_programme)):
        for kind in kinds:
            for at, key in enumerate(made.of[kind]):
                made.facts[key] = [fact for fact in truth(made, random, kind, at) if fact[2] != key]
    for key in made.of[Kind.MEETING]:
        made.facts[key] = list(_of_meeting(made, random, key))
    for key in made.of[Kind.OCCURRENCE]:
        made.facts[key] = [
            (key, Property.HELD_ON, day(random, made.days[key])),
            *_some(made, random, key, Property.HAS_PARTICIPANT),
        ]
    for key in made.of[Kind.PERSON]:
        made.facts[key] = list(_some(made, random, key, Property.HOLDS_POST))
    made.subjects = sorted(made.facts, key=lambda _: random.random())
    return made


def _thing(made: World, kind: Kind, at: int) -> str:
    ending = _ENDINGS[kind][at % len(_ENDINGS[kind])]
    label = _name(at) + ("" if kind in {Kind.STATE, Kind.PLACE, Kind.PERSON} else _FIELDS[at % len(_FIELDS)]) + ending
    key = f"{kind}-{at}"
    names = (_acronym(f"{kind.value[0]}{kind.value[-1].upper()}", at),) if kind in {*_BODIES, *_TEXTS, Kind.PROGRAMME} else ()
    made.things[key] = Entity(key, kind, label, names)
    return key


def _name(at: int) -> str:
    """A name of two to four characters, another one for each number."""
    first, rest = at % len(_FIRST), at // len(_FIRST)
    name = _FIRST[first] + _SECOND[rest % len(_SECOND)]
    return name if rest < len(_SECOND) else name + _name(rest // len(_SECOND) - 1)


def _acronym(first: str, at: int) -> str:
    letters = ""
    while at or len(letters) < 2:
        at, letter = divmod(at, 26)
        letters = chr(ord("A") + letter) + letters
    return first + letters


def _meeting(made: World, random: Random, at: int) -> str:
    forum = _famous(random, made.of[Kind.FORUM])
    on = _FIRST_DAY + timedelta(days=random.randrange(_DAYS))
    key = f"Meeting-{at}"
    made.things[key] = Entity(key, Kind.MEETING, made.things[forum].label, forum=forum, on=from_day(on.year, on.month, on.day))
    made.days[key] = on
    return key


def _famous(random: Random, keys: Sequence[str]) -> str:
    """One of them, the first ones much more often than the last."""
    return keys[int(len(keys) * random.random() ** 3)]


def day(random: Random, on: date) -> Date:
    """A date as exactly as documents have it: most by the day, others by the month, the year or a few days."""
    chance = random.random()
    if chance < 0.6:
        return from_day(on.year, on.month, on.day)
    if chance < 0.8:
        return from_month(on.year, on.month)
    return from_year(on.year) if chance < 0.95 else from_days(on, on + timedelta(days=2))


_VALUES: dict[
    Property, tuple[tuple[Kind, ...], int]
] = {  # of what the value of a property may be, and how many there are at most
    Property.ESTABLISHED_BY: ((Kind.MEETING, Kind.FORUM, Kind.TREATY), 1),
    Property.HAS_MEMBER: ((Kind.STATE, Kind.POST, Kind.GOVERNMENT_BODY, Kind.PERSON), 5),
    Property.CHAIRED_BY: ((Kind.POST, Kind.PERSON), 1),
    Property.COUNTERPART_OF: ((Kind.COMMAND, Kind.GOVERNMENT_BODY), 1),
    Property.LOCATED_IN: ((Kind.PLACE,), 1),
    Property.COVERS: ((Kind.TOPIC,), 3),
    Property.ADOPTED_BY: ((Kind.FORUM, Kind.MEETING), 1),
    Property.SIGNED_BY: ((Kind.POST, Kind.STATE), 2),
    Property.HAS_PARTY: ((Kind.STATE,), 2),
    Property.BASED_ON: (_TEXTS, 1),
    Property.IMPLEMENTS: (_TEXTS, 1),
    Property.DEVELOPED_BY: ((Kind.STATE,), 2),
    Property.HELD_IN: ((Kind.PLACE,), 1),
    Property.HAS_PARTICIPANT: ((Kind.PERSON, Kind.POST, Kind.STATE), 4),
    Property.RESULTED_IN: ((Kind.JOINT_STATEMENT, Kind.FORUM, Kind.PROGRAMME), 2),
    Property.HOLDS_POST: ((Kind.POST,), 1),
}


def _some(made: World, random: Random, key: str, *properties: Property) -> Iterator[Fact]:
    for prop in properties:
        kinds, most = _VALUES[prop]
        for value in dict.fromkeys(_famous(random, made.of[random.choice(kinds)]) for _ in range(random.randint(1, most))):
            if value != key:
                yield key, prop, value


def _earlier(made: World, random: Random, kind: Kind, at: int, prop: Property, chance: float) -> Iterator[Fact]:
    """That a thing follows on the one before it, mostly, so that chains come about; or stands under an earlier one."""
    if at and random.random() < chance:
        before = at - 1 if prop in {Property.REPLACES, Property.REVISES} else random.randrange(at)
        yield made.of[kind][at], prop, made.of[kind][before]


def _of_body(made: World, random: Random, kind: Kind, at: int) -> Iterator[Fact]:
    key = made.of[kind][at]
    yield key, Property.ESTABLISHED_ON, day(random, made.days[key])
    yield from _earlier(made, random, kind, at, Property.REPLACES, 0.6)
    yield from _earlier(made, random, kind, at, Property.PART_OF, 0.5)
    if random.random() < 0.3:
        yield key, Property.ENDED_ON, day(random, made.days[key] + timedelta(days=random.randrange(400, 8000)))
    if kind is Kind.FORUM:
        yield key, Property.LEVEL, random.choice(list(Level))
        yield from _some(made, random, key, Property.CHAIRED_BY, Property.COVERS, Property.ESTABLISHED_BY)
    else:
        yield from _some(made, random, key, Property.LOCATED_IN, Property.COUNTERPART_OF)
    yield from _some(made, random, key, Property.HAS_MEMBER)


def _of_text(made: World, random: Random, kind: Kind, at: int) -> Iterator[Fact]:
    key = made.of[kind][at]
    dates = [Property.PUBLISHED_ON, Property.ADOPTED_ON, Property.SIGNED_ON, Property.EFFECTIVE_ON]
    for prop in dates[: random.randint(1, 4)]:
        yield key, prop, day(random, made.days[key])
    yield from _earlier(made, random, kind, at, Property.REVISES, 0.5)
    later = [fact for fact in _some(made, random, key, Property.BASED_ON, Property.IMPLEMENTS) if random.random() < 0.4]
    yield from later
    yield from _some(made, random, key, Property.ADOPTED_BY, Property.HAS_PARTY, Property.SIGNED_BY, Property.COVERS)


def _of_programme(made: World, random: Random, kind: Kind, at: int) -> Iterator[Fact]:
    key = made.of[kind][at]
    yield key, Property.STARTED_ON, day(random, made.days[key])
    yield from _earlier(made, random, kind, at, Property.BUILDS_ON, 0.5)
    yield from _earlier(made, random, kind, at, Property.REPLACES, 0.3)
    yield from _some(made, random, key, Property.DEVELOPED_BY, Property.BASED_ON)


def _of_meeting(made: World, random: Random, key: str) -> Iterator[Fact]:
    thing = made.things[key]
    if thing.forum is not None and thing.on is not None:
        yield key, Property.MEETING_OF, thing.forum
        yield key, Property.HELD_ON, thing.on
    yield from _some(made, random, key, Property.HELD_IN, Property.HAS_PARTICIPANT, Property.RESULTED_IN, Property.COVERS)
