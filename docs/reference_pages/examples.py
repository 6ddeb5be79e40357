"""An example for every term of the vocabulary: a sentence that a rule is tested with, a curated name, or a part of `sample.ttl`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from extract.rules import read_rules
from ontology.authority import load
from ontology.terms import AKG, PREFIXES, Factuality, Level, Property, Verdict

SAMPLE = Path(__file__).parent.parent / "reference" / "sample.ttl"
_TYPE, _TEXT = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["schema"] + "text")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it says, or a piece of Turtle."""

    text: str = ""
    says: str = ""
    turtle: str = ""

    def lines(self) -> Iterator[str]:
        """Markdown."""
        if self.turtle:
            yield from ("```turtle", *self.turtle.splitlines(), "```")
        else:
            yield f"> {self.text}" + (f" → {self.says}" if self.says else "")


def examples() -> dict[str, Example]:
    """By the local name of the term. What the rules and the curated names show comes before the sample."""
    names = load()
    found = {entry.kind.value: Example(_named(entry.label, entry.label_en)) for entry in reversed(names)}
    shared, state = next(entry for entry in names if entry.ambiguous), next(entry for entry in names if entry.abbreviations)
    found["ambiguousLabel"] = Example(shared.ambiguous[0], shared.label)
    found["abbreviation"] = Example(state.abbreviations[0], state.label)
    found |= {
        closed.__name__: Example(", ".join(f"`akg:{value}`" for value in closed)) for closed in (Level, Factuality, Verdict)
    }
    for name, example in _of_rules():
        found.setdefault(name, example)
    found["Actual"] = found["establishedOn"]  # what no cue of another standing touches
    for name, example in _of_sample():
        found.setdefault(name, example)
    return found


def _named(label: str, english: str | None) -> str:
    return f"{label} ({english})" if english else label


def _of_rules() -> Iterator[tuple[str, Example]]:
    for file in sorted(f.name for f in resources.files("extract.rules").iterdir() if f.name.endswith(".toml")):
        for rule in _rules(read_rules(file)):
            text = rule["example"]
            if "factuality" in rule:
                yield rule["factuality"], Example(text)
            for claim in rule.get("claims", ()):
                subject, name, value = claim.split()
                for term in {name, value} & {*Property, *Level}:
                    yield term, Example(text, f"{subject} `akg:{name}` {f'`akg:{value}`' if value in set(Level) else value}")


def _rules(value: object) -> Iterator[dict[str, Any]]:
    """Tables with an example that is one text, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get("example"), str):
            yield value
        for inner in value.values():
            yield from _rules(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _rules(inner)


def _of_sample() -> Iterator[tuple[str, Example]]:
    parser = ox.parse(path=str(SAMPLE), format=ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in parser]
    for triple in triples:
        if isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(AKG):
            whole = triple.predicate == _TYPE
            shown = [t for t in triples if t.subject == triple.subject and t.predicate != _TEXT] if whole else [triple]
            yield triple.object.value.removeprefix(AKG), Example(turtle=_written(shown, parser.prefixes))
        if triple.predicate.value.startswith(AKG):
            yield triple.predicate.value.removeprefix(AKG), Example(turtle=_written([triple], parser.prefixes))


def _written(triples: list[ox.Triple], prefixes: dict[str, str]) -> str:
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert text is not None
    return "\n".join(line for line in text.decode().splitlines() if not line.startswith("@prefix"))
