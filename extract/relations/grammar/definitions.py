"""What a sentence says that something is: the noun at its end, 「Xは、1971年に発足した、A、B間の軍事同盟である」."""

from __future__ import annotations

import re

from extract.names.states import SO_MANY
from extract.relations.grammar.events import Event, Form
from extract.syntax import Phrase, Tree
from ontology.terms import Kind

SAID = re.compile(r"^[」』]?(?:のこと)?(?:で(?:ある|あり|あった|す|した|、)|だ|。|$)")
CALLED = re.compile(r"(?:を|と)(?:いう|言う|いい|指す)")
# What joins the nouns of one noun phrase.
LINKS = frozenset({"の", "による", "における", "間の", "での", "", "、", "への", "との", "に対する", "・", "からの"})
STEPS = 8
COUNTED = re.compile(rf"{SO_MANY}$")


def said_noun(tree: Tree, noun: Phrase) -> Phrase | None:
    """The bare noun at a sentence's end that a noun phrase belongs to, by links of nouns alone; None where there is none."""
    for _ in range(STEPS):
        if noun.name and noun.name.kind is not Kind.STATE:
            return None
        if not noun.name and (SAID.match(noun.tail) or CALLED.match(tree.text, noun.content_end)):
            return noun if noun.head.nominal else None
        above = tree.phrases[noun.depends_on]
        if noun.tail.rstrip("、") not in LINKS or above.index <= noun.index or not above.head.nominal:
            return None
        noun = above
    return None


def defines(event: Event, tree: Tree) -> bool:
    """Whether a verb stands before what a sentence without topic or subject says that something is: 1959年に成立した|軍事同盟."""
    if event.form is not Form.VERBAL or event.modified is None or said_noun(tree, event.modified) is None:
        return False
    before = (p for p in tree.phrases[: event.phrase.index] if not p.timex)
    return not any(p.particle in {"は", "も", "が", "とは", "では"} and not _own_subject(tree, p, event) for p in before)


def _own_subject(tree: Tree, phrase: Phrase, event: Event) -> bool:
    """Whether a phrase is who does what the verb says, states or a count of them: 5か国が1948年に調印した条約."""
    state = phrase.name is not None and phrase.name.kind is Kind.STATE
    counted = COUNTED.search(tree.text, phrase.start, phrase.content_end) is not None
    return phrase.particle == "が" and phrase.depends_on == event.phrase.index and (state or counted)
