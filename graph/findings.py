"""What a check of a graph finds, as plain values: no RDF library is needed to keep or to tell them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from graph.markup import table
from ontology.terms import PREFIXES

VIOLATION = "Violation"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One violation: `focus` is what is wrong, `path` in what, `value` which value, `shape` by which rule.

    IRIs are written with the prefixes of the vocabulary; what does not apply is empty. `severity` is Violation,
    Warning or Info.
    """

    severity: str
    focus: str
    path: str
    value: str
    shape: str
    message_ja: str
    message_en: str

    def line(self, language: str = "en") -> str:
        """The finding in one line, in `ja` or `en`."""
        message = (self.message_ja if language == "ja" else self.message_en) or self.message_en or self.message_ja
        place = " ".join(dict.fromkeys(part for part in (self.focus, self.path, self.value) if part))
        return " ".join(f"{self.severity}: {message} ({place})".split())


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; `conforms` if no violation, warnings apart."""

    conforms: bool
    results: tuple[Finding, ...] = ()

    def lines(self, language: str = "en") -> tuple[str, ...]:
        return tuple(finding.line(language) for finding in self.results)

    def to_json(self) -> str:
        return json.dumps(
            {"conforms": self.conforms, "results": [asdict(finding) for finding in self.results]}, ensure_ascii=False, indent=2
        )

    def _repr_html_(self) -> str:
        """The findings as a table, for notebooks."""
        said = "適合 / conforms" if self.conforms else "違反あり / does not conform"
        rows = ((f.severity, f.focus, f.path, f.value, f.message_ja, f.message_en) for f in self.results)
        headings = ("程度 / severity", "対象 / focus", "性質 / path", "値 / value", "説明", "message")
        return f"<p>{said}</p>" + (table(headings, rows) if self.results else "")


def shortened(iri: str) -> str:
    """The IRI with a prefix of the vocabulary where one fits, as findings have it.

    >>> shortened("https://w3id.org/alliancekg/ontology#replaces"), shortened("urn:x")
    ('akg:replaces', 'urn:x')
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def expanded(name: str) -> str:
    """The IRI that `shortened` shortened.

    >>> expanded("akg:replaces"), expanded("urn:x")
    ('https://w3id.org/alliancekg/ontology#replaces', 'urn:x')
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
