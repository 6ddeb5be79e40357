"""The header of a question: the `#+` lines at the top of its `.rq` file.

As in grlc (CLARIAH), each header line starts with `#+`, so that the file stays plain SPARQL. What
follows is the part of YAML that a header needs: `key: value`, and `key:` with indented lines below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.errors import DataFileError

MARK = "#+"
_LINE = re.compile(r"(?P<indent> *)(?P<key>[\w-]+):(?: +(?P<value>\S.*))?")


@dataclass(frozen=True, slots=True)
class Node:
    """One key of a header: the value on its line, or the keys below it."""

    value: str = ""
    below: tuple[tuple[str, Node], ...] = ()

    def __getitem__(self, key: str) -> Node:
        return dict(self.below).get(key, _NOTHING)

    def __contains__(self, key: object) -> bool:
        return any(key == known for known, _ in self.below)


_NOTHING = Node()


def parse(text: str, where: str) -> Node:
    r"""The header of `text` as a tree.

    Raises DataFileError where a line is no `key: value`, a key stands twice, or indentation does not fit.

    >>> header = parse("#+ title:\n#+   ja: 沿革\n#+   en: history\nASK {}", "x.rq")
    >>> header["title"]["ja"].value
    '沿革'
    """
    lines: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith(MARK):
            break
        match = _LINE.fullmatch(line.removeprefix(MARK).removeprefix(" ").rstrip())
        if match is None:
            raise DataFileError(f"line {number} of the header is no 'key: value'", where=where, todo=f"it says {line!r}.")
        lines.append((len(match["indent"]), match["key"], match["value"] or ""))
    below, rest = _level(lines, 0, where)
    if rest:
        raise DataFileError(f"the header key {rest[0][1]!r} is indented without a key above it", where=where)
    return Node(below=below)


_Lines = list[tuple[int, str, str]]


def _level(lines: _Lines, indent: int, where: str) -> tuple[tuple[tuple[str, Node], ...], _Lines]:
    """The keys at one indentation with all that hangs below them, and the lines that are left."""
    found: dict[str, Node] = {}
    while lines and lines[0][0] == indent:
        (_, key, value), lines = lines[0], lines[1:]
        if key in found:
            raise DataFileError(f"the header key {key!r} stands twice", where=where)
        below: tuple[tuple[str, Node], ...] = ()
        if lines and lines[0][0] > indent:
            if value:
                raise DataFileError(f"the header key {key!r} has both a value and keys below it", where=where)
            below, lines = _level(lines, lines[0][0], where)
        found[key] = Node(value, below)
    return tuple(found.items()), lines
