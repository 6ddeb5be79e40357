"""Offices of states under their several names: シンガポール共和国外務大臣 is シンガポール外相."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extract.names.found import lower
from extract.names.states import States
from ontology.authority import Entry

# What the formal name of a state has behind its everyday one.
FORMAL = re.compile(r"(?:社会|主義|人民|民主|イスラム|アラブ|連邦|連合)*(?:共和国|王国|連邦|公国|首長国)|")
KATAKANA = re.compile(r"[・=ァ-ヶー]")  # マリ=クレール is no Mali
LONGEST = 12
# Titles that say the same.
ALIKE = (("外務大臣", "外相"), ("国防大臣", "国防相"), ("防衛大臣", "防衛相"), ("総理大臣", "首相"), ("内閣総理大臣", "首相"))


def plain_office(label: str, states: States, entries: Mapping[str, Entry]) -> tuple[Entry, str] | None:
    """The state that an office begins with and its title: 伊外務大臣 → Italy, 外務大臣; None where no one state opens it."""
    for length in range(min(LONGEST, len(label) - 1), 1, -1):
        key = states.names.get(lower(label[:length]))
        if key and not KATAKANA.match(label, length):
            formal = FORMAL.match(label, length)
            return entries[key], label[formal.end() if formal else length :].removeprefix("の")
    key = states.letters.get(label[:1])
    return (entries[key], label[1:]) if key and len(label) > 1 else None


def called_as_well(state: Entry, title: str) -> Iterator[str]:
    """The names that an office of a state may have: イタリア外務大臣, 伊外相, イタリア外相."""
    titles = {title, *(title.removesuffix(a) + b for pair in ALIKE for a, b in (pair, pair[::-1]) if title.endswith(a))}
    for name in (state.label, *state.names, *state.abbreviations):
        yield from (f"{name}{said}" for said in sorted(titles))
