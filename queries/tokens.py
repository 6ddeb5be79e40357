"""The words of a SPARQL text: enough of its grammar to tell keywords from what stands in names, strings and comments.

Source: SPARQL 1.1 Query Language (W3C 2013), section 19.8. What is no token there is a token of one character here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from queries.errors import QueryError

_MOST_NESTED = 200  # pairs of brackets within one another: the parser goes down by recursion, and its stack ends somewhere
_TOKEN = re.compile(
    r"""(?P<skipped>\s+|\#[^\n\r]*)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
      | (?P<endless>["'])
      | (?P<variable>[?$]\w+)
      | (?P<language>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      | (?P<name>(?:\w[\w.\-]*+)?:(?:(?:[\w\-:.·]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w\-:·]|%[0-9A-Fa-f]{2}|\\.))?)
      | (?P<word>\w[\w.\-]*+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the text. `depth` is that of the braces around it; `word` its capitals if it is a bare word.

    A bare word goes on over full stops and hyphens (`1.FILTER` is one), so that no text takes more than one look at each character.
    """

    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> list[Token]:
    """The tokens of a text, without blanks and comments. Raises QueryError where brackets nest too deep or a string has no end."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    braces = brackets = 0
    for match in _TOKEN.finditer(text):
        kind, said = match.lastgroup or "", match[0]
        if kind == "skipped":
            continue
        if kind == "endless":  # tried again from every quote behind it, a long text would take its length squared
            line = text.count("\n", 0, match.start()) + 1
            raise QueryError(f"the SPARQL is malformed: a string that begins in line {line} has no end", todo="Close it.")
        if kind == "sign" and said in _CLOSING:
            brackets -= 1
            braces -= said == "}"
        yield Token(kind, said, match.start(), braces)
        if kind == "sign" and said in _OPENING:
            brackets += 1
            braces += said == "{"
            if brackets > _MOST_NESTED:
                raise QueryError(f"the text nests more than {_MOST_NESTED} brackets", todo="Write it flatter.")


def has_dataset(found: Sequence[Token]) -> bool:
    """Whether a query says by FROM which graphs it is about."""
    return any(token.word == "FROM" and token.depth == 0 for token in found)
