"""What the names of a sentence mean: candidates decided, references followed, each in the order of the text."""

from __future__ import annotations

import re

from extract.model import Date
from extract.names.anaphora import COMPANY, CRAFT, UNDERTAKING, WHOLES
from extract.names.found import Name
from extract.names.states import PAIR
from extract.relations.discourse.absent import drop_absent
from extract.relations.discourse.context import Context
from extract.relations.discourse.deciding import decide
from extract.relations.discourse.entries import headword
from extract.relations.discourse.former import point_back
from extract.relations.discourse.memory import EDITION
from extract.relations.discourse.namesakes import LISTED, apart
from extract.relations.discourse.offices import office_of, office_of_holder
from extract.relations.discourse.sessions import meeting_meant
from ontology.terms import Kind, Property, is_a, lineage

CHANGING = re.compile(
    r"加わ|加盟|脱退|離脱|復帰|加入|抜け"
)  # who belongs to a company of states is another matter from here on
AT_HOME = re.compile(
    r"令和|平成|昭和|防衛大臣|衆議院|参議院|国会(?!議事堂)|内閣官房|閣議|防衛省|防衛装備|我が国|わが国|日本(?:政府)?[はで]"
)
NUMBERS = "0123456789〇一二三四五六七八九"


def resolve_names(context: Context) -> None:
    """Give every name of the sentence its things, or note why not."""
    row: list[Name] = []
    changing = bool(CHANGING.search(context.text))
    context.discourse.at_home = context.discourse.at_home or bool(AT_HOME.search(context.text))
    for name in context.named.names:
        keys = _renewed(context, name, _resolve(context, name))
        context.keys[name.start] = keys
        listed = row and LISTED.fullmatch(context.text[row[-1].end : name.start])
        row = [*(row if listed else ()), name] if name.kind is Kind.STATE else []
        if len(row) > 1 and not _goes_on(context, name):
            context.discourse.join([k for n in row for k in context.keys[n.start]], context.index)
        if name.kind is Kind.STATE and keys and not name.plural:
            after = context.text[name.end : name.end + 1]
            if after in {"は", "も", "が"}:
                context.discourse.owner = keys[0]
        if changing and name.kind is Kind.STATE and keys and not name.plural:
            context.discourse.regroup(keys)
        if name.kind is Kind.STATE and name.plural and keys:
            context.discourse.join(keys, context.index, firm=not FORCES.match(context.text, name.end))
        compared = bool(COMPARED.match(context.text, name.end))
        pair = context.things.knowledge.states.prefix(name.label) if name.kind is not Kind.STATE else ()
        if len(pair) > 1 and not name.plural and not compared:
            context.discourse.join(pair, context.index, firm=_together_now(context, name))
        if not compared:
            context.discourse.mention(keys, name.kind)
        if keys and context.things.kind(keys[0]) is Kind.MEETING:
            context.discourse.met(keys[0], context.index)
    point_back(context)
    drop_absent(context)


def _goes_on(context: Context, name: Name) -> bool:
    """Whether a row of states goes on behind one: the first seven of nine are no company of seven."""
    following = next((n for n in context.named.names if n.start >= name.end), None)
    return (
        following is not None
        and following.kind is Kind.STATE
        and bool(LISTED.fullmatch(context.text[name.end : following.start]))
    )


FORCES = re.compile(r"(?:両|三|各)?(?:国の?)?(?:陸|海|空)?(?:軍|部隊|艦艇)")  # 米比両軍: theirs, not they
TOGETHER = (Kind.AGREEMENT, Kind.MEETING, Kind.FORUM, Kind.OCCURRENCE)
SUBJECT = re.compile(r"[」』]?(?:\([^()]*\))?[」』]?[はがも]")


def _together_now(context: Context, name: Name) -> bool:
    """Whether a name tells of states doing something together: 日比首脳会談; 米比同盟の強化 only mentions two."""
    if any(is_a(name.kind, kind) for kind in TOGETHER):
        return True
    return name.kind is Kind.PARTNERSHIP and SUBJECT.match(context.text, name.end) is not None


FORERUNNER = re.compile(r"前身(?:は|である|となる|となった|の|に当たる|にあたる|として)")
FORERUN = re.compile(r"」?(?:を|が)前身")


def _of_forerunner(context: Context, name: Name, keys: tuple[str, ...]) -> bool:
    """Whether a short name is that of what the body was before: 日米合同委員会の前身は、…で設けられた合同委員会である."""
    shortened = (
        len(keys) == 1 and context.things[keys[0]].label != name.label and context.things[keys[0]].label.endswith(name.label)
    )
    told = FORERUNNER.search(context.text, 0, name.start)
    others = told is not None and any(
        n.end == told.start() - 1 and context.of(n) and context.of(n) != keys for n in context.named.names
    )  # 地位協定の前身である行政協定
    return shortened and bool((told and not others) or FORERUN.match(context.text, name.end))


RENEWED = re.compile(r"(?:新たな|新しい|改めて)[「『]?$")
DATING = (Property.SIGNED_ON, Property.ADOPTED_ON, Property.PUBLISHED_ON)


def _renewed(context: Context, name: Name, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The later edition of a text that was dated before: 2007年の共同宣言, then 2022年、新たな「共同宣言」を発出した."""
    before = context.text[max(name.start - 4, 0) : name.start]
    if len(keys) != 1 or not is_a(name.kind, Kind.AGREEMENT) or not RENEWED.search(before):
        return keys
    dates = [t.date for t in context.named.timexes if t.date and t.date.earliest and t.end <= name.start]
    told = context.drafts.objects(keys[0], *DATING)
    known = [d.earliest.year for d in told if isinstance(d, Date) and d.earliest]
    years = [d.earliest.year for d in dates if d.earliest]
    if not known or not years or years[-1] <= max(known):
        return keys if name.rule != "bare" else ()
    return (context.things.take(f"{context.things[keys[0]].label}({years[-1]}年)", context.things.kind(keys[0])),)


# What something is only compared with: the text goes on about the other, which この指針 then means.
COMPARED = re.compile(
    r"[」』]?(?:\([^()]*\))?(?:と(?:は)?(?:同様|同じ|同等|並ぶ|異な|違[いっう]|比[べ較])|に(?:比[べ較し]|ならっ|倣っ|準じ)|より(?:も|一層|さらに))"
)


def _resolve(context: Context, name: Name) -> tuple[str, ...]:
    keys = _meant(context, name)
    return () if _of_forerunner(context, name, keys) or _others_chamber(context, name) else keys


CHAMBERS = frozenset({"上院", "下院", "最高裁", "議会"})
UNITED_STATES = "united-states"


def _others_chamber(context: Context, name: Name) -> bool:
    """Whether a bare chamber is not that of the United States, where the text speaks of another state's doings: フィリピンは…上院の承認."""
    owner = context.discourse.owner
    return name.label in CHAMBERS and owner is not None and owner != UNITED_STATES


# Of these the head noun is all that tells what is meant: 同センター is no bureau that was named before it.
PARTNERSHIP, TITLED_SO = "パートナーシップ", (Kind.PARTNERSHIP, Kind.AGREEMENT)
TOLD_BY_NAME = frozenset({Kind.INSTITUTION, Kind.ORGANISATION})


def _meant(context: Context, name: Name) -> tuple[str, ...]:
    if name.kind is Kind.STATE:
        keys = name.keys or (_together(context, _count(name.label)) if name.plural else ())
        for state in keys:
            context.things.known(state)
        return keys
    if name.rule == "both":
        return context.discourse.last_two(name.kind, name.label)
    if name.rule in {"anaphor", "bare"}:
        key = _pointed_at(context, name)
        return (key,) if key else ()
    if name.kind is Kind.MEETING and not name.keys:
        return meeting_meant(context, name)
    both = _both_posts(context, name) if name.kind is Kind.POST else ()
    if both or _of_two(context, name):
        return both
    if name.ambiguous:
        entry = headword(context, name)
        return entry or (() if _common_noun(context, name) else office_of(context, name) or decide(context, name))
    return office_of_holder(context, name) or apart(context, name, tuple(context.things.current(k) for k in name.keys))


def _pointed_at(context: Context, name: Name) -> str | None:
    """What 同委員会, この計画 or a bare 機構 means."""
    if name.rule == "bare" and name.label in WHOLES:
        return context.discourse.whole_called(name.label)
    if name.label in CRAFT and name.kind is Kind.PROGRAMME:
        key = context.discourse.latest(Kind.PROGRAMME, name.label, exact=True)
        return key or context.discourse.topic_of((Kind.PROGRAMME,), context.index, titled=False)
    if name.label in UNDERTAKING:
        return context.discourse.topic_of((Kind.PROGRAMME,), context.index)
    own = _this_meeting(context, name) or _own_title(context, name) or _topical(context, name)
    told_by_name = name.rule == "bare" or name.label in OWN_ORGANS or (name.kind in TOLD_BY_NAME and name.label != COMPANY)
    if name.label == PARTNERSHIP and own is None:  # a text is called so as well as those who agreed on it
        own = next((k for kind in TITLED_SO if (k := context.discourse.latest(kind, PARTNERSHIP, exact=True))), None)
    return own or context.discourse.latest(name.kind, name.label, exact=told_by_name)


# Words for what bodies have each one of their own: その事務局 is no other centre or bureau that was named before.
OWN_ORGANS = frozenset({"事務局", "本部", "事務所", "グループ"})


def _topical(context: Context, name: Name) -> str | None:
    """What a sentence opens with by 同協定は: what the last one was about, before what it only mentioned in passing."""
    opening = (
        name.rule == "anaphor" and name.start <= len("また、この") and context.text[name.end : name.end + 1] in {"は", "も"}
    )
    last = context.discourse.topics[-1] if opening and context.discourse.topics else None
    if last is None or last.sentence != context.index - 1 or last.paragraph != context.discourse.paragraph:
        return None
    key = context.discourse.topic_of(lineage(name.kind)[-1:], context.index, titled=False)
    thing = context.things[key] if key else None
    latest = context.discourse.latest(name.kind, name.label)
    if key and latest and context.drafts.succeeds(latest, key):
        return None  # 第1連隊は第2連隊に改編された。同連隊は…: what it has become
    called = (EDITION.sub("", thing.label), *thing.names) if thing else ()
    return key if any(n.endswith(name.label) for n in called) else None


def _this_meeting(context: Context, name: Name) -> str | None:
    """What 今回の会議 means: the meeting that the text is about."""
    meeting = context.discourse.meeting
    told = name.kind is Kind.FORUM and context.text.startswith("今回の", name.start)
    return context.things.current(meeting) if told and meeting else None


def _own_title(context: Context, name: Name) -> str | None:
    """What 本協定 means where the document's own title names an agreement: that, whatever else was named since."""
    title = context.discourse.title
    if title is None or context.text[name.start : name.start + 1] != "本" or not is_a(name.kind, Kind.AGREEMENT):
        return None
    thing = context.things[title]
    return thing.key if any(n.endswith(name.label) for n in (thing.label, *thing.names)) else None


# Titles that are one office in several countries: 防衛大臣, 国防大臣; 外務大臣, 外務・国際協力大臣.
OFFICES = (re.compile(r"防衛|国防|軍事"), re.compile(r"外務|外相|国務|外交|外国貿易"), re.compile(r"首相|大統領|総理"))


def _of_two(context: Context, name: Name) -> bool:
    """Whether a title is that of two, and so no single holder's: 両大統領."""
    return name.kind is Kind.POST and context.text[max(name.start - 1, 0) : name.start] == "両"


def _both_posts(context: Context, name: Name) -> tuple[str, ...]:
    """Who 両防衛大臣 are: the two who hold such a post of those that the meeting spoken of has."""
    meeting = context.discourse.assembly(context.index)
    office = next((o for o in OFFICES if o.search(name.label)), None)
    if not _of_two(context, name) or meeting is None or office is None:
        return ()
    met = [person for person in context.drafts.objects(meeting, Property.HAS_PARTICIPANT) if isinstance(person, str)]
    posts = ((person, context.drafts.objects(person, Property.HOLDS_POST)) for person in met)
    holders = [p for p, held in posts if any(isinstance(h, str) and office.search(context.things[h].label) for h in held)]
    return tuple(holders) if len(holders) == PAIR else ()


def _together(context: Context, count: int) -> tuple[str, ...]:
    """The states last spoken of together; none where the sentence names something of others, as 両国 may be those."""
    last = context.discourse.together.get(count, ())
    prefixes = (context.things.knowledge.states.prefix(n.label) for n in context.named.names if n.kind is not Kind.STATE)
    named = {frozenset(states): states for states in prefixes if len(states) == count}
    if not named or frozenset(last) in named:
        return last
    return next(iter(named.values())) if len(named) == 1 and not last else ()


def _count(label: str) -> int:
    """How many states a word that refers back to them means: 両国 → 2, 5か国 → 5."""
    return NUMBERS.find(label[0]) % 10 if label[0] in NUMBERS else 2


def _common_noun(context: Context, name: Name) -> bool:
    """Whether a head noun that some things are called by is only a noun here: 共同計画を作る上での指針として."""
    rules = context.things.knowledge.rules
    bare = (head := rules.head_of(name.label)) is not None and head.word == name.label
    owned = any(
        n.kind is Kind.STATE and context.of(n) and n.end == name.start - 1 for n in context.named.names
    )  # 日比の2プラス2
    return bare and (
        context.text.startswith("として", name.end)
        or (context.text[name.start - 1 : name.start] in {"の", "る", "た"} and not owned)
    )
