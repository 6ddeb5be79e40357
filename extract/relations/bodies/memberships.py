"""Joining and leaving: 「1984年にブルネイが加盟した」 makes ブルネイ a member since 1984 of the body that the text is about.

「イランは1979年にCENTOから脱退した」 limits membership; 「韓国を加える案」 and 「カナダの参加もあり得る」 only consider it.
Read from `rules/memberships.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Bound, Date, Stretch, Timex
from extract.relations.bodies.joined import bodies_of
from extract.relations.bodies.joining import BODIES, Membership, by_verb, memberships
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import phrase_standing, standing
from extract.relations.grammar.clauses import goes_through
from extract.relations.grammar.events import Event, Form, Voice, find_verbs
from extract.relations.grammar.groups import ENVOYS, Group, fits
from extract.relations.grammar.timing import clause_dates, span_of
from extract.relations.nouns.turns import assert_turns
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

MEMBERS = (Kind.STATE, Kind.GOVERNMENT_BODY, Kind.ARMED_FORCE, Kind.ORGANISATION)
SUBJECT = frozenset({"が", "は", "も"})
# A deed named by a noun is a fact where the text says that it came about, and is open where it is only spoken of.
REALISED = re.compile(r"実現(?:し|さ)|果た|承認され|認められ|完了し")
OPEN = re.compile(r"取り沙汰|沙汰され|検討(?:課題|され|して|中)|議論(?:され|にな)|浮上|あり得|ありうる|視野")
REFUSED = re.compile(
    r"(?:実現(?:し|さ)?|招(?:か|待)|認め|想定(?:し|さ)|予定(?:し|さ)|加盟(?:し|を)?|参加(?:し|を)?|至)[^、。]{0,8}(?:ない|なかった|ぬ|ず)(?=$|[、。」])"
)
MEMBER = re.compile(r"(?:加盟国|構成国|参加国|メンバー国?|一員)$")
BECAME = re.compile(r"^(?:と|に)は?な[っりるら]")


CAME = re.compile(r"[」』]?(?:し|っ|ん)?(?:ました|[ただ])")
# What is told between who it is and what it did not become: オブザーバーにとどまり、加盟国とはならなかった.
STAYED = re.compile(r"(?:とどま|留ま|なり|して|あり)[^。]{0,3}、$")


def assert_memberships(context: Context) -> None:
    """Make the claims of who joined, left or may join, and part in time those who sat one after the other."""
    events = list(find_verbs(context.tree, by_verb()))
    for event in events:
        rule = memberships()[event.frame.rule]
        found = _standing(context, event)
        if rule.capacity and (found is Factuality.ACTUAL or not rule.capacity.search(context.text, 0, event.start)):
            continue
        parties = list(_parties(context, event, rule)) if found else []
        if found and parties:
            paired = list(_paired(parties, _dates(context, event, parties)))
            spans = [s for t in _dates(context, event, parties) if (s := span_of(t))]
            for body, place in bodies_of(context, event, rule, found, parties):
                for group, told in paired:
                    when, until = spans[0] if spans else (told, None)
                    if rule.how == "join" and until is None:
                        until = _left_again(context, events, event, group)
                    _claim(context, body, (group, when), found, rule, (*place, (event.start, event.phrase.end)), until)
    for phrase in context.tree.phrases:
        if MEMBER.search(context.text[phrase.start : phrase.content_end]) and not phrase.name:
            _became(context, phrase)
    assert_turns(context)


def _dates(context: Context, event: Event, parties: list[Group]) -> list[Timex]:
    """The dates of a joining; those of a row that is dated one by one stand before each: 4月にイギリス、9月にイランが."""
    first = [context.tree.at(g.start) for g in parties]
    before = [context.tree.phrases[p.index - 1].timex for p in first if p and p.index]
    dated = [t for t in before if t]
    return dated if len(dated) == len(parties) > 1 else clause_dates(event, context.tree)


def _left_again(context: Context, events: list[Event], joining: Event, group: Group) -> Date | None:
    """When who joined left, as the sentence goes on to tell: 2006年に復帰したものの、2012年に再び脱退した."""
    for event in events:
        later = (
            event.phrase.index > joining.phrase.index
            and event.form is Form.VERBAL
            and memberships()[event.frame.rule].how == "leave"
        )
        if later and group in _parties(context, event, memberships()[event.frame.rule]):
            dates = [t.date for t in clause_dates(event, context.tree) if t.date and t.bound in {Bound.AT, Bound.FROM}]
            return dates[-1] if dates and _standing(context, event) is Factuality.ACTUAL else None
    return None


def _standing(context: Context, event: Event) -> Factuality | None:
    """What standing the text gives to a joining or leaving."""
    found = standing(context.tree, event).factuality
    behind = context.text[event.end :]
    if found is None or event.form is Form.VERBAL:
        return found
    if REFUSED.search(behind):
        return Factuality.NEGATED
    above = context.tree.phrases[event.phrase.depends_on]
    said = context.text[event.phrase.content_end : max(above.end, event.phrase.end)]
    if OPEN.search(said) or OPEN.search(context.text[event.phrase.content_end : event.phrase.end]):
        return Factuality.POSSIBLE
    return found if found is not Factuality.ACTUAL or REALISED.search(said) else None


def _parties(context: Context, event: Event, rule: Membership) -> Iterator[Group]:
    """Who comes or goes; a subject of an earlier clause only where this one has none of its own."""
    found = list(_candidates(context, event, rule))
    own = [g for g in found if g.particle == "が" and g.phrase.depends_on == event.phrase.index]
    yield from (g for g in found if not own or g.particle != "が" or g in own)


def _candidates(context: Context, event: Event, rule: Membership) -> Iterator[Group]:
    for group in context.groups:
        behind = group.phrase.index >= event.phrase.index and context.tree.at(group.start) is not event.modified
        if not fits(group, MEMBERS) or behind:
            continue
        if context.text.startswith("側", group.end):
            continue
        above = context.tree.phrases[group.phrase.depends_on]
        direct = event.phrase.index in {group.phrase.depends_on, group.phrase.index + 1}
        direct = direct or (above.particle == "として" and above.depends_on == event.phrase.index and rule.how == "admit")
        if event.form is Form.NOMINAL:
            taken = direct and group.particle == ("を" if rule.how == "admit" else "の") and fits(group, (Kind.STATE,))
            taken = taken or (rule.how != "admit" and _realises(context, event, group))
        elif rule.how == "admit":
            taken = direct and (group.particle == "を" or (group.particle == "も" and not fits(group, (Kind.STATE,))))
        else:
            onward = direct or (
                group.particle in SUBJECT and goes_through(event, context.tree, group) and not _retold(context, event, group)
            )
            envoys = ENVOYS.search(group.phrase.head.text) and CAME.match(event.phrase.tail)
            taken = group.particle in SUBJECT and onward and event.voice is Voice.ACTIVE and not envoys
            taken = taken or (CAME.match(event.phrase.tail) is not None and _told_before(context, event, group))
        if taken:
            yield group


def _told_before(context: Context, event: Event, group: Group) -> bool:
    """Whether it is the state that a clause stands before which came or went: 1956年に加わった|カナダは."""
    below = context.tree.dependants[event.phrase.index]
    own = any(p.particle in SUBJECT and p.head.nominal and not p.timex and p.index < event.phrase.index for p in below)
    first = event.modified is not None and context.tree.at(group.start) is event.modified
    return first and not own and fits(group, (Kind.STATE,))


def _realises(context: Context, event: Event, group: Group) -> bool:
    """Whether a state is the subject of what makes the deed come true: XはYへの加盟を果たした, XのYへの加盟が認められた."""
    above = context.tree.phrases[event.phrase.depends_on]
    verb = above if above.index > event.phrase.index else event.phrase
    subject = group.particle in SUBJECT and group.phrase.depends_on in {verb.index, event.phrase.index}
    return subject and bool(REALISED.search(context.text, event.phrase.content_end, verb.end)) and fits(group, (Kind.STATE,))


def _retold(context: Context, event: Event, group: Group) -> bool:
    """Whether another topic stands between: アルメニアは参加を凍結し、首相は脱退すると述べた."""
    between = context.tree.phrases[group.phrase.index + 1 : event.phrase.index]
    return any(p.particle == "は" and p.head.nominal and not p.timex for p in between)


def _paired(parties: list[Group], times: list[Timex]) -> Iterator[tuple[Group, Date | None]]:
    """Who, and since or until when: 「AがT1に、BがT2に」, 「T1にAが、T2にBが」."""
    dated = [t for t in times if t.date and t.bound in {Bound.AT, Bound.FROM}]
    first = bool(dated) and dated[0].start < parties[0].start
    for group in parties:
        if len(dated) < 2:
            yield group, dated[0].date if dated else None
            continue
        before = [t for t in dated if t.start < group.start]
        after = [t for t in dated if t.start >= group.end]
        near = before[-1:] if first else after[:1]
        yield group, near[0].date if near else None


def _claim(
    context: Context,
    body: str,
    party: tuple[Group, Date | None],
    found: Factuality,
    rule: Membership,
    places: tuple[Stretch, ...],
    until: Date | None = None,
) -> None:
    group, when = party
    factuality = with_date(context.proposed(found), when, context.published)
    leaving = rule.how == "leave"
    if leaving and (factuality is not Factuality.ACTUAL or when is None):
        return  # what is only planned or denied leaves the member a member
    lasting = factuality in {Factuality.ACTUAL, Factuality.PLANNED}
    for member, key in context.members(group):
        context.drafts.add(
            body,
            Property.HAS_MEMBER,
            key,
            factuality,
            quote(context.named.sentence, (member.start, member.end), *places),
            rule.rule,
            confidence=LIKELY if len(places) > 1 else SUPPLIED,
            valid_from=when if lasting and not leaving else None,
            valid_until=when if leaving else until,
        )


def _became(context: Context, phrase: Phrase) -> None:
    """Xは2024年にYの加盟国となった, …32番目の加盟国になった (of the body that the text is about)."""
    if not BECAME.match(context.text[phrase.content_end :]):
        return
    above = context.tree.phrases[phrase.depends_on]
    verb = above if phrase.particle in {"に", "と", "とは", "には"} and above.index > phrase.index else phrase
    found = phrase_standing(context.tree, verb).factuality
    onward = [p for p in context.tree.dependants[verb.index] if STAYED.search(context.text[p.start : p.end])]
    reach = {phrase.index, verb.index, *(p.index for p in onward if p.index < phrase.index)}
    parties = [g for g in context.groups if g.particle in SUBJECT and g.phrase.depends_on in reach and fits(g, (Kind.STATE,))]
    if found is None or not parties:
        return
    named = [g for g in context.groups if g.phrase.depends_on == phrase.index and g.particle in {"の", ""} and fits(g, BODIES)]
    keys = [key for g in named[:1] for _, key in context.members(g)] or [context.discourse.company(context.index) or ""]
    times = [p.timex for p in context.tree.phrases if p.timex and p.depends_on in reach and p.index < verb.index]
    places = (*((g.start, g.end) for g in named[:1]), (phrase.start, verb.end))
    for group, when in _paired(parties, times) if keys[0] else ():
        _claim(context, keys[0], (group, when), found, memberships()["membership.join"], places)
