"""What the words of a SPARQL text tell a server before it is run: whether it would reach out, and whether its answer lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.serving.errors import RefusedError
from queries.tokens import Token

_CHANGING = re.compile("NOW|RAND|UUID|BNODE|SERVICE", re.IGNORECASE)


def refuse_foreign(found: Sequence[Token]) -> None:
    """Raises RefusedError where a text would have other servers or files read.

    Parsers take a keyword though no blank stands around it (`trueSERVICE<…>`, `SERVICE:x`), so that any bare word that
    holds one is refused, and a prefix that ends like one.
    """
    for token in found:
        name = token.text.partition(":")[0] if token.kind == "name" else ""
        if "SERVICE" in token.word or name.upper().endswith("SERVICE"):
            raise RefusedError(
                403,
                "SERVICE is not allowed so: it asks no other server",
                todo="Write SERVICE <…> { … }, or ask the other yourself.",
            )
        if "LOAD" in token.word:
            raise RefusedError(
                403,
                "LOAD is not allowed so: it fetches nothing",
                todo="Write LOAD <…> by itself, or send the triples themselves.",
            )


def may_change(text: str) -> bool:
    """Whether the same query may have another answer over the same graph."""
    return _CHANGING.search(text) is not None
