"""What is known before a document is opened: the authority's names, the states, the rules of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.names.found import fold
from extract.names.heads import NameRules, name_rules
from extract.names.lexicon import Lexicon, authority_names, make_lexicon
from extract.names.states import States, make_states
from ontology.authority import Entry
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Built once for a run and only read. `bearers` maps folded certain names to entry keys."""

    entries: Mapping[str, Entry]
    lexicon: Lexicon
    states: States
    rules: NameRules
    bearers: Mapping[str, str]
    sharers: Mapping[str, tuple[str, ...]]

    def partners(self, key: str) -> frozenset[str]:
        """The states in the names of an entry: {japan, united-states} for 日米安全保障協議委員会."""
        entry = self.entries.get(key)
        if entry is None:
            return frozenset()
        return frozenset(s for name in (entry.label, *entry.names) for s in self.states.prefix(name))


def make_knowledge(entries: Sequence[Entry]) -> Knowledge:
    """Index an authority. States alone are enough to read with; without them 日米 means nothing."""
    bearers: dict[str, str] = {}
    sharers: dict[str, list[str]] = {}
    for entry in entries:
        for name in (entry.label, *((entry.label_en,) if entry.label_en else ()), *entry.names):
            bearers.setdefault(fold(name), entry.key)
        for name in entry.ambiguous:
            sharers.setdefault(fold(name), []).append(entry.key)
    named = [e for e in entries if e.kind not in {Kind.STATE, Kind.TOPIC}]
    return Knowledge(
        entries={e.key: e for e in entries},
        lexicon=make_lexicon(authority_names(named)),
        states=make_states(entries),
        rules=name_rules(),
        bearers=bearers,
        sharers={name: tuple(keys) for name, keys in sharers.items()},
    )
