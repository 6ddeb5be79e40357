"""What is wrong with a query that cannot be parsed, said for people.

The parser lists every character that it would have taken; what helps is the place, and what stands there.
"""

from __future__ import annotations

import re

_PLACE = re.compile(r"error at (\d+):(\d+)")
_TELLING = re.compile(r"\b(?:expected|one of|,) ((?:The )?[A-Z]\w+(?: \w+){2,})")
_SHOWN = 24  # characters of the query before the place


def explain(error: SyntaxError, sparql: str) -> str:
    """One line: where the query goes wrong and how.

    >>> explain(SyntaxError('error at 1:24: expected one of "$", "("'), "SELECT ?s WHERE { ?s ?p")
    'the SPARQL is malformed at line 1, column 24, behind “SELECT ?s WHERE { ?s ?p”: it ends where more is expected'
    >>> explain(SyntaxError("error at 1:10: expected one of Prefix not found, [':']"), "ASK {?s x:y ?o}")
    'the SPARQL is malformed at line 1, column 10, behind “ASK {?s x”: Prefix not found'
    """
    said = " ".join(str(error).split())
    place = _PLACE.match(said)
    if place is None:
        return f"the SPARQL is malformed: {said}"
    line, column = int(place[1]), int(place[2])
    lines = sparql.split("\n")
    at = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    before, rest = " ".join(sparql[:at].split())[-_SHOWN:].strip(), sparql[at:].split()
    telling = _TELLING.search(said)
    if telling:
        what = telling[1]
    elif rest:
        what = f"“{rest[0][:_SHOWN]}” is not expected there"
    else:
        what = "it ends where more is expected"
    behind = f", behind “{before}”" if before else ""
    return f"the SPARQL is malformed at line {line}, column {column}{behind}: {what}"
