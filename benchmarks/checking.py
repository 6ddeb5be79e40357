"""(5) The gate on one more document, beside full validation of all that the collection holds by then; and the memory of either."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Store

from benchmarks.documents import documents
from benchmarks.harness import Contender, Measured, compare, peak
from benchmarks.scale import Scale
from graph.gate import gate
from graph.linking import link
from graph.making import make, said_of
from graph.runs import Run
from graph.said import Said
from graph.validation import validate

_RUN = Run("generated", "none")
_PER_DOCUMENT = 357  # triples
_MOST = 280  # documents: pySHACL takes a minute for these


def run(scale: Scale) -> Iterator[Measured]:
    count = min(_MOST, max(2, scale.triples[0] // _PER_DOCUMENT))
    one, whole = _one(count), _whole(count)
    contenders = [
        Contender("gate, one document", lambda: _passes(one)),
        Contender("validation of all", lambda: validate(whole).conforms),
    ]
    yield from compare("checking", f"{count} documents, {len(whole)} triples", contenders, rounds=min(3, scale.rounds))
    used = {name: [peak(task, count)[0]] for name, task in (("gate, one document", _gated), ("validation of all", _validated))}
    yield Measured("checking", f"{count} documents, peak memory", "MB", used)


def _one(count: int) -> Said:
    """The last document, linked with all others."""
    readings = list(documents(count))
    return list(said_of(readings, link(readings), _RUN))[-1]


def _whole(count: int) -> Store:
    return make(list(documents(count)), run=_RUN).store


def _passes(said: Said) -> bool:
    (passed,) = gate([said])
    return not (passed.held or passed.left_out)


def _gated(count: int) -> bool:
    return _passes(_one(count))


def _validated(count: int) -> bool:
    return validate(_whole(count)).conforms
