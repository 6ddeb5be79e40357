"""Posts, and people by their posts: 上川陽子外務大臣, ロイド・オースティン国防長官, 社会党上田哲議員.

A compound that ends on a title is a post; the personal name that it begins with is a person who holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.names.compounds import DOTS, runs, trim
from extract.names.found import Name
from extract.names.heads import NameRules
from extract.names.lexicon import Lexicon
from extract.names.states import States
from extract.tokens import Token
from ontology.terms import Kind

KATAKANA_NAME = re.compile(r"[ァ-ヶー]{2,}(?:[・=][ァ-ヶー]{1,})*")
COUNTED = re.compile(
    r"[二三四五六七八九十数各0-9]+(?:大臣|閣僚|首脳|外相|防衛相|国防相|長官|次官|局長)$"
)  # 四大臣 are people, no post
KATAKANA_LETTER = re.compile(r"[ァ-ヶ]")
DOTTED = frozenset({"・", "="})
NEWLY = frozenset({"新", "現"})  # 新|防衛大臣
GIVEN_NAME = 2  # the surname and one letter of the given name
BEFORE_TITLES = frozenset("元前新現副正両各駐対米同故")
KANJI_LETTERS = re.compile(r"[一-龥]{1,2}")
KANJI_NAME = re.compile(r"[一-龥々]{1,4}")
KANJI_PAIR = re.compile(r"[一-龥]{2}")
SHORT_KANJI = re.compile(r"[一-龥]{1,2}")
# Tags of the dictionary.
SURNAME, PROPER, COMMON = "人名-姓", "名詞-固有名詞-一般", "名詞-普通名詞-一般"


@dataclass(frozen=True, slots=True)
class Titled:
    """A person and the post that stands with the name; either may be missing."""

    person: Name | None
    post: Name | None


def titled_people(
    tokens: Sequence[Token], *, blocked: frozenset[int], rules: NameRules, lexicon: Lexicon, states: States
) -> tuple[Titled, ...]:
    """Posts and the people who stand before them, left to right."""
    found = []
    tokens = [*parted(tokens, rules)]
    for first, last in runs(tokens, blocked):
        start = first
        for i in range(first, last + 1):
            if i < last and not _ends_post(tokens, start, i, rules):
                continue
            if i > start:
                titled = _titled(tokens, start, i, rules, lexicon, states)
                if titled:
                    found.append(titled)
            start = i + 1
    return tuple(found)


def _ends_post(tokens: Sequence[Token], start: int, i: int, rules: NameRules) -> bool:
    """Whether the dot at `i` closes a title (外務大臣・防衛大臣)."""
    return tokens[i].text in DOTS and rules.post_of("".join(t.text for t in tokens[start:i])) is not None


def _titled(
    tokens: Sequence[Token], first: int, last: int, rules: NameRules, lexicon: Lexicon, states: States
) -> Titled | None:
    part = tokens[first:last]
    text = "".join(t.text for t in part)
    if part[-1].text in rules.addressed and len(part) > 1:
        return _addressed(tokens, first, last)
    title = rules.post_of(text)
    if title is None or (last < len(tokens) and tokens[last].text in rules.turning and tokens[last].start == part[-1].end):
        return None
    person_from, person_to = _person(tokens, first, last, rules, lexicon, states)
    start = person_to if person_to > person_from else trim(tokens, first, last, rules, states)
    if start < last - 1 and tokens[start].text in DOTS:
        start += 1  # 山田太郎・防衛審議官
    start += tokens[start].text in NEWLY and bool(lexicon.lookup("".join(t.text for t in tokens[start + 1 : last])))
    label = "".join(t.text for t in tokens[start:last])
    post = None
    if (
        label
        and label not in rules.no_posts
        and not COUNTED.match(label)
        and (label != title or lexicon.lookup(label) or person_to > person_from)
    ):
        post = Name(tokens[start].start, tokens[last - 1].end, label, Kind.POST, certainty=2, rule="post")
    person = None
    if person_to > person_from:
        if tokens[person_to - 1].text in DOTS:
            person_to -= 1  # ジャイシャンカル・インド外務大臣
        name = "".join(t.text for t in tokens[person_from:person_to])
        end, of_state = tokens[person_to - 1].end, _state_behind(name, states) if post else 0
        if of_state and post:
            post = replace(post, start=end - of_state, label=name[-of_state:] + post.label)
            name, end = name[:-of_state], end - of_state
        person = Name(tokens[person_from].start, end, name, Kind.PERSON, certainty=4, rule="person")
    return Titled(person, post) if person or post else None


def _addressed(tokens: Sequence[Token], first: int, last: int) -> Titled | None:
    """A person addressed with 氏 or by military rank: 徳地秀士氏, 吉田圭秀陸将."""
    start = last - 1
    while start > first and (
        tokens[start - 1].person
        or tokens[start - 1].unknown
        or KATAKANA_NAME.fullmatch(tokens[start - 1].text)
        or (tokens[start - 1].text in DOTS and start - 1 > first and KATAKANA_NAME.fullmatch(tokens[start - 2].text))
    ):
        start -= 1
    if start == last - 1:
        return None
    name = "".join(t.text for t in tokens[start : last - 1])
    return Titled(Name(tokens[start].start, tokens[last - 2].end, name, Kind.PERSON, certainty=4, rule="person"), None)


def _person(
    tokens: Sequence[Token], first: int, last: int, rules: NameRules, lexicon: Lexicon, states: States
) -> tuple[int, int]:
    """The words [i, j) of the part that are a personal name; i == j where there is none."""
    for i in range(first, last):
        if (states.named(tokens[i].text) and len(tokens[i].text) > 1) or _amid_katakana(tokens, i, first, rules, states):
            continue
        full = next((n for n in rules.full_names if "".join(t.text for t in tokens[i:last]).startswith(n)), "")
        j = next((k for k in range(i, last) if full and tokens[k].start >= tokens[i].start + len(full)), i)
        while j < last and _personal(tokens, j, i, rules, states):
            j += 1
        j = j if j > i else _rare_surname(tokens, i, last, rules, lexicon)
        if j == i + 1:
            j += _given_letters(tokens, i, last, rules, lexicon) or _given_word(tokens, i, last, rules, lexicon, states)
        else:
            j += _given_number(tokens, i, j, last)
        rest = "".join(t.text for t in tokens[j:last])
        if j > i and rest and rules.post_of(rest) and _before_fits(tokens, first, i, rules, lexicon):
            return i, j
    return first, first


def _given_letters(tokens: Sequence[Token], surname: int, last: int, rules: NameRules, lexicon: Lexicon) -> int:
    """How many words behind a surname are a given name of one or two letters, for a known title follows: 董|軍|国防相, 申|源湜|国防相."""
    known = tokens[surname].tag.endswith(SURNAME) or tokens[surname].text in rules.surnames
    if not known or len(tokens[surname].text) > 1:
        return 0
    for end in range(surname + 2, min(surname + 4, last)):
        given, rest = ("".join(t.text for t in part) for part in (tokens[surname + 1 : end], tokens[end:last]))
        if KANJI_LETTERS.fullmatch(given) and given[0] not in BEFORE_TITLES and lexicon.lookup(rest):
            return end - surname - 1
    return 0


def _given_word(tokens: Sequence[Token], surname: int, last: int, rules: NameRules, lexicon: Lexicon, states: States) -> int:
    """One, where a proper noun of two letters that names nothing known stands between surname and title: 長嶺|安政|駐韓大使."""
    given = tokens[surname + 1] if surname + 2 < last else None
    proper = given is not None and (given.tag == PROPER or given.unknown) and KANJI_PAIR.fullmatch(given.text)
    if given is None or not proper or not tokens[surname].tag.endswith(SURNAME) or given.text[0] in BEFORE_TITLES:
        return 0
    return int(not (lexicon.lookup(given.text) or states.named(given.text) or rules.head_of(given.text)))


def _rare_surname(tokens: Sequence[Token], at: int, last: int, rules: NameRules, lexicon: Lexicon) -> int:
    """The index behind a full name whose surname is a common noun to the dictionary: 垂|秀夫, 後宮|虎郎; `at` where none stands."""
    surname, given = tokens[at], tokens[at + 1] if at + 2 < last else None
    if given is None or not given.tag.endswith("人名-名") or surname.tag != COMMON or not SHORT_KANJI.fullmatch(surname.text):
        return at
    known = rules.post_of(surname.text) or rules.head_of(surname.text) or lexicon.lookup(surname.text)
    telling = surname.text in rules.outside or surname.text in rules.generic or surname.text in rules.addressed
    return at if known or telling else at + 2


def _given_number(tokens: Sequence[Token], surname: int, at: int, last: int) -> int:
    """One, where a numeral that ends a given name stands before a former office: 安倍|晋|三|元首相."""
    named = at - surname == GIVEN_NAME and all(t.person for t in tokens[surname:at])
    numeral = named and at + 1 < last and tokens[at].number and KANJI_LETTERS.fullmatch(tokens[at].text)
    return int(bool(numeral) and tokens[at + 1].text[0] in "元前首総外")


def _personal(tokens: Sequence[Token], at: int, first: int, rules: NameRules, states: States) -> bool:
    token = tokens[at]
    if token.person:
        return not (len(token.text) == 1 and token.text in states.letters and at > first)
    if token.text in {"・", "="}:
        return at > first and bool(KATAKANA_NAME.fullmatch(tokens[at - 1].text) or _particle(tokens, at - 1, first))
    if at > first and tokens[at - 1].text in {"・", "="} and states.named(token.text):
        return False
    if _third_letter(tokens, at, first, states) or _particle(tokens, at, first):
        return True
    if KATAKANA_NAME.fullmatch(token.text):
        return _in_katakana(tokens, at, first, rules, states)
    if at == first and token.unknown and KANJI_NAME.fullmatch(token.text) and len(token.text) == 1:
        return _title_next(tokens, at)
    if at == first and token.text in rules.surnames:
        return _title_next(tokens, at)
    surname = at == first and token.tag.startswith("名詞-固有名詞-地名-一般") and len(token.text) <= 3
    return surname and bool(KANJI_NAME.fullmatch(token.text)) and not states.named(token.text) and _title_next(tokens, at)


def _in_katakana(tokens: Sequence[Token], at: int, first: int, rules: NameRules, states: States) -> bool:
    """Whether a katakana word is of a personal name that begins with the word at `first`."""
    token = tokens[at]
    if at > first:
        going_on = tokens[at - 1].text in DOTTED or tokens[at - 1].person
        return token.unknown or going_on or _amid_katakana(tokens, at, first, rules, states)  # ランズ|ダウン外相
    if _title_behind_katakana(tokens, at, rules, states):
        return True
    if token.tag.startswith("名詞-固有名詞-地名-一般") and not states.named(token.text) and _title_next(tokens, at):
        return True  # ハルト外相: a place has no foreign minister
    plain = token.tag in {COMMON, PROPER} or _given_name(tokens, at, states)
    return token.unknown or (plain and token.text not in rules.no_people)


def _amid_katakana(tokens: Sequence[Token], at: int, first: int, rules: NameRules, states: States) -> bool:
    """Whether a word goes on in katakana what stands before it without a dot, and neither is a word of its own: ランズ|ダウン."""
    if at == first or tokens[at - 1].end != tokens[at].start:
        return False
    return all(
        KATAKANA_NAME.fullmatch(t.text) and t.text not in rules.no_people and not states.named(t.text)
        for t in (tokens[at - 1], tokens[at])
    )


def _title_behind_katakana(tokens: Sequence[Token], at: int, rules: NameRules, states: States) -> bool:
    """Whether several words of katakana, whatever the dictionary takes them for, stand before a title of ministers: ブルー|スター国防相."""
    end = at
    while end + 1 < len(tokens) and _amid_katakana(tokens, end + 1, at, rules, states):
        end += 1
    return end > at and _title_next(tokens, end)


def parted(tokens: Sequence[Token], rules: NameRules) -> Iterator[Token]:
    """The words, with those cut inside which a full name ends: 中谷|元|防衛相, 森本|敏|元防衛相 for the dictionary's 元防衛相 and 敏元."""
    endings = frozenset(name[-1] for name in rules.full_names)
    for i, token in enumerate(tokens):
        before = "".join(t.text for t in tokens[max(i - 2, 0) : i])
        may = i > 0 and not endings.isdisjoint(token.text[:-1])
        known = next((n for n in rules.full_names if _ends_inside(before, token.text, n)), None) if may else None
        at = len(token.text) - len(FORMER) if _former(tokens, i) and not known else 0
        if known:
            at = next(k for k in range(1, len(token.text)) if (before + token.text[:k]).endswith(known))
        if at:
            middle, text = token.start + at, token.text
            yield replace(token, end=middle, text=text[:at], lemma=text[:at])
            yield replace(token, start=middle, text=text[at:], lemma=text[at:], tag=COMMON)
        else:
            yield token


def _ends_inside(before: str, word: str, name: str) -> bool:
    """Whether a name that begins before a word ends inside it."""
    return any((before + word[:k]).endswith(name) and k < len(name) for k in range(1, len(word)))


FORMER = "元"


def _former(tokens: Sequence[Token], at: int) -> bool:
    """Whether a given name of several letters ends on what says that the office behind it is a former one: 敏元|防衛相."""
    token = tokens[at]
    given = token.tag.endswith("人名-名") and len(token.text) > 1 and token.text.endswith(FORMER)
    return given and at > 0 and tokens[at - 1].tag.endswith(SURNAME) and _title_next(tokens, at)


def _particle(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a word is a short one amid a name in katakana: マリ=クレール・ド・ラノワ."""
    dots = at > first and at + 1 < len(tokens) and tokens[at - 1].text in DOTTED and tokens[at + 1].text in DOTTED
    return dots and bool(KATAKANA_LETTER.fullmatch(tokens[at].text))


SHORTEST_STATE, SHORTEST_SURNAME = 3, 2  # katakana letters


def _state_behind(name: str, states: States) -> int:
    """How many letters behind a full name in katakana are the state whose office follows: ノイノイ・アキノ|フィリピン大統領."""
    surname = re.split("[・=]", name)[-1] if re.search("[・=]", name) else ""
    lengths = range(len(surname) - SHORTEST_SURNAME, SHORTEST_STATE - 1, -1)
    return next((n for n in lengths if KATAKANA_NAME.fullmatch(surname) and states.named(surname[-n:])), 0)


def _third_letter(tokens: Sequence[Token], at: int, first: int, states: States) -> bool:
    """Whether one letter ends a Korean or Chinese name that the dictionary knows two letters of: 安|圭|伯国防相."""
    letter, before = tokens[at].text, tokens[first:at]
    return (
        len(before) == GIVEN_NAME
        and all(t.person and len(t.text) == 1 for t in before)
        and before[0].tag.endswith(SURNAME)
        and bool(re.fullmatch(r"[一-龥]", letter))
        and letter not in BEFORE_TITLES
        and letter not in states.letters
        and not tokens[at].number
    )


def _given_name(tokens: Sequence[Token], at: int, states: States) -> bool:
    """Whether a katakana word, a coin or a measure by the dictionary, stands before a surname: ペニー・ウォン."""
    dot, surname = (tokens[i].text if i < len(tokens) else "" for i in (at + 1, at + 2))
    return dot in {"・", "="} and bool(KATAKANA_NAME.fullmatch(surname)) and not states.named(surname)


def _title_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether a place name stands right before a title of ministers, as a surname does: 千葉外務大臣 but not 沖縄局長."""
    following = "".join(t.text for t in tokens[at + 1 : at + 5])
    if following.startswith("大臣") and len(tokens[at].text) == 1:
        return False  # 四大臣
    return bool(
        re.match(
            r"(?:.{0,2})?(?:外務|防衛|外相|防衛相|首相|総理|大統領|国防|国務|官房|主席|国家主席|総書記)|大臣(?:$|[^一-龥])",
            following,
        )
    )


def _before_fits(tokens: Sequence[Token], first: int, at: int, rules: NameRules, lexicon: Lexicon) -> bool:
    """What stands before a personal name is nothing, or the name of a body (社会党上田哲議員), or a word of time."""
    before = "".join(t.text for t in tokens[first:at])
    trimmed = trim(tokens, first, at, rules)
    return trimmed >= at or bool(lexicon.lookup(before)) or rules.head_of(before) is not None or len(before) <= 2
