"""Which of several things a shared name means here: 2プラス2, 指針, 円滑化協定. Left open where nothing tells."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.model import COULD_MEAN, Timex, Unresolved
from extract.names.found import Name, fold
from extract.names.states import PAIR
from extract.relations.discourse.context import Context
from extract.relations.discourse.namesakes import told_parties
from ontology.terms import Kind, is_a

WITH = re.compile(r"との間|と(?:は|も)、")  # 豪州とは、2014年に…協定に署名した
HOME = re.compile(r"内閣|閣議|我が国|わが国|防衛省|自衛隊|国会")
FOREIGN = re.compile(r"米|[英仏独豪中露韓印]国|[ァ-ヶー]{2,}(?:政権|大統領|首相)")  # then it may be another state's
NEWER = re.compile(r"現行|新|旧|改定|最新|従来")
SHORTEST_NAME = 3
SHORT_WAY = 8  # characters between a name and what its bracket calls it, states included
YEAR = re.compile(r"(19|20)\d{2}")
# What comes to be in the year that its sentence tells: 「2015年4月27日、指針が了承された」.
ADOPTED = re.compile(
    r"[」』]?[はがを](?:(?!見直|改定|改訂|[。」]).)*(?:了承|策定|採択|合意|承認|決定|発表|公表|発出|署名|調印|締結)(?:さ|し|が|に)(?:(?!見直|改定|改訂).)*$"
)
BRACKET_YEAR = re.compile(r"[」』]?\(?(?:平成|昭和|令和)?[^()]{0,3}((?:19|20)\d{2})年")


def decide(context: Context, name: Name) -> tuple[str, ...]:
    """Which of its candidates an ambiguous name means: by year, by states, by what was named before."""
    things = context.things
    candidates = list(name.keys)
    ways: tuple[Callable[[Context, Name, list[str]], list[str]], ...] = (_by_states, _by_exact)
    if name.kind is not Kind.POST:
        ways = (
            _by_year,
            *ways,
            _by_owner,
            _by_mention,
            _by_presence,
            _by_whole,
            _by_partners,
            _by_lone_bearer,
            _by_spoken_state,
        )
    if context.footnote in candidates:
        candidates = [context.footnote]
    told = _told_states(context, name, candidates) if name.kind is not Kind.POST else ()
    if told:
        theirs = [k for k in candidates if things.knowledge.partners(k) == frozenset(told)]
        if not theirs and all(len(things.knowledge.partners(k)) >= PAIR for k in candidates):
            return (_of_states(context, name, told),)
        candidates = theirs or candidates
        if len(theirs) == 1:
            ways = (_the_only,)
    for choose in ways:
        chosen = choose(context, name, candidates)
        if len(chosen) == 1:
            things.known(chosen[0])
            things.called(chosen[0], name.label)
            return (things.current(chosen[0]),)
    if name.kind is Kind.POST:
        return (things.take(name.label, Kind.POST),)
    of_pair = _of_pair(context, name, candidates)
    if of_pair:
        return (of_pair,)
    of_entry = _of_entry(context, name, candidates) or _of_owner(context, name, candidates)
    if of_entry:
        return (of_entry,)
    again = next((n for n in context.named.names if n.start == name.end + 1 and context.text[name.end] == "("), None)
    if again and again.ambiguous and again.kind is name.kind:
        return decide(context, again)  # 外務・防衛担当閣僚会合(2プラス2)
    span = context.named.sentence.source(name.start, name.end)[0]
    labels = "、".join(things.knowledge.entries[k].label for k in candidates[:4])
    context.unresolved.append(Unresolved(span, name.label, f"{COULD_MEAN}{labels}"))
    return ()


def _the_only(_context: Context, _name: Name, candidates: list[str]) -> list[str]:
    """The one candidate of the states that the sentence names."""
    return candidates


def _told_states(context: Context, name: Name, candidates: list[str]) -> tuple[str, ...]:
    """The states that the sentence itself says a shared name is of: 日加間では…協定, 日尼|外務・防衛閣僚会合, スウェーデンとの間で…協定.

    One that is dealt with (スウェーデンとの間) is paired with the state that all known bearers have in common.
    """
    told: tuple[str, ...] = ()
    for other in context.named.names:
        if other.kind is not Kind.STATE or other.end > name.start:
            continue
        if len(other.keys) >= PAIR and (other.end == name.start or context.text[other.end - 1] == "間"):
            told = other.keys
        elif len(other.keys) == 1 and WITH.match(context.text, other.end):
            shared = frozenset.intersection(*(context.things.knowledge.partners(k) for k in candidates)) - {*other.keys}
            told = (*shared, *other.keys) if len(shared) == 1 else ()
    named = any(is_a(name.kind, k) for k in (Kind.AGREEMENT, Kind.FORUM))
    return told or (told_parties(context, name) if named else ())


def _of_states(context: Context, name: Name, states: tuple[str, ...]) -> str:
    """What a shared name means of states whose bearer no authority knows: 日尼外務・防衛閣僚会合."""
    letters: dict[str, str] = {}
    for letter, key in context.things.knowledge.states.letters.items():
        letters.setdefault(key, letter)
    known = [context.things.known(s).label for s in states]
    short = [letters.get(s, name) for s, name in zip(states, known, strict=True)]
    prefix = ("" if all(len(s) == 1 for s in short) else "・").join(short)
    before = [n for n in context.named.names if n.end < name.start and context.text[n.end : name.start].startswith("(")]
    called = [k for n in before[-2:] if n.kind is name.kind and n.end >= name.start - SHORT_WAY for k in context.of(n)]
    if called:  # 日韓物品役務相互提供協定(日韓ACSA)
        context.things.name(called[-1], f"{prefix}{name.label}")
        return called[-1]
    key = context.things.take(f"{prefix}{name.label}", name.kind)
    context.things.called(key, name.label)
    return key


def _of_pair(context: Context, name: Name, candidates: list[str]) -> str | None:
    """A name that each pair of states has a bearer of (GSOMIA), said of a pair whose bearer no authority knows."""
    pair = context.discourse.states
    each = [context.things.knowledge.partners(k) for k in candidates]
    if (
        NEWER.match(name.label)
        or len(pair) != PAIR
        or not all(len(e) == PAIR for e in each)
        or len(name.label) < SHORTEST_NAME
        or not is_a(name.kind, Kind.AGREEMENT)
    ):
        return None
    states = "・".join(context.things.known(s).label for s in pair)
    key = context.things.take(f"{name.label}({states})", name.kind)
    context.things.called(key, name.label)
    return key


OWNED = (Kind.POLICY, Kind.LAW, Kind.GOVERNMENT_BODY)


def _of_owner(context: Context, name: Name, candidates: list[str]) -> str | None:
    """The strategy of a state whose own no authority knows: ニュージーランドは2024年、国家防衛戦略で…."""
    owner = _owner(context, name)
    states = [n.keys[0] for n in context.named.names if n.kind is Kind.STATE and n.keys and not n.plural]
    if owner is None or owner not in states or name.kind not in OWNED or _by_owner(context, name, candidates):
        return None
    key = context.things.take(f"{name.label}({context.things.known(owner).label})", name.kind)
    context.things.called(key, name.label)
    return key


ORGAN = re.compile(r"[一-龥]{1,6}(?:委員会|理事会|評議会)")


def _of_entry(context: Context, name: Name, candidates: list[str]) -> str | None:
    """An organ of the partnership that the entry is on, whose name organs of others bear: 軍事委員会 of SEATO, no NATO's."""
    title = context.discourse.title if context.discourse.entry else None
    if title is None or context.things.kind(title) is not Kind.PARTNERSHIP or not ORGAN.fullmatch(name.label):
        return None
    entry, entries = context.things[title], context.things.knowledge.entries
    called = (entry.label, *entry.names)
    if any(n.startswith(called) for k in candidates for n in (entries[k].label, *entries[k].names)):
        return None
    key = context.things.take(f"{entry.label}{name.label}", name.kind)
    context.things.called(key, name.label)
    return key


def _by_year(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """The year in brackets behind a name or the date before it, against the year in a candidate's label."""
    years = set()
    behind = BRACKET_YEAR.match(context.text, name.end)
    if behind:
        years.add(behind.group(1))
    timex: Timex | None = context.dates.get(name.start)
    if timex and timex.date:
        years.add(timex.date.edtf[:4])
    if ADOPTED.match(context.text, name.end):
        told = {t.date.edtf[:4] for t in context.named.timexes if t.date and context.text[t.end : t.end + 1] != "の"}
        years |= told if len(told) == 1 else set()
    if not years:
        return []
    entries = context.things.knowledge.entries
    return [k for k in candidates if {m.group() for m in YEAR.finditer(entries[k].label)} & years]


def _by_states(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """日豪2プラス2 names its states itself."""
    states = context.things.knowledge.states.prefix(name.label)
    before = context.named.sentence.text[: name.start]
    if not states:
        for other in context.named.names:
            if (other.kind is Kind.STATE and other.end == name.start) or (
                other.kind is Kind.STATE and before.endswith("の") and other.end == name.start - 1
            ):
                states = other.keys
    return [k for k in candidates if states and context.things.knowledge.partners(k) == frozenset(states)]


def _by_exact(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """A thing whose very label is the name, where no other candidate can be told from it."""
    return [k for k in candidates if fold(context.things.knowledge.entries[k].label) == fold(name.label)]


def _by_owner(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """The strategies and councils of the state that the sentence speaks of: 米国は、国家安全保障戦略で…."""
    owner = _owner(context, name)
    if owner is None:
        return []
    names = {label for label, key in context.things.knowledge.states.names.items() if key == owner}
    entries = context.things.knowledge.entries
    return [
        k
        for k in candidates
        if any(f"({n})" in entries[k].label.lower() or entries[k].label.lower().startswith(n) for n in names)
    ]


def _owner(context: Context, name: Name) -> str | None:
    before = [n for n in context.named.names if n.kind is Kind.STATE and not n.plural and n.end <= name.start and n.keys]
    if HOME.search(context.text) and not before:
        return "japan"
    topical = [n for n in before if context.text[n.end : n.end + 1] in {"は", "も", "が", "の"}]
    if topical or context.discourse.owner:
        return topical[-1].keys[0] if topical else context.discourse.owner
    return "japan" if context.discourse.at_home and not before and not FOREIGN.search(context.text) else None


def _by_mention(context: Context, _name: Name, candidates: list[str]) -> list[str]:
    """The candidate that was named last."""
    for key in reversed(context.discourse.mentions):
        if key in candidates:
            return [key]
    return []


def _by_presence(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """The one programme that the document calls elsewhere by a name of its own: 次期戦闘機 in a text on GCAP."""
    return [k for k in candidates if k in context.things] if name.kind is Kind.PROGRAMME else []


def _by_whole(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """The candidate whose label only puts before the name what the text has named: 第2の柱 is AUKUS第2の柱, of AUKUS."""
    spoken = {t.label for k in context.discourse.mentions if (t := context.things[k]).kind is not Kind.STATE} | {
        n.label for n in context.named.names if n.start < name.start and n.kind is not Kind.STATE
    }
    letters = {key: letter for letter, key in context.things.knowledge.states.letters.items()}
    home = {letters[k] for n in context.named.names if n.kind is Kind.STATE for k in n.keys if k in letters}
    owners = spoken | {letter + label for letter in home for label in spoken}
    entries = context.things.knowledge.entries
    called = {k: [n for n in (entries[k].label, *entries[k].names) if n.endswith(name.label)] for k in candidates}
    return [k for k, names in called.items() if any(n.removesuffix(name.label).removesuffix("の") in owners for n in names)]


def _by_spoken_state(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """The body of the one state that the text has spoken of: 国防部 where it speaks of 韓国 and never of 中国."""
    things = context.things
    spoken = {s for k in context.discourse.mentions if k in things for s in things.knowledge.states.prefix(things[k].label)}
    spoken |= {*context.discourse.mentions, *context.discourse.states}
    own = {k: things.knowledge.partners(k) for k in candidates}
    if any(len(states) != 1 for states in own.values()) or context.text[max(name.start - 1, 0)] == "両":
        return []
    return [k for k, states in own.items() if states <= spoken]


def _by_lone_bearer(context: Context, name: Name, candidates: list[str]) -> list[str]:
    """The only bearer, where the text has named all that its label puts before the name: 戦略司令部 of 韓国戦略司令部."""
    if len(candidates) != 1:
        return []
    knowledge, label = context.things.knowledge, context.things.knowledge.entries[candidates[0]].label
    before = label.removesuffix(name.label)
    if before in {label, ""}:
        return []
    states = knowledge.states.named(before) or knowledge.states.prefix(before) or knowledge.states.named(before[:1])
    if not states and before[0] in knowledge.states.letters:
        states = (knowledge.states.letters[before[0]],)
    rest = "" if knowledge.states.named(before) else before[len(states) :] if states else before
    spoken = {*context.discourse.mentions, *context.discourse.states, *(k for n in context.named.names for k in context.of(n))}
    spoken |= {s for k in spoken if k in context.things for s in knowledge.states.prefix(context.things[k].label)}  # 日本政府
    named = {n for k in spoken if k in context.things for n in (context.things[k].label, *context.things[k].names)}
    return candidates if {*states} <= spoken and (not rest or rest in named) else []


def _by_partners(context: Context, _name: Name, candidates: list[str]) -> list[str]:
    """The candidate of the states that the document is about."""
    states = frozenset(context.discourse.states)
    return [k for k in candidates if states and context.things.knowledge.partners(k) == states]
