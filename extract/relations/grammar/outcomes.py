"""What a change leads to, where no particle marks it: 改組されてXとなった, 改組してXが発足した, XはYを改組したものである."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.grammar.events import Event, Voice
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, fits
from extract.syntax import Tree
from ontology.terms import Kind

BECOMING = re.compile(r"^[」』]?と(?:な[っりるら]|し|する)")
BORN = re.compile(r"(?:設け|発足|誕生|設立|設置|創設|新設|新編|編成|結成|創立|生まれ|出来|でき)")
BORN_HERE = re.compile(r"^(?:さ|し)(?:れ)?て(?:でき|出来|生まれ)")
PRODUCT = re.compile(r"(?:もの|組織|機関|機構|枠組み|計画|協定|文書|部隊|会議体|協議体|事業)$")
COPULAR = re.compile(r"^[」』]?(?:で(?:ある|あり|あった|す|した|、)|だ|。|$)")
# What is itself made of others; a government or a force that reorganises another is not what comes out.
TURNING = frozenset({"改組", "改編", "統合", "合併", "格上げ", "昇格"})  # who reorganises (再編) may add what is new
COUNCIL = re.compile(r"(?:会議|審議会|委員会)$")
MADE_KINDS = (Kind.AGREEMENT, Kind.PROGRAMME, Kind.FORUM, Kind.MECHANISM, Kind.PARTNERSHIP)


def find_goal(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Fill the goal of a change that names none."""
    for find in (_outcome, _of_several, _reborn, _product, _present):
        find(event, tree, groups, found)
        if found.get(Role.GOAL) or found.goal_open:
            found.born = bool(BORN_HERE.match(event.phrase.tail))
            return


def _outcome(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """What a thing is after it changed: 改組され、変革連合軍となった."""
    above = {p.index for p in tree.governors(event.phrase)}
    for group in groups:
        if group.phrase.index in above and BECOMING.match(group.phrase.tail) and fits(group, event.frame.theme):
            found.add(Role.GOAL, group)


def _of_several(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """The topic is what came of the subjects: Xは、AとBが統合されてできた, Xは、AとBが統合されて発足した."""
    themes = found.get(Role.THEME)
    above = tree.phrases[event.phrase.depends_on]
    places = {event.phrase.index, above.index}
    topics = [g for g in groups if g.particle == "は" and g.phrase.depends_on in places and g.phrase.index < event.phrase.index]
    changed = [g for g in themes if g.particle == "が" and topics and g.phrase.index > topics[0].phrase.index]
    born = above.index > event.phrase.index and BORN.match(tree.text[above.start : above.content_end])
    if topics and changed and (born or BORN_HERE.match(event.phrase.tail)) and fits(topics[0], event.frame.theme):
        found.roles[Role.THEME] = [g for g in themes if g is not topics[0]]
        found.add(Role.GOAL, topics[0])


def _reborn(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Who is born of the change: 防衛省は、防衛庁を改組して発足した; 防衛庁が改組され、防衛省が発足した; 政府は保安庁を改組し、防衛庁を置いた."""
    above = tree.phrases[event.phrase.depends_on]
    born = BORN.match(tree.text[above.start : above.content_end]) or BORN_HERE.match(event.phrase.tail)
    if found.get(Role.THEME) and born and above.index >= event.phrase.index:
        objects = [g for g in groups if g.particle == "を" and g.phrase.depends_on == above.index]
        made = [g for g in objects if g.phrase.index > event.phrase.index and fits(g, event.frame.theme)]
        if made:  # who founds it is not what comes of it; nor is what is founded later or elsewhere
            next_to = made[0].phrase.index == event.phrase.index + 1 and event.verb in TURNING
            found.roles[Role.GOAL] = made if next_to else []
            return
        subjects = [g for g in groups if g.particle == "が" and g.phrase.depends_on == above.index]
        for group in [*found.get(Role.AGENT), *(g for g in subjects if g.phrase.index > event.phrase.index)]:
            if fits(group, event.frame.theme) and group not in found.get(Role.THEME):
                found.add(Role.GOAL, group)


def _reworded(event: Event, themes: Sequence[Group]) -> bool:
    """Whether a text is only revised: 新協定は旧協定を改めたものである."""
    return event.verb == "改める" and fits(themes[0], (Kind.AGREEMENT,))


def _is_made(group: Group) -> bool:
    """Whether a thing is of those that are made of others; of the bodies of a government, its councils: 防衛会議を改組した安全保障会議."""
    return fits(group, MADE_KINDS) or bool(COUNCIL.search(group.members[0].name.label))


def _product(event: Event, _tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """What somebody made by the change: XはYを改組したものである; YとZを統合したX. Where only the text tells X, the goal is open."""
    noun, themes = event.modified, [g for g in found.get(Role.THEME) if g.particle in {"を", "が"}]
    if noun is None or not themes or event.voice is Voice.PASSIVE or _reworded(event, themes):
        return
    if noun.name:
        made = [g for g in groups if g.phrase.index == noun.index and _is_made(g) and fits(g, event.frame.theme)]
        for group in made if not any(g.particle in {"は", "が"} for g in found.get(Role.AGENT) if g not in made) else ():
            found.add(Role.GOAL, group)
    elif PRODUCT.search(noun.head.text) and COPULAR.match(noun.tail):
        topics = [g for g in groups if g.particle in {"は", "とは", "も"} and g.phrase.index < event.phrase.index]
        for group in topics[:1]:
            if fits(group, event.frame.theme) and group not in themes:
                found.add(Role.GOAL, group)
        found.goal_open = not topics


PRESENT = re.compile(r"(?:現在の|今の|現)(?:名称?|呼称|名前|形|姿|組織|体制|機構)$")


def _present(event: Event, tree: Tree, _groups: Sequence[Group], found: Fillers) -> None:
    """What it is called or is today, which the text is about: 同会議は1995年に現在の名称へ改められた."""
    below = [p for p in tree.dependants[event.phrase.index] if p.particle in {"に", "へ"} and p.index < event.phrase.index]
    found.goal_open = any(PRESENT.search(tree.text, 0, p.content_end) for p in below)
