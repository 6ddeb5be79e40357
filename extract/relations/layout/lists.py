"""Lists: what the sentence before a list says holds of each of its items: 「以下の法律が成立した。・A法 ・B法」."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.model import Date, Stretch
from extract.model import Role as SentenceRole
from extract.names.found import Name
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, quote, topic_key
from extract.relations.discourse.memory import REACH
from extract.relations.factuality.outlook import to_come, with_date
from extract.relations.factuality.standing import standing
from extract.relations.grammar.events import Event
from extract.relations.grammar.frames import Role
from extract.relations.grammar.roles import fill
from extract.relations.nouns.levels import MEETS
from extract.relations.nouns.owners import owners_of
from extract.relations.nouns.relational import listed_under
from extract.relations.verbs.filling import fillers_of
from ontology.terms import Factuality, Kind, Property, is_a

INTRODUCING = re.compile(r"以下|次の|次に掲げる|下記|[::]$|は、?$|骨子|内容は")
CONTENTS = re.compile(r"骨子|柱|内容は|主な(?:内容|項目)|主要(?:項目|な内容)")
DISCUSSED = re.compile(
    r"(?:以下|次|下記)の(?:とおり|点|事項|項目|議題|分野|課題|テーマ|問題)?[^。]{0,6}(?:について|に関して|を|で|に)[^。]{0,12}(?:協議|議論|意見を?交[換わ]|話し合|確認|一致|合意|申し合わせ|同意|取り上げ)"
)
INSERTED = re.compile(r"\((?:以下|いわゆる)[^()]*\)")
TOWARDS = re.compile(r"(?:に向けた(?:調整|取組|取り組み|協議|議論|作業)|について|に関して|に関する(?:協議|議論))$")
LONGEST_ITEM = 45
RELATIVE = re.compile(
    r"^[^はが]*を[^はがを]*(?:する|した|ための|える|行う)(?=[^たにはがを])"
)  # 侵略を防止するための態勢 is a matter
# An item that says something, or that names a part of the paper, is no field of cooperation.
SAYING = re.compile(
    r"[はがを]|に(?:応じ|対処|合致|従|反映)|せず|(?:実施|保持|構築|提示|確立|考慮|開設|排除|提供)$|目的$|考え方$|と同様"
)


@dataclass(slots=True)
class Lists:
    """The sentences of a document that may introduce lists, by their index, and what the items of each are matters of."""

    introductions: dict[int, Context] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    sakes: dict[int, str] = field(default_factory=dict)  # the agreements for whose sake the texts of a list were made

    def note(self, context: Context) -> None:
        if not INTRODUCING.search(context.text):
            return
        self.introductions[context.index] = context
        sake = context.discourse.sake
        if sake and (sake[0] == context.index or (sake[0] == context.index - 1 and OUTCOME.search(context.text))):
            self.sakes[context.index] = sake[1]
        owner = _owner(context)
        if owner:
            self.owners[context.index] = owner

    def assert_item(self, context: Context) -> None:
        """Make the claims that an item inherits from its introduction."""
        sentence = context.named.sentence
        if sentence.role is not SentenceRole.ITEM or sentence.introduced_by is None:
            return
        introduction = self.introductions.get(sentence.introduced_by)
        if introduction is None:
            return
        _listed(introduction, context)
        name = next((n for n in context.named.names if n.start <= 2), None)
        keys = context.of(name) if name and not name.plural else ()
        if name and keys:
            for event in _open_events(introduction, context.things.kind(keys[0])):
                _state_of_item(introduction, event, context, name, keys[0])
                _carrying_out(self.sakes.get(sentence.introduced_by), introduction, event, context, (name, keys[0]))
        whole = name and name.end >= len(re.sub(r"[。、) ]+$", "", context.text)) - 1 and not is_a(name.kind, Kind.TOPIC)
        if whole:
            return  # a body or text that is set up or signed is no matter
        _covered(self.owners.get(sentence.introduced_by), context)


def _listed(introduction: Context, item: Context) -> None:
    """Make the claims of an item of a list of members, chairs, parties: 構成員は次のとおりである。・外務省北米局長."""
    titles = {h.post for h in item.named.holdings}
    for noun, owner, phrase in listed_under(introduction):
        for name in (n for n in item.named.names if (n.start, n.end) not in titles and item.text[n.end : n.end + 1] != "側"):
            apart = INSERTED.sub("", item.text[: name.start])
            for key in item.of(name) if ITEM_HEAD.fullmatch(apart) and any(is_a(name.kind, k) for k in noun.kinds) else ():
                subject, value = (key, owner) if noun.reverse else (owner, key)
                said = quote(introduction.named.sentence, (phrase.start, phrase.end))
                own = item.named.sentence.source(name.start, name.end)
                found = item.proposed(Factuality.ACTUAL)
                item.drafts.add(subject, noun.predicate, value, found, (*said, *own), f"{noun.rule}.item", confidence=LIKELY)


# What stands before the name that an item is about: its mark, the state whose post it is.
ITEM_HEAD = re.compile(r"(?:[①-⑳・\-–○●\s\d.)(、]|[一-龥ァ-ヶー]{2,8}側?[::の、\s]|\([ア-ン]\))*")


def _open_events(introduction: Context, kind: Kind) -> list[Event]:
    """The events of an introduction whose theme is only counted (以下の法律が), if items of this class can be it."""
    return [e for e in introduction.events if any(is_a(kind, k) for k in e.frame.theme)]


def _state_of_item(introduction: Context, event: Event, item: Context, name: Name, key: str) -> None:
    """Make the claims of an introducing sentence's event about one item of its list."""
    state = standing(introduction.tree, event)
    fillers = fill(event, introduction.tree, introduction.groups)
    if state.factuality is None or fillers.get(Role.THEME):
        return
    own = item.named.sentence.source(name.start, name.end)
    for fact in event.frame.facts:
        if fact.subject is not Role.THEME or not fact.object:
            continue
        values: list[tuple[str | Date, Stretch]] = []
        if fact.object is Role.TIME:
            values = [(t.date, (t.start, t.end)) for t in fillers.times if t.date]
        else:
            for filler in fillers_of(introduction, event, fillers, fact.object, fact):
                if not fact.kinds or any(is_a(introduction.things.kind(filler.key), k) for k in fact.kinds):
                    values.append((filler.key, (filler.start, filler.end)))
        for value, place in values:
            said = quote(introduction.named.sentence, place, (event.start, event.phrase.end))
            when = value if isinstance(value, Date) else None
            factuality = with_date(
                to_come(event, state.factuality, introduction.text[event.phrase.end : event.phrase.end + 8]),
                when,
                item.published,
            )
            item.drafts.add(
                key, fact.predicate, value, factuality, (*said, *own), f"{event.frame.rule}.item", confidence=LIKELY
            )


# How a list tells what came of what was done: その結果、以下の法律が成立した.
OUTCOME = re.compile(r"(?:成果|結果)(?:として)?、|^(?:これを受け|これに基づき|そのため|このため|これにより)")


def _carrying_out(sake: str | None, introduction: Context, event: Event, item: Context, listed: tuple[Name, str]) -> None:
    """The claim that a law of a list carries out the agreement for whose sake it was passed."""
    name, key = listed
    found = standing(introduction.tree, event).factuality
    if sake is None or found is None or event.frame.family != "adopt" or sake == key:
        return
    said = quote(introduction.named.sentence, (event.start, event.phrase.end))
    own = item.named.sentence.source(name.start, name.end)
    item.drafts.add(key, Property.IMPLEMENTS, sake, found, (*said, *own), "list.implements", confidence=LIKELY)


def _owner(introduction: Context) -> str | None:
    """What a list's items are matters of: the text of 「この指針の骨子は、」, the meeting of 「次の事項について意見を交わした。」."""
    contents = CONTENTS.search(introduction.text)
    if contents:
        phrase = introduction.tree.at(contents.start())
        named = keys_of(introduction, owners_of(introduction, phrase), (Kind.AGREEMENT,)) if phrase else []
        if named:
            return named[0][0]
        if not introduction.text.startswith("その"):
            return introduction.discourse.topic_of((Kind.AGREEMENT,), introduction.index)
        near = (t.key for t in reversed(introduction.discourse.topics) if t.key and introduction.index - t.sentence <= REACH)
        return next((k for k in near if is_a(introduction.things.kind(k), Kind.AGREEMENT)), None)
    discourse = introduction.discourse
    if DISCUSSED.search(introduction.text):
        topic = (
            discourse.topic_of(MEETS, introduction.index, titled=False) if discourse.meeting_at != introduction.index else None
        )
        return topic or discourse.assembly(introduction.index)
    return None


def _covered(owner: str | None, item: Context) -> None:
    """The claim that an item is a matter of what its list belongs to."""
    text = re.sub(r"^(?:[①-⑳・\-\s\d.)(]{1,4}|\(?[ア-ン](?:[\s.)、]+))", "", item.text).rstrip("。、")
    text = TOWARDS.sub("", INSERTED.sub("", text))
    if owner and 2 < len(text) <= LONGEST_ITEM and not SAYING.search(RELATIVE.sub("", text)):
        spans = item.named.sentence.source(0, len(item.text))
        topic = topic_key(item.things, text)
        item.drafts.add(owner, Property.COVERS, topic, Factuality.ACTUAL, spans, "list.covers", confidence=LIKELY)
