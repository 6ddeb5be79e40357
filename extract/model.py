"""The values that pass between the stages, and what leaves the room: `Extraction`.

Offsets are Unicode code points into `Document.text`, `end` exclusive, so that
`document.text[span.start:span.end]` is the quote. All values are frozen and hashable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ontology.terms import Factuality, Kind, Level, Property

Stretch = tuple[int, int]  # start and end of something in the text of a sentence, which may be joined of several spans


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text as given."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """One document as given: the text is never altered.

    `identifier` is its file name, or archive.zip/name.txt; `published` is EDTF and `published_from` says where that came
    from (option, sidecar, front matter, HTML metadata, PDF metadata, DOCX metadata, text); the rest is None where nothing
    says it. `origins` are pairs of each of these fields and where it came from; `warnings` say what is doubtful about
    the reading (an encoding that was guessed, pages without text). Pages end with a form feed in the text.
    """

    identifier: str
    text: str
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    source: str | None = None
    publisher: str | None = None
    author: str | None = None
    origins: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


class Role(StrEnum):
    """What part a sentence plays in its document. Claims are made from the first six unless asked otherwise."""

    BODY = "body"
    HEADING = "heading"
    ITEM = "item"  # of a bulleted or numbered list
    FOOTNOTE = "footnote"
    TITLE = "title"
    PROFILE = "profile"  # of the author
    TABLE = "table"
    BIBLIOGRAPHY = "bibliography"
    COMMENT = "comment"  # by readers
    BOILERPLATE = "boilerplate"  # menus, notices, links


# Sentences of these roles make no claims, unless asked for.
SILENT = frozenset({Role.BIBLIOGRAPHY, Role.COMMENT, Role.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as read: normalised for the rules, with a map back to the text as given.

    `text` is NFKC (circled numbers ①… kept), without layout spaces, line breaks, footnote calls and page
    furniture. `starts[i]`, `ends[i]` are the offsets in `Document.text` of the i-th character of `text`.
    `section` holds the headings above it, outermost first. `introduced_by` is the index (in the reading)
    of the sentence that introduces the list this item is in (以下の法律が成立した: …) or that calls this
    footnote; `call_at` is then the position in that sentence's `text` where the footnote is called.
    `paragraph` counts paragraphs from 0. `bridges` are the positions before which nothing but layout or a
    footnote call was left out, so that a quote may run over them.
    """

    index: int
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    role: Role
    paragraph: int
    section: tuple[str, ...] = ()
    introduced_by: int | None = None
    call_at: int | None = None
    bridges: frozenset[int] = frozenset()

    def source(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretches of the document that `text[start:end]` was read from, one for each contiguous piece."""
        pieces: list[Span] = []
        for at in range(start, end):
            first, last = self.starts[at], self.ends[at]
            if pieces and (first <= pieces[-1].end or at in self.bridges):
                pieces[-1] = Span(pieces[-1].start, max(last, pieces[-1].end))
            else:
                pieces.append(Span(first, last))
        return tuple(pieces)


class Precision(StrEnum):
    """How a date is typed in RDF."""

    DAY = "date"
    MONTH = "gYearMonth"
    YEAR = "gYear"
    OTHER = "EDTF"


@dataclass(frozen=True, slots=True)
class Date:
    """A date or period as EDTF, with the first and last day that it can mean.

    Source: Extended Date/Time Format, ISO 8601-2:2019 (level 1). An open end has no bound.
    """

    edtf: str
    earliest: date | None
    latest: date | None

    @property
    def precision(self) -> Precision:
        parts = self.edtf.split("-")
        if not all(p.isdigit() for p in parts) or len(parts) > 3 or len(parts[0]) != 4:
            return Precision.OTHER
        if len(parts) == 2 and int(parts[1]) > 12:  # a season, 2024-21, is no gYearMonth
            return Precision.OTHER
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]

    def __str__(self) -> str:
        return self.edtf


class Bound(StrEnum):
    """How the words around a date use it: 2010年に, 1990年から / 以降, 2014年まで."""

    AT = "at"
    FROM = "from"
    UNTIL = "until"


class Anchor(StrEnum):
    """What made a date exact."""

    EXPLICIT = "explicit"
    SENTENCE = "sentence"
    DISCOURSE = "discourse"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression in a sentence: `sentence.text[start:end] == text`.

    `date` is None where it could not be anchored, and `reason` then says why. A range
    (1990年から1995年まで, 6月9日から11日) is one timex with bound AT and an interval as its date.
    `end` excludes particles (に, から, まで) but includes 末, 頃, 以降, 前半, 年度 and the like.
    """

    start: int
    end: int
    text: str
    date: Date | None
    bound: Bound = Bound.AT
    anchor: Anchor = Anchor.EXPLICIT
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a document names. `key` is its identity within one extraction.

    The key is the local name of the authority entry where one is known (`authority` is True),
    else made from the label; graph/ decides about identity across documents. `label` is the name
    to show; `names` are all other names that the document or the authority gives it, in the order
    of the text; `shared_names` are those that more than one thing bears, so that they identify none.
    A meeting has `forum` (key) or a label that says its kind (日米首脳会談), and `on`.
    """

    key: str
    kind: Kind
    label: str
    names: tuple[str, ...] = ()
    shared_names: tuple[str, ...] = ()
    label_en: str | None = None
    authority: bool = False
    forum: str | None = None
    on: Date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity."""

    span: Span
    surface: str
    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the document says: one triple with its standing and the words that say it.

    `subject` is an entity key; `object` an entity key (str), a `Date` or a `Level`. `evidence` holds one
    span for each contiguous piece of the saying, in text order, never empty. `rule` is the id of the
    rule that made it; `attributed_to` the entity that says it, where it is not the document.
    """

    subject: str
    predicate: Property
    object: str | Date | Level
    factuality: Factuality
    evidence: tuple[Span, ...]
    rule: str
    confidence: float = 1.0
    valid_from: Date | None = None
    valid_until: Date | None = None
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something that the document says but leaves open: a date without an anchor, a name that could be two things."""

    span: Span
    text: str
    reason: str

    @property
    def is_name(self) -> bool:
        """Whether it is a name that could be several things; all else is a date."""
        return self.reason.startswith(COULD_MEAN)


COULD_MEAN = "could mean any of: "  # the things follow


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a reader finds a stretch of a document: its pages, the headings above it, its paragraph, what part it plays.

    Pages count from 1 in a document whose text form feeds part, which is how the pages of a PDF come; None elsewhere.
    `section` holds the headings, outermost first. `paragraph` counts the paragraphs, headings, items, rows and
    footnotes of the document from 1.
    """

    span: Span
    paragraph: int
    role: Role
    section: tuple[str, ...] = ()
    page: int | None = None
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields; the only thing that graph/ accepts.

    `locators` tell of the evidence of the claims, and of what is unresolved, where in the document it is found.
    `asked` is what the reading asked of its rules and names that its sentences do not hold, which tells whether a change
    of these can touch it (`extract.affected`); None where nobody wrote it down.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    unresolved: tuple[Unresolved, ...] = field(default=())
    locators: tuple[Locator, ...] = field(default=())
    asked: tuple[str, ...] | None = None
