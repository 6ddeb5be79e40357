"""Names that share a head noun: 日英と日豪の円滑化協定 are two agreements, 国家安全保障および防衛戦略 is one strategy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.names.compounds import runs, trim
from extract.names.found import Name
from extract.names.heads import NameRules
from extract.names.states import States
from extract.tokens import Token
from ontology.terms import Kind, is_a

AND = re.compile(r"(?:と|及び|および|並びに|ならびに|や|、)")
OF = re.compile(r"の|間の")
JOINED = ("及び", "および", "並びに", "ならびに")
SHARED = (Kind.AGREEMENT, Kind.FORUM, Kind.MECHANISM, Kind.PARTNERSHIP)
SHORTEST = 2  # words in front of the conjunction that make it a modifier and not a thing of its own


def shared_heads(text: str, states: Sequence[Name], names: Sequence[Name], *, known: States) -> Iterator[Name]:
    """日英と日豪の円滑化協定 → 日英円滑化協定 at 日英, 日豪円滑化協定 at 日豪の円滑化協定."""
    several = sorted((s for s in states if len(s.keys) > 1), key=lambda s: s.start)
    for name in names:
        if not any(is_a(name.kind, k) for k in SHARED) or known.prefix(name.label):
            continue
        last = next((s for s in several if OF.fullmatch(text, s.end, name.start)), None)
        if last is None:
            continue
        row = [last]
        for state in reversed(several):
            if state.end < row[0].start and AND.fullmatch(text, state.end, row[0].start):
                row.insert(0, state)
        if len(row) < SHORTEST:
            continue
        for state in row:
            end = name.end if state is last else state.end
            yield replace(
                name, start=state.start, end=end, label=state.label + name.label, certainty=5, rule=f"{name.rule}+shared"
            )


def between_states(text: str, states: Sequence[Name], names: Sequence[Name], *, known: States) -> Iterator[Name]:
    """日米間の調整メカニズム: a body of several states is named with them, where its own name does not tell which."""
    for name in names:
        if not any(is_a(name.kind, k) for k in (Kind.MECHANISM, Kind.FORUM)) or known.prefix(name.label):
            continue
        for state in states:
            if len(state.keys) > 1 and text[state.start : state.end].endswith("間") and text[state.end : name.start] == "の":
                yield replace(name, start=state.start, label=text[state.start : name.end], certainty=4)


def joined_modifiers(
    text: str, tokens: Sequence[Token], *, blocked: frozenset[int], rules: NameRules, states: States
) -> Iterator[Name]:
    """国家安全保障および防衛戦略: one policy whose modifiers are joined, where what stands in front names nothing by itself."""
    found = list(runs(tokens, blocked))
    for (first, last), (then, stop) in pairwise(found):
        between = text[tokens[last - 1].end : tokens[then].start]
        head = rules.head_of("".join(t.text for t in tokens[then:stop]))
        if between not in JOINED or head is None or head.kind is not Kind.POLICY or len(head.word) < SHORTEST:
            continue
        start = trim(tokens, first, last, rules, states)
        before = "".join(t.text for t in tokens[start:last])
        telling = [t for t in (*tokens[start:last], *tokens[then:stop]) if t.text not in rules.generic and not t.number]
        if last - start < SHORTEST or rules.head_of(before) or rules.post_of(before) or states.prefix(before):
            continue
        if len(telling) > SHORTEST and "".join(t.text for t in tokens[then:stop]) != head.word:
            end = tokens[stop - 1].end
            yield Name(
                tokens[start].start, end, text[tokens[start].start : end], head.kind, certainty=1, rule=f"{head.rule}+joined"
            )
