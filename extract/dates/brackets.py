"""Which brackets a place of a sentence stands in: what is said in them sets no scene for what comes after."""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = {"(": ")", "（": "）", "「": "」", "『": "』", "[": "]", "〈": "〉", "《": "》", "【": "】"}
_CLOSERS = frozenset(_PAIRS.values())
_ROUND = frozenset("(（")
OUTSIDE = -1
_DEEPEST = 8  # brackets within more brackets than this count as the outer ones, so that the way out is short


@dataclass(frozen=True, slots=True)
class Brackets:
    """`group[i]` is where the innermost bracket around the i-th character opens, `OUTSIDE` for none.

    `parent` leads from a bracket to the one around it, `closes` to its end. An unclosed bracket is none.
    """

    group: tuple[int, ...]
    parent: dict[int, int]
    closes: dict[int, int]
    text: str

    def holds_only(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` is all that stands in its round brackets: (1996年4月)."""
        opened = self.group[start]
        return (
            opened != OUTSIDE
            and self.text[opened] in _ROUND
            and not self.text[opened + 1 : start].strip()
            and not self.text[end : self.closes[opened]].strip()
        )


def brackets_of(text: str) -> Brackets:
    """The brackets of a sentence, in one pass to pair them and one to place them.

    >>> brackets_of("宣言(1996年)を").group
    (-1, -1, 2, 2, 2, 2, 2, 2, 2, -1)
    """
    closes = _paired(text)
    group: list[int] = []
    parent: dict[int, int] = {}
    open_now: list[int] = []
    for at in range(len(text)):
        if at in closes and len(open_now) < _DEEPEST:
            parent[at] = open_now[-1] if open_now else OUTSIDE
            open_now.append(at)
        group.append(open_now[-1] if open_now else OUTSIDE)
        if open_now and closes[open_now[-1]] == at:
            open_now.pop()
    return Brackets(tuple(group), parent, closes, text)


def _paired(text: str) -> dict[int, int]:
    closes: dict[int, int] = {}
    stack: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            stack.append(at)
        elif char in _CLOSERS and stack and _PAIRS[text[stack[-1]]] == char:
            closes[stack.pop()] = at
    return closes
