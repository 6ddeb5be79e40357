"""Names that a text gives to a thing: 「X(Y)」, 「X(以下「Y」という)」, 「X、いわゆるY」, 「Yと呼ばれるX」.

Source: the abbreviation patterns of Schwartz and Hearst (2003), widened to what Japanese prose writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.names.found import Name, fold
from extract.names.heads import NameRules
from ontology.terms import Kind, is_a

BRACKET = re.compile(r"[」』”]?\((?=([^()]*(?:\([^()]*\)[^()]*)*)\))")
HEREAFTER = re.compile(
    r"以下[、,は]?\s*(?:単に)?\s*[「『]?([^「」『』、,]{1,40}?)[」』]?\s*(?:と(?:い|言|呼|略|記|表|す|称)|$)"
)
KNOWN_AS = re.compile(r"(?:通称|略称|別名|俗称|いわゆる|英語名)[、:]?\s*[「『]?([^「」『』、,]{1,40})[」』]?")
ALSO = re.compile(
    r"[「『]?([^「」『』、,]{1,40}?)[」』]?\s*(?:としても知られ|とも呼ばれ|と呼ばれ|とも称され|と通称|と略称|とも言われ)"
)
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,&/+'’:-]{0,90}|[A-Z][A-Za-z-]{1,9}プラス")
ACRONYM = re.compile(r"[A-Z][A-Z0-9&+-]{1,9}(?![A-Za-z])")
SO_CALLED = re.compile(r"[」』]?(?:\([^()]{0,60}\))?、?(?:いわゆる|通称)、?[「『]?")
CALLED = re.compile(
    r"([^、。「」『』()]{2,30}?|「[^」]{2,30}」)と(?:呼ばれる|称される|通称される|総称される|称する|いわれる|呼称される|略称される)[「『]?$"
)
BEFORE_BRACKET = re.compile(r"([A-Z][A-Za-z0-9&/+-]{1,11})[」』]?\($")


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of a thing: `text` names what the sentence's name at `start` names. `certain` is False where only its form tells."""

    start: int
    text: str
    certain: bool = True


def aliases(text: str, names: Sequence[Name], *, rules: NameRules) -> tuple[Alias, ...]:
    """The further names that one sentence gives to the things that it names, in order of the text."""
    found: list[Alias] = []
    for name in names:
        if name.kind in {Kind.STATE, Kind.PLACE, Kind.PERSON, Kind.POST} or name.plural:
            continue
        found += [Alias(name.start, alias) for alias in _after(text, name, names, rules)]
        before = CALLED.search(text[: name.start])
        if before and len(text[: name.start]) - before.start() < 40:
            called = re.split(r"[はがをにで]|、", before.group(1))[-1].strip("「」『』")
            found.append(Alias(name.start, called))
        latin = BEFORE_BRACKET.search(text[: name.start])
        if latin:
            found.append(Alias(name.start, latin.group(1)))
    return tuple(a for a in found if _usable(a.text))


TITLED = (Kind.TREATY, Kind.ARRANGEMENT, Kind.PROGRAMME, Kind.OCCURRENCE)  # 防衛条約「プクプク条約」 is one treaty
QUOTED_TITLE = re.compile(r"^.+?「(.+)」$")


WHOSE_DOING = re.compile(r"^.+?による(?=.{4})")


def _after(text: str, name: Name, names: Sequence[Name], rules: NameRules) -> Iterator[str]:
    if name.kind is Kind.OCCURRENCE and WHOSE_DOING.match(name.label):
        yield WHOSE_DOING.sub("", name.label)  # ウクライナ侵略 for ロシアによるウクライナ侵略
    title = QUOTED_TITLE.match(name.label)
    if title:
        yield title.group(1)
    if any(is_a(name.kind, kind) for kind in TITLED):
        yield from (
            other.label
            for other in names
            if other.start == name.end + 1 and text[name.end] in "「『" and other.kind is name.kind and not other.ambiguous
        )
    bracket = BRACKET.match(text, name.end)
    if bracket:
        yield from _in_bracket(bracket.group(1), rules, name)
    so_called = SO_CALLED.match(text, name.end)
    if so_called:
        for other in names:
            if other.start == so_called.end():
                yield other.label
        acronym = ACRONYM.match(text, so_called.end())
        if acronym:
            yield acronym.group()


def _in_bracket(content: str, rules: NameRules, name: Name) -> Iterator[str]:
    hereafter = HEREAFTER.search(content)
    if hereafter:
        yield hereafter.group(1)
        content = content[: hereafter.start()].strip(" 、,;")
    for pattern in (KNOWN_AS, ALSO):
        known = pattern.search(content)
        if known:
            yield known.group(1)
            return
    for part in re.split(r"[、,;:]\s*|\s{2,}", content):
        piece = part.strip(" 「」『』")
        if " " in piece and all(_names_same_kind(p, rules, name) for p in piece.split(" ")):
            yield from piece.split(" ")
            yield piece
        elif (LATIN.fullmatch(piece) and not re.fullmatch(r"[A-Z]?\d+.*|[a-z].*", piece)) or _names_same_kind(
            piece, rules, name
        ):
            yield piece
        else:
            return


def _names_same_kind(piece: str, rules: NameRules, name: Name) -> bool:
    """Whether a Japanese name in brackets is of the class of the name before it: 周辺事態安全確保法 for …に関する法律."""
    head = rules.head_of(piece)
    if head is None or piece == head.word or piece in rules.nameless or re.search(r"第?\d+条|版|頁|[はがを]", piece):
        return False
    return head.kind is name.kind


def _usable(text: str) -> bool:
    folded = fold(text)
    return 2 <= len(folded) <= 100 and not folded.isdigit() and not re.search(r"\d{1,4}年|https?|p\.|頁", text)
