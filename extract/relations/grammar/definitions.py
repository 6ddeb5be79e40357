"""What a sentence says that something is: the noun at its end, 「Xは、1971年に発足した、A、B間の軍事同盟である」."""

from __future__ import annotations

import re

from extract.names.states import SO_MANY
from extract.relations.grammar.events import Event, Form
from extract.syntax import Phrase, Tree
from ontology.terms import Kind, is_a

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


OWNED = re.compile(r"(?:機関|組織|部隊|部局|外局|内局|部門|部署|機構|司令部|委員会|協議会|事務局|研究所|センター|軍種|軍|団)$")


def owned_noun(tree: Tree, noun: Phrase) -> Phrase | None:
    """The noun for a body at a sentence's end that a named body only owns: of 2018年に新編された|陸上自衛隊の|部隊である, the last is what was."""
    above = tree.phrases[noun.depends_on]
    owner = noun.name is not None and is_a(noun.name.kind, Kind.INSTITUTION) and noun.tail == "の" and not above.name
    owned = owner and above.index > noun.index and OWNED.search(tree.text, above.start, above.content_end)
    return above if owned and said_noun(tree, above) is above else None


def defines(event: Event, tree: Tree) -> bool:
    """Whether a verb stands before what a sentence without topic or subject says that something is: 1959年に成立した|軍事同盟."""
    if event.form is not Form.VERBAL or event.modified is None or not topicless(tree, event.phrase):
        return False
    return bool(said_noun(tree, event.modified) or owned_noun(tree, event.modified))


TOPICAL = frozenset({"は", "も", "が", "とは", "では"})


def topicless(tree: Tree, stop: Phrase) -> bool:
    """Whether nothing before a phrase is what its sentence is about; who did what a clause tells may stand there: 5か国が1948年に調印した|条約."""
    before = (p for p in tree.phrases[: stop.index] if not p.timex)
    return not any(p.particle in TOPICAL and not _own_subject(tree, p, stop) for p in before)


def _own_subject(tree: Tree, phrase: Phrase, stop: Phrase) -> bool:
    """Whether a phrase is who does what a verb up to `stop` says, states or a count of them: 5か国が1948年に調印した条約."""
    doing = tree.phrases[phrase.depends_on]
    verb = phrase.index < doing.index <= stop.index and not (doing is stop and SAID.match(doing.tail))
    state = phrase.name is not None and phrase.name.kind is Kind.STATE
    counted = COUNTED.search(tree.text, phrase.start, phrase.content_end) is not None
    return phrase.particle == "が" and verb and (state or counted)
