"""The things that one document names, while it is read: names come in, entities go out.

One thing has one key: that of the authority where one of its names is known there, else its first full name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extract.model import Date, Entity
from extract.names.found import IGNORED, fold
from extract.names.knowledge import Knowledge
from extract.names.offices import called_as_well, plain_office
from extract.names.titles import short_title
from ontology.terms import Kind, is_a

# What a name may carry behind it without naming another thing: AUKUSパートナーシップ, GPI共同開発プログラム, …法案.
SAYING_WHAT = {
    Kind.PROGRAMME: re.compile(
        r"(?:弾道ミサイル|弾道弾)?(?:迎撃)?(?:ミサイル|戦闘機|練習機|輸送機|偵察機)|(?:共同)?(?:開発)?(?:プログラム|計画|事業)|システム"
    ),
    Kind.PARTNERSHIP: re.compile(r"パートナーシップ|同盟|枠組み"),
    Kind.LAW: re.compile(r"案"),
    Kind.FORUM: re.compile(r"フォーラム|協議|委員会"),
    Kind.ORGANISATION: re.compile(r"社"),
}
# Words that a name may carry in front without being another name: 米国防総省, 日本外務省.
HOME_STATES = frozenset({"japan", "united-states"})


@dataclass(slots=True)
class Thing:
    """An entity in the making."""

    key: str
    kind: Kind
    label: str
    names: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    label_en: str | None = None
    authority: bool = False
    forum: str | None = None
    on: Date | None = None

    def entity(self) -> Entity:
        names = tuple(dict.fromkeys(n for n in self.names if n != self.label))
        shared = tuple(dict.fromkeys(n for n in self.shared if n != self.label or not self.authority))
        return Entity(self.key, self.kind, self.label, names, shared, self.label_en, self.authority, self.forum, self.on)


def make_key(label: str) -> str:
    """The key of a thing that no authority knows: its name without quotation marks and spaces."""
    return unicodedata.normalize("NFKC", label).translate(IGNORED)


class Things:
    """All things of one document by key, and by every name that means one of them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.by_key: dict[str, Thing] = {}
        self.by_name: dict[str, str] = {}
        self.merged: dict[str, str] = {}
        self.redefined: dict[str, str] = {}
        self.called_so: dict[str, list[str]] = {}

    def __iter__(self) -> Iterator[Thing]:
        return iter(self.by_key.values())

    def __getitem__(self, key: str) -> Thing:
        return self.by_key[self.current(key)]

    def __contains__(self, key: str) -> bool:
        return self.current(key) in self.by_key

    def current(self, key: str) -> str:
        """The key that stands for `key` today: things merge when a document tells that two names are one thing's."""
        while key in self.merged:
            key = self.merged[key]
        return key

    def kind(self, key: str) -> Kind:
        return self[key].kind

    def known(self, key: str) -> Thing:
        """The thing of an authority entry, taken in when first met."""
        key = self.current(key)
        if key not in self.by_key:
            entry = self.knowledge.entries[key]
            thing = Thing(key, entry.kind, entry.label, [*entry.names], [*entry.ambiguous], entry.label_en, authority=True)
            self.by_key[key] = thing
            for name in (entry.label, *entry.names):
                self.by_name.setdefault(fold(name), key)
        return self.by_key[key]

    def find(self, label: str, kind: Kind) -> str | None:
        """The key of the thing that a name means, where that is settled."""
        folded = fold(label)
        key = self.by_name.get(folded) or self.knowledge.bearers.get(folded)
        if key is None:
            key = self._without_prefix(label) or self._same_state(label, kind) or self._short_title(label, kind)
            key = key or self._office(label, kind)
        return key if key and self._fits(key, kind) else None

    def _office(self, label: str, kind: Kind) -> str | None:
        """The office of a state that the text or the authority calls otherwise: 伊外務大臣 is イタリア外相."""
        told = plain_office(label, self.knowledge.states, self.knowledge.entries) if kind is Kind.POST else None
        names = (fold(name) for name in called_as_well(*told)) if told else ()
        return next((k for n in names if (k := self.by_name.get(n) or self.knowledge.bearers.get(n))), None)

    def _plainly_called(self, label: str) -> str:
        """An office with the everyday name of its state: シンガポール共和国外務大臣 → シンガポール外務大臣."""
        told = plain_office(label, self.knowledge.states, self.knowledge.entries)
        return f"{told[0].label}{told[1]}" if told and len(told[0].label) > 1 else label

    def _short_title(self, label: str, kind: Kind) -> str | None:
        """The thing that a legal title names: 「…役務の相互の提供に関する日本国政府とカナダ政府との間の協定」 is 日加物品役務相互提供協定."""
        short = short_title(label, self.knowledge.rules, self.knowledge.states) if is_a(kind, Kind.AGREEMENT) else None
        return self.by_name.get(fold(short)) or self.knowledge.bearers.get(fold(short)) if short else None

    def _without_prefix(self, label: str) -> str | None:
        """米国国防総省 is 国防総省; 日米安保共同宣言 is not 安保共同宣言 of anybody else."""
        states = self.knowledge.states
        prefix = states.prefix(label)
        if not prefix:
            letters = states.letters.get(label[0])
            prefix, rest = ((letters,), label[1:]) if letters else ((), "")
        else:
            rest = _strip(label, self.knowledge)
        key = self.by_name.get(fold(rest)) or self.knowledge.bearers.get(fold(rest)) if len(rest) > 2 else None
        if key is None:
            return None
        partners = self.knowledge.partners(key)
        same = partners == frozenset(prefix) if partners else len(prefix) == 1 and prefix[0] in HOME_STATES
        return key if same else None

    def plainly(self, label: str, kind: Kind) -> str | None:
        """The key of the thing that a name means with a word behind it that only says what it is; None where no such is known.

        AUKUSパートナーシップ is AUKUS, and 周辺事態安全確保法案 the law that became of it.
        """
        pattern = SAYING_WHAT.get(kind)
        for at in range(len(label) - 1, 1, -1) if pattern else ():
            if pattern and pattern.fullmatch(label, at):
                folded = fold(label[:at])
                key = self.by_name.get(folded) or self.knowledge.bearers.get(folded)
                known = key and (self.by_key[key].kind if key in self.by_key else self.knowledge.entries[key].kind)
                if key and known is kind:
                    return self.known(key).key if key not in self.by_key else key
        return None

    def _same_state(self, label: str, kind: Kind) -> str | None:
        """米国空軍 is 米空軍: the thing whose name differs in the word for its state alone."""
        prefix = self._one_state(label)
        rest = fold(_strip(label, self.knowledge)) if prefix else ""
        if not rest or not any(is_a(kind, k) for k in (Kind.ARMED_FORCE, Kind.COMMAND, Kind.GOVERNMENT_BODY)):
            return None
        return next(
            (
                thing.key
                for thing in self.by_key.values()
                if thing.kind is kind
                and self._one_state(thing.label) == prefix
                and fold(_strip(thing.label, self.knowledge)) == rest
            ),
            None,
        )

    def _one_state(self, label: str) -> tuple[str, ...]:
        """The state that a name begins with, in full or as a letter; empty where none or several stand there."""
        states = self.knowledge.states
        prefix = states.prefix(label) or tuple(states.letters[c] for c in label[:1] if c in states.letters)
        return prefix if len(prefix) == 1 else ()

    def _fits(self, key: str, kind: Kind) -> bool:
        known = self.by_key[key].kind if key in self.by_key else self.knowledge.entries[key].kind
        return is_a(known, kind) or is_a(kind, known) or bool({*_tops(known)} & {*_tops(kind)})

    def another(self, label: str, kind: Kind) -> str:
        """The key of what is called as something known is, and is told to be another: the 外相 of an untold state."""
        key = f"{make_key(label)}({kind.value})"
        if key not in self.by_key:
            self.by_key[key] = Thing(key, kind, label, shared=[label])
        return key

    def take(self, label: str, kind: Kind) -> str:
        """The key for a name, known or new."""
        key = self.find(label, kind)
        if key is None:
            key = make_key(label)
            if key in self.by_key or key in self.knowledge.entries:
                key = f"{key}({kind.value})"
            if key not in self.by_key:
                self.by_key[key] = Thing(key, kind, self._plainly_called(label) if kind is Kind.POST else label)
                short = short_title(label, self.knowledge.rules, self.knowledge.states) if is_a(kind, Kind.AGREEMENT) else None
                if short:
                    self.name(key, short)
        elif key not in self.by_key:
            self.known(key)
        self.name(key, label)
        return self.current(key)

    def name(self, key: str, label: str) -> None:
        """Give a thing a further name."""
        thing = self[key]
        if fold(label) != fold(thing.label) and fold(label) not in {fold(n) for n in (*thing.names, *thing.shared)}:
            thing.names.append(label)
        self.by_name.setdefault(fold(label), thing.key)

    def called(self, key: str, label: str) -> None:
        """A shared name that the document uses of one thing only is that thing's name here."""
        thing = self[key]
        folded = fold(label)
        others = (t for t in self if t is not thing and folded in {fold(n) for n in (t.label, *t.names)})
        bearers = self.called_so.setdefault(folded, [])
        if bearers and thing.key not in bearers:
            self._shared_again(bearers, label)
        if thing.key not in bearers and folded in {fold(n) for n in thing.shared}:
            bearers.append(thing.key)
        if len(bearers) > 1 or folded == fold(thing.label) or folded in {fold(n) for n in thing.names}:
            return
        if next(others, None) is None:
            thing.shared = [n for n in thing.shared if fold(n) != folded]
            thing.names.append(label)

    def _shared_again(self, keys: Iterable[str], label: str) -> None:
        """A shared name that the document turns out to use of a second thing is nobody's own."""
        for thing in (self[key] for key in keys):
            if fold(label) not in {fold(n) for n in thing.shared}:
                thing.names = [n for n in thing.names if fold(n) != fold(label)]
                thing.shared.append(label)

    def alike(self, key: str, other: str) -> bool:
        """Whether one class of the two holds the other: an acronym makes one thing of a forum and an institution, not of a force and a forum."""
        a, b = self.kind(key), self.knowledge.entries[other].kind if other not in self else self.kind(other)
        return is_a(a, b) or is_a(b, a) or bool(self.knowledge.partners(self.current(key)))

    def redefine(self, key: str, label: str) -> None:
        """Give a thing a name that elsewhere is another's: the document says what its ARF is."""
        self.redefined[fold(label)] = key
        thing = self[key]
        if fold(label) not in {fold(n) for n in (thing.label, *thing.names)}:
            thing.names.append(label)

    def merge(self, kept: str, gone: str) -> bool:
        """Make one thing of two, where nothing speaks against it; the kept one's key stays unless only the other is curated."""
        kept, gone = self.current(kept), self.current(gone)
        if kept == gone:
            return True
        a, b = self.by_key[kept], self.by_key[gone]
        if (a.authority and b.authority) or not self._fits(kept, b.kind):
            return False
        if b.authority:
            kept, gone, a, b = gone, kept, b, a
        for name in (b.label, *b.names):
            if fold(name) not in {fold(n) for n in (a.label, *a.names)}:
                a.names.append(name)
            self.by_name[fold(name)] = kept
        if is_a(b.kind, a.kind):
            a.kind = b.kind
        self.merged[gone] = kept
        del self.by_key[gone]
        return True


def _tops(kind: Kind) -> tuple[Kind, ...]:
    top = Kind.INSTITUTION if is_a(kind, Kind.INSTITUTION) else Kind.AGREEMENT if is_a(kind, Kind.AGREEMENT) else kind
    return (top,)


def _strip(label: str, knowledge: Knowledge) -> str:
    """A name without the states that it begins with."""
    for length in range(min(len(label) - 1, 12), 0, -1):
        head = label[:length]
        if knowledge.states.named(head) or all(c in knowledge.states.letters or c == "・" for c in head):
            return label[length:].removeprefix("間の").lstrip("の・")
    return label
