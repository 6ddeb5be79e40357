"""The words of a SPARQL text: enough of its grammar to tell keywords from what stands in names, strings and comments.

Source: SPARQL 1.1 Query Language (W3C 2013), section 19.8. What is no token there is a token of one character here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from queries.serving.errors import RefusedError

_MOST_NESTED = 200  # pairs of brackets within one another: the parser goes down by recursion, and its stack ends somewhere
_TOKEN = re.compile(
    r"""(?P<skipped>\s+|\#[^\n\r]*)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
      | (?P<variable>[?$]\w+)
      | (?P<language>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      | (?P<name>(?:\w[\w.\-]*+)?:(?:(?:[\w\-:.·]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w\-:·]|%[0-9A-Fa-f]{2}|\\.))?)
      | (?P<word>\w[\w.\-]*+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")
_CHANGING = re.compile("NOW|RAND|UUID|BNODE", re.IGNORECASE)


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
    """The tokens of a text, without blanks and comments. Raises RefusedError where brackets nest too deep."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    braces = brackets = 0
    for match in _TOKEN.finditer(text):
        kind, said = match.lastgroup or "", match[0]
        if kind == "skipped":
            continue
        if kind == "sign" and said in _CLOSING:
            brackets -= 1
            braces -= said == "}"
        yield Token(kind, said, match.start(), braces)
        if kind == "sign" and said in _OPENING:
            brackets += 1
            braces += said == "{"
            if brackets > _MOST_NESTED:
                raise RefusedError(400, f"the text nests more than {_MOST_NESTED} brackets", todo="Write it flatter.")


def refuse_foreign(found: Sequence[Token]) -> None:
    """Raises RefusedError where a text would have other servers or files read.

    Parsers take a keyword though no blank stands around it (`trueSERVICE<…>`, `SERVICE:x`), so that any bare word that
    holds one is refused, and a prefix that ends like one.
    """
    for token in found:
        name = token.text.partition(":")[0] if token.kind == "name" else ""
        if "SERVICE" in token.word or name.upper().endswith("SERVICE"):
            raise RefusedError(
                403, "SERVICE is not allowed here: this server asks no other", todo="Ask the other endpoint yourself."
            )
        if "LOAD" in token.word:
            raise RefusedError(
                403, "LOAD is not allowed here: this server fetches nothing", todo="Send the triples themselves."
            )


def has_dataset(found: Sequence[Token]) -> bool:
    """Whether a query says by FROM which graphs it is about."""
    return any(token.word == "FROM" and token.depth == 0 for token in found)


def may_change(text: str) -> bool:
    """Whether the same query may have another answer over the same graph."""
    return _CHANGING.search(text) is not None
