"""Names that only the word behind their list tells: スマン・ウォリアー、ブルサマ・シールドなどの演習."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.names.found import Name
from extract.names.heads import NameRules
from ontology.terms import Kind

KATAKANA = r"[ァ-ヶー]{3,}(?:[・ ][ァ-ヶー]+)*|[ァ-ヶー]{1,2}[・ ][ァ-ヶー]{2,}(?:[・ ][ァ-ヶー]+)*"
NAME = re.compile(rf"(?P<name>(?:{KATAKANA})(?:\d{{2,4}})?)(?:\([A-Za-z0-9 -]{{2,20}}\))?")
ROW = re.compile(
    rf"(?:{NAME.pattern.replace('?P<name>', '?:')}(?:、|や|と|及び|および)?)+(?=(?:など|等|といった)の?[一-龥・]{{0,12}}?(?:演習|訓練))"
)
SHORTEST = 2  # names that make a list


def listed_names(text: str, *, rules: NameRules) -> Iterator[Name]:
    """The exercises of a list that the word for them ends; one of them at least must have the form of a name (・)."""
    for row in ROW.finditer(text):
        names = [m for m in NAME.finditer(text, row.start(), row.end()) if m["name"] not in rules.no_people]
        if len(names) < SHORTEST or not any("・" in m["name"] for m in names):
            continue
        for found in names:
            yield Name(found.start(), found.end("name"), found["name"], Kind.OCCURRENCE, certainty=2, rule="listed.exercise")
