"""What makes reading fast changes nothing of what is read: the same comes of GiNZA as it is, every sentence parsed by itself."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from extract.documents import load_document
from extract.language import LEFT_OUT, MODEL
from extract.model import Document
from extract.pipeline import Extractor
from ontology.authority import load

ROOT = Path(__file__).parent.parent
EXAMPLE_FILES, GOLD = ROOT / "examples", ROOT / "tests" / "cases" / "gold"
EXAMPLES = {"example", "counterexample"}
EVERY = 4  # of the sentences: all of them take GiNZA ten minutes


def documents(place: Path) -> list[Document]:
    return [load_document(path) for path in sorted(place.glob("*.*")) if path.suffix in {".txt", ".md"}]


def texts_of(told: object) -> Iterator[str]:
    """All examples and counterexamples in a file of rules."""
    for key, value in told.items() if isinstance(told, dict) else ():
        if key in EXAMPLES and isinstance(value, str):
            yield value
        for inner in value if isinstance(value, list) else [value]:
            yield from texts_of(inner)


def sentences() -> list[Document]:
    cases = tomllib.loads((ROOT / "tests" / "cases" / "sentences.toml").read_text(encoding="utf-8"))["case"]
    given = [Document(case["id"], case["text"], published=case.get("published")) for case in cases]
    rules = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "extract" / "rules").glob("*.toml")))
    return given + [Document(f"rule-{n}", text) for n, text in enumerate(t for rule in rules for t in texts_of(rule))]


class Plain(Extractor):
    """Reads by the pipeline that `spacy.load` gives, one document and one sentence at a time."""

    def __init__(self, *, exclude: Sequence[str]) -> None:
        import spacy

        super().__init__(load(None), nlp=spacy.load(MODEL, exclude=exclude))


def assert_same(extractor: Extractor, plain: Extractor, read: Sequence[Document]) -> None:
    assert len(read) >= 10
    for document, quick in zip(read, extractor.extract(read), strict=True):
        assert quick == plain.extract_one(document), document.identifier


@pytest.mark.model
def test_examples_yield_what_they_yield_without_haste(extractor):
    assert_same(extractor, Plain(exclude=LEFT_OUT), documents(EXAMPLE_FILES))


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("read", [lambda: documents(GOLD), lambda: sentences()[::EVERY]], ids=["documents", "sentences"])
def test_texts_yield_what_they_yield_by_all_of_ginza(extractor, read):
    assert_same(extractor, Plain(exclude=()), read())
