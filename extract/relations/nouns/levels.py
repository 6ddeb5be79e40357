"""Levels: at which rank a body meets, from its name (日米首脳会談) or from what is said of it (次官級に格上げする)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.model import Bound, Date, Stretch, Timex
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.timing import AFTERWARDS
from extract.rules import check_keys, read_rules
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Level, Property, is_a

FILE = "levels.toml"
MEETS = (Kind.FORUM, Kind.MEETING, Kind.PARTNERSHIP, Kind.MECHANISM)
RAISED = re.compile(r"格上げ|改め|引き?上げ|昇格|格下げ|引き下げ|移行|なっ|なり")
AT = re.compile(r"^[」』]?(?:のみ|だけ)?で(?:は|も)?、?$")  # 局長級で, 課長級のみで, 局長級でも
AT_RANK = re.compile(r"^[」』]?(?:で(?:ある|あり|あった|す|した|、)|だ|。$)")
GOING_ON = re.compile(r"^[」』]?[にへ]、$")
HELD = re.compile(r"開|行|実施|再開|協議|会合|継続|続")


@dataclass(frozen=True, slots=True)
class Rank:
    """A level, the words that say it and the words that tell it inside a name."""

    rule: str
    level: Level
    word: re.Pattern[str]
    name: re.Pattern[str]


@cache
def ranks() -> tuple[Rank, ...]:
    """The levels as shipped, highest first. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("level",), file=FILE, at="the file")
    found = []
    for table in data["level"]:
        required = ("id", "level", "meaning", "word", "name", "example", "claims", "counterexample")
        check_keys(table, required=required, file=FILE, at=f"level {table.get('id')}")
        found.append(Rank(table["id"], Level(table["level"]), re.compile(table["word"]), re.compile(table["name"])))
    return tuple(found)


def level_in_name(name: str) -> Rank | None:
    """The rank that a name tells: 日米首脳会談 → that of the summit."""
    return next((r for r in ranks() if r.name.search(name)), None)


def assert_levels(context: Context) -> None:
    """Make the claims that a sentence and its names make about the level of what it speaks of."""
    _of_names(context)
    _before_names(context)
    for phrase in context.tree.phrases:
        if phrase.name or phrase.timex:
            continue
        content = context.text[phrase.start : phrase.content_end]
        for rank in ranks():
            if rank.word.search(content):
                _assert(context, rank, phrase)


def _assert(context: Context, rank: Rank, phrase: Phrase) -> None:
    above = context.tree.phrases[(_beside(context, phrase) or phrase).depends_on]
    shown = context.text[above.start : above.end]
    subject = _subject(context, phrase, above, shown)
    if subject is None:
        return
    key, place, supplied = subject
    found = phrase_standing(context.tree, above if above.index > phrase.index else phrase).factuality
    if found is None:
        return
    since, until = _validity(context, phrase, raised=bool(RAISED.search(shown)))
    came = context.drafts.told_in(context.named.sentence, key, Property.REPLACES, Property.RENAMED_FROM)
    if came and RAISED.search(shown):
        key = came[0].subject  # 閣僚級に格上げされ、Yとなった: it is what came of it that meets so
    evidence = quote(context.named.sentence, (phrase.start, above.end if above.index > phrase.index else phrase.end), *place)
    context.drafts.add(
        key,
        Property.LEVEL,
        rank.level,
        with_date(context.proposed(found), since, context.published),
        evidence,
        rank.rule,
        confidence=SUPPLIED if supplied else LIKELY,
        valid_from=since,
        valid_until=until,
    )


def _beside(context: Context, phrase: Phrase) -> Phrase | None:
    """The last of several ranks to which a body is raised: 次官級へ、必要により|閣僚級へ格上げする."""
    if not GOING_ON.match(phrase.tail):
        return None
    later = (p for p in context.tree.phrases[phrase.index + 1 :] if p.particle in {"に", "へ"})
    return next((p for p in later if any(r.word.search(context.text, p.start, p.content_end) for r in ranks())), None)


def _subject(context: Context, phrase: Phrase, above: Phrase, shown: str) -> tuple[str, list[Stretch], bool] | None:
    """What is said to be of the level, where it stands, and whether only the discourse tells it."""
    made_of = re.match(r"^[」』]?から(?:な[るりっ]|成[るりっ])|^の", phrase.tail)
    if made_of and above.name and (any(is_a(above.name.kind, k) for k in MEETS) or above.name.label.endswith("会")):
        for key in context.of(above.name):
            return key, [(above.name.start, above.name.end)], False
    joined = phrase.tail.lstrip("」』").startswith(("・", "、", "と", "及び")) and above.index > phrase.index
    if joined and re.search(r"級|レベル", shown) and above.depends_on != above.index:
        return _subject(context, above, context.tree.phrases[above.depends_on], context.text[above.start : above.end])
    said = (phrase.particle in {"に", "へ", "まで"} and RAISED.search(shown)) or (AT.match(phrase.tail) and HELD.search(shown))
    copular = phrase.particle in {"の", ""} and re.search(r"(?:協議体?|会合|対話|枠組み|会議体?|組織)(?:で|だ|と)", shown)
    if not (said or copular or AT_RANK.match(phrase.tail)):
        return _holding(context, phrase, above)
    for group in context.groups:
        subject = group.particle in {"は", "も", "が", "を", "とは"} and group.phrase.index < max(phrase.index, above.index)
        if subject and _meets(group.members[0].name.kind):
            for member, key in context.members(group):
                return key, [(member.start, member.end)], False
    if AT_RANK.match(phrase.tail):
        pointed = _pointed_at(context, phrase)
        if pointed or not _pointed(context, phrase):
            return pointed
    if copular and not _pointed(context, phrase):
        return None  # ADSOM+は次官級の会合である says it of what no name is known for
    topic = context.discourse.topic_of(MEETS, context.index)
    if topic and context.things.kind(topic) is Kind.MEETING and RAISED.search(shown):
        topic = context.things[topic].forum  # one meeting is not raised to another level; the body is
    return (topic, [], True) if topic else None


def _meets(kind: Kind) -> bool:
    """Whether a body of a class has sessions; of one that is only known as an institution it may be said."""
    return kind is Kind.INSTITUTION or any(is_a(kind, k) for k in MEETS)


def _pointed_at(context: Context, phrase: Phrase) -> tuple[str, list[Stretch], bool] | None:
    """The body that 同運営委員会は means, where nothing took it for a name: the last one whose name ends so."""
    for subject in context.tree.phrases[: phrase.index]:
        word = re.fullmatch(r"(?:同|この)(.{2,})", context.text[subject.start : subject.content_end])
        key = context.discourse.latest(Kind.INSTITUTION, word.group(1), exact=True) if word else None
        if key and subject.particle in {"は", "も"} and _meets(context.things.kind(key)):
            return key, [(subject.start, subject.content_end)], False
    return None


def _pointed(context: Context, phrase: Phrase) -> bool:
    """Whether what a level is said of only points back (同運営委員会は), or is left out."""
    subjects = [p for p in context.tree.phrases[: phrase.index] if p.particle in {"は", "も", "が"}]
    return all(re.match(r"同|この|その|本|当初|現在", context.text[p.start :]) for p in subjects)


def _holding(context: Context, phrase: Phrase, above: Phrase) -> tuple[str, list[Stretch], bool] | None:
    """Xとして、局長級の協議を行う: the body as which a meeting of a level is held."""
    verb = context.tree.phrases[above.depends_on]
    meets = phrase.particle == "の" and above.particle == "を" and re.search(r"(?:協議|会合|対話)$", above.head.text)
    if not meets or not re.match(r"行|開|実施|続け|重ね", context.text[verb.start : verb.end]):
        return None
    for group in context.groups:
        as_body = group.particle == "として" and any(is_a(group.members[0].name.kind, k) for k in MEETS)
        if as_body and group.phrase.index < verb.index:
            for member, key in context.members(group):
                return key, [(member.start, member.end)], False
    return None


def _validity(context: Context, phrase: Phrase, *, raised: bool) -> tuple[Date | None, Date | None]:
    """Since when and until when the level held: that of a change begins with its date."""
    others = [p for p in context.tree.phrases if p is not phrase and _ranked(context, p)]
    floor = max((p.end for p in others if p.index < phrase.index), default=0)
    ceiling = min((p.start for p in others if p.index > phrase.index), default=len(context.text))
    dated = [t for t in context.named.timexes if t.date]
    near = [t for t in dated if t.end <= phrase.start and (t.start >= floor or not _stops(dated, floor))]
    since = next((t.date for t in reversed(near) if t.bound is Bound.FROM or (raised and t.bound is Bound.AT)), None)
    until = next((t.date for t in dated if t.bound is Bound.UNTIL and floor <= t.start < ceiling), None)
    if since is None and AFTERWARDS.search(context.text, floor, phrase.start):
        since = next((t.date for t in reversed(dated) if t.bound is Bound.UNTIL and t.end <= floor), None)
    return since, until


def _ranked(context: Context, phrase: Phrase) -> bool:
    """Whether a phrase says a rank."""
    content = context.text[phrase.start : phrase.content_end]
    return not phrase.name and not phrase.timex and any(rank.word.search(content) for rank in ranks())


def _stops(dated: Sequence[Timex], floor: int) -> bool:
    """Whether the rank told before held until a date: what comes after does not begin with its dates."""
    return any(t.bound is Bound.UNTIL and t.end <= floor for t in dated)


def _of_names(context: Context) -> None:
    for name in context.named.names:
        rank = level_in_name(name.label)
        if rank is None or name.plural:
            continue
        for key in context.of(name):
            if any(is_a(context.things.kind(key), k) for k in (Kind.FORUM, Kind.MEETING)):
                evidence = quote(context.named.sentence, (name.start, name.end))
                context.drafts.add(
                    key, Property.LEVEL, rank.level, Factuality.ACTUAL, evidence, f"{rank.rule}.name", confidence=LIKELY
                )


BY_RANK = r"(?:による|での|の)?(?:定期)?(?:協議|対話|会合)?[「『]?$"
# Those of states who make up a council or come together in it: 加盟国の|首脳|で構成する.
MADE_UP = re.compile(
    r"国の(?P<who>首脳|外相|外務大臣|国防相|国防大臣|防衛相|閣僚)(?:ら)?"
    r"(?:(?:で|から)(?:構成(?:する|される)|成る|なる)|による|が(?:毎年)?(?:集まる|参加する|出席する|出る))[「『]?$"
)


def _before_names(context: Context) -> None:
    """The rank that stands right before a body's name: 局長級による「X」, 次官級「X」, 加盟国の首脳で構成するX."""
    for name in context.named.names:
        keys = [k for k in context.of(name) if any(is_a(context.things.kind(k), m) for m in (*MEETS, Kind.GOVERNMENT_BODY))]
        for rank in ranks() if keys and not name.plural and name.rule not in {"session", "anaphor"} else ():
            told = next(re.finditer(rf"(?:{rank.word.pattern}){BY_RANK}", context.text[: name.start]), None)
            made = MADE_UP.search(context.text, 0, name.start)
            of_those = made if made and rank.name.search(made.group("who")) else None
            found = of_those or told
            if found and not context.drafts.objects(keys[0], Property.LEVEL):
                evidence = quote(context.named.sentence, (found.start(), name.end))
                context.drafts.add(
                    keys[0], Property.LEVEL, rank.level, Factuality.ACTUAL, evidence, rank.rule, confidence=LIKELY
                )
