"""Documents → extractions: the stages in their order.

read_sentences → read_dates → tokenise → recognise → parse → resolve, assert → Extraction
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from extract.dates import parse_edtf, read_dates
from extract.locating import locate
from extract.model import Claim, Date, Document, Entity, Extraction, Mention, Role, Unresolved
from extract.names.found import Name
from extract.names.knowledge import Knowledge, make_knowledge
from extract.names.recognise import NamedSentence, recognise
from extract.names.things import Things
from extract.reading import read_sentences
from extract.relations.activities import assert_activities
from extract.relations.aims import assert_aims
from extract.relations.amendments import assert_amendments
from extract.relations.approvals import assert_approvals
from extract.relations.assertions import assert_events
from extract.relations.cancelled import assert_cancelled
from extract.relations.careers import assert_careers
from extract.relations.context import Context, dated_names
from extract.relations.covering import assert_meetings_entitled
from extract.relations.discourse import Discourse
from extract.relations.draft import Drafts
from extract.relations.gatherings import assert_gatherings
from extract.relations.groups import Group, fits, make_groups
from extract.relations.hierarchy import assert_hierarchy
from extract.relations.holders import assert_holders
from extract.relations.levels import assert_levels
from extract.relations.lineage import assert_lineage
from extract.relations.lists import Lists
from extract.relations.matters import assert_contents, assert_pillars
from extract.relations.meetings import series_called
from extract.relations.memberships import assert_memberships
from extract.relations.notices import Notices
from extract.relations.nouns import assert_nouns
from extract.relations.parties import assert_parties
from extract.relations.purposes import assert_purposes
from extract.relations.reference import resolve_names
from extract.relations.revisions import Revisions
from extract.relations.stating import assert_stated
from extract.relations.structure import assert_structure
from extract.relations.successions import assert_successions
from extract.relations.supplying import founds_unnamed
from extract.relations.talks import assert_talks
from extract.relations.terms import assert_terms
from extract.syntax import Parser, Tree
from extract.tokens import analyser_of, tokenise
from ontology.authority import Entry
from ontology.terms import Kind, is_a

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "ja_ginza"
# What nobody reads is not loaded: named entities of another field, bunsetsu, morphology.
LEFT_OUT = ["ner", "compound_splitter", "bunsetu_recognizer", "morphologizer", "attribute_ruler"]
# Sentences of these roles make no claims, unless asked for.
SILENT = frozenset({Role.BIBLIOGRAPHY, Role.COMMENT, Role.BOILERPLATE})


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
        import spacy  # noqa: PLC0415  spaCy takes a second to import and is not needed until a text is read

        return self._nlp or spacy.load(MODEL, exclude=LEFT_OUT)

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
        named, things = recognise(sentences, tokens, timexes, knowledge=self.knowledge)
        trees = Parser(self.nlp).trees(named)
        return _assemble(document, named, self._told(named, trees), things, published)

    def _told(self, named: Sequence[NamedSentence], trees: Iterable[Tree]) -> Iterator[Tree]:
        """The trees as they come, each sentence behind which the reading has come told."""
        for sentence, tree in zip(named, trees, strict=True):
            yield tree
            self._reached(sentence.sentence.ends[-1])


def _assemble(
    document: Document, named: Sequence[NamedSentence], trees: Iterable[Tree], things: Things, published: Date | None
) -> Extraction:
    drafts, discourse = Drafts(things), Discourse(things)
    lists, notices, revisions, contexts = Lists(), Notices(), Revisions(), dict[int, Context]()
    mentions: list[Mention] = []
    unresolved: list[Unresolved] = []
    for sentence, tree in zip(named, trees, strict=True):
        groups = make_groups(tree, sentence.names, sentence.holdings, rules=things.knowledge.rules)
        context = Context(sentence, tree, groups, things, discourse, drafts, published)
        context.dates = dated_names(sentence.names, sentence.timexes, tree)
        discourse.enter(sentence.sentence.role)
        discourse.paragraph = sentence.sentence.paragraph
        context.footnote = _calling(context, contexts)
        context.proposing = discourse.proposes(context.text)
        if context.footnote:
            discourse.topic(context.index, context.footnote)
        resolve_names(context)
        assert_talks(context)
        assert_structure(context)
        assert_parties(context)
        assert_events(context)
        assert_meetings_entitled(context)
        assert_nouns(context)
        assert_holders(context)
        assert_contents(context)
        assert_pillars(context)
        assert_stated(context)
        assert_aims(context)
        assert_activities(context)
        assert_levels(context)
        assert_gatherings(context)
        assert_cancelled(context)
        assert_careers(context)
        assert_amendments(context)
        assert_purposes(context)
        assert_lineage(context)
        assert_successions(context)
        assert_terms(context)
        assert_approvals(context)
        assert_memberships(context)
        assert_hierarchy(context)
        revisions.note(context)
        notices.read(context)
        lists.note(context)
        lists.assert_item(context)
        if context.footnote:
            discourse.topics.pop()
        else:
            _set_topic(context)
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
    paged = document.identifier.lower().endswith(".pdf")
    located = locate(document.text, [sentence.sentence for sentence in named], spans, paged=paged)
    return Extraction(document, _entities(things, claims), tuple(mentions), claims, tuple(unresolved), located)


def _entities(things: Things, claims: Iterable[Claim]) -> tuple[Entity, ...]:
    """All that is named, by key. A meeting of which nothing is claimed is left out: no words of the document name it."""
    spoken = {key for claim in claims for key in (claim.subject, claim.object, claim.attributed_to)}
    named = sorted((t for t in things if t.kind is not Kind.MEETING or t.key in spoken), key=lambda t: t.key)
    return tuple(thing.entity() for thing in named)


def _calling(context: Context, contexts: dict[int, Context]) -> str | None:
    """What a footnote speaks of: the name that calls it."""
    sentence = context.named.sentence
    caller = contexts.get(sentence.introduced_by) if sentence.introduced_by is not None else None
    if sentence.role is not Role.FOOTNOTE or caller is None or sentence.call_at is None:
        return None
    for name in caller.named.names:
        behind = caller.text[name.end : sentence.call_at]
        if name.end <= sentence.call_at and re.fullmatch(r"[」』]?(?:\([^()]*\))?[」』]?", behind) and caller.of(name):
            return caller.of(name)[0]
    return None


FOUNDING = re.compile(r"(?:設立|設置|創設|新設|発足|締結|策定|署名|調印|発効|批准)(?:式)?")
# What a text or a body has: a sentence about it goes on about the text or the body.
ITS_OWN = re.compile(
    r"署名|調印|締結|発効|施行|批准|批准書|有効期間|有効期限|期間|期限|目的|内容|草案|原案|前文|署名者|"
    r".{0,6}(?:代表|議長|委員長)|本部|事務局|議事録|会合|任務|構成員|メンバー|加盟国"
)
HEADING = re.compile(r"^[#\s\d.()第章節①-⑳・]*(?P<name>.*?)\s*$")


def _set_topic(context: Context) -> None:
    """What a sentence is about, for the next: its topic, else its subject; for a heading, the thing that it names."""
    if context.named.sentence.role is Role.TITLE and context.discourse.title is None:
        named = [k for n in context.named.names for k in context.of(n) if not n.plural and n.kind is not Kind.STATE]
        context.discourse.title = named[0] if named else None
        context.discourse.entry = len(set(named)) == 1
    elif context.named.sentence.role is Role.HEADING and len(context.named.names) == 1:
        _retitle(context, context.named.names[0])
    ranked = {"は": 0, "とは": 0, "も": 1, "が": 2}
    heading = context.named.sentence.role in {Role.TITLE, Role.HEADING}
    for group in sorted(context.groups, key=lambda g: -ranked.get(g.particle, 9)):
        founded = (group.particle == "の" and _is_subject_deed(context, group)) or _taken_up(group)
        if group.particle not in ranked and not heading and not founded:
            continue
        for member, key in context.members(group)[:1]:
            if context.things.kind(key) is not Kind.STATE and not ITS_OWN.fullmatch(member.name.label):
                context.discourse.topic(context.index, key, ranked.get(group.particle, 3))
        name = group.members[0].name
        if name.kind is Kind.MEETING and name.rule != "session" and not context.of(name):
            context.discourse.topic(context.index, series_called(context.things, name.label), ranked.get(group.particle, 3))
    unnamed = founds_unnamed(context.tree) or any(
        p.particle in {"は", "とは"}
        and p.head.nominal
        and not p.name
        and not p.timex
        and not ITS_OWN.fullmatch(context.text[p.start : p.content_end])
        for p in context.tree.phrases
    )
    if unnamed and not any(t.sentence == context.index for t in context.discourse.topics):
        context.discourse.topic(context.index, "", 1)


def _taken_up(group: Group) -> bool:
    """Whether a sentence only turns to a company of states: クアッドをめぐっては、…が続いた."""
    turned = group.particle in {"をめぐって", "について", "に関して"} and group.phrase.tail.rstrip("、").endswith("は")
    return turned and fits(group, (Kind.PARTNERSHIP,))


def _retitle(context: Context, name: Name) -> None:
    """A heading that is a name opens an entry of its own; so does one of a notice on another agreement than the title's."""
    entry = HEADING.match(context.text)
    whole = entry is not None and entry.group("name") == name.label
    title = context.discourse.title
    notice = is_a(name.kind, Kind.AGREEMENT) and title is not None and is_a(context.things.kind(title), Kind.AGREEMENT)
    if (whole or notice) and context.of(name) and name.kind is not Kind.STATE:
        context.discourse.title = context.of(name)[0]
        context.discourse.entry = context.discourse.entry or whole


def _is_subject_deed(context: Context, group: Group) -> bool:
    """Whether a group is what the founding that is the subject is of: 委員会の設立が合意された."""
    deed = context.tree.phrases[group.phrase.depends_on]
    return deed.particle in {"が", "は"} and bool(FOUNDING.fullmatch(context.text[deed.start : deed.content_end]))


def _mentions(context: Context) -> Iterator[Mention]:
    for name in context.named.names:
        for key in context.of(name)[:1] if not name.plural else ():
            spans = context.named.sentence.source(name.start, name.end)
            yield Mention(spans[0], name.label, context.things.kind(key), context.things.current(key))


def _undated(sentence: NamedSentence) -> Iterator[Unresolved]:
    for timex in sentence.timexes:
        if timex.date is None and timex.reason and re.search(r"\S", timex.text):
            yield Unresolved(sentence.sentence.source(timex.start, timex.end)[0], timex.text, timex.reason)
