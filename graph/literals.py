"""Values of the model as RDF literals. The library escapes them; nothing here quotes by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from pyoxigraph import Literal, NamedNode

from extract.model import Date, Precision
from graph.names import language, printable, storable
from ontology.terms import EDTF_DATATYPE, PREFIXES

_XSD = PREFIXES["xsd"]
DATE = NamedNode(_XSD + "date")
DECIMAL = NamedNode(_XSD + "decimal")
DATE_TIME = NamedNode(_XSD + "dateTime")
_TYPE_OF = {
    Precision.DAY: DATE,
    Precision.MONTH: NamedNode(_XSD + "gYearMonth"),
    Precision.YEAR: NamedNode(_XSD + "gYear"),
    Precision.OTHER: NamedNode(EDTF_DATATYPE),
}


def name(text: str) -> Literal:
    """A name with its language tag. Characters that no name has (controls, lone surrogates) are replaced."""
    return Literal(printable(text), language=language(text))


def tagged(text: str, tag: str) -> Literal:
    """A name in a language that is known."""
    return Literal(printable(text), language=tag)


def words(text: str) -> Literal:
    """A document's own characters, or a stretch of them; only lone surrogates are replaced, one for one."""
    return Literal(storable(text))


def dated(on: Date) -> Literal:
    """A date typed by its precision: xsd:date, xsd:gYearMonth, xsd:gYear, else edtf:EDTF."""
    return Literal(storable(on.edtf), datatype=_TYPE_OF[on.precision])


def published(edtf: str) -> Literal:
    """An EDTF string typed by its precision."""
    return dated(Date(edtf, None, None))


def day(on: date) -> Literal:
    return Literal(on.isoformat(), datatype=DATE)


def moment(at: datetime) -> Literal:
    """A point in time to the second."""
    return Literal(at.isoformat(timespec="seconds"), datatype=DATE_TIME)


def confidence(value: float) -> Literal:
    """A confidence in [0, 1] to four places, in the canonical form of XML Schema 1.1, which the store keeps too: 1, 0.85."""
    rounded = Decimal(repr(value)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN).normalize()
    return Literal(format(rounded, "f"), datatype=DECIMAL)


def number(value: int) -> Literal:
    return Literal(value)
