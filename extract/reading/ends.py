"""Where sentences end in running text.

Japanese: 。！？ outside brackets; a bracket that is a whole sentence ends one when a new one follows; a remark in
brackets after 。 belongs to the sentence before. English: a full stop, a space and a capital letter.
"""

from __future__ import annotations

import re

from extract.reading.characters import is_cjk_letter
from extract.reading.cues import Cue, cues, first

LIMIT = 1500  # characters; a longer sentence is cut where it hurts least
LONGEST_BRACKET = 1000  # a bracket that takes longer to close was not meant as a pair
CLOSES = {"」": "「", "』": "『", ")": "(", "】": "【", "〉": "〈", "》": "《", "]": "[", "〕": "〔", "”": "“"}
OPENS = frozenset(CLOSES.values())
STOPS = "。!?"
_telling = re.compile(r"[「」『』()【】〈〉《》\[\]〔〕“”。!?.]")
_enumerator = re.compile(r"\((?:\d{1,3}|[ア-コa-h]|[一二三四五六七八九十]{1,2})\)")
_word_before = re.compile(r"[A-Za-z.]{1,12}$")


def sentence_ranges(text: str, *, limit: int = LIMIT) -> list[tuple[int, int]]:
    """The sentences of a paragraph as ranges that cover it; takes time in proportion to its length.

    >>> [("日米は合意した。「続ける。」と述べた。")[a:b] for a, b in sentence_ranges("日米は合意した。「続ける。」と述べた。")]
    ['日米は合意した。', '「続ける。」と述べた。']
    """
    pairs = match_brackets(text)
    ranges, start = [], 0
    for end in _ends(text, pairs):
        if end > start:
            ranges.extend(_within(text, start, end, limit))
            start = end
    if start < len(text):
        ranges.extend(_within(text, start, len(text), limit))
    return ranges


def match_brackets(text: str) -> dict[int, int]:
    """The pairs of brackets, opening → closing. One that nothing closes in the paragraph is forgotten."""
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    open_now: dict[str, int] = {}
    for found in _telling.finditer(text):
        character, at = found[0], found.start()
        if character in OPENS:
            stack.append((character, at))
            open_now[character] = open_now.get(character, 0) + 1
        elif open_now.get(CLOSES.get(character, ""), 0):
            while stack:
                opener, opened = stack.pop()
                open_now[opener] -= 1
                if opener == CLOSES[character]:
                    if at - opened <= LONGEST_BRACKET:
                        pairs[opened] = at
                    break
    return pairs


def _ends(text: str, pairs: dict[int, int]) -> list[int]:
    ends: list[int] = []
    start = 0
    inside_until = -1
    for found in _telling.finditer(text):
        at = found.start()
        if at <= inside_until:
            if at == inside_until and _closes_sentence(text, start, at, pairs):
                start = at + 1
                ends.append(start)
            continue
        if at in pairs:
            inside_until = pairs[at]
        elif _stops(text, at):
            start = _after(text, at + 1, pairs)
            ends.append(start)
            inside_until = start - 1
    return ends


def _stops(text: str, at: int) -> bool:
    """Whether the sentence may end with this character, where no bracket is open."""
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character == "。":
        return True
    if character in "!?":
        return before != "" and (is_cjk_letter(before) or before in "」』)!?") and after not in OPENS | set("」』、")
    if character != ".":
        return False
    if before and (is_cjk_letter(before) or before in "」』"):  # the full-width point of some journals
        return after in ("", " ") or is_cjk_letter(after) or after in "「『("
    return _ends_english(text, at)


def _ends_english(text: str, at: int) -> bool:
    rest = text[at + 1 : at + 6].lstrip("\"')”’")
    if not rest.startswith(" ") or not rest.strip()[:1].isupper() or not rest.strip()[:1].isascii():
        return False
    word = _word_before.search(text, max(0, at - 12), at)
    return word is None or not (len(word[0].rpartition(".")[2]) == 1 or first(cues(Cue.ABBREVIATION), word[0]))


def _after(text: str, end: int, pairs: dict[int, int]) -> int:
    """Where the sentence really ends: behind further stops, closing quotation marks and a remark in brackets."""
    while end < len(text) and text[end] in STOPS:
        end += 1
    while text[end - 1] == "." and end < len(text) and text[end] in "\"'”’)":
        end += 1
    if end < len(text) and text[end] == "(" and end in pairs and not _enumerator.match(text, end):
        end = pairs[end] + 1
        if end < len(text) and text[end] == "。":
            end += 1
    return end


def _closes_sentence(text: str, start: int, at: int, pairs: dict[int, int]) -> bool:
    """Whether a closing bracket ends a sentence: the bracket is all of it, it ends with a stop, and a new one follows."""
    while start < at and text[start].isspace():
        start += 1
    if text[at - 1] not in STOPS or pairs.get(start) != at:
        return False
    following = text[at + 1 : at + 4]
    return bool(following) and following[0] not in OPENS and not first(cues(Cue.LINK), following)


def _within(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """The range, cut at a comma or a space where it is longer than the limit."""
    ranges = []
    while end - start > limit:
        window = start + limit
        at = max(text.rfind("、", start + limit // 2, window), text.rfind(",", start + limit // 2, window))
        if at < 0:
            at = text.rfind(" ", start + limit // 2, window)
        at = window if at < 0 else at + 1
        ranges.append((start, at))
        start = at
    ranges.append((start, end))
    return ranges
