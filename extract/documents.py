"""Files to documents: which files there are, their text as given, and what they say of themselves.

What a document is comes from, in this order: the options, a sidecar `NAME.meta.toml` beside `NAME.txt`,
front matter (Markdown), the metadata of HTML, PDF and DOCX, and the text itself (2024年8月9日掲載).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path, PurePath

from extract.dates import DateError, parse_edtf
from extract.errors import DocumentError
from extract.formats.dates import to_edtf
from extract.formats.extracted import Extracted
from extract.formats.isolation import Parsers
from extract.formats.kinds import HARMLESS, KNOWN, Format, format_of, is_known
from extract.formats.limits import DEFAULT as DEFAULT_LIMITS
from extract.formats.limits import Limits
from extract.formats.parsing import parse
from extract.model import Document
from extract.reading.dateline import stated_date
from extract.reading.frontmatter import find_front_matter
from extract.reading.lines import split_lines

SIDECAR = ".meta.toml"
KEYS = ("title", "published", "source", "publisher", "author")
MAX_LINES = 200_000  # that the date of publication is looked for in


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the user knows better than the file, and what one document may cost. `published` is EDTF."""

    limits: Limits = DEFAULT_LIMITS
    encoding: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    publisher: str | None = None
    author: str | None = None


DEFAULT = LoadOptions()


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a document stands: a file, or within an archive by the names that lead to it."""

    path: Path
    members: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """The name under which it is cited: white-paper.pdf, or archive.zip/white-paper.pdf."""
        return "/".join((_readable(self.path.name), *self.members))

    def __str__(self) -> str:
        return "/".join((str(self.path), *self.members))


def _readable(name: str) -> str:
    """A file name for people: where it is not UTF-8, as on disks of old Windows, it is taken for CP932."""
    raw = os.fsencode(name)
    try:
        return raw.decode("utf-8")
    except UnicodeError:
        return raw.decode("cp932", "replace")


def find_documents(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The documents among the paths: files as given, directories recursively, sorted, each once; archives as one.

    Hidden files, sidecars and directories that lead back to themselves are left alone; a directory without
    documents gives none. Raises DocumentError for a path that is not there or cannot be listed.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            there = path.exists()
        except OSError as error:
            raise DocumentError(f"cannot be read: {error.strerror}", where=str(path), todo="Check the path.") from error
        if not there:
            raise DocumentError("there is no such file or directory", where=str(path), todo="Check the path.")
        for file in _walk(path, set()) if path.is_dir() else (path,):
            if not file.name.endswith(SIDECAR):
                found.setdefault(file.resolve(), file)
    return tuple(sorted(found.values()))


def _walk(directory: Path, seen: set[Path]) -> Iterator[Path]:
    """The documents in a directory; `seen` are the directories that were entered, as resolved."""
    pending = [directory]
    while pending:
        current = pending.pop()
        resolved = current.resolve()
        if resolved in seen:
            continue
        seen.add(resolved)
        try:
            entries = sorted(current.iterdir())
        except OSError as error:
            raise DocumentError(
                f"cannot be listed: {error.strerror}", where=str(current), todo="Check its permissions."
            ) from error
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                pending.append(entry)
            elif is_known(entry.name) and entry.is_file():
                yield entry


def find_sources(path: Path, *, parsers: Parsers | None = None, options: LoadOptions = DEFAULT) -> tuple[Source, ...]:
    """The documents that a file holds: itself, or those in an archive. Raises DocumentError where it holds none."""
    if format_of(path.name) is not Format.ARCHIVE:
        return (Source(path),)
    with _borrowed(parsers, options) as lent:
        found = lent.list(path)
    if not found:
        raise DocumentError("there is no document in it", where=str(path), todo=KNOWN)
    return tuple(Source(path, names) for names in found)


def load_document(source: Path | Source, *, options: LoadOptions = DEFAULT, parsers: Parsers | None = None) -> Document:
    """Read one document. `Document.text` is the text of its file: to the character for plain text and Markdown.

    HTML, PDF, DOCX and what stands in archives are read by `parsers`, a process of their own that serves many documents;
    without, one is started for this document alone. Raises DocumentError where it is missing, no regular file, past a
    limit, empty or no text, and where its sidecar or the date in its front matter is broken.
    """
    at = source if isinstance(source, Source) else Source(source)
    if not at.members and format_of(at.path.name) in HARMLESS:
        extracted = parse(at.path, limits=options.limits, encoding=options.encoding)
    else:
        with _borrowed(parsers, options) as lent:
            extracted = lent.parse(at.path, at.members, encoding=options.encoding)
    return _document(at, extracted, options)


def _borrowed(parsers: Parsers | None, options: LoadOptions) -> AbstractContextManager[Parsers]:
    """The parsers that are there, left running; else such as end with their document."""
    return Parsers(options.limits) if parsers is None else nullcontext(parsers)


def _document(source: Source, extracted: Extracted, options: LoadOptions) -> Document:
    text = extracted.text
    said = {
        "option": _given(options),
        "sidecar": _sidecar(source, extracted),
        "front matter": _front_matter(source, text),
        extracted.origin: {key: value for key, value in extracted.metadata if key in KEYS},
        "text": _from_text(text),
    }
    fields = {
        key: next(((values[key], origin) for origin, values in said.items() if key in values), (None, None)) for key in KEYS
    }
    made = dict(extracted.metadata).get("made")
    hint = (
        (f"its date of publication is not known; the file was made on {made}, which may be another day",)
        if made and fields["published"][0] is None
        else ()
    )
    return Document(
        identifier=source.identifier,
        text=text,
        title=fields["title"][0],
        published=fields["published"][0],
        published_from=fields["published"][1],
        source=fields["source"][0],
        publisher=fields["publisher"][0],
        author=fields["author"][0],
        origins=tuple((key, origin) for key, (_, origin) in fields.items() if origin is not None),
        warnings=(*extracted.warnings, *hint),
    )


def _given(options: LoadOptions) -> dict[str, str]:
    given = {key: value for key in KEYS if (value := getattr(options, key)) is not None}
    return _checked(given, where="options")


def _sidecar(source: Source, extracted: Extracted) -> dict[str, str]:
    """What the file beside it says; unknown keys and values that are no text are refused."""
    where = str(PurePath(str(source)).with_suffix(SIDECAR))
    try:
        written = extracted.sidecar if source.members else _beside(source.path)
        if written is None:
            return {}
        table = tomllib.loads(written)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(f"not valid TOML: {error}", where=where, todo="Mend it, or take it away.") from error
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", where=where, todo="Check its permissions.") from error
    values: dict[str, str] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise DocumentError(f"the unknown key {key!r}", where=where, todo=f"Known keys: {', '.join(KEYS)}.")
        values[key] = value.isoformat() if type(value) is date else value
        if not isinstance(values[key], str) or not values[key].strip():
            raise DocumentError(f"{key} must be text in quotation marks", where=where, todo=f'Write {key} = "…".')
    return _checked(values, where=where)


def _beside(path: Path) -> str | None:
    sidecar = path.with_suffix(SIDECAR)
    return sidecar.read_text(encoding="utf-8-sig") if sidecar.is_file() else None


def _front_matter(source: Source, text: str) -> dict[str, str]:
    """The entries that we know; others (tags, layout …) are the business of other tools."""
    matter = find_front_matter(text) if format_of(source.identifier) is Format.MARKDOWN else None
    if matter is None:
        return {}
    entries = {"published" if key == "date" else key: value for key, value in matter.entries.items()}
    values = {key: entries[key] for key in KEYS if entries.get(key)}
    if "published" in values:
        values["published"] = to_edtf(values["published"]) or values["published"]
    return _checked(values, where=f"{source} (front matter)")


def _from_text(text: str) -> dict[str, str]:
    stated = stated_date(list(islice(split_lines(text), MAX_LINES)))
    return {"published": stated} if stated else {}


def _checked(values: Mapping[str, str], *, where: str) -> dict[str, str]:
    """The values, with the date of publication tried as EDTF."""
    checked = {key: value.strip() for key, value in values.items()}
    if "published" in checked:
        try:
            parse_edtf(checked["published"])
        except DateError as error:
            raise DocumentError(
                f"published is no EDTF date: {checked['published']!r}",
                where=where,
                todo="Write it as 2024-08-09, 2024-08 or 2024.",
            ) from error
    return checked
