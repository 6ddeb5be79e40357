"""The head nouns of names and the lists beside them, read from `rules/names.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from extract.names.endings import Endings
from extract.names.leaders import leaders_in_kanji
from extract.rules import check_keys, read_rules
from ontology.terms import Kind

FILE = "names.toml"


class Strength(StrEnum):
    """How much a head noun needs in front of it to make a name."""

    STRONG = "strong"
    WEAK = "weak"
    MEETING = "meeting"
    PROPER = "proper"


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: what it makes of a compound that ends on it."""

    word: str
    kind: Kind
    strength: Strength
    rule: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A pattern of names that hold a number."""

    rule: str
    kind: Kind
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Title:
    """What the legal titles of agreements of one matter say, and the short name that such agreements go by."""

    rule: str
    topic: re.Pattern[str]
    short: str


@dataclass(frozen=True, slots=True)
class NameRules:
    """All of `names.toml`. `heads` runs from the longest word to the shortest; `head_endings` and `post_endings` are for looking up."""

    heads: tuple[Head, ...]
    head_endings: Endings[Head]
    post_endings: Endings[str]
    coined: tuple[Head, ...]
    nameless: frozenset[str]
    proper: frozenset[str]
    no_people: frozenset[str]
    numbered: tuple[Numbered, ...]
    defined: tuple[Head, ...]
    titles: tuple[Title, ...]
    posts: tuple[str, ...]
    no_posts: frozenset[str]
    generic: frozenset[str]
    outside: frozenset[str]
    turning: frozenset[str]
    addressed: frozenset[str]
    full_names: tuple[str, ...]
    surnames: frozenset[str]
    types: frozenset[str]
    nothing: re.Pattern[str]

    def is_bare(self, text: str) -> bool:
        """Whether a word is nothing but a head noun: 本部, 戦略対話."""
        return any(head.word == text for head in (*self.heads, *self.defined))

    def tells_nothing(self, modifiers: str) -> bool:
        """Whether modifiers are made of words that tell nothing, however they are cut: 二国間政府 of 二国間政府対話."""
        return bool(self.nothing.fullmatch(modifiers))

    def head_of(self, text: str) -> Head | None:
        """The longest head noun that `text` ends on.

        >>> name_rules().head_of("日米防衛協力小委員会").kind.value
        'Forum'
        """
        return self.head_endings.longest(text)

    def coined_of(self, text: str) -> Head | None:
        """The word that `text` ends on which names only behind a code name.

        >>> name_rules().coined_of("SSNR計画").kind.value
        'Programme'
        """
        return next((h for h in self.coined if text.endswith(h.word)), None)

    def post_of(self, text: str) -> str | None:
        """The longest title that `text` ends on.

        >>> name_rules().post_of("国務次官補代理")
        '次官補代理'
        """
        return self.post_endings.longest(text)


LISTS = ("proper", "no_people", "generic", "outside", "turning", "addressed", "full_names", "surnames", "types")
EXAMPLES = ("meaning", "example", "counterexample")


@cache
def name_rules() -> NameRules:
    """The rules as shipped. Raises DataFileError naming file, rule and key where one is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("head", "numbered", "defined", "title", "post", "lists"), file=FILE, at="the file")
    heads, nameless = [], set()
    for rule in data["head"]:
        check_keys(rule, required=("id", "kind", "strength", "words", "not", *EXAMPLES), file=FILE, at=f"head {rule.get('id')}")
        heads += [Head(word, Kind(rule["kind"]), Strength(rule["strength"]), rule["id"]) for word in rule["words"]]
        nameless |= set(rule["not"])
    numbered = []
    for rule in data["numbered"]:
        check_keys(rule, required=("id", "kind", "pattern", *EXAMPLES), file=FILE, at=f"numbered {rule.get('id')}")
        numbered.append(Numbered(rule["id"], Kind(rule["kind"]), re.compile(rule["pattern"])))
    defined = []
    for rule in data["defined"]:
        check_keys(rule, required=("id", "kind", "words", *EXAMPLES), file=FILE, at=f"defined {rule.get('id')}")
        defined += [Head(word, Kind(rule["kind"]), Strength.WEAK, rule["id"]) for word in rule["words"]]
    titles = []
    for rule in data["title"]:
        check_keys(rule, required=("id", "topic", "short", *EXAMPLES), file=FILE, at=f"title {rule.get('id')}")
        titles.append(Title(rule["id"], re.compile(rule["topic"]), rule["short"]))
    posts, no_posts = [], set()
    for rule in data["post"]:
        check_keys(rule, required=("id", "words", "not", *EXAMPLES), file=FILE, at=f"post {rule.get('id')}")
        posts += rule["words"]
        no_posts |= set(rule["not"])
    lists = data["lists"]
    check_keys(lists, required=LISTS, file=FILE, at="lists")
    common = [h for h in heads if h.strength is not Strength.PROPER]
    return NameRules(
        heads=tuple(sorted(common, key=lambda h: -len(h.word))),
        head_endings=Endings((h.word, h) for h in common),
        post_endings=Endings((p, p) for p in posts),
        coined=tuple(h for h in heads if h.strength is Strength.PROPER),
        nameless=frozenset(nameless),
        numbered=tuple(numbered),
        defined=tuple(sorted(defined, key=lambda h: -len(h.word))),
        titles=tuple(titles),
        posts=tuple(sorted(posts, key=len, reverse=True)),
        no_posts=frozenset(no_posts),
        proper=frozenset(lists["proper"]),
        no_people=frozenset(lists["no_people"]),
        generic=frozenset(lists["generic"]),
        outside=frozenset(lists["outside"]),
        turning=frozenset(lists["turning"]),
        addressed=frozenset(lists["addressed"]),
        full_names=(*lists["full_names"], *leaders_in_kanji()),
        surnames=frozenset(lists["surnames"]),
        types=frozenset(lists["types"]),
        nothing=re.compile("(?:" + "|".join(map(re.escape, sorted(lists["generic"], key=len, reverse=True))) + "|[・の])+"),
    )
