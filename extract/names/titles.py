"""Legal titles of agreements: who concluded them, and how they are called for short.

「物品又は役務の相互の提供に関する日本国政府とカナダ政府との間の協定」 has two parties and is the 日加物品役務相互提供協定.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.names.found import Name, lower
from extract.names.heads import NameRules
from extract.names.states import States
from extract.names.widened import CONNECTIVES, phrase_start
from extract.tokens import Token

TEXT = r"(?:条約|協定|議定書|取極|取決め|取り決め|覚書|交換公文)"
ENDING = re.compile(rf"との間の(?P<more>[一-龥及びお]{{1,20}})?{TEXT}")
BETWEEN = re.compile(rf"{ENDING.pattern}$")
WITHIN = "における"  # 原子力の平和的利用における|協力のための…
LONGEST_STATE = 24  # characters


def parties(label: str, states: States) -> tuple[str, ...]:
    """The two states that a legal title ends with, in its order; none for other names."""
    between = BETWEEN.search(label)
    left = label[: between.start()] if between else ""
    second, left = _state_at_end(left, states)
    first, _ = _state_at_end(left.removesuffix("と"), states) if second and left.endswith("と") else ("", "")
    return (first, second) if first else ()


def short_title(label: str, rules: NameRules, states: States) -> str | None:
    """How an agreement is called for short: the letters of its states and the short word for its matter."""
    pair = parties(label, states)
    short = next((t.short for t in rules.titles if t.topic.search(label)), None) if pair else None
    letters: dict[str, str] = {}
    for letter, key in states.letters.items():
        letters.setdefault(key, letter)
    return "".join(letters[s] for s in pair) + short if short and all(s in letters for s in pair) else None


def _state_at_end(text: str, states: States) -> tuple[str, str]:
    """The state, or its government, that a text ends with, and what stands before it."""
    text = text.removesuffix("政府")
    for length in range(min(len(text), LONGEST_STATE), 1, -1):
        key = states.names.get(lower(text[-length:]))
        if key:
            return key, text[:-length]
    return "", text


def legal_titles(
    text: str, tokens: Sequence[Token], *, rules: NameRules, states: States, blocked: frozenset[int]
) -> Iterator[Name]:
    """Legal titles without quotation marks: 情報の保護に関する日本国政府とドイツ連邦共和国政府との間の協定."""
    for ending in ENDING.finditer(text):
        second, left = _state_at_end(text[: ending.start()], states)
        first, before = _state_at_end(left.removesuffix("と"), states) if second and left.endswith("と") else ("", "")
        head = rules.head_of(ending.group())
        connective = next((c for c in CONNECTIVES if before.endswith(c)), None)
        if not first or head is None or not (connective or ending["more"]):
            continue
        start = phrase_start(text, tokens, len(before) - len(connective), blocked) if connective else len(before)
        if start and text.endswith(WITHIN, 0, start):
            start = phrase_start(text, tokens, start - len(WITHIN), blocked)
        if start is not None:
            label = text[start : ending.end()]
            yield Name(start, ending.end(), label, head.kind, certainty=2, rule=f"title.{head.rule}")
