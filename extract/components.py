"""Our stages as spaCy components, for pipelines of others: `nlp.add_pipe("alliancekg_mentions")`.

    alliancekg_sentences   sentence starts as we set them; add it before the parser, which then respects them
    alliancekg_mentions    names as `doc.spans["alliancekg"]`, labelled by class, with the entity's key as `kb_id_`;
                           with `merge = true` each name becomes one token, which helps the parser after it

Both are found by spaCy through entry points wherever alliancekg is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extract.dates import read_dates
from extract.model import Document
from extract.names.knowledge import Knowledge, make_knowledge
from extract.names.recognise import recognise
from extract.reading import read_sentences
from extract.tokens import Analyser, analyser_of, tokenise
from ontology import authority

SPANS = "alliancekg"


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sets sentence starts; `doc.text` is read as plain text."""

    def __call__(self, doc: Doc) -> Doc:
        starts = {min(s.starts) for s in read_sentences(Document("doc", doc.text)) if s.starts}
        for token in doc:
            inside = range(token.idx, token.idx + max(1, len(token)))
            token.is_sent_start = token.i == 0 or any(i in starts for i in inside)
        return doc


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds names and sets `doc.spans["alliancekg"]`."""

    knowledge: Knowledge
    analyser: Analyser
    merge: bool

    def __call__(self, doc: Doc) -> Doc:
        spans = filter_spans(list(self._spans(doc)))
        places = [(s.start_char, s.end_char, s.label, s.kb_id) for s in spans]
        if self.merge:
            with doc.retokenize() as retokenizer:
                for span in spans:
                    retokenizer.merge(span)
        # Merging moves the tokens; the spans are set by their characters.
        found = (doc.char_span(a, b, label=label, kb_id=key) for a, b, label, key in places)
        doc.spans[SPANS] = [span for span in found if span is not None]
        return doc

    def _spans(self, doc: Doc) -> Iterator[Span]:
        sentences = read_sentences(Document("doc", doc.text))
        dates = read_dates(sentences, published=None)
        words = [tokenise(s.text, analyser=self.analyser) for s in sentences]
        named, things = recognise(sentences, words, dates, knowledge=self.knowledge)
        for sentence in named:
            for name in sentence.names:
                pieces = sentence.sentence.source(name.start, name.end)
                key = things.current(name.keys[0]) if len(name.keys) == 1 else ""
                span = doc.char_span(pieces[0].start, pieces[-1].end, label=name.kind.value, kb_id=key, alignment_mode="expand")
                if span is not None:
                    yield span


@Language.factory("alliancekg_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Sentences:  # noqa: ARG001  the signature is spaCy's
    """The component `alliancekg_sentences`."""
    return Sentences()


@Language.factory("alliancekg_mentions", default_config={"merge": False}, assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str, merge: bool) -> Mentions:  # noqa: ARG001  the signature is spaCy's
    """The component `alliancekg_mentions`, over the curated names."""
    return Mentions(make_knowledge(authority.load()), analyser_of(nlp), merge)
