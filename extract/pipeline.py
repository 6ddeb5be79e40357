"""Documents → extractions: the stages in their order.

read_sentences → read_dates → tokenise → recognise → parse → resolve, assert → Extraction
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from extract.dates import parse_edtf, read_dates
from extract.formats.kinds import Format, format_of
from extract.language import load_language
from extract.locating import locate
from extract.model import SILENT, Claim, Date, Document, Entity, Extraction, Mention, Role, Unresolved
from extract.names.consulted import WORD, beyond_text, consulted, searchable
from extract.names.knowledge import Knowledge, make_knowledge
from extract.names.recognise import NamedSentence, recognise
from extract.names.things import Things
from extract.reading import read_sentences
from extract.relations.bodies.careers import assert_careers
from extract.relations.bodies.enumerated import assert_enumerated
from extract.relations.bodies.hierarchy import assert_hierarchy
from extract.relations.bodies.lifetimes import assert_lifetimes
from extract.relations.bodies.memberships import assert_memberships
from extract.relations.bodies.rosters import assert_rosters
from extract.relations.discourse.aboutness import caller_of, set_topic
from extract.relations.discourse.context import Context, dated_names
from extract.relations.discourse.draft import Drafts
from extract.relations.discourse.memory import Discourse
from extract.relations.discourse.reference import resolve_names
from extract.relations.grammar.events import sought
from extract.relations.grammar.groups import make_groups
from extract.relations.layout.lists import Lists
from extract.relations.layout.notices import Notices
from extract.relations.matters.aims import assert_aims
from extract.relations.matters.covering import assert_meetings_entitled
from extract.relations.matters.stating import assert_made_possible, assert_stated
from extract.relations.meetings.cancelled import assert_cancelled
from extract.relations.meetings.gatherings import assert_gatherings
from extract.relations.meetings.talks import assert_talks
from extract.relations.nouns.contents import assert_contents, assert_pillars
from extract.relations.nouns.holders import assert_holders
from extract.relations.nouns.levels import assert_levels
from extract.relations.nouns.relational import assert_nouns
from extract.relations.nouns.structure import assert_structure
from extract.relations.texts.amendments import assert_amendments
from extract.relations.texts.approvals import assert_approvals
from extract.relations.texts.lineage import assert_lineage
from extract.relations.texts.parties import assert_parties
from extract.relations.texts.purposes import assert_purposes
from extract.relations.texts.revisions import Revisions
from extract.relations.texts.successions import assert_successions
from extract.relations.texts.terms import assert_terms
from extract.relations.verbs.activities import assert_activities
from extract.relations.verbs.assertions import assert_events
from extract.syntax import Parser, Tree
from extract.tokens import analyser_of, tokenise
from ontology.authority import Entry
from ontology.terms import Kind

if TYPE_CHECKING:
    from spacy.language import Language


def _assert_amended(context: Context) -> None:
    """The dated amendments of a sentence, and what they made possible."""
    for text, place in assert_amendments(context):
        assert_made_possible(context, text, place)


# What makes claims of one sentence, in this order: some look at what those before them have claimed.
CLAIMING: tuple[Callable[[Context], None], ...] = (
    assert_talks,
    assert_structure,
    assert_parties,
    assert_events,
    assert_meetings_entitled,
    assert_nouns,
    assert_holders,
    assert_contents,
    assert_pillars,
    assert_stated,
    assert_aims,
    assert_activities,
    assert_levels,
    assert_gatherings,
    assert_cancelled,
    assert_careers,
    _assert_amended,
    assert_purposes,
    assert_lineage,
    assert_successions,
    assert_terms,
    assert_approvals,
    assert_memberships,
    assert_enumerated,
    assert_lifetimes,
    assert_rosters,
    assert_hierarchy,
)


class Extractor:
    """Reads documents with one authority. The GiNZA model is loaded when the first document is read, unless `nlp` is given.

    `include` are the roles of those that are silent by themselves (comments, bibliographies, boilerplate) and shall be heard.
    `reached` is told how many characters of the document at hand have been read.
    """

    def __init__(
        self,
        authority: Sequence[Entry],
        *,
        nlp: Language | None = None,
        include: Collection[Role] = (),
        reached: Callable[[int], None] = lambda _characters: None,
    ) -> None:
        self._authority = tuple(authority)
        self._nlp = nlp
        self._silent = SILENT - frozenset(include)
        self._reached = reached

    @cached_property
    def knowledge(self) -> Knowledge:
        return make_knowledge(self._authority)

    @cached_property
    def nlp(self) -> Language:
        return self._nlp or load_language()

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction for each document, in order."""
        for document in documents:
            yield self.extract_one(document)

    def extract_one(self, document: Document) -> Extraction:
        """All that one document yields."""
        published = parse_edtf(document.published) if document.published else None
        sentences = [s for s in read_sentences(document) if s.role not in self._silent]
        timexes = read_dates(sentences, published=published)
        analyser = analyser_of(self.nlp)
        tokens = [tokenise(s.text, analyser=analyser) for s in sentences]
        asked: set[str] = set()
        named, things = recognise(sentences, tokens, timexes, knowledge=consulted(self.knowledge, asked))
        trees = self._told(named, Parser(self.nlp).trees(named), asked)
        extraction = _assemble(document, named, trees, things, published)
        text = searchable(sentence.text for sentence in sentences)
        return replace(extraction, asked=beyond_text(asked, text, self.knowledge.entries))

    def _told(self, named: Sequence[NamedSentence], trees: Iterable[Tree], asked: set[str]) -> Iterator[Tree]:
        """The trees as they come, their words written down in `asked`, each sentence told behind which the reading has come."""
        for sentence, tree in zip(named, trees, strict=True):
            asked.update(WORD + word for word in sought(tree))
            yield tree
            self._reached(sentence.sentence.ends[-1])


def _assemble(
    document: Document, named: Sequence[NamedSentence], trees: Iterable[Tree], things: Things, published: Date | None
) -> Extraction:
    drafts, discourse = Drafts(things), Discourse(things, published=published)
    lists, notices, revisions, contexts = Lists(), Notices(), Revisions(), dict[int, Context]()
    mentions: list[Mention] = []
    unresolved: list[Unresolved] = []
    for sentence, tree in zip(named, trees, strict=True):
        groups = make_groups(tree, sentence.names, sentence.holdings, rules=things.knowledge.rules)
        context = Context(sentence, tree, groups, things, discourse, drafts, published)
        context.dates = dated_names(sentence.names, sentence.timexes, tree)
        discourse.enter(sentence.sentence.role)
        discourse.paragraph = sentence.sentence.paragraph
        context.footnote = caller_of(context, contexts)
        context.proposing = discourse.proposes(context.text)
        if context.footnote:
            discourse.topic(context.index, context.footnote)
        resolve_names(context)
        for assert_kind in CLAIMING:
            assert_kind(context)
        revisions.note(context)
        notices.read(context)
        lists.note(context)
        lists.assert_item(context)
        if context.footnote:
            discourse.topics.pop()
        else:
            set_topic(context)
        contexts[context.index] = context
        mentions += _mentions(context)
        unresolved += [*context.unresolved, *_undated(context.named)]
    return _extraction(document, named, things, mentions, drafts.settled(), unresolved)


def _extraction(
    document: Document,
    named: Sequence[NamedSentence],
    things: Things,
    mentions: Sequence[Mention],
    claims: tuple[Claim, ...],
    unresolved: Sequence[Unresolved],
) -> Extraction:
    """What has been found, with the places of all that is quoted."""
    spans = [*(span for claim in claims for span in claim.evidence), *(item.span for item in unresolved)]
    paged = format_of(document.identifier) is Format.PDF
    located = locate(document.text, [sentence.sentence for sentence in named], spans, paged=paged)
    return Extraction(document, _entities(things, claims), tuple(mentions), claims, tuple(unresolved), located)


def _entities(things: Things, claims: Iterable[Claim]) -> tuple[Entity, ...]:
    """All that is named, by key. A meeting of which nothing is claimed is left out: no words of the document name it."""
    spoken = {key for claim in claims for key in (claim.subject, claim.object, claim.attributed_to)}
    named = sorted((t for t in things if t.kind is not Kind.MEETING or t.key in spoken), key=lambda t: t.key)
    return tuple(thing.entity() for thing in named)


def _mentions(context: Context) -> Iterator[Mention]:
    for name in context.named.names:
        for key in context.of(name)[:1] if not name.plural else ():
            spans = context.named.sentence.source(name.start, name.end)
            yield Mention(spans[0], name.label, context.things.kind(key), context.things.current(key))


def _undated(sentence: NamedSentence) -> Iterator[Unresolved]:
    for timex in sentence.timexes:
        if timex.date is None and timex.reason and re.search(r"\S", timex.text):
            yield Unresolved(sentence.sentence.source(timex.start, timex.end)[0], timex.text, timex.reason)
