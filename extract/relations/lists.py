"""Lists: what the sentence before a list says holds of each of its items: 「以下の法律が成立した。・A法 ・B法」."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.model import Role as SentenceRole
from extract.relations.assertions import state_of_item
from extract.relations.context import Context
from extract.relations.draft import LIKELY, topic_key
from extract.relations.events import Event, find_events
from ontology.terms import Factuality, Kind, Property, is_a

INTRODUCING = re.compile(r"以下|次の|次に掲げる|下記|[::]$|は、?$|骨子|内容は")
LONGEST_ITEM = 45
# An item that says something, or that names a part of the paper, is no field of cooperation.
SAYING = re.compile(
    r"[はがを]|に(?:応じ|対処|合致|従|反映)|せず|(?:実施|保持|構築|提示|確立|考慮|開設|排除|提供)$|目的$|考え方$|と同様"
)


@dataclass(slots=True)
class Lists:
    """The sentences of a document that may introduce lists, by their index."""

    introductions: dict[int, Context] = field(default_factory=dict)

    def note(self, context: Context) -> None:
        if INTRODUCING.search(context.text):
            self.introductions[context.index] = context

    def assert_item(self, context: Context) -> None:
        """Make the claims that an item inherits from its introduction."""
        sentence = context.named.sentence
        if sentence.role is not SentenceRole.ITEM or sentence.introduced_by is None:
            return
        introduction = self.introductions.get(sentence.introduced_by)
        if introduction is None:
            return
        name = next((n for n in context.named.names if n.start <= 2), None)
        keys = context.of(name) if name and not name.plural else ()
        if name and keys:
            for event in _open_events(introduction, context.things.kind(keys[0])):
                state_of_item(introduction, event, context, name, keys[0])
        _covered(introduction, context)


def _open_events(introduction: Context, kind: Kind) -> list[Event]:
    """The events of an introduction whose theme is only counted (以下の法律が), if items of this class can be it."""
    return [e for e in find_events(introduction.tree) if any(is_a(kind, k) for k in e.frame.theme)]


def _covered(introduction: Context, item: Context) -> None:
    """「この指針の骨子は、」 and the like: the items are what the text covers."""
    if not re.search(r"骨子|柱|内容は|主な(?:内容|項目)|主要(?:項目|な内容)", introduction.text):
        return
    owner = introduction.discourse.topic_of((Kind.AGREEMENT,), introduction.index)
    text = re.sub(r"^[①-⑳・\-\s\d.)(ア-ン]{1,4}(?=[^ァ-ヶ])", "", item.text).rstrip("。、")
    if owner and 2 < len(text) <= LONGEST_ITEM and not SAYING.search(text):
        spans = item.named.sentence.source(0, len(item.text))
        item.drafts.add(
            owner, Property.COVERS, topic_key(item.things, text), Factuality.ACTUAL, spans, "list.covers", confidence=LIKELY
        )
