"""Names by structure: compound nouns that end on a head noun of the field.

A compound is a run of nominal words (「日豪宇宙政策ワーキンググループ」). Dates break it, words that belong to
the sentence are cut from its left (今回, 同, 第5回), and a middle dot parts it where what stands before
the dot is a name already (「在日米軍・統合参謀本部」) and holds it together where it is not
(「システム・技術フォーラム」).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.names.found import Name
from extract.names.heads import Head, NameRules, Strength
from extract.names.lexicon import Lexicon
from extract.names.set_up import founded_head, set_up
from extract.names.states import States
from extract.tokens import Token
from ontology.terms import Kind

NUMBERED_PARTS = frozenset({"提言", "提案", "項", "節", "章", "図", "表", "議題", "付録"})
PLANS = ("計画", "構想", "事業")  # a compound that ends so names that, and not what stands inside it: …パートナーシップ協力計画
GATHERINGS = frozenset({"会合", "会談", "会議", "協議"})
DOTS = frozenset("・･/-‐–")
KATAKANA_WORD = re.compile(r"[ァ-ヶー]+")
CIRCLED = re.compile(r"[①-⑳㉑-㉟]")
PARTNERS = frozenset({"NATO", "EU", "ASEAN", "GCC", "AU", "UN", "IAEA", "PIF"})  # what 日 pairs with besides states
MANY_STATES = re.compile(r"[A-Z]{2,}|.*[かヵカヶ箇]国|[日米英豪韓仏独伊印比加中露]{2,}")
CALLING = frozenset({"呼ば", "称さ", "称し", "名付け", "名づけ", "命名"})
SEVERAL = re.compile(r"[かヵカヶ箇]国")
COUNTED = 2  # words: 三, か国
OF_SO_MANY = frozenset({"閣僚会議", "条約"})  # 四カ国条約; a 二か国協定 is any
MINISTRIES = frozenset("省庁")  # the dictionary has 外務省 and 金融庁 as one word
KATAKANA = re.compile(r"[ァ-ヶー]{3,}")
ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/+-]{1,9}(?:プラス)?")
LATIN = re.compile(r"[A-Za-z]{2,}")
TELLING = 2  # this many telling modifiers make a name of a weak head
LONGEST_BRACKET = 6  # words, marks included, of an acronym in brackets


def runs(tokens: Sequence[Token], blocked: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The maximal runs [i, j) of adjacent nominal words; `blocked` are offsets that no name may hold (dates)."""
    first = None
    for i, token in enumerate(tokens):
        joined = first is not None and tokens[i - 1].end == token.start
        inside = (
            (token.nominal or token.text in DOTS or _double(tokens, i))
            and token.start not in blocked
            and not CIRCLED.match(token.text)
        )
        if first is not None and not (inside and joined):
            yield first, i
            first = None
        if inside and first is None and token.text not in DOTS:
            first = i
    if first is not None:
        yield first, len(tokens)


def _double(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word is the sign that joins a double surname: クランプ=カレンバウアー."""
    joins = tokens[i].text in {"=", "＝"} and 0 < i < len(tokens) - 1
    return joins and all(KATAKANA_WORD.fullmatch(tokens[j].text) for j in (i - 1, i + 1))


def trim(tokens: Sequence[Token], first: int, last: int, rules: NameRules, states: States | None = None) -> int:
    """The index of the first word of the name in the run [first, last)."""
    while first < last:
        token = tokens[first]
        if states and token.text in states.letters and _with_partner(tokens, first, last, states):
            break
        if token.text in GATHERINGS and first + 1 < last and tokens[first + 1].text == "後":
            first += 2  # 会合後|共同声明
        elif token.text in rules.outside or token.tag == "名詞-普通名詞-副詞可能" or token.text in DOTS:
            first += 1
        elif token.text == "第" and first + 2 < last and tokens[first + 1].number and tokens[first + 2].text in {"回", "次"}:
            first += 3
        elif first + 1 < last and (
            (token.text in NUMBERED_PARTS and tokens[first + 1].number)
            or (token.number and tokens[first + 1].tag.endswith(("助数詞可能", "助数詞")))
        ):
            first += 2
        else:
            break
    return first


def _with_partner(tokens: Sequence[Token], at: int, last: int, states: States) -> bool:
    """Whether a letter at `at` is the first of several states: 日 of 日・NATO… and of 日+米豪…, but no 日 of days."""
    after = tokens[at + 1] if at + 1 < last else None
    pair = after is not None and tokens[at].text == "日" and after.text in PARTNERS
    return after is not None and (pair or after.text == "・" or bool(states.named(after.text)) or after.text in states.letters)


def structural_names(
    tokens: Sequence[Token], *, blocked: frozenset[int], rules: NameRules, lexicon: Lexicon, states: States
) -> tuple[Name, ...]:
    """The names that the structure of compounds tells, left to right; posts are left to `people`."""
    found = []
    for first, last in runs(tokens, blocked):
        for start, stop in _parts(tokens, first, last, rules, lexicon, states):
            name = (
                _over_bracket(tokens, start, stop, rules, states)
                or _defined(tokens, start, stop, rules, states)
                or _name_in(tokens, _past_person(tokens, start, stop, rules, lexicon), stop, rules, states)
            )
            if name:
                found.append(name)
    return tuple(found)


def _one_states_own(text: str, rules: NameRules) -> bool:
    """Whether a name is of a class that belongs to one state: its forces and bodies."""
    head = rules.head_of(text)
    return head is not None and head.kind in {Kind.ARMED_FORCE, Kind.COMMAND, Kind.GOVERNMENT_BODY, Kind.LAW}


def _parts(
    tokens: Sequence[Token], first: int, last: int, rules: NameRules, lexicon: Lexicon, states: States
) -> Iterator[tuple[int, int]]:
    """The run cut at the middle dots that stand between names."""
    start = first
    for i in range(first, last):
        if tokens[i].text not in DOTS or i == start:
            continue
        before = _text(tokens, start, i)
        if _one_body_of_two(tokens, i + 1, last, before, lexicon, states) or _of_matters(tokens, i + 1, last, before, rules):
            continue
        if states.named(before) and len(before) > 1 and _one_states_own(_text(tokens, i + 1, last), rules):
            start = i + 1  # 米国・米軍, but エジプト・イスラエル平和条約
        elif _mere_head(_text(tokens, i + 1, last), rules):
            continue  # 平和パートナーシップ・プログラム
        elif rules.head_of(before) or rules.post_of(before) or lexicon.lookup(before):
            yield start, i
            start = i + 1
    yield start, last


OF_TWO = frozenset({"委員会", "理事会", "評議会", "協議会", "作業部会", "フォーラム"})
JOINT = frozenset({"合同", "共同"})


def _one_body_of_two(tokens: Sequence[Token], behind: int, last: int, before: str, lexicon: Lexicon, states: States) -> bool:
    """Whether a dot joins the two that a body is of: 国連・アフリカ連合合同タスクフォース."""
    joint = next((i for i in range(behind + 1, last) if tokens[i].text in JOINT), None)
    other = _text(tokens, behind, joint) if joint else ""
    if other and lexicon.lookup(before) and (lexicon.lookup(other) or states.named(other)):
        return True
    rest = _text(tokens, behind + 1, last)  # NATO・ウクライナ委員会
    return ACRONYM.fullmatch(before) is not None and bool(states.named(tokens[behind].text)) and rest in OF_TWO


def _of_matters(tokens: Sequence[Token], behind: int, last: int, before: str, rules: NameRules) -> bool:
    """Whether a war or crisis is only one of the matters that a body's name lists: 脆弱・紛争・暴力グループ."""
    head, whole = rules.head_of(before), rules.head_of(_text(tokens, behind, last))
    listed = head is not None and head.kind is Kind.OCCURRENCE and any(d in before for d in DOTS)
    return listed and (whole is None or whole.kind is not Kind.OCCURRENCE)


def _mere_head(text: str, rules: NameRules) -> bool:
    """Whether what stands behind a dot is a head noun alone, and one that no other names stand in a row with: …・プログラム."""
    head = rules.head_of(text)
    return (
        head is not None and head.word == text and head.kind in {Kind.PROGRAMME, Kind.FORUM} and bool(KATAKANA.fullmatch(text))
    )


def _past_person(tokens: Sequence[Token], first: int, last: int, rules: NameRules, lexicon: Lexicon) -> int:
    """Where a run that ends on a title begins without the holder's name: 深澤雅貴|防衛装備庁長官, ジョスト|在日米軍司令官."""
    title = rules.post_of(_text(tokens, first, last))
    if title is None:
        return first
    start = first
    while start < last - 1 and tokens[start].person:
        start += 1
    foreign = start == first and KATAKANA.fullmatch(tokens[first].text) and not lexicon.lookup(tokens[first].text)
    behind = first + 2 if tokens[first + 1].text in DOTS else first + 1
    if foreign and any(lexicon.lookup(_text(tokens, behind, stop)) for stop in range(behind + 1, last + 1)):
        return behind
    return start


def _name_in(tokens: Sequence[Token], first: int, last: int, rules: NameRules, states: States) -> Name | None:
    """The name that ends on the rightmost head noun of the part, if it is one."""
    for stop in range(last, first, -1):
        if rules.post_of(_text(tokens, first, stop)):
            continue
        start = trim(tokens, first, stop, rules, states)
        if start >= stop:
            return None
        text = _text(tokens, start, stop)
        head = rules.head_of(text) or rules.coined_of(text) or founded_head(tokens, stop, text, rules)
        if text in rules.nameless and not (head and _of_several(tokens, start, head)):
            return None
        if head is None or not _on_word(tokens, start, stop, head):
            continue
        following = tokens[stop] if stop < len(tokens) and tokens[stop].start == tokens[stop - 1].end else None
        only_when = head.kind is Kind.OCCURRENCE and following is not None and following.text in {"後", "前"}
        if following and not only_when and (following.text in rules.turning or _text(tokens, stop, last).endswith(PLANS)):
            continue
        named = is_name(tokens, start, stop, head, rules, states) and not _reading(tokens, start, text)
        if named or _of_several(tokens, start, head) or set_up(tokens, stop, text, head, rules):
            start = start - COUNTED if _of_several(tokens, start, head) else start
            text = _text(tokens, start, stop)
            kind = Kind.MEETING if _conference(tokens, start, stop, head, rules, states) else refine(text, head)
            sure = 1 if named else -1  # what is known by that name comes before what is only set up
            turn = TURN.match(text)
            at = turn.end() if turn else 0
            return Name(tokens[start].start + at, tokens[stop - 1].end, text[at:], kind, certainty=sure, rule=head.rule)
    return None


TURN = re.compile(r"第[\d一二三四五六七八九十]{1,3}[回次](?=.{4})")  # the dictionary has 回米 in 第4回米比… as one word
READING = re.compile(r"(?=.*[ぁ-ゖ])[ぁ-ゖァ-ヶー・]+")


def _reading(tokens: Sequence[Token], start: int, text: str) -> bool:
    """Whether a name in kana at the start of a bracket only tells how the one before it is read."""
    return start > 0 and tokens[start - 1].text == "(" and bool(READING.fullmatch(text))


def _conference(tokens: Sequence[Token], start: int, stop: int, head: Head, rules: NameRules, states: States) -> bool:
    """Whether a 会議 is named by its town alone: the one meeting that was held there (ジュネーブ会議), no standing body."""
    town = tokens[start]
    return (
        head.word == "会議"
        and stop - start == TELLING
        and town.place
        and town.text not in rules.no_people
        and not states.named(town.text)
    )


def _of_several(tokens: Sequence[Token], start: int, head: Head) -> bool:
    """Whether a forum, meeting or treaty is told by how many states it is of: 三か国|海洋対話, 五か国|閣僚会合, 四カ国|条約."""
    listed = start > COUNTED and tokens[start - COUNTED - 1].text == "の"  # 日本、豪州、インドの三か国委員会
    if start < COUNTED or listed or not (head.kind in {Kind.FORUM, Kind.MEETING} or head.word in OF_SO_MANY):
        return False
    number, counter = tokens[start - COUNTED], tokens[start - 1]
    return number.number and bool(SEVERAL.fullmatch(counter.text)) and counter.end == tokens[start].start


def _acronym_after(tokens: Sequence[Token], last: int) -> int | None:
    """The index behind 「(ACM)」 right after the compound that ends at `last`; None where none stands there."""
    end = next((i for i in range(last + 1, min(last + LONGEST_BRACKET, len(tokens))) if tokens[i].text == ")"), None)
    if end is None or tokens[last].text != "(" or tokens[last].start != tokens[last - 1].end:
        return None
    return end + 1 if ACRONYM.fullmatch(_text(tokens, last + 1, end)) else None


def _called(tokens: Sequence[Token], last: int) -> bool:
    """Whether the text says that something is called by the compound that ends here: 5か国の枠組みは西方連合と|呼ばれた."""
    return last + 1 < len(tokens) and tokens[last].text == "と" and tokens[last + 1].text in CALLING


def _acronym_before(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the compound stands in the brackets of an acronym: DIANA(…アクセラレーター)."""
    in_brackets = first > 1 and tokens[first - 1].text == "(" and last < len(tokens) and tokens[last].text == ")"
    return in_brackets and tokens[first - 2].end == tokens[first - 1].start and bool(ACRONYM.fullmatch(tokens[first - 2].text))


def _defined(tokens: Sequence[Token], first: int, last: int, rules: NameRules, states: States) -> Name | None:
    """A compound that an acronym or a short form in brackets makes a name: 軍事計画室(MPO), 国別適合計画(以下「適合計画」という)."""
    hereafter = "".join(t.text for t in tokens[last : last + 2]) == "(以下"
    named = _acronym_after(tokens, last) is not None or _acronym_before(tokens, first, last) or _called(tokens, last)
    if not named and not hereafter:
        return None
    start = trim(tokens, first, last, rules, states)
    text = _text(tokens, start, last)
    known = rules.head_of(text)
    if rules.post_of(text) or text in rules.nameless:
        return None
    if known and text != known.word and known.strength is not Strength.MEETING and _on_word(tokens, start, last, known):
        return Name(tokens[start].start, tokens[last - 1].end, text, refine(text, known), certainty=1, rule=known.rule)
    head = next((h for h in rules.defined if text.endswith(h.word) and len(text) > len(h.word) + 1), None)
    if head is None or (head.kind is Kind.PROGRAMME and _text(tokens, last + 1, _bracket_end(tokens, last)) in rules.types):
        return None
    return Name(tokens[start].start, tokens[last - 1].end, text, head.kind, certainty=1, rule=head.rule)


def _bracket_end(tokens: Sequence[Token], last: int) -> int:
    """The index of the mark that closes the bracket at `last`."""
    return next((i for i in range(last + 1, len(tokens)) if tokens[i].text == ")"), last + 1)


def _over_bracket(tokens: Sequence[Token], first: int, last: int, rules: NameRules, states: States) -> Name | None:
    """A name whose head noun stands behind an acronym in brackets: 中距離核戦力(INF)全廃条約."""
    behind = _acronym_after(tokens, last)
    if behind is None or behind >= len(tokens) or tokens[behind].start != tokens[behind - 1].end:
        return None
    stop = behind
    while stop < len(tokens) and tokens[stop].nominal and tokens[stop].start == tokens[stop - 1].end:
        stop += 1
    start = trim(tokens, first, last, rules, states)
    tail = _text(tokens, behind, stop)
    head = rules.head_of(tail)
    if head is None or len(head.word) < TELLING or head.kind in {Kind.ORGANISATION, Kind.PLACE, Kind.MEETING} or start >= last:
        return None
    text = _text(tokens, start, stop)
    return Name(tokens[start].start, tokens[stop - 1].end, text, refine(text, head), certainty=1, rule=f"{head.rule}+bracket")


def is_name(tokens: Sequence[Token], start: int, stop: int, head: Head, rules: NameRules, states: States) -> bool:
    """Whether the words in front of the head noun tell enough to make a name."""
    text = _text(tokens, start, stop)
    if text in rules.proper:
        return True
    if text in rules.nameless or text == head.word:
        return False
    if stop - start == 1:
        return True
    if head.kind in {Kind.PROGRAMME, Kind.OCCURRENCE} and _without_states(text, states) in rules.nameless:
        return False
    if head.strength is Strength.WEAK and rules.tells_nothing(text.removesuffix(head.word)):
        return False
    before = [t for t in tokens[start:stop] if t.end <= tokens[stop - 1].end - len(head.word)]
    telling = [t for t in before if t.text not in rules.generic and not t.number and t.text not in DOTS]
    with_state = any(states.named(t.text) or t.text in PARTNERS for t in before) or len(states.prefix(text)) > 1
    named = [t for t in telling if not states.named(t.text)]
    if head.strength is Strength.MEETING:
        return with_state or any(t.person or t.unknown or t.place for t in before)
    if head.strength in {Strength.STRONG, Strength.PROPER}:
        coined = head.strength is Strength.STRONG or _code_name(before, rules)
        return coined and (bool(telling) or (head.kind is Kind.ARMED_FORCE and any(t.number for t in before)))
    proper = any((KATAKANA.fullmatch(t.text) and t.text not in rules.no_people) or LATIN.fullmatch(t.text) for t in named)
    if head.kind is Kind.FORUM and named and len(before) >= TELLING:
        return True
    return (with_state and len(before) > 1) or (with_state and head.kind is Kind.PARTNERSHIP) or proper or len(named) >= TELLING


def _code_name(words: Sequence[Token], rules: NameRules) -> bool:
    """Whether words are a code name: katakana or Latin, and one of them no common word: SSNR, アタランタ."""
    names = [t for t in words if t.text not in DOTS and not t.number]
    coined = [t for t in names if t.text not in rules.no_people and (t.unknown or t.person)]
    return bool(coined) and all(KATAKANA.fullmatch(t.text) or LATIN.fullmatch(t.text) for t in names)


def refine(text: str, head: Head) -> Kind:
    """The class that a head noun makes, corrected by what stands before it.

    A committee of a parliament is a body of government; guidelines for a law's use are a policy;
    foreign and defence ministers together are a forum.
    """
    if head.kind is Kind.MEETING and re.search(r"外務・(?:防衛|国防)", text):
        return Kind.FORUM  # what meets again and again under one name: 2+2
    if head.word == "閣僚会議" and MANY_STATES.match(text):
        return Kind.FORUM  # FPDA防衛閣僚会議, 五か国閣僚会議: of several states, no cabinet's
    if head.kind is Kind.FORUM and re.search(r"参議院|衆議院|上院|下院|国会|(?<![協審評])議会", text):
        return Kind.GOVERNMENT_BODY
    if head.word.endswith("軍") and re.search(
        r"(?:太平洋|戦略|中央|欧州|アフリカ|統合|連合|サイバー|特殊作戦|宇宙作戦|輸送)軍$", text
    ):
        return Kind.COMMAND
    if head.kind is Kind.GUIDELINES and re.search(r"法第?\d|運用に関する|法律|調達|会計", text):
        return Kind.POLICY
    if head.kind is Kind.TREATY and re.search(r"供給保証|プロジェクト|共同開発|共同研究|実施|技術協定", text):
        return Kind.ARRANGEMENT
    return head.kind


def _on_word(tokens: Sequence[Token], start: int, stop: int, head: Head) -> bool:
    """Whether the head noun begins where a word does (or fills one word with its modifiers)."""
    at = tokens[stop - 1].end - len(head.word)
    last = tokens[stop - 1]
    ministry = head.word in MINISTRIES and len(last.text) > len("外務")
    whole = len(head.word) > 1 or last.tag.startswith("名詞-固有名詞") or ministry
    return at >= tokens[start].start and (whole or any(t.start == at for t in tokens[start:stop]))


def _without_states(text: str, states: States) -> str:
    """A compound without the states that it begins with: 防衛プログラム of 日米防衛プログラム."""
    length = next((n for n in range(min(len(text) - 1, 12), 0, -1) if states.named(text[:n])), 0)
    return text[length:]


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    return "".join(t.text for t in tokens[first:last])
