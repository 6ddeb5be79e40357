"""Foundings that a noun tells: 委員会の設立が合意され, 新制度の設立が合意され."""

from __future__ import annotations

import re

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
