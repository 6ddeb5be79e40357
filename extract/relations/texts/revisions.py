"""Which agreement revised which, told over several sentences: 78指針の見直し … 97指針が了承された.

A text that speaks of the revision of one agreement and then of the adoption of a later one of the same kind and
family says that the later revises the earlier; with less certainty than a sentence that says it outright.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Span, Stretch
from extract.names.things import Thing
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import quote
from extract.relations.factuality.standing import standing
from ontology.terms import Factuality, Kind, Property, is_a

WITHIN = 14  # sentences
CERTAINTY = 0.7
YEAR = re.compile(r"(?:19|20)\d{2}|(?<!\d)\d{2}(?=指針|ガイドライン|大綱)")


@dataclass(frozen=True, slots=True)
class Announced:
    """A revision that the text has spoken of."""

    sentence: int
    key: str
    evidence: tuple[Span, ...]


@dataclass(slots=True)
class Revisions:
    """The revisions spoken of in one document, latest last."""

    announced: list[Announced] = field(default_factory=list)

    def note(self, context: Context) -> None:
        """Take in a sentence: revisions that it speaks of, adoptions that complete one."""
        for event in context.events:
            if event.frame.rule not in {"revise", "adopt"}:
                continue
            themes = [key for g in context.themes(event) for _, key in context.members(g)]
            if event.frame.rule == "revise" and standing(context.tree, event).factuality is not Factuality.NEGATED:
                evidence = context.named.sentence.source(0, event.phrase.end)
                self.announced += [
                    Announced(context.index, k, evidence) for k in themes if is_a(context.things.kind(k), Kind.AGREEMENT)
                ]
            elif event.frame.rule == "adopt" and standing(context.tree, event).factuality is Factuality.ACTUAL:
                for key in themes:
                    self._complete(context, key, (event.start, event.phrase.end))

    def _complete(self, context: Context, key: str, place: Stretch) -> None:
        for earlier in reversed(self.announced):
            if context.index - earlier.sentence > WITHIN:
                return
            old, new = context.things[earlier.key], context.things[key]
            if old.key != new.key and _family(old, new):
                evidence = (*earlier.evidence, *quote(context.named.sentence, (0, place[1])))
                context.drafts.add(
                    new.key, Property.REVISES, old.key, Factuality.ACTUAL, evidence, "revision.told", confidence=CERTAINTY
                )
                return


def _family(old: Thing, new: Thing) -> bool:
    """Whether two agreements are editions of one: the same kind, names alike but for the year, the later one later."""
    if old.kind is not new.kind:
        return False
    before, after = _year((old.label, *old.names)), _year((new.label, *new.names))
    bare = {YEAR.sub("", n).strip("()年第次") for n in (old.label, *old.names)} & {
        YEAR.sub("", n).strip("()年第次") for n in (new.label, *new.names)
    }
    return bool(bare) and before is not None and after is not None and before < after


def _year(names: Sequence[str]) -> int | None:
    """The year that one of the names tells: 97指針 → 1997, 日米防衛協力のための指針(2015年) → 2015."""
    for name in names:
        found = YEAR.search(name)
        if found:
            year = int(found.group())
            return year if year > 100 else year + (1900 if year >= 45 else 2000)
    return None
