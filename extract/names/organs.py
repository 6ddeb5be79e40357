"""The organs of the partnership that a document is an entry of, where they stand bare: 理事会 of SEATO is SEATO理事会."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Sentence
from extract.names.found import Name
from ontology.terms import Kind

RULE = "organ"
ORGAN = re.compile(r"(?:常設|常任|最高|閣僚|執行|外相|国防相)?理事会|議員総会")
ALONE = re.compile(r"(?:^|[、。はがにもをで「たるいな])$")  # what stands before a bare organ
OPENING = 3  # sentences, titles included
TOPIC = re.compile(r"$|\([^()]*\)(?:は|$)|は")


def entry_of(sentences: Sequence[Sentence], names: Sequence[Sequence[Name]]) -> Name | None:
    """The partnership that the title or one of the first sentences opens with, as an entry on it does."""
    for sentence, here in list(zip(sentences, names, strict=True))[:OPENING]:
        first = here[0] if here else None
        if first and first.start == 0 and first.kind is Kind.PARTNERSHIP and TOPIC.match(sentence.text, first.end):
            return first
    return None


def organs(names: tuple[Name, ...], text: str, entry: Name | None) -> tuple[Name, ...]:
    """The names of a sentence with its bare organs, which take the place of bare words for a session."""
    if entry is None:
        return names
    kept = [n for n in names if not (n.rule == "session" and ORGAN.fullmatch(n.label))]
    taken = {i for n in kept for i in range(n.start, n.end)}
    ends = {n.end for n in kept}
    for organ in ORGAN.finditer(text):
        before = text[: organ.start()]
        of_nobody = before.endswith("の") and len(before) - 1 not in ends
        if (ALONE.search(before) or of_nobody) and not taken & {*range(*organ.span())}:
            kept.append(Name(*organ.span(), f"{entry.label}{organ.group()}", Kind.FORUM, certainty=1, rule=RULE))
    return tuple(sorted(kept, key=lambda n: n.start))
