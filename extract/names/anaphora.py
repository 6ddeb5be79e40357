"""Words that refer back to a name: 同委員会, この指針, 本協定, 両国, 初会合."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.names.found import Name
from extract.names.heads import Head, NameRules
from extract.tokens import Token
from ontology.terms import Kind, is_a

DEMONSTRATIVE = re.compile(r"(?:同|この|本|当該|その|これらの|今回の)$")
STATES = re.compile(
    r"両国政府|両国|両政府|両首脳|両者|"
    r"(?:(?<=^)|(?<=[、。「はがもをに]))(?:[2-9二三四五六七八九](?:か|カ|ヵ|ヶ|ケ|箇)国(?!以[上下]|目|語|ほど|余|近く)|三国(?=[はがのもを]))"
)
ATTACHED = re.compile(r"[一-龥ァ-ヶー]$")  # ゴルバチョフ両首脳 are no 両首脳 of whom the text spoke before
CONNECTED = re.compile(r"(?:に関する|についての|に係る|をめぐる)(?:日米|二国間)?$")
NTH = r"(?:第[\d一二三四五六七八九十]+回|(?:\d+|[一二三四五六七八九十]+)[回度]目)"
SESSION = re.compile(
    rf"(?:{NTH}の?|初の?|次回の?|前回の?|定例|今回の|同|標記)?"
    r"(?:(?:[3-6三四五六](?:か|カ|ヵ|ヶ|箇)国の?)?(?:緊急|臨時|特別|拡大)?(?:首脳|外相|防衛相|国防相)(?:テレビ|電話|オンライン|ビデオ)?会[合談議]|閣僚会合|(?:局長|次官|課長|審議官|高官|閣僚|実務者|事務レベル)級?(?:会合|会議)|(?:首脳|外相|防衛相|国防相)級(?:会合|会議)|(?:テレビ|電話|オンライン)会[談議]|(?<=[A-Za-z0-9])サミット|会合|会談|総会|理事会)"
    rf"|(?:{NTH}の?|(?:次回|前回)の?|初の)(?:協議|対話|会議)(?=[はがをもに])|(?:{NTH}|次回|前回)(?=[はがも])"
)

COMPANY = "同社"
# What newspapers have as one word: the company, the committee spoken of.
SHORT = {COMPANY: (COMPANY, Kind.ORGANISATION), "同委": ("委員会", Kind.FORUM)}
GROUP = "グループ"
UNDERTAKING = frozenset({"計画", "事業", "プロジェクト"})
CRAFT = frozenset(
    {"艦", "機", "レーダー", "ミサイル", "戦闘機", "潜水艦", "フリゲート", "誘導弾", "迎撃弾", "戦車", "システム", "衛星"}
)
BARE = frozenset({"会合", "会談", "総会", "理事会"})
SAYING_WHAT = re.compile(r"(?:である|であり|であった|だ(?!け)|です|でした|の(?:一つ|ひとつ|場|枠組み)|として)")


def anaphors(text: str, tokens: Sequence[Token], *, rules: NameRules) -> tuple[Name, ...]:
    """The words of a sentence that refer back. Keys are found when the discourse is known."""
    starts = {t.start: i for i, t in enumerate(tokens)}
    found = [
        Name(m.start(), m.end(), m.group(), Kind.STATE, plural=True, certainty=0, rule="anaphor")
        for m in STATES.finditer(text)
        if m.start() in starts and not ATTACHED.search(text, 0, m.start())
    ]
    for i, token in enumerate(tokens):
        if not token.nominal:
            continue
        if token.text in SHORT and not _goes_on(tokens, i):
            word, kind = SHORT[token.text]
            found.append(Name(token.start, token.end, word, kind, certainty=0, rule="anaphor"))
            continue
        if (
            token.text in UNDERTAKING
            and re.search(r"(?:この|(?<![共合協異])同)$", text[: token.start])
            and not _goes_on(tokens, i)
        ):
            first = token.start - (2 if text[token.start - 1] == "の" else 1)
            found.append(Name(first, token.end, token.text, Kind.PROGRAMME, certainty=0, rule="anaphor"))
            continue
        if _craft(text, token) and not _goes_on(tokens, i):
            first = token.start - (0 if token.text.startswith("同") else 2 if text[token.start - 1] == "の" else 1)
            found.append(Name(first, token.end, token.text.removeprefix("同"), Kind.PROGRAMME, certainty=0, rule="anaphor"))
            continue
        if token.text == GROUP and re.search(r"(?:この|(?<![共合協異])同)$", text[: token.start]) and not _goes_on(tokens, i):
            found.append(Name(token.start, token.end, GROUP, Kind.FORUM, certainty=0, rule="anaphor"))
            continue
        head = rules.head_of(token.text)
        if head and token.text == f"同{head.word}" and not _goes_on(tokens, i):
            # the dictionary has 同庁, 同省, 同法 as one word
            found.append(Name(token.start, token.end, head.word, head.kind, certainty=0, rule="anaphor"))
            continue
        if head is None or head.word != token.text or _goes_on(tokens, i):
            continue
        both = text[token.start - 1 : token.start] == "両"
        if both and head.kind is not Kind.MEETING and len(head.word) > 1:
            found.append(Name(token.start - 1, token.end, head.word, head.kind, plural=True, certainty=0, rule="both"))
            continue
        before = DEMONSTRATIVE.search(text, 0, token.start)
        if before and before.start() in starts and head.kind is not Kind.MEETING:
            found.append(Name(before.start(), token.end, head.word, head.kind, certainty=0, rule="anaphor"))
        elif _bare(tokens, i, head):
            found.append(Name(token.start, token.end, head.word, head.kind, certainty=0, rule="bare"))
    return tuple(found)


SHORTEST = 2
BARE_BODIES = frozenset({"委員会", "作業部会", "協議会", "司令部", "タスクフォース", "フォーラム", "メカニズム"})


# What a company of states is called by its last word alone: 機構は1979年に解散した.
WHOLES = frozenset({"機構", "同盟", "連合", "連盟", "共同体"})


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether a bare word is the topic or subject that a clause opens with: 議定書に調印、機構は解散した."""
    opening = i == 0 or tokens[i - 1].text in {"、", "。", "が", "は"} or (tokens[i - 1].text == "に" and i > 1)
    return opening and i + 1 < len(tokens) and tokens[i + 1].text in {"は", "が", "も"}


def _opens(tokens: Sequence[Token], i: int) -> bool:
    """Whether a sentence opens with a bare word for a body as its topic: 委員会は年2回開かれる."""
    return i == 0 and len(tokens) > 1 and tokens[1].text in {"は", "も", "に"}


def _craft(text: str, token: Token) -> bool:
    """Whether a word points back to what is built: この艦, 同ミサイル."""
    if token.text.startswith("同"):
        return token.text.removeprefix("同") in CRAFT
    return token.text in CRAFT and bool(re.search(r"(?:この|(?<![共合協異])同)$", text[: token.start]))


def _bare(tokens: Sequence[Token], i: int, head: Head) -> bool:
    """Whether a head noun stands with nothing that says which, and with a particle: 条約が調印された."""
    if head.word in BARE_BODIES:
        return _opens(tokens, i)
    if head.word in WHOLES:
        return _opens_clause(tokens, i)
    if not is_a(head.kind, Kind.AGREEMENT) or len(head.word) < SHORTEST:
        return False
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    alone = (
        before is None
        or before.text in {"、", "が", "は", "に", "で", "も", "。"}
        or (tokens[i].text in RENEWABLE and _new(tokens, i))
    )
    return alone and after is not None and after.text in {"が", "は", "を", "も", "に"}


RENEWABLE = frozenset({"共同宣言", "共同声明", "指針", "協定", "条約"})


def _new(tokens: Sequence[Token], i: int) -> bool:
    """Whether a text is called new: 新たな共同宣言, 新しい協定."""
    return "".join(t.text for t in tokens[max(i - 2, 0) : i]).endswith(("新たな", "新しい"))


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether the head noun is only the beginning of a compound: この協定案, 同委員会委員長."""
    after = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end else None
    return after is not None and after.nominal and not after.number and after.text not in {"第", "附属", "付属"}


def sessions(text: str, tokens: Sequence[Token], *, bodies: frozenset[int] = frozenset()) -> tuple[Name, ...]:
    """Bare words for a meeting: 初会合, 第3回会合, 今回の会談. Which body's, the sentence or the discourse tells."""
    starts, ends = {t.start for t in tokens}, {t.end: t for t in tokens}
    found = []
    for match in SESSION.finditer(text):
        before = ends.get(match.start())
        if text[match.end() : match.end() + 1] in {"し", "す", "さ", "せ"}:
            continue  # 会談した is a verb
        if match.group() in BARE and SAYING_WHAT.match(text, match.end()):
            continue  # 次官級の会合である says of what is spoken of what it is
        described = CONNECTED.search(text, 0, match.start())
        if (
            match.start() in starts
            and match.end() in ends
            and (not (before and before.nominal) or match.start() in bodies)
            and not described
        ):
            found.append(Name(match.start(), match.end(), match.group(), Kind.MEETING, certainty=0, rule="session"))
    return tuple(found)
