"""Documents for benchmarks: of our own writing, put together at random by rules, the same for the same seed.

They differ as real ones do: notices, essays, minutes and lists; sentences that say much of many things, and prose that says nothing of
any; lines that are paragraphs and lines that are broken; notes; dates in several calendars. What they say is invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import wording as w

LINE = 34  # characters of a line that is broken where it is full


class Writer:
    """One document's random choices."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        pick = self.random.choice
        one, other = self.random.sample(w.STATES, 2)
        self.pair = f"{one[1]}{other[1]}"
        self.states = f"{one[0]}と{other[0]}"
        self.forum = f"{self.pair}{pick(w.MATTERS)}{pick(w.FORUMS)}"
        self.agreement = f"{self.pair}{pick(w.MATTERS)}{pick(w.AGREEMENTS)}"
        self.body = f"{pick(w.MATTERS)}{pick(w.BODIES)}"
        self.command = f"{pick(w.REGIONS)}{pick(w.COMMANDS)}"
        self.acronym = "".join(self.random.choices("ABCDEGHIKLMNOPRSTV", k=4))
        self.year = self.random.randrange(1952, 2025)

    def date(self) -> str:
        """A date of the document's years, in one of the ways in which people write it."""
        pick = self.random.random()
        year, month, day = self.year + self.random.randrange(3), self.random.randrange(1, 13), self.random.randrange(1, 29)
        if pick < 0.2:
            return f"{year}年"
        if pick < 0.4:
            return f"{year}年{month}月"
        if pick < 0.5 and year > 1989:
            return f"平成{year - 1988}年{month}月{day}日" if year < 2019 else f"令和{year - 2018}年{month}月{day}日"
        if pick < 0.6:
            return f"同年{month}月"
        return f"{year}年{month}月{day}日"

    def fact(self) -> str:
        """A sentence that says something of the document's things."""
        pick = self.random.choice
        person = f"{pick(w.SURNAMES)}{pick(w.GIVEN)}{pick(w.POSTS)}"
        other = f"{self.pair}{pick(w.MATTERS)}{pick(w.FORUMS)}"
        return pick(w.FACTS).format(
            forum=pick([self.forum, "同協議", self.acronym, other]),
            agreement=self.agreement,
            body=self.body,
            command=self.command,
            other=other,
            states=self.states,
            pair=self.pair,
            person=person,
            date=self.date(),
            town=pick(w.TOWNS),
            matter=pick(w.MATTERS),
            acronym=self.acronym,
        )

    def prose(self) -> str:
        """A sentence of the kind that stands between facts: it names nothing."""
        pick = self.random.choice
        opening = pick(w.OPENINGS) if self.random.random() < 0.5 else ""
        middle = f"{pick(w.CLAUSES)}、" if self.random.random() < 0.6 else ""
        return f"{opening}{pick(w.SUBJECTS)}は、{middle}{pick(w.OBJECTS)}{pick(w.PREDICATES)}。"

    def view(self) -> str:
        """A sentence of prose that names states or bodies and claims nothing, or little, of them."""
        pick = self.random.choice
        subject = pick([self.states, self.forum, f"{self.pair}両国", self.body, pick(w.STATES)[0]])
        return f"{pick(w.OPENINGS)}{subject}は、{pick(w.CLAUSES)}、{pick(w.OBJECTS)}{pick(w.PREDICATES)}。"

    def paragraph(self, facts: float) -> str:
        """Three to seven sentences; `facts` is the share of those that say something."""
        kinds: list[Callable[[], str]] = [self.fact, self.view, self.prose]
        weights = [facts, (1 - facts) / 2, (1 - facts) / 2]
        return "".join(kind() for kind in self.random.choices(kinds, weights, k=self.random.randrange(3, 8)))


def document(seed: int, *, paragraphs: int = 8) -> str:
    """One document; it has from half of `paragraphs` to half as many more."""
    writer = Writer(f"document {seed}")
    count = max(2, int(paragraphs * (0.5 + writer.random.random())))
    form = writer.random.choice((_essay, _notice, _minutes))
    return "\n".join(form(writer, count)) + "\n"


def _essay(writer: Writer, count: int) -> Iterator[str]:
    yield f"{writer.forum}と{writer.pair}関係"
    yield ""
    notes = 0
    for number in range(count):
        text = writer.paragraph(0.35)
        if number and writer.random.random() < 0.3:
            yield f"{number + 1} {writer.random.choice(w.HEADINGS)}"
            yield ""
        if writer.random.random() < 0.3:
            notes += 1
            text = f"{text[:-1]}(注{notes})。"
        yield from _broken(f"　{text}")
        yield ""
    for note in range(notes):
        yield f"(注{note + 1}) {writer.fact()}"


def _notice(writer: Writer, count: int) -> Iterator[str]:
    yield f"令和{writer.random.randrange(1, 7)}年{writer.random.randrange(1, 13)}月{writer.random.randrange(1, 29)}日"
    yield ""
    yield f"{writer.forum}の開催について"
    yield ""
    for number in range(count):
        yield f"{number + 1} {writer.paragraph(0.5)}"
        yield ""
    yield "(参考)主な取極"
    for _ in range(writer.random.randrange(2, 6)):
        matter, kind = writer.random.choice(w.MATTERS), writer.random.choice(w.AGREEMENTS)
        yield f"・{writer.pair}{matter}{kind}({writer.date()}署名)"


def _minutes(writer: Writer, count: int) -> Iterator[str]:
    yield f"# {writer.body}議事要旨"
    yield ""
    yield f"{writer.forum}({writer.acronym})は、{writer.date()}に設置された。"
    yield ""
    for number in range(count):
        if number % 3 == 0:
            yield f"## {writer.random.choice(w.HEADINGS)}"
            yield ""
        if writer.random.random() < 0.3:
            yield from (f"- {writer.view()}" for _ in range(writer.random.randrange(2, 5)))
        else:
            yield writer.paragraph(0.4)
        yield ""


def _broken(text: str) -> Sequence[str]:
    return [text[at : at + LINE] for at in range(0, len(text), LINE)]


def write(directory: Path, count: int, *, paragraphs: int = 8, first: int = 0) -> list[Path]:
    """That many documents as files in a directory, which is made."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = [directory / f"{number:06}.txt" for number in range(first, first + count)]
    for number, path in enumerate(paths, first):
        path.write_text(document(number, paragraphs=paragraphs), encoding="utf-8")
    return paths
