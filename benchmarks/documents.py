"""Documents that speak of a generated world, as the extraction would hand them on: every claim with the words that say it.

Several documents say the same; some say otherwise, some of what is only planned, some leave open what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from benchmarks.world import Fact, Value, World, day, world
from extract.model import Claim, Date, Document, Entity, Extraction, Locator, Role, Span, Unresolved
from graph.networks.wording import called
from ontology.terms import Factuality, Level, Property

_ENDS = {
    Factuality.ACTUAL: "であった。",
    Factuality.PLANNED: "となる予定である。",
    Factuality.PROPOSED: "とすべきである。",
    Factuality.POSSIBLE: "である可能性がある。",
    Factuality.NEGATED: "ではなかった。",
}
_STANDINGS = (*[Factuality.ACTUAL] * 85, *[Factuality.PLANNED] * 6, *[Factuality.PROPOSED] * 4, *[Factuality.POSSIBLE] * 3,
              *[Factuality.NEGATED] * 2)  # fmt: skip
_SUBJECTS, _FACTS = 6, 4  # of which a document speaks; of each of them, at most
_OTHERWISE = 0.01  # of the dates and levels that a document gives
_SEED = 1


def documents(count: int) -> Iterator[Extraction]:
    """So many documents of one world, the same ones each time."""
    things = world(count, _SEED)
    for at in range(count):
        yield _Written(things, Random(f"{_SEED} {at}"), at, count).extraction()


class _Written:
    """A document while it is written: sentence by sentence, each with the claim that it makes."""

    def __init__(self, things: World, random: Random, at: int, count: int) -> None:
        self.world, self.random, self.at, self.count = things, random, at, count
        self.text = ""
        self.named: dict[str, Entity] = {}
        self.claims: list[Claim] = []
        self.unresolved: list[Unresolved] = []
        self.locators: list[Locator] = []

    def extraction(self) -> Extraction:
        random = self.random
        title = f"{self.at}年度の記録に関する報告"
        self.text = title + "\n\n"
        for subject in self._subjects():
            facts = self.world.facts[subject]
            for fact in random.sample(facts, min(len(facts), random.randint(2, _FACTS))):
                self._say(fact)
            self.text += "\n\n"
        if random.random() < 0.3:
            span = self._sentence("同年、作業が始まった。")
            self.unresolved.append(Unresolved(span, "同年", "no year goes before it"))
        issued = day(random, self._latest())
        identifier = f"report-{self.at:06}.txt"
        document = Document(
            identifier, self.text, title=title, published=issued.edtf, published_from="option", source="generated"
        )
        return Extraction(
            document, tuple(self.named.values()), (), tuple(self.claims), tuple(self.unresolved), tuple(self.locators)
        )

    def _subjects(self) -> list[str]:
        """A stretch of things of its own, so that each is spoken of, and some that many documents speak of."""
        subjects, random = self.world.subjects, self.random
        first = self.at * len(subjects) // self.count
        own = subjects[first : first + 3]
        return list(dict.fromkeys([*own, *(subjects[int(len(subjects) * random.random() ** 3)] for _ in range(_SUBJECTS - 3))]))

    def _latest(self) -> date:
        """Some time after the last that it speaks of."""
        return max(self.world.days[key] for key in self.named) + timedelta(days=self.random.randrange(900))

    def _say(self, fact: Fact) -> None:
        random, (subject, prop, value) = self.random, fact
        if random.random() < _OTHERWISE:
            value = self._otherwise(value)
        for key in (subject, value) if isinstance(value, str) and not isinstance(value, Level) else (subject,):
            self._name(key)
        standing = random.choice(_STANDINGS)
        span = self._sentence(f"{self._called(subject)}の{called(prop, 'ja')}は{self._called(value)}{_ENDS[standing]}")
        limited = prop in {Property.HAS_MEMBER, Property.REPLACES} and random.random() < 0.3
        limit = day(random, self.world.days[subject]) if limited else None
        self.claims.append(
            Claim(
                subject, prop, value, standing, (span,), f"generated.{prop}", random.choice((0.7, 0.8, 0.9)), valid_from=limit
            )
        )

    def _otherwise(self, value: Value) -> Value:
        if isinstance(value, Date) and value.earliest is not None:
            return day(self.random, value.earliest + timedelta(days=self.random.randrange(30, 800)))
        return self.random.choice(list(Level)) if isinstance(value, Level) else value

    def _name(self, key: str) -> None:
        if key not in self.named:
            entity = self.world.things[key]
            if entity.forum is not None:
                self._name(entity.forum)
            short = entity.names if self.random.random() < 0.5 else ()  # each document gives the by-name or does not
            self.named[key] = replace(entity, names=short)

    def _called(self, value: Value) -> str:
        if isinstance(value, Date | Level):
            return str(value)
        thing = self.world.things[value]
        return f"{thing.on}の{thing.label}会合" if thing.on else thing.label

    def _sentence(self, words: str) -> Span:
        span = Span(len(self.text), len(self.text) + len(words))
        self.text += words
        self.locators.append(Locator(span, self.text.count("\n\n"), Role.BODY, ("記録",)))
        return span
