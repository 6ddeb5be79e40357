"""The words of a question that say something to the rules, in the form in which they stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extract.model import Timex
from extract.tokens import Token
from queries.plain.naming import Mention
from queries.plain.rules import ALWAYS, ASKING, Rules, rules

_SPAN = 7  # words that a cue can have
_PASSIVE = frozenset({"れる", "られる"})
_BETWEEN = frozenset({"する", "為る"})
_PARTICIPLES = frozenset(
    {"held", "built", "written", "made", "set", "led", "drawn", "begun", "put", "given", "taken", "met", "dealt", "turned"}
)
_STATES = frozenset({"on", "upon", "from"})  # what is based on something does nothing to it, nor is anything done to it
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
# What says nothing by itself: particles, auxiliaries, marks; but for what denies or restricts.
_TELLING = frozenset(
    {"ない", "ぬ", "まい", "だけ", "のみ", "しか", "ばかり", "くらい", "ぐらい", "ほど", "さえ", "べし", "べき"}
)
_FUNCTION = (
    "助詞-格助詞",
    "助詞-係助詞",
    "助詞-終助詞",
    "助詞-接続助詞",
    "助詞-準体助詞",
    "助動詞",
    "補助記号",
    "空白",
    "接続詞",
    "感動詞",
    "フィラー",
)
_LIGHT = frozenset({"する", "為る", "ある", "有る", "いる", "居る", "おる", "なる", "くださる", "下さる", "くれる", "いただく", "頂く", "もらう", "ござる", "ます"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """Words at `text[start:end]` that stand for `concepts`. `verbal`: they are a verb here; `passive`: in the passive."""

    start: int
    end: int
    concepts: frozenset[str]
    verbal: bool = False
    passive: bool = False

    @property
    def silent(self) -> bool:
        """Whether it only asks, or says nothing of its own."""
        return not self.concepts.isdisjoint(ALWAYS | ASKING)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as read: normalised text, language, words, the names and dates in it."""

    text: str
    japanese: bool
    words: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[Timex, ...]


def cues_of(reading: Reading, by: Rules | None = None) -> tuple[Cue, ...]:
    """The cues of a question in order, not overlapping, the longest at each place. None cuts a name or a date."""
    known = _forms(reading.japanese) if by is None else _made(by, japanese=reading.japanese)
    taken = _taken(reading)
    found: list[Cue] = []
    at = 0
    while at < len(reading.words):
        for count in range(min(_SPAN, len(reading.words) - at), 0, -1):
            span = reading.words[at : at + count]
            start, end = span[0].start, span[-1].end
            concepts = _concepts(span, known, japanese=reading.japanese)
            if concepts and _apart(reading, taken, start, end):
                found.append(_cue(reading, at, count, concepts))
                at += count - 1
                break
        at += 1
    return tuple(found)


def unexplained(reading: Reading, cues: Iterable[Cue]) -> tuple[str, ...]:
    """The words that are neither in a name, a date or one of the cues nor without meaning of their own."""
    taken = _taken(reading)
    for cue in cues:
        taken.update(range(cue.start, cue.end))
    return tuple(
        w.text for w in reading.words if taken.isdisjoint(range(w.start, w.end)) and not _silent(w, japanese=reading.japanese)
    )


def _silent(word: Token, *, japanese: bool) -> bool:
    if not japanese:
        return not word.text[0].isalnum()
    if word.tag.startswith(("助動詞", "助詞-副助詞")):
        return word.lemma not in _TELLING
    return word.tag.startswith(_FUNCTION) or (word.tag.startswith("動詞-非自立可能") and word.lemma in _LIGHT)


def _apart(reading: Reading, taken: set[int], start: int, end: int) -> bool:
    """Whether no name or date is cut by a cue: names may lie within it, as 指針 in 日米防衛協力のための指針."""
    named = {i for m in reading.mentions if start <= m.start and m.end <= end for i in range(m.start, m.end)}
    return taken.isdisjoint(i for i in range(start, end) if i not in named)


def _taken(reading: Reading) -> set[int]:
    places = [*((m.start, m.end) for m in reading.mentions), *((d.start, d.end) for d in reading.dates)]
    return {i for start, end in places for i in range(start, end)}


def _concepts(span: Sequence[Token], known: Mapping[str, frozenset[str]], *, japanese: bool) -> frozenset[str]:
    if not japanese:
        return known.get(" ".join(w.lemma for w in span), frozenset())
    if any(before.end != after.start for before, after in pairwise(span)):
        return frozenset()
    before = "".join(w.text for w in span[:-1])
    forms = {(before + last).lower() for last in (span[-1].text, span[-1].lemma)}
    return frozenset().union(*(known.get(form, ()) for form in forms))


def _cue(reading: Reading, at: int, count: int, concepts: frozenset[str]) -> Cue:
    span, after = reading.words[at : at + count], reading.words[at + count :]
    if reading.japanese:
        verbal = span[-1].tag.startswith(("動詞", "形容詞")) or bool(after and after[0].lemma in _BETWEEN)
        rest = after[1:] if after and after[0].lemma in _BETWEEN else after
        return Cue(span[0].start, span[-1].end, concepts, verbal, bool(rest and rest[0].lemma in _PASSIVE))
    word = span[0].lemma
    be = any(w.lemma in BE for w in reading.words[:at])
    participle = (word.endswith("ed") or word in _PARTICIPLES) and span[-1].lemma not in _STATES
    return Cue(span[0].start, span[-1].end, concepts, verbal=True, passive=be and participle)


@cache
def _forms(japanese: bool) -> Mapping[str, frozenset[str]]:
    return _made(rules(), japanese=japanese)


def _made(by: Rules, *, japanese: bool) -> Mapping[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for concept, words in (by.japanese if japanese else by.english).items():
        for word in words:
            for form in (word.lower(),) if japanese else inflected(word.lower()):
                forms[form].add(concept)
    return {form: frozenset(concepts) for form, concepts in forms.items()}


def inflected(phrase: str) -> Iterator[str]:
    """The forms of an English word or phrase, whose first word changes, or takes the last one an s; irregular ones stand in the rules.

    >>> sorted(inflected("set up"))
    ['set up', 'set ups', 'sets up', 'setted up', 'setting up']
    """
    word, _, rest = phrase.partition(" ")
    rest = f" {rest}" if rest else ""
    stem = word.removesuffix("e")
    doubled = (
        word + word[-1]
        if len(word) > 2 and word[-1] in "bdgmnprt" and word[-2] in "aeiou" and word[-3] not in "aeiou"
        else stem
    )
    changed = {word, stem + "ed", doubled + "ed", doubled + "ing", stem + "ing"}
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        changed |= {word[:-1] + "ies", word[:-1] + "ied"}
    changed.add(word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s"))
    if doubled != stem and word not in {"set", "plan", "stop"}:
        changed |= {stem + "ed", stem + "ing"}
    elif doubled != stem:
        changed -= {stem + "ed", stem + "ing"}
    yield from (form + rest for form in changed)
    if rest:  # entry into force, and entries; national law, and laws
        yield word + rest + "s"
