"""Foundings that a noun tells (委員会の設立が合意され, 新制度の設立が合意され), and what is none: 3か国でつくる機構."""

from __future__ import annotations

import re

from extract.names.states import SO_MANY
from extract.relations.grammar.events import Event
from extract.syntax import Tree
from ontology.terms import Kind, is_a

FOUNDING = re.compile(r"(?:設立|設置|創設|新設|発足)")

FOUNDED = (Kind.INSTITUTION, Kind.PROGRAMME, Kind.STATE)


def founds_unnamed(tree: Tree) -> bool:
    """Whether the founding that a sentence tells is of what no name of a body is known for: 新制度の設立が合意され、1996年に発足した."""
    for deed in tree.phrases:
        if deed.particle in {"が", "は"} and FOUNDING.fullmatch(tree.text[deed.start : deed.content_end]):
            return not any(p.name and any(is_a(p.name.kind, k) for k in FOUNDED) for p in tree.dependants[deed.index])
    return False


MAKING = frozenset({"作る", "つくる", "創る", "構成"})
BY_SO_MANY = re.compile(rf"{SO_MANY}(?:政府)?(?:が|で)、?$")
LASTING = re.compile(r"[」』]?(?:して|て)?(?:い?る)?(?:$|。)")


def makes_up(event: Event, tree: Tree) -> bool:
    """Whether a verb of making tells who makes up what is there, and no founding: 14か国でつくる枠組みは5日に会合を開いた."""
    made = event.verb in MAKING and BY_SO_MANY.search(tree.text, 0, event.start) is not None
    return made and LASTING.fullmatch(event.phrase.tail) is not None
