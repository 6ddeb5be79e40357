"""Names that play one role together: 日本、米国及びインドが, 上川陽子外務大臣と木原稔防衛大臣が, 国務省・国防省の次官補代理が.

Also what stands for them: the delegates of bodies (在日米軍の代表者が) are the bodies, a title shared by bodies makes a post of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.names.found import Name
from extract.names.heads import NameRules
from extract.names.recognise import Holding
from extract.names.states import SO_MANY
from extract.syntax import Phrase, Tree
from ontology.terms import Kind, is_a, lineage

BETWEEN = re.compile(
    r"[」』]?(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?[」』]?(?:と|や|、|及び|および|並びに|ならびに|・|,|/|または|又は|と、|や、|、及び|、並びに|、そして|-|と米|と日)?[「『]?"
)
# Between people of a list, the second with the state that is his: 、米国の.
OF_STATE = re.compile(r"(?:と|や|、|及び|および|並びに|と、)[一-龥ァ-ヶー]{2,12}の")
# What each of a row does for itself: on one date nobody else does it.
COMING = re.compile(r"(?:正式に?|再)?(?:加盟|加入|参加|参画|加わ|復帰|脱退|離脱|批准|抜け)(?!を|の)")
ACTING = re.compile(r"(?:政府)?[がはも]")
DELEGATES = re.compile(
    rf"(?:の)?(?:(?:計|全)?{SO_MANY}|両国|両政府|両軍|代表者?|担当者|関係者|高官|職員|部隊|要員|首脳|双方|両者|各代表|各担当者|幹部|閣僚|隊員|専門家|(?:国防|防衛|外交|外務|軍事?|通商)当局)"
)
ENVOYS = re.compile(r"(?:担当者|代表|関係者|高官|職員|幹部|局長|課長)$")  # 両省の担当者が参加した: of one meeting
SESSION = re.compile(r"の?(?:第[\d一二三四五六七八九十]+回|初)(?:会合|会議|協議|対話)?")  # X第1回会合を
# Of what a thing has, that which stands for the thing: Xの機能を引き継ぐ, Xの共同開発の実績を踏まえる.
ARTICLE = re.compile(r"第?\d+条(?:の\d+)?(?:第?\d+項)?")
PROXIES = re.compile(
    r"文案|草案|原案|案文|機能|任務|業務|役割|権限|実績|成果|規定|内容|開発|共同開発|迎撃ミサイル|下|枠組み|基本的な枠組み|精神|前文|一部|中|なか|席上|場|進め方"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One name of a group, with the post that stands with a person."""

    name: Name
    post: Name | None = None
    address: int = 0  # characters behind the name that only address it: 河野大臣, バイデン氏

    @property
    def start(self) -> int:
        return self.name.start

    @property
    def end(self) -> int:
        return self.post.end if self.post else self.name.end + self.address


@dataclass(frozen=True, slots=True)
class Group:
    """Members with one particle. `phrase` carries it: the last member's, or the delegates' (…の代表者が)."""

    members: tuple[Member, ...]
    phrase: Phrase
    particle: str

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        return self.members[-1].end


def fits(group: Group, kinds: Sequence[Kind]) -> bool:
    """Whether the members are of one of the classes."""
    return any(is_a(group.members[0].name.kind, k) for k in kinds)


def make_groups(tree: Tree, names: Sequence[Name], holdings: Sequence[Holding], *, rules: NameRules) -> tuple[Group, ...]:
    """The groups of a sentence, left to right; a name alone is a group of one."""
    seen = {(w.start, w.end) for p in tree.phrases for w in p.words if w.name}
    members = [_addressed(m, tree.text, rules) for m in _members([n for n in names if (n.start, n.end) in seen], holdings)]
    owners = _owners(tree.text, members)
    groups: list[Group] = [g for owner in owners for g in _close(tree, [owner], rules)]
    members = [m for m in members if m not in owners]
    current: list[Member] = []
    for i, member in enumerate(members):
        current.append(member)
        following = members[i + 1] if i + 1 < len(members) else None
        if following and _joined(tree.text, member, following):
            continue
        for part in _apart(tree, current):
            groups += _close(tree, part, rules)
        current = []
    groups += _counted(tree, names)
    return _dated_one_by_one(tree, _shared_particles(tuple(sorted(groups, key=lambda g: g.start))))


def _dated_one_by_one(tree: Tree, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """4月にイギリス、9月にイランが加わった: each of a row that is dated one by one has the particle of the last."""
    out = list(groups)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        first, then, verb = tree.at(here.start), tree.at(after.start), tree.phrases[after.phrase.depends_on]
        between = tree.phrases[here.phrase.index + 1 : then.index] if then else ()
        before = tree.phrases[first.index - 1] if first and first.index else None
        row = before and before.timex and between and all(p.timex for p in between) and COMING.match(tree.text, verb.start)
        listed = here.particle == "" and tree.text.startswith("、", here.end) and after.particle in {"が", "は", "も", "を"}
        if row and listed and _sort(here.members[0].name) == _sort(after.members[0].name):
            out[i] = Group(here.members, replace(here.phrase, depends_on=after.phrase.depends_on), after.particle)
    return tuple(out)


def _owners(text: str, members: Sequence[Member]) -> list[Member]:
    """The states and bodies that only tell whose a person farther on in a list is: スナク首相、米国のバイデン大統領と."""
    found = []
    for before, owner, after in zip(members, members[1:], members[2:], strict=False):
        people = _sort(before.name) == _sort(after.name) == "people"
        if (
            people
            and is_a(owner.name.kind, Kind.STATE)
            and not owner.name.plural
            and text[owner.end : after.start] == "の"
            and text[before.end : owner.start]
            and BETWEEN.fullmatch(text[before.end : owner.start])
        ):
            found.append(owner)
    return found


def _apart(tree: Tree, members: list[Member]) -> list[list[Member]]:
    """A run of names parted where one depends on something beyond the run: 「A、BとCから成るD」 lists A with D, not with B."""
    phrases = [tree.at(m.end - 1) for m in members]
    parts: list[list[Member]] = [[]]
    for i, member in enumerate(members):
        parts[-1].append(member)
        here, last = phrases[i], phrases[-1]
        if i + 1 < len(members) and here and last and here.index != last.index:
            later = {p.index for p in phrases[i + 1 :] if p} | {p.depends_on for p in phrases[i + 1 :] if p}
            if here.depends_on not in later:
                parts.append([])
    return parts


def _members(names: Sequence[Name], holdings: Sequence[Holding]) -> list[Member]:
    posts = {h.person: h.post for h in holdings}
    by_place = {(n.start, n.end): n for n in names}
    taken = {h.post for h in holdings}
    return [Member(n, by_place.get(posts.get((n.start, n.end), (-1, -1)))) for n in names if (n.start, n.end) not in taken]


def _addressed(member: Member, text: str, rules: NameRules) -> Member:
    """A person with the bare title or 氏 behind the name, which is no office: 林大臣及び岸大臣が."""
    if member.name.kind is not Kind.PERSON or member.post:
        return member
    titles = (*rules.posts, *rules.addressed)
    title = next((t for t in titles if text.startswith(t, member.name.end)), "")
    return replace(member, address=len(title))


def _joined(text: str, member: Member, following: Member) -> bool:
    between = text[member.end : following.start]
    if not between or not (BETWEEN.fullmatch(between) or (_sort(member.name) == "people" and OF_STATE.fullmatch(between))):
        return False
    if between == "・" and member.name.kind is Kind.GOVERNMENT_BODY and following.name.kind is Kind.POST:
        return "の" in following.name.label
    return _sort(member.name) == _sort(following.name) or (between == "と" and _contracting(text, member, following))


def _contracting(text: str, member: Member, following: Member) -> bool:
    """Whether a company stands beside a government as its like: サーブ社とポーランド政府が."""
    company, state = member.name.kind is Kind.ORGANISATION, following.name.kind is Kind.STATE
    return company and state and bool(ACTING.match(text, following.end))


def _sort(name: Name) -> str:
    """Names are listed with their like: people with posts, agreements with agreements, governments with states."""
    if name.kind in {Kind.PERSON, Kind.POST}:
        return "people"
    return Kind.STATE.value if governs(name) else lineage(name.kind)[-1].value


def governs(name: Name) -> bool:
    """Whether a name is that of a government, which binds its state: 日本国政府とフランス共和国政府との間の協定."""
    return name.kind is Kind.GOVERNMENT_BODY and name.label.endswith("政府")


def _close(tree: Tree, members: list[Member], rules: NameRules) -> list[Group]:
    last = members[-1]
    if last.name.kind is Kind.POST and members[0].name.kind is Kind.GOVERNMENT_BODY:
        title = last.name.label.split("の", 1)[1]
        members = [*(_titled(m, title) for m in members[:-1]), last]
    phrase = tree.at(last.end - 1)
    if phrase is None:
        return []  # inside brackets: the parser did not see it
    while phrase.particle in {"の", ""} and phrase.index + 1 < len(tree.phrases):
        following = tree.phrases[phrase.index + 1]
        content = tree.text[following.start : following.content_end]
        proxy = PROXIES.fullmatch(content) if phrase.particle else ARTICLE.fullmatch(content)
        if not proxy or not following.particle:
            break
        phrase = following
    if phrase.particle in {"との", "と"} and phrase.index + 1 < len(tree.phrases):
        following = tree.phrases[phrase.index + 1]
        if following.head.text == "間" and following.particle in {"で", "に", "では"}:
            return [Group(tuple(members), following, "と")]
    if phrase.particle in {"の", ""} and phrase.index + 1 < len(tree.phrases):
        following = tree.phrases[phrase.index + 1]
        content = tree.text[following.start : following.content_end]
        if DELEGATES.fullmatch(content) or (is_a(last.name.kind, Kind.FORUM) and SESSION.fullmatch(content)):
            return [Group(tuple(members), following, following.particle)]
        if (
            phrase.particle == "の"
            and rules.post_of(content) == content
            and content not in rules.no_posts
            and members[0].name.kind is not Kind.STATE
        ):
            return [Group(tuple(_titled(m, content) for m in members), following, following.particle)]
    return [Group(tuple(members), phrase, phrase.particle)]


COUNTED = re.compile(rf"(?:{SO_MANY}|諸国)\(([^()]+?)(?:など|等|ほか)?\)")


def _counted(tree: Tree, names: Sequence[Name]) -> Iterator[Group]:
    """The states that brackets name behind a count of them, with its particle: 旧ソ連6か国(ロシア、アルメニア、…)は."""
    for found in COUNTED.finditer(tree.text):
        inside = [n for n in names if found.start(1) <= n.start and n.end <= found.end(1)]
        phrase = tree.at(found.start())
        joints = {tree.text[a.end : b.start] for a, b in pairwise(inside)}
        whole = inside and (inside[0].start, inside[-1].end) == found.span(1) and joints <= {"、", "・", "及び", "および", "と"}
        if phrase and not phrase.name and whole and all(n.kind is Kind.STATE for n in inside):
            yield Group(tuple(Member(n) for n in inside), phrase, phrase.particle)


def _titled(member: Member, title: str) -> Member:
    """国務省 + 次官補代理 → the post 国務省次官補代理."""
    name = member.name
    post = replace(
        name, label=f"{name.label}{title}", kind=Kind.POST, keys=(), plural=False, ambiguous=False, rule="post.shared"
    )
    return Member(post)


def _shared_particles(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """日本側は外務大臣、米国側は国務長官が出席した: the first list has the particle of the last."""
    out = list(groups)
    for i in range(len(out) - 3, -1, -1):
        here, side, beyond = out[i], out[i + 1], out[i + 2]
        is_side = (
            side.members[0].name.kind is Kind.STATE
            and not side.members[0].name.plural
            and side.particle in {"は", "では", "からは"}
        )
        alike = _sort(here.members[0].name) == _sort(beyond.members[0].name)
        if here.particle in {"", beyond.particle} and is_side and alike and beyond.particle not in {"", "の"}:
            out[i] = Group(here.members, beyond.phrase, beyond.particle)
    return tuple(out)
