"""All dates of a document: the sentences in order, each looking back to what was said before it.

Body and list items are one stream; a footnote starts from where it is called; a profile, a table and
the like are streams of their own, so that none of them moves what the body looks back to.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

from extract.dates import calendar
from extract.dates.anchoring import resolve, resolve_range
from extract.dates.brackets import OUTSIDE, Brackets, brackets_of
from extract.dates.calendar import DateError
from extract.dates.memory import Memory, Said
from extract.dates.places import Fixed, Place
from extract.dates.reading import Reading
from extract.dates.recognition import recognise
from extract.dates.rules import Unit
from extract.model import Anchor, Date, Precision, Role, Sentence, Timex

_MAIN = frozenset({Role.BODY, Role.ITEM})
_FRESH = frozenset({Role.TITLE, Role.HEADING})
_SILENT = frozenset({Unit.DECADE, Unit.CENTURY})  # too long to be counted from


def read_dates(sentences: Sequence[Sentence], *, published: Date | None) -> tuple[tuple[Timex, ...], ...]:
    """The time expressions of each sentence of a document, in order and anchored as far as the text allows.

    `sentences` are all of one document, in its order; `published` is its date, as exactly as it is known.
    What cannot be anchored has no date and a reason; today's date is never used.

    >>> from extract.dates.calendar import parse_edtf
    >>> text = "1996年4月に宣言を出し、同年12月に報告した"
    >>> line = Sentence(0, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), Role.BODY, 0)
    >>> [(t.text, str(t.date)) for t in read_dates([line], published=parse_edtf("2024"))[0]]
    [('1996年4月', '1996-04'), ('同年12月', '1996-12')]
    """
    document = _Document(published)
    return tuple(document.read(sentence) for sentence in sentences)


@dataclass(slots=True)
class _Document:
    """What has been read of one document; it lives as long as one call of `read_dates`."""

    published: Date | None
    streams: dict[Hashable, Memory] = field(default_factory=dict)
    blocks: dict[int, int] = field(default_factory=dict)
    trails: dict[int, list[tuple[int, Memory]]] = field(default_factory=dict)
    headings: dict[str, Memory] = field(default_factory=dict)
    section: tuple[str, ...] = ()

    def read(self, sentence: Sentence) -> tuple[Timex, ...]:
        key = _stream(sentence)
        block = self._block(sentence)
        memory = self._memory(sentence, key)
        timexes, trail = _read_sentence(sentence, memory, block, self.published)
        self.trails[sentence.index] = trail
        if sentence.role not in _FRESH:
            self.streams[key] = trail[-1][1]
        return timexes

    def _block(self, sentence: Sentence) -> int:
        """Its paragraph, or that of the sentence that introduces its list."""
        leader = sentence.introduced_by if sentence.role is Role.ITEM else None
        block = sentence.paragraph if leader is None else self.blocks.get(leader, sentence.paragraph)
        self.blocks[sentence.index] = block
        return block

    def _memory(self, sentence: Sentence, key: Hashable) -> Memory:
        if sentence.role in _FRESH:
            return Memory()
        if sentence.role in _MAIN:
            return self._enter(sentence, self.streams.get(key, Memory()))
        if key in self.streams:
            return self.streams[key]
        trail = self.trails.get(sentence.introduced_by, []) if sentence.introduced_by is not None else []
        call = sentence.call_at if sentence.call_at is not None else len(sentence.text)
        called = [memory for end, memory in trail if sentence.call_at is None or end <= call]
        return called[-1] if called else Memory()

    def _enter(self, sentence: Sentence, memory: Memory) -> Memory:
        """The memory of the body, told the date of a new section's heading."""
        if sentence.section == self.section:
            return memory
        self.section = sentence.section
        said, aside = self._heading(sentence)
        if said is not None:
            return replace(memory.with_said(said, sets_scene=False), heading=said)
        bare = memory.last is None and memory.aside is None
        return replace(memory, heading=None, aside=aside if bare else memory.aside)

    def _heading(self, sentence: Sentence) -> tuple[Said | None, Said | None]:
        """The date that the innermost heading gives its section, and one that it has in brackets only."""
        if not sentence.section:
            return None, None
        for title in reversed(sentence.section):
            if title not in self.headings:
                line = Sentence(sentence.index - 1, title, (), (), Role.HEADING, OUTSIDE)
                timexes, trail = _read_sentence(line, Memory(), OUTSIDE, self.published)
                single = len(timexes) == 1 and timexes[0].date and timexes[0].date.precision is not Precision.OTHER
                self.headings[title] = trail[-1][1] if single and timexes[0].anchor is Anchor.EXPLICIT else Memory()
            found = self.headings[title]
            if found.last or found.aside:
                last, aside = (
                    replace(said, sentence=sentence.index - 1) if said else None for said in (found.last, found.aside)
                )
                return last, aside
        return None, None


def _stream(sentence: Sentence) -> Hashable:
    if sentence.role in _MAIN:
        return "main"
    if sentence.role is Role.FOOTNOTE and sentence.introduced_by is not None:
        return (sentence.role, "of", sentence.introduced_by, sentence.call_at)
    if sentence.role in {Role.PROFILE, Role.COMMENT}:
        return sentence.role
    return (sentence.role, sentence.paragraph)


def _read_sentence(
    sentence: Sentence, memory: Memory, block: int, published: Date | None
) -> tuple[tuple[Timex, ...], list[tuple[int, Memory]]]:
    """The time expressions of a sentence, and the memory of the running text after each, with where that was."""
    readings = recognise(sentence.text)
    trail = [(0, memory)]
    if not readings:
        return (), trail
    if published and published.latest and SAME_YEAR_DONE.search(sentence.text):
        memory = memory.without_what_lies_ahead(published.latest.year)
    brackets = brackets_of(sentence.text)
    memories = {OUTSIDE: memory}
    timexes = []
    for reading in readings:
        group = brackets.group[reading.start]
        here = _inherited(memories, brackets, group)
        place = Place(sentence.index, block, here, published)
        timex, said = _anchored(sentence.text, reading, place)
        timexes.append(timex)
        memories[group] = _told(_after(reading, here, said), said, published)
        if said and not reading.named and group != OUTSIDE and brackets.holds_only(reading.start, reading.end):
            outer = brackets.parent[group]
            memories[outer] = replace(_inherited(memories, brackets, outer), aside=said)
        trail.append((reading.end, memories[OUTSIDE]))
    return tuple(timexes), trail


# 2029年に配備する予定である。…が同年4月に署名した覚書: what was done that year was done in another.
SAME_YEAR_DONE = re.compile(r"^[^。]{0,60}?同年(?:[^。、]{0,24}?)(?:した|された|った|ました)(?!後)")


def _told(memory: Memory, said: Said | None, published: Date | None) -> Memory:
    beyond = said is not None and published is not None and published.latest is not None and said.year > published.latest.year
    return memory if said is None or beyond else replace(memory, told=said)


def _inherited(memories: dict[int, Memory], brackets: Brackets, group: int) -> Memory:
    """The memory of a bracket, or of the nearest around it that has one."""
    while group not in memories:
        group = brackets.parent[group]
    return memories[group]


def _anchored(text: str, reading: Reading, place: Place) -> tuple[Timex, Said | None]:
    start, end = reading.start, reading.end
    try:
        found, fixed = _resolved(reading, place)
    except DateError as error:
        return Timex(start, end, text[start:end], None, reading.bound, Anchor.EXPLICIT, reason=error.what), None
    return Timex(start, end, text[start:end], found, reading.bound, fixed.anchor), _said(reading, fixed, place)


def _resolved(reading: Reading, place: Place) -> tuple[Date, Fixed]:
    if reading.until is None:
        found, fixed = resolve(reading, place)
        return (calendar.interval(found, None) if reading.open_end else found), fixed
    first = replace(reading, until=None)
    _, begun = resolve(first, place)
    inner = _after(first, place.memory, _said(first, begun, place))
    return resolve_range(reading, reading.until, place, inner)


def _said(reading: Reading, fixed: Fixed, place: Place) -> Said | None:
    """What a date leaves behind to be looked back to; decades and centuries leave nothing."""
    last = reading.until or reading
    if last.unit in _SILENT:
        return None
    day = fixed.day if reading.until is None and reading.unit is Unit.DAY else None
    fiscal = fixed.year if last.unit is Unit.FISCAL and last.opens == 4 else None
    return Said(place.sentence, place.block, fixed.anchor, fixed.year, fixed.month, day, fiscal)


def _after(reading: Reading, memory: Memory, said: Said | None) -> Memory:
    if said is None or reading.named:
        return memory
    after = memory.with_said(said, sets_scene=not reading.aside)
    if reading.year and reading.year.notation and not reading.year.short:
        after = replace(after, notation=reading.year.notation)
    return replace(after, western=said.year)
