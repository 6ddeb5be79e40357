"""Files to documents: which files there are, their text as given, and what they say of themselves.

What a document is comes from, in this order: the options, a sidecar `NAME.meta.toml` beside `NAME.txt`,
front matter (Markdown), and the text itself (2024年8月9日掲載).
"""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from extract.dates import DateError, parse_edtf
from extract.encodings import decode
from extract.errors import DocumentError
from extract.model import Document
from extract.reading.dateline import stated_date
from extract.reading.frontmatter import find_front_matter
from extract.reading.lines import split_lines

SUFFIXES = (".txt", ".md")
MARKDOWN = ".md"
SIDECAR = ".meta.toml"
KEYS = ("title", "published", "source", "publisher", "author")
MAX_BYTES = 10_000_000
MAX_LINES = 200_000  # that the date of publication is looked for in


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Limits, and what the user knows better than the file. `published` is EDTF; sizes are in bytes."""

    max_bytes: int = MAX_BYTES
    encoding: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    publisher: str | None = None
    author: str | None = None


DEFAULT = LoadOptions()


def find_documents(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The documents among the paths: files as given, directories recursively (.txt, .md), sorted, each once.

    Hidden files, sidecars and directories that lead back to themselves are left alone; a directory without
    documents gives none. Raises DocumentError for a path that is not there or cannot be listed.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
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
            elif entry.suffix.lower() in SUFFIXES and entry.is_file():
                yield entry


def load_document(path: Path, *, options: LoadOptions = DEFAULT) -> Document:
    """Read one file. `Document.text` is its text to the character, but for a byte order mark.

    Raises DocumentError where it is missing, no regular file, too large, empty or no text, and where its
    sidecar or the date in its front matter is broken.
    """
    text = decode(_read(path, options.max_bytes), where=str(path), encoding=options.encoding)
    if not text.strip():
        raise DocumentError("the file is empty", where=str(path), todo="Leave it out, or put text in it.")
    said = {
        "option": _given(options),
        "sidecar": _sidecar(path),
        "front matter": _front_matter(path, text),
        "text": _from_text(text),
    }
    fields = {
        key: next(((values[key], origin) for origin, values in said.items() if key in values), (None, None)) for key in KEYS
    }
    return Document(
        identifier=path.name,
        text=text,
        title=fields["title"][0],
        published=fields["published"][0],
        published_from=fields["published"][1],
        source=fields["source"][0],
        publisher=fields["publisher"][0],
        author=fields["author"][0],
    )


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError("not a regular file", where=str(path), todo="Give a text file.")
        if status.st_size > max_bytes:
            raise DocumentError(
                f"too large: {status.st_size:,} bytes, the limit is {max_bytes:,}",
                where=str(path),
                todo="Split it.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("there is no such file", where=str(path), todo="Check the path.") from error
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", where=str(path), todo="Check its permissions.") from error


def _given(options: LoadOptions) -> dict[str, str]:
    given = {key: value for key in KEYS if (value := getattr(options, key)) is not None}
    return _checked(given, where="options")


def _sidecar(path: Path) -> dict[str, str]:
    """What the file beside it says; unknown keys and values that are no text are refused."""
    sidecar = path.with_suffix(SIDECAR)
    if not sidecar.is_file():
        return {}
    where = str(sidecar)
    try:
        table = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
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


def _front_matter(path: Path, text: str) -> dict[str, str]:
    """The entries that we know; others (tags, layout …) are the business of other tools."""
    matter = find_front_matter(text) if path.suffix.lower() == MARKDOWN else None
    if matter is None:
        return {}
    entries = {"published" if key == "date" else key: value for key, value in matter.entries.items()}
    values = {key: entries[key] for key in KEYS if entries.get(key)}
    return _checked(values, where=f"{path} (front matter)")


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
