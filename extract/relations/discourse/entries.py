"""What a sentence that leaves out of what it speaks says of that: the headword of an entry, or what the text is about.

「南太平洋条約機構 / 1962年に結成された軍事同盟。」「航空保安庁 / 国土交通省の外局。」 Every rule that reads what a sentence
without a topic says of its text's subject asks here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Role
from extract.names.found import Name
from extract.relations.discourse.context import Context
from extract.relations.grammar.definitions import owned_noun, said_noun, topicless
from extract.syntax import Phrase
from ontology.terms import Kind, is_a, lineage

ENDS = re.compile(r"^[」』]?(?:。|$|で(?:ある|あった|す|した)(?:。|$)|だ。|の(?:こと|総称)(?:。|である))")
BODY = re.compile(r"(?:機関|団体|部署|部門|枠組み|体制)$")


def spoken_of(context: Context, stop: Phrase, kinds: Sequence[Kind]) -> str | None:
    """What the text is about, where nothing before a phrase of the sentence is its topic or subject."""
    if context.named.sentence.role is Role.TITLE or not topicless(context.tree, stop):
        return None
    return context.discourse.topic_of(kinds, context.index)


def said_of(context: Context, noun: Phrase, kinds: Sequence[Kind]) -> str | None:
    """What the text is about, where a sentence without a topic says what it is by the noun at its end that `noun` belongs to."""
    last = said_noun(context.tree, noun) or owned_noun(context.tree, noun)
    return spoken_of(context, noun, kinds) if last is not None else None


def defined(context: Context, noun: Phrase) -> str | None:
    """What the entry is on, where a sentence without a topic says, before anything else is told, that it is such a thing as `noun`."""
    title, last = context.discourse.title, context.tree.phrases[-1]
    if title is None or not context.discourse.entry or not ENDS.match(last.tail):
        return None
    if any(t.key != title for t in context.discourse.topics) or said_noun(context.tree, noun) is not last:
        return None
    content = context.text[last.start : last.content_end]
    return said_of(context, noun, (context.things.kind(title),)) if _alike(context, title, content) else None


def headword(context: Context, name: Name) -> tuple[str, ...]:
    """The headword, where its entry opens with what it is by words that name several things: 両国が調印した|安全保障条約."""
    title, phrase = context.discourse.title, context.tree.at(name.start)
    if title is None or phrase is None or context.named.sentence.role is not Role.BODY or not phrase.index:
        return ()
    whole = (name.start, name.end) == (phrase.start, phrase.content_end) and phrase is context.tree.phrases[-1]
    opening = all(t.key == title for t in context.discourse.topics)
    if not whole or not opening or not ENDS.match(phrase.tail) or not _alike(context, title, name.label):
        return ()
    key = spoken_of(context, phrase, lineage(name.kind)[-1:])
    return (key,) if key and key == context.discourse.headword(lineage(name.kind)[-1:]) else ()


def _alike(context: Context, title: str, content: str) -> bool:
    """Whether a noun is of the class of a headword."""
    kind, head = context.things.kind(title), context.things.knowledge.rules.head_of(content)
    if head is None:
        return is_a(kind, Kind.INSTITUTION) and BODY.search(content) is not None
    return lineage(head.kind)[-1] is lineage(kind)[-1]
