"""Who plays which role of an event: by particles, by what the verb stands before, by what the sentence goes on about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.model import Bound, Timex
from extract.relations.events import GOING_ON, Event, Form, Voice, find_events, modified_noun
from extract.relations.frames import Pattern, Role, light_verb
from extract.relations.groups import Group, fits
from extract.relations.particles import INTO, role_of
from extract.syntax import FORMAL_NOUNS, Phrase, Tree
from ontology.terms import Kind, is_a, lineage


@dataclass(slots=True)
class Fillers:
    """The groups in each role of one event, its dates, and whether the theme was only supplied by the discourse."""

    roles: dict[Role, list[Group]] = field(default_factory=dict)
    times: list[Timex] = field(default_factory=list)
    topics: list[Phrase] = field(default_factory=list)
    supplied: bool = False
    under_discourse: bool = False

    def add(self, role: Role, group: Group) -> None:
        if group not in self.roles.setdefault(role, []):
            self.roles[role].append(group)

    def get(self, role: Role) -> list[Group]:
        return self.roles.get(role, [])


def listed(group: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """A group and those that a list names before it, each with modifiers of its own: XとYからなるA、ZのBとCから構成される."""
    found = [group]
    at = groups.index(group)
    for earlier in reversed(groups[:at]):
        following = found[0]
        between = tree.phrases[earlier.phrase.index + 1 : following.phrase.index]
        if earlier.phrase.index >= following.phrase.index or earlier.members[0].name.kind in {Kind.STATE, Kind.PLACE}:
            continue
        reaches = all(following.phrase.index in {g.index for g in tree.governors(p)} for p in between)
        if (
            earlier.particle in {"", "と", "や"}
            and reaches
            and earlier.phrase.tail.rstrip("」』") in {"、", "と", "や", "と、", "・", "及び"}
        ):
            if lineage(earlier.members[0].name.kind)[-1] == lineage(group.members[0].name.kind)[-1]:
                found.insert(0, earlier)
        elif not reaches:
            break
    return found


def fill(event: Event, tree: Tree, groups: Sequence[Group]) -> Fillers:
    """The fillers that the sentence itself gives to an event's roles."""
    found = Fillers()
    groups = [g for g in groups if not _side_only(g, groups, tree.text)]
    for group in groups:
        link = _link(event, tree, group)
        if link:
            _assign(event, group, link, found)
    if event.frame.pattern is Pattern.COMPOSITION:
        for group in tuple(found.get(Role.PART))[:1] if event.verb != "からなる" else ():
            found.roles[Role.PART] = listed(group, groups, tree)
    _head_noun(event, tree, groups, found)
    _under(event, tree, groups, found)
    if event.frame.pattern is Pattern.CHAIR:
        _chaired(event, tree, groups, found)
    _shared(event, tree, groups, found)
    _own_subjects(event, tree, found)
    _one_subject(event, tree, found)
    _topicalised(event, found)
    if event.frame.pattern is Pattern.LABILE and not found.get(Role.THEME):
        found.roles[Role.THEME] = [g for g in found.get(Role.AGENT) if fits(g, event.frame.theme)]
        found.roles[Role.AGENT] = []
    if event.frame.pattern is Pattern.INTRANSITIVE and not found.get(Role.THEME):
        found.roles[Role.THEME] = [g for g in found.get(Role.AS) if fits(g, event.frame.theme)]
    resolve_pronoun(event, tree, groups, found)
    if event.frame.rule in INTO and not found.get(Role.GOAL):
        _become(event, tree, groups, found)
        _reborn(event, tree, found)
    found.times = _cleft(event, tree, groups, found) or _nominal_times(event, tree) or _times(event, tree)
    return found


def _own_subjects(event: Event, tree: Tree, found: Fillers) -> None:
    """A subject right before another verb's clause is that verb's: 自衛隊とフィリピン軍が互いの国を訪れる際の手続きを定める協定に署名した."""
    for group in tuple(found.get(Role.AGENT)):
        if group.particle != "が" or "、" in group.phrase.tail:
            continue
        between = tree.phrases[group.phrase.index + 1 : event.phrase.index]
        if any(p.head.tag.startswith("動詞") and not p.particle and modified_noun(tree, p) for p in between):
            found.get(Role.AGENT).remove(group)


def _one_subject(event: Event, tree: Tree, found: Fillers) -> None:
    """Of a topic and a subject of one verb the nearer acts, unless another verb stands between: that verb's it is then."""
    agents = found.get(Role.AGENT)
    topics = [g for g in agents if g.particle in {"は", "も"}]
    subjects = [g for g in agents if g.particle == "が"]
    settled = bool(found.get(Role.THEME)) or _pronoun(event, tree)
    if not topics or not subjects or event.frame.pattern is not Pattern.TRANSITIVE or not settled:
        return
    for subject in subjects:
        between = tree.phrases[subject.phrase.index + 1 : event.phrase.index]
        if any(p.head.tag.startswith("動詞") and not p.particle for p in between):
            agents.remove(subject)
    if any(g.particle == "が" for g in agents):
        found.roles[Role.AGENT] = [g for g in agents if g not in topics]


ACTS = (Kind.PERSON, Kind.POST, Kind.STATE, Kind.INSTITUTION)


def _topicalised(event: Event, found: Fillers) -> None:
    """SACOは、日米両政府が設置した; 協定には両外相が署名した: the topic is what the verb is about, the subject acts."""
    transitive = event.frame.pattern is Pattern.TRANSITIVE and event.voice is Voice.ACTIVE and event.form is Form.VERBAL
    if not transitive or found.get(Role.THEME):
        return
    agents = found.get(Role.AGENT)
    topics = [g for g in agents if g.particle in {"は", "も", "には"} and fits(g, event.frame.theme)]
    for topic in topics[:1]:
        acting = any(g is not topic and g.particle == "が" for g in agents)
        if acting or not fits(topic, ACTS):
            agents.remove(topic)
            found.add(Role.THEME, topic)


BECOMING = re.compile(r"^[」』]?と(?:な[っりるら]|し|する)")


def _become(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """What a thing is after it changed: 改組され、変革連合軍となった."""
    above = {p.index for p in tree.governors(event.phrase)}
    for group in groups:
        if group.phrase.index in above and BECOMING.match(group.phrase.tail) and fits(group, event.frame.theme):
            found.add(Role.GOAL, group)


def _reborn(event: Event, tree: Tree, found: Fillers) -> None:
    """防衛省は、防衛庁を改組して発足した: who is born of the change."""
    above = tree.phrases[event.phrase.depends_on]
    born = re.match(r"(?:発足|誕生|設立|設置|創設)", tree.text[above.start : above.content_end])
    if found.get(Role.THEME) and born and above.index > event.phrase.index:
        for group in found.get(Role.AGENT):
            if fits(group, event.frame.theme) and group not in found.get(Role.THEME):
                found.add(Role.GOAL, group)


CHAIR = re.compile(r"(?:議長|座長|委員長)$")


def _chaired(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Whose chair somebody takes: 日米合同委員会の議長を務める, 同委員会では…が議長を務める. Another post's holder chairs nothing."""
    chair = [p for p in tree.dependants[event.phrase.index] if CHAIR.search(tree.text[p.start : p.content_end])]
    if not chair:
        found.roles.clear()
        return
    agents = found.get(Role.AGENT)
    if len(agents) > 1 and agents[0].particle in {"は", "も"} and fits(agents[0], (Kind.INSTITUTION,)):
        found.add(Role.THEME, agents.pop(0))
    for group in groups:
        owns = group.particle == "の" and group.phrase.depends_on == chair[-1].index
        if owns or group in found.get(Role.VENUE):
            found.add(Role.THEME, group)


UNDER = re.compile(r"^(?:その)?(?:下|傘下|隷下|指揮下)$")


def _under(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """The body above: 日米安全保障協議委員会の下に, その下に (the body named before)."""
    for phrase in tree.dependants[event.phrase.index]:
        if phrase.index > event.phrase.index or not UNDER.match(tree.text[phrase.start : phrase.content_end]):
            continue
        owners = [g for g in groups if g.phrase.depends_on == phrase.index or g.phrase.index == phrase.index]
        before = [
            g for g in groups if g.phrase.index < phrase.index and fits(g, (Kind.INSTITUTION,)) and not fits(g, (Kind.STATE,))
        ]
        for group in owners[-1:] or before[-1:]:
            found.add(Role.UNDER, group)
        if not owners and not before:
            found.under_discourse = True


def _side_only(group: Group, groups: Sequence[Group], text: str) -> bool:
    """Whether a state only opens the list of those on its side: 日本側は外務大臣と防衛大臣、米国側は…."""
    name = group.members[0].name
    if name.kind is not Kind.STATE or "側" not in text[name.start : group.phrase.end]:
        return False
    return any(g.phrase.index > group.phrase.index and g.members[0].name.kind in {Kind.PERSON, Kind.POST} for g in groups)


def _matrix(event: Event, tree: Tree) -> Iterator[Phrase]:
    """The verbs that lend their arguments: 新設を決めた, 設置することで一致した, 署名を行った."""
    below = event.phrase
    for _ in range(3):
        if below.depends_on <= below.index:
            return
        above = tree.phrases[below.depends_on]
        tail = tree.text[below.content_end : below.end]
        nominal = (
            event.form is Form.NOMINAL
            and below is event.phrase
            and event.phrase.particle in {"を", "が", "に", "は", "も", "で"}
        )
        stage = event.form is Form.NOMINAL and event.phrase.particle == "の" and STAGE.match(tree.text[above.start : above.end])
        nominal = nominal or bool(stage)
        formal = above.head.text in {"こと", "の", "旨", "方針", "予定", "計画"} and event.modified is above
        from_formal = below.head.text in {"こと", "の", "旨", "方針"} and below.particle in {"を", "で", "に", "が", "として"}
        if not (nominal or formal or from_formal):
            return
        if formal and not nominal:
            below = above
            continue
        content = tree.text[above.start : above.end]
        if not light_verb().match(content):
            return
        yield above
        if tail == "":
            return
        below = above


def _taking_over(event: Event, tree: Tree, phrase: Phrase) -> bool:
    """取って代わる is one verb, though the parser sees two."""
    above = tree.phrases[phrase.depends_on]
    return above.index + 1 == event.phrase.index and tree.text[above.start : above.end] in {"取って", "とって"}


STAGE = re.compile(r"(?:運び|段階|見通し)(?:と|に)")
DECIDING = re.compile(r"決|合意|一致|約|申し合わせ|指示|取り決め")


def decided_only(event: Event, tree: Tree) -> bool:
    """Whether the text only says that the deed was decided upon: 新設を決めた."""
    return event.form is Form.NOMINAL and any(DECIDING.match(tree.text[p.start : p.end]) for p in _matrix(event, tree))


def matrix(event: Event, tree: Tree) -> tuple[Phrase, ...]:
    """The verbs that carry a deed that is named by a noun: its quote must reach them."""
    return tuple(_matrix(event, tree)) if event.form is Form.NOMINAL else ()


def _link(event: Event, tree: Tree, group: Group) -> str | None:
    """How a group hangs on an event: "direct", "matrix" (on the verb that lends its arguments), "noun" (の, or glued to it)."""
    phrase = group.phrase
    above = tree.phrases[phrase.depends_on]
    if (
        event.frame.rule in INTO
        and group.particle == "から"
        and above.depends_on == event.phrase.index
        and above.particle in {"への", "へ"}
    ):
        return "direct"  # 防衛庁から防衛省への移行
    if phrase.index == event.phrase.index:
        return "direct" if event.verb == "からなる" else None
    if phrase.depends_on == event.phrase.index and phrase.index < event.phrase.index:
        if event.form is Form.NOMINAL and group.particle in {"の", ""}:
            return "noun"
        return "direct"
    if _taking_over(event, tree, phrase):
        return "direct"
    if any(phrase.depends_on == above.index and phrase.index < above.index for above in _matrix(event, tree)):
        return "matrix"
    return None


def _assign(event: Event, group: Group, link: str, found: Fillers) -> None:
    frame, particle = event.frame, group.particle
    if link == "noun" and group.particle == "" and frame.event and fits(group, (Kind.PLACE,)):
        found.add(Role.VENUE, group)
        return
    if link == "noun":
        found.add(Role.THEME if fits(group, frame.theme) and not found.get(Role.THEME) else Role.AGENT, group)
        return
    if (
        link == "direct"
        and particle == ""
        and event.form is Form.VERBAL
        and fits(group, frame.theme)
        and group.end >= event.phrase.start - 1
    ):
        found.add(Role.THEME, group)  # 署名 glued to its object: 「協定署名」
        return
    if particle == "" and group.end == event.start and fits(group, (Kind.INSTITUTION,)):
        found.add(Role.AGENT, group)  # 閣議決定, 国会承認
        return
    role = role_of(event, group, link)
    if role:
        found.add(role, group)


def _head_noun(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """The noun that a verb stands before fills the role that is left open: 昨年設置された委員会, 協定を結んだ両国."""
    modified = event.modified
    if modified is None and event.form is Form.NOMINAL:
        modified = next((m for above in _matrix(event, tree) if (m := modified_noun(tree, above))), None)
    if modified is None:
        return
    group = _at(modified, tree, groups) or _predicated(modified, tree, groups)
    if group is None:
        return
    frame = event.frame
    group = _within_reach(event, tree, group)
    passive = event.voice is Voice.PASSIVE
    if frame.pattern in {Pattern.COMPOSITION, Pattern.CHAIR}:
        role = Role.THEME
    elif frame.pattern is Pattern.DATIVE:
        role = Role.AGENT if found.get(Role.THEME) else Role.THEME
    elif frame.pattern is Pattern.TOPIC:
        role = Role.AGENT
    elif passive or frame.pattern is Pattern.INTRANSITIVE or not (found.get(Role.THEME) or _pronoun(event, tree)):
        role = Role.THEME
    else:
        role = Role.AGENT
    if role is Role.THEME and not fits(group, frame.theme):
        role = Role.AGENT if not found.get(Role.AGENT) else Role.VENUE
    if not found.get(role):
        found.add(role, group)


def _within_reach(event: Event, tree: Tree, group: Group) -> Group:
    """The members of a list that a clause in front of it speaks of: からなる of the first; else up to a と or 及び that ends a list."""
    if event.frame.pattern is Pattern.COMPOSITION:
        return replace(group, members=group.members[:1])
    kept = list(group.members[:1])
    for before, member in pairwise(group.members):
        joint = tree.text[before.end : member.start]
        if len(kept) > 1 and re.search(r"と|及び|並びに", joint):
            break
        kept.append(member)
    return replace(group, members=tuple(kept))


def _predicated(noun: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The topic that a bare noun is said of: SM-3は日米が共同開発した迎撃ミサイルである."""
    if noun.name or not re.match(r"^[」』]?(?:で(?:ある|あり|す|あった)|だ|。|$)", noun.tail):
        return None
    return next((g for g in groups if g.particle in {"は", "とは", "も"} and g.phrase.index < noun.index), None)


def _at(noun: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The group at a noun phrase, or where it only opens a list, the first named one of the list."""
    for _ in range(5):
        for group in groups:
            if group.phrase.index == noun.index or group.members[0].start == noun.start:
                return group
        if noun.depends_on <= noun.index or not LISTING.match(noun.tail):
            return None
        noun = tree.phrases[noun.depends_on]
    return None


LISTING = re.compile(r"^[」』]?(?:、|と|や|及び|および|ならびに|並びに|・)、?$")


def _pronoun(event: Event, tree: Tree) -> bool:
    """Whether the theme is only これ or それ."""
    return any(p.particle == "を" and p.head.text in {"これ", "それ", "これら"} for p in tree.dependants[event.phrase.index])


def resolve_pronoun(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """これを引き継ぐ: the topic of the sentence, if it is not what takes over."""
    pointed = next(
        (p for p in tree.dependants[event.phrase.index] if p.particle in {"に", "へ"} and p.head.text in {"これ", "それ"}), None
    )
    if event.frame.pattern is Pattern.DATIVE and pointed and not found.get(Role.THEME):
        before = [
            g
            for g in groups
            if g.phrase.index < pointed.index and fits(g, event.frame.theme) and g not in found.get(Role.AGENT)
        ]
        for group in before[-1:]:
            found.add(Role.THEME, group)
        return
    if found.get(Role.THEME) or not _pronoun(event, tree):
        return
    for group in groups:
        if group.particle in {"は", "も"} and fits(group, event.frame.theme) and group not in found.get(Role.AGENT):
            found.add(Role.THEME, group)
            return


def _shared(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """A topic of the whole sentence serves each of its clauses; a subject serves the clauses that go on from it."""
    above = [p.index for p in tree.governors(event.phrase)]
    if event.form is Form.NOMINAL and not any(_matrix(event, tree)):
        return
    own = any(g.particle == "が" and _link(event, tree, g) for g in groups)
    formal = event.modified is None or event.modified.head.text in FORMAL_NOUNS
    if own or not (formal or event.frame.pattern is Pattern.TOPIC):
        return
    for group in groups:
        onward = group.particle in {"は", "も", "が", "では", "においては"} and _goes_through(event, tree, group)
        if group.phrase.index >= event.phrase.index or not (group.phrase.depends_on in above or onward):
            continue
        if group.particle not in {"は", "も", "が", "では", "とは"} or _link(event, tree, group):
            continue
        role = role_of(event, group, "direct")
        if role and not found.get(role):
            found.add(role, group)


def _goes_through(event: Event, tree: Tree, group: Group) -> bool:
    """Whether the clause that a topic or subject belongs to goes on to the event: Xが…を宣言し、…を行い、…した."""
    if group.particle in {"が", "も"}:
        return _in_clauses(event, tree, group.phrase)
    path = [p.index for p in tree.governors(group.phrase)]
    if event.phrase.index in path:
        return True
    clause = tree.phrases[group.phrase.depends_on]
    goes_on = clause.index < event.phrase.index and re.search(
        r"(?:し|て|り|い|び|み|ち|き|ぎ|れ|え|め|せ|け)、?$", clause.tail or clause.head.text
    )
    return bool(goes_on) and clause.depends_on == event.phrase.depends_on and clause.depends_on != event.phrase.index


def _times(event: Event, tree: Tree) -> list[Timex]:
    """The dates of an event: those that hang on it or on its matrix; else the one that stands in its clause."""
    matrix = [event.phrase, *_matrix(event, tree)]
    indices = {p.index for p in matrix}
    direct = [p.timex for p in tree.phrases if p.timex and p.depends_on in indices and p.index < max(indices) and _temporal(p)]
    if direct:
        return direct
    if event.form is Form.NOMINAL and len(matrix) == 1:
        return []
    floor = _clause_start(event, tree)
    before = [p for p in tree.phrases[floor : event.phrase.index] if p.timex and _temporal(p) and _reaches(event, tree, p)]
    if event.phrase.timex and event.phrase.words[0].timex:
        return [event.phrase.timex]
    return [before[-1].timex] if before and before[-1].timex else []


def _in_clauses(event: Event, tree: Tree, phrase: Phrase) -> bool:
    """Whether clauses that only go on lead from a subject to the event, none of them in front of a noun."""
    here = tree.phrases[phrase.depends_on]
    while here.index < event.phrase.index:
        if not GOING_ON.search(tree.text[here.start : here.end]) or here.depends_on <= here.index:
            return False
        beyond = tree.phrases[here.depends_on]
        if beyond.index > event.phrase.index:
            return beyond.index == event.phrase.depends_on
        here = beyond
    return here.index == event.phrase.index


def _reaches(event: Event, tree: Tree, date: Phrase) -> bool:
    """Whether a date can be the event's though the parser hangs it elsewhere; not where it hangs on what a noun did before (退官した)."""
    above = tree.phrases[date.depends_on]
    return above.index >= event.phrase.index or not above.tail.endswith("た")


def _nominal_times(event: Event, tree: Tree) -> list[Timex]:
    """The dates of a deed that is named by a noun: SDCの設置は1976年7月のことである, 2015年11月のACM設置; or 発効した1960年."""
    above = tree.phrases[event.phrase.depends_on]
    if event.form is not Form.NOMINAL:
        return [above.timex] if above.timex and event.modified is above else []
    if event.phrase.particle in {"は", "が", "も"} and above.index > event.phrase.index:
        told = [p for p in (*tree.dependants[above.index], above) if p.timex and p.index > event.phrase.index]
        told.sort(key=lambda p: p.index)
        if told and told[0].timex:
            return [told[0].timex]
    themes = {p.index for p in tree.dependants[event.phrase.index]} | {event.phrase.index}
    return [p.timex for p in tree.phrases[: event.phrase.index] if p.timex and p.particle == "の" and p.depends_on in themes]


def _cleft(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> list[Timex]:
    """発効したのは同年10月15日である; 公表されたのが共同声明である."""
    above = tree.phrases[event.phrase.depends_on]
    if not re.search(r"の[はが]、?$", tree.text[event.phrase.start : event.phrase.end]) or above.index <= event.phrase.index:
        return []
    for group in groups:
        if group.phrase.index == above.index and not found.get(Role.THEME) and fits(group, event.frame.theme):
            found.add(Role.THEME, group)
    return (
        [above.timex]
        if above.timex
        else [p.timex for p in tree.dependants[above.index] if p.timex and p.index > event.phrase.index][:1]
    )


def _temporal(phrase: Phrase) -> bool:
    """Whether a date stands as one: 2010年に, 2010年、, 2010年から; not 2010年の."""
    return phrase.timex is not None and (
        phrase.particle in {"に", "", "は", "には", "から", "まで", "も", "より", "で", "中に"}
        or phrase.timex.bound is not Bound.AT
    )


def _clause_start(event: Event, tree: Tree) -> int:
    """The index of the phrase after the last predicate before the event that is not part of its own arguments."""
    for phrase in reversed(tree.phrases[: event.phrase.index]):
        verbal = re.match(r"[」』]?(?:さ|し|す)", phrase.tail) or phrase.head.tag.startswith("動詞")
        if verbal and phrase.depends_on == event.phrase.index and not phrase.particle:
            return phrase.index + 1
        if verbal and phrase.depends_on > event.phrase.index:
            return phrase.index + 1
    return 0


POINTING = frozenset({"これ", "それ", "これら", "それら", "の", "こと"})


def theme_is_open(event: Event, tree: Tree) -> bool:
    """Whether no word stands where the theme would: only then can the theme be what the text went on about."""
    if event.frame.pattern is Pattern.CHAIR:
        return True
    places = {event.phrase.index, *(p.index for p in _matrix(event, tree))}
    passive = event.voice is Voice.PASSIVE or event.frame.pattern in {Pattern.INTRANSITIVE, Pattern.LABILE}
    marks = {"が", "は", "も", "を"} if passive else {"を"}
    if event.frame.pattern is Pattern.DATIVE:
        marks = {"に", "へ", "への"}
    if event.form is Form.NOMINAL:
        marks = {"の", "が", "は"}
    marks |= event.frame.theme_particles | ({"への"} if event.frame.theme_particles else set())
    standing = [
        p for p in tree.phrases if p.depends_on in places and p.index < max(places) and not p.timex and p.index not in places
    ]
    glued = event.phrase.words[0].end < event.start or any(p.particle == "" and p.end == event.phrase.start for p in standing)
    named_topic = any(
        p.particle in {"は", "も", "には"} and p.depends_on in places and p.name and not any(is_a(p.name.kind, k) for k in ACTS)
        for p in standing
    )
    dative = event.frame.pattern is Pattern.DATIVE
    pointing = dative and any(p.particle in {"に", "へ"} and p.head.text in POINTING for p in standing)
    return (
        not glued
        and not pointing
        and not named_topic
        and not any(p.particle in marks and p.head.nominal and p.head.text not in POINTING for p in standing)
    )


def previous_theme(event: Event, tree: Tree, groups: Sequence[Group], kinds: Sequence[Kind]) -> Group | None:
    """What the clause before was about, for a clause that names nothing: …がまとめられ、SCCで合意された."""
    for earlier in reversed(list(find_events(tree))):
        if earlier.phrase.index >= event.phrase.index or earlier.modified is not None:
            continue
        for group in fill(earlier, tree, groups).get(Role.THEME):
            if fits(group, kinds):
                return group
    return None
