"""What particles alone tell wrongly is put right: topics that are themes, subjects of other clauses, chairs, what a thing turns into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.grammar.events import Event, Form, Voice, modified_noun
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Pattern, Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.head_nouns import has_pronoun
from extract.syntax import Phrase, Tree
from ontology.terms import Kind

ACTS = (Kind.PERSON, Kind.POST, Kind.STATE, Kind.INSTITUTION)


def drop_others_subjects(event: Event, tree: Tree, found: Fillers) -> list[Group]:
    """A subject right before another verb's clause is that verb's: 自衛隊とフィリピン軍が互いの国を訪れる際の手続きを定める協定に署名した."""
    dropped = []
    for group in tuple(found.get(Role.AGENT)):
        if group.particle != "が" or "、" in group.phrase.tail:
            continue
        between = tree.phrases[group.phrase.index + 1 : event.phrase.index]
        others = (p for p in between if not jointly(tree, p))
        if any(p.head.tag.startswith("動詞") and not p.particle and modified_noun(tree, p) for p in others):
            found.get(Role.AGENT).remove(group)
            dropped.append(group)
    return dropped


JOINTLY = re.compile(r"(?:共同|合同|一緒|提携|協力|連携)(?:で|に|し|して)|(?:手を)?組(?:んで|み)|共に|ともに")


def jointly(tree: Tree, phrase: Phrase) -> bool:
    """Whether a phrase only says that a deed is done with somebody: 米国と|共同で|開発する, A社と|組んで|設計する."""
    return bool(JOINTLY.match(tree.text[phrase.start : phrase.end]))


def keep_one_subject(event: Event, tree: Tree, found: Fillers) -> None:
    """Of a topic and a subject of one verb the nearer acts, unless another verb stands between: that verb's it is then."""
    agents = found.get(Role.AGENT)
    topics = [g for g in agents if g.particle in {"は", "も"}]
    subjects = [g for g in agents if g.particle == "が"]
    settled = bool(found.get(Role.THEME)) or has_pronoun(event, tree)
    if not topics or not subjects or event.frame.pattern is not Pattern.TRANSITIVE or not settled:
        return
    for subject in subjects:
        between = tree.phrases[subject.phrase.index + 1 : event.phrase.index]
        if any(p.head.tag.startswith("動詞") and not p.particle and not jointly(tree, p) for p in between):
            agents.remove(subject)
    if any(g.particle == "が" for g in agents):
        found.roles[Role.AGENT] = [g for g in agents if g not in topics]


def topicalise(event: Event, tree: Tree, found: Fillers) -> None:
    """SACOは、日米両政府が設置した; 協定には両外相が署名した: the topic is what the verb is about, the subject acts."""
    transitive = event.frame.pattern is Pattern.TRANSITIVE and event.voice is Voice.ACTIVE and event.form is Form.VERBAL
    if not transitive or found.get(Role.THEME) or (event.frame.rule == "revise" and has_pronoun(event, tree)):
        return
    agents = found.get(Role.AGENT)
    topics = [g for g in agents if g.particle in {"は", "も", "には"} and fits(g, event.frame.theme)]
    for topic in topics[:1]:
        acting = any(g is not topic and g.particle == "が" for g in agents)
        if acting or not fits(topic, ACTS):
            agents.remove(topic)
            found.add(Role.THEME, topic)


def drop_patients(event: Event, found: Fillers) -> None:
    """Who is the subject of a passive does not act: 四大臣は、2020年に署名され、翌年発効した協定を歓迎した."""
    if event.voice is Voice.PASSIVE and event.frame.family in {"sign", "adopt"}:
        found.roles[Role.AGENT] = [g for g in found.get(Role.AGENT) if g.particle not in {"は", "が", "も", "から"}]


def prefer_possessed(event: Event, found: Fillers) -> None:
    """What a deed is named with is its theme, not who the sentence is about: 防衛省は、防衛装備庁の新設を実現した."""
    themes, agents = found.get(Role.THEME), found.get(Role.AGENT)
    owned = [g for g in (*themes, *agents) if g.particle == "の" and fits(g, event.frame.theme)]
    others = [g for g in themes if g not in owned]
    if event.form is Form.NOMINAL and owned and others and all(g.particle in {"は", "が", "も"} for g in others):
        found.roles[Role.THEME] = owned
        found.roles[Role.AGENT] = [*others, *(g for g in agents if g not in owned)]


NEW_BODY = re.compile(
    r"(?:新組織|後継組織|後継機関|後継の?(?:組織|機関)|新(?:たな|しい)?(?:組織|機関|機構|体制|部隊|制度))(?:の(?:本部|司令部|事務局))?$"
)


def drop_beside_successor(event: Event, tree: Tree, found: Fillers) -> None:
    """What a clause before is about is not what a new body without a name undergoes: Xは改組され、新組織がローマに置かれた."""
    below = (p for p in tree.dependants[event.phrase.index] if p.particle in {"が", "は"} and not p.name)
    successor = next((p for p in below if NEW_BODY.search(tree.text, 0, p.content_end)), None)
    if successor is not None:
        found.roles[Role.THEME] = [g for g in found.get(Role.THEME) if g.phrase.index > successor.index]


def drop_beside_complement(event: Event, tree: Tree, found: Fillers) -> None:
    """What a deed is about is not its theme where a common noun is: 協定については交渉入りの合意に至らなかった."""
    below = [p for p in tree.dependants[event.phrase.index] if p.index < event.phrase.index]
    if event.form is Form.NOMINAL and any(p.particle == "の" and not p.name and not p.timex and p.head.nominal for p in below):
        found.roles[Role.THEME] = [g for g in found.get(Role.THEME) if g.particle in {"の", "", "を", "が"}]


CLEFT = re.compile(r"の[はが]、?$")
CLEFT_FRAMES = frozenset({"sign", "draft", "adopt", "publish", "develop"})


def find_cleft_agent(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Who is said to have done it: 草案をまとめたのは外務省である, 署名したのは両国の国防相だ, Xを構成するのは5か国だ."""
    above = tree.phrases[event.phrase.depends_on]
    cleft = event.form is Form.VERBAL and CLEFT.search(tree.text[event.phrase.start : event.phrase.end])
    if cleft and event.frame.pattern is Pattern.COMPOSITION and not found.get(Role.PART):
        for group in groups:
            if group.phrase.index == above.index > event.phrase.index:
                found.add(Role.PART, group)
        return
    if not cleft or event.voice is Voice.PASSIVE or event.frame.family not in CLEFT_FRAMES or found.get(Role.AGENT):
        return
    for group in groups:
        if group.phrase.index == above.index > event.phrase.index and not group.particle and fits(group, ACTS):
            found.add(Role.AGENT, group)


CHAIR = re.compile(r"(?:議長国?|座長|委員長)$")


def find_chaired(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Whose chair somebody takes: 日米合同委員会の議長を務める, 同委員会では…が議長を務める. Another post's holder chairs nothing."""
    chair = [p for p in tree.dependants[event.phrase.index] if CHAIR.search(tree.text[p.start : p.content_end])]
    shape = event.modified if event.modified and event.modified.head.text == "形" else None
    if not chair and shape:  # その議長を長官が務める形とする
        below = [p for p in tree.dependants[shape.index] if p.index < event.phrase.index and p.particle == "を"]
        chair = [p for p in below if CHAIR.search(tree.text[p.start : p.content_end])]
    if not chair:
        found.roles.clear()
        return
    its = shape and tree.text[: chair[-1].start].endswith("その")
    before = [g for g in groups if its and g.end <= chair[-1].start and fits(g, (Kind.INSTITUTION,))]
    for group in before[-1:]:
        found.add(Role.THEME, group)
    agents = found.get(Role.AGENT)
    if len(agents) > 1 and agents[0].particle in {"は", "も"} and fits(agents[0], (Kind.INSTITUTION,)):
        found.add(Role.THEME, agents.pop(0))
    for group in groups:
        owns = group.particle == "の" and group.phrase.depends_on == chair[-1].index
        if owns or group in found.get(Role.VENUE):
            found.add(Role.THEME, group)
    if not found.get(Role.THEME) and agents and all(g.particle == "が" for g in agents):
        _chaired_topic(event, tree, groups, found)


def _chaired_topic(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """The topic of a sentence that goes on from its chair: Xは、両次官が共同で議長を務め、2年ごとに開かれる."""
    above = {p.index for p in tree.governors(event.phrase)}
    bodies = (g for g in groups if g.particle in {"は", "も"} and fits(g, event.frame.theme) and not fits(g, (Kind.STATE,)))
    for group in bodies:
        if group.phrase.depends_on in above and group.end <= event.start and event.modified is None:
            found.add(Role.THEME, group)
            return


UNDER = re.compile(r"^(?:その)?(?:下|傘下|隷下|指揮下)$")


def find_superior(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """The body above: 日米安全保障協議委員会の下に, その下に (the body named before)."""
    for phrase in tree.dependants[event.phrase.index]:
        if phrase.index > event.phrase.index or not UNDER.match(tree.text[phrase.start : phrase.content_end]):
            continue
        owners = [g for g in groups if phrase.index in (g.phrase.depends_on, g.phrase.index) and g.particle != "を"]
        before = [
            g for g in groups if g.phrase.index < phrase.index and fits(g, (Kind.INSTITUTION,)) and not fits(g, (Kind.STATE,))
        ]
        text = [
            g for g in groups if g.phrase.index < phrase.index and g.particle in {"は", "が"} and fits(g, (Kind.AGREEMENT,))
        ]
        if text and not owners and not before and tree.text.startswith("その", phrase.start):
            found.add(Role.BASIS, text[-1])
            continue
        for group in owners[-1:] or before[-1:]:
            found.add(Role.UNDER, group)
        if not owners and not before:
            found.under_discourse = True
