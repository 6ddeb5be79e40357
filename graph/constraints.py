"""What SHACL's core constraints ask of values, each as a function that says yes only where there is no doubt.

Source: SHACL (W3C 2017), section 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.triples_index import SH, TYPE, Index, Nodes, Term
from ontology.terms import EDTF_DATATYPE, PREFIXES

Check: TypeAlias = Callable[[Index, Term], bool]  # of a focus node
Constraint: TypeAlias = Callable[[Index, Term, Nodes], bool]  # of a focus node and the values that its path leads to

XSD = PREFIXES["xsd"]
YEAR = re.compile(r"(?!0000)[0-9]{4}")
MONTH = re.compile(r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
WHOLE = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def each(check: Check) -> Constraint:
    """Every value keeps to a shape."""
    return lambda index, _focus, values: all(check(index, value) for value in values)


def any_of(checks: Sequence[Check]) -> Check:
    """A node keeps to one shape of several."""
    return lambda index, node: any(check(index, node) for check in checks)


def within(allowed: Collection[Term]) -> Constraint:
    """Every value is one of these."""
    return lambda _index, _focus, values: all(value in allowed for value in values)


def without(forbidden: Collection[Term]) -> Constraint:
    """No value is one of these."""
    return lambda _index, _focus, values: not any(value in forbidden for value in values)


def _class(wanted: Term) -> Constraint:
    return lambda index, _focus, values: all(wanted in index.objects(value, TYPE) for value in values)


def _datatype(wanted: Term) -> Constraint:
    return lambda _index, _focus, values: all(
        isinstance(value, Literal) and value.datatype == wanted and well_formed(value) for value in values
    )


def _node_kind(wanted: Term) -> Constraint:
    kinds = {SH + "IRI": NamedNode, SH + "Literal": Literal, SH + "IRIOrLiteral": NamedNode | Literal}
    kind = kinds.get(str(getattr(wanted, "value", "")))
    return lambda _index, _focus, values: kind is not None and all(isinstance(value, kind) for value in values)


def _has_value(wanted: Term) -> Constraint:
    return lambda _index, _focus, values: wanted in values


def _disjoint(other: Term) -> Constraint:
    return lambda index, focus, values: values.isdisjoint(_named(index, focus, other))


def _equals(other: Term) -> Constraint:
    return lambda index, focus, values: values == _named(index, focus, other)


def _less_than(other: Term) -> Constraint:
    return lambda index, focus, values: all(_ordered(one, two) < 0 for one in values for two in _named(index, focus, other))


def _less_or_equal(other: Term) -> Constraint:
    return lambda index, focus, values: all(_ordered(one, two) <= 0 for one in values for two in _named(index, focus, other))


def _named(index: Index, focus: Term, predicate: Term) -> Nodes:
    return index.objects(focus, predicate) if isinstance(predicate, NamedNode) else set()


def _min_count(number: str) -> Constraint:
    return lambda _index, _focus, values: len(values) >= int(number)


def _max_count(number: str) -> Constraint:
    return lambda _index, _focus, values: len(values) <= int(number)


def _min_length(number: str) -> Constraint:
    return lambda _index, _focus, values: all(
        isinstance(value, NamedNode | Literal) and len(value.value) >= int(number) for value in values
    )


def _pattern(pattern: str) -> Constraint:
    compiled = re.compile(pattern)
    return lambda _index, _focus, values: all(
        isinstance(value, Literal) and compiled.search(value.value) is not None for value in values
    )


def _min_inclusive(number: str) -> Constraint:
    return lambda _index, _focus, values: all((found := _number(v)) is not None and found >= Decimal(number) for v in values)


def _max_inclusive(number: str) -> Constraint:
    return lambda _index, _focus, values: all((found := _number(v)) is not None and found <= Decimal(number) for v in values)


def _unique_languages(told: str) -> Constraint:
    def unique(_index: Index, _focus: Term, values: Nodes) -> bool:
        languages = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
        return told != "true" or len(languages) == len(set(languages))

    return unique


# By the name of the parameter, and what its value is.
OF_TERM: Mapping[str, Callable[[Term], Constraint]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "hasValue": _has_value,
    "disjoint": _disjoint,
    "equals": _equals,
    "lessThan": _less_than,
    "lessThanOrEquals": _less_or_equal,
}
OF_LITERAL: Mapping[str, Callable[[str], Constraint]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "minLength": _min_length,
    "pattern": _pattern,
    "minInclusive": _min_inclusive,
    "maxInclusive": _max_inclusive,
    "uniqueLang": _unique_languages,
}


def well_formed(literal: Literal) -> bool:
    """Whether a literal is surely one of its datatype, of those that the vocabulary uses.

    >>> [well_formed(Literal(t, datatype=NamedNode(XSD + "date"))) for t in ("2024-07-28", "2024-02-30", "2024")]
    [True, False, False]
    """
    kind, text = literal.datatype.value, literal.value
    if kind in {XSD + "string", EDTF_DATATYPE}:
        return True
    form, read = _FORMS.get(kind, (None, str))
    try:
        return form is not None and form.fullmatch(text) is not None and read(text) is not None
    except ValueError:
        return False


_FORMS: Mapping[str, tuple[re.Pattern[str] | None, Callable[[str], object]]] = {
    XSD + "gYear": (YEAR, str),
    XSD + "gYearMonth": (MONTH, str),
    XSD + "date": (DAY, date.fromisoformat),
    XSD + "dateTime": (MOMENT, datetime.fromisoformat),
    XSD + "integer": (WHOLE, str),
    XSD + "decimal": (DECIMAL, str),
}


def _number(term: Term) -> Decimal | None:
    whole = isinstance(term, Literal) and term.datatype.value in {XSD + "integer", XSD + "decimal"}
    return Decimal(term.value) if whole and isinstance(term, Literal) and well_formed(term) else None


def _ordered(one: Term, two: Term) -> int:
    """-1, 0 or 1 as one comes before, with or behind two; 2 where that is not sure."""
    if isinstance(one, BlankNode) or isinstance(two, BlankNode):
        return 2
    first, second = _number(one), _number(two)
    if first is None and _is_day(one) and _is_day(two):
        return (one.value > two.value) - (one.value < two.value)  # type: ignore[union-attr]
    return (first > second) - (first < second) if first is not None and second is not None else 2


def _is_day(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value == XSD + "date" and well_formed(term)
