"""Names and words of rules taken away, altered and put in: whatever is read differently then must have been told to be touched."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

import extract.rules
from extract.affected.changes import changes
from extract.affected.fingerprint import Fingerprint, fingerprint
from extract.affected.rules import BY_WORD
from extract.model import Document
from extract.pipeline import Extractor
from extract.relations.bodies import joining
from extract.relations.grammar import frames
from extract.relations.nouns import relational
from extract.relations.verbs import activities
from ontology.authority import load
from ontology.terms import Kind

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((ROOT / "tests/cases/sentences.toml").read_text(encoding="utf-8"))["case"]
CACHED = (frames.frames, frames.by_verb, frames.longest_verb, activities.activities, activities.by_verb)
CACHED = (*CACHED, joining.memberships, joining.by_verb, relational.nouns)
WHOLE = tomllib.loads
fresh = count()

# Texts that ask for names which they do not hold in one piece.
COMPOSED = (
    "日英と日豪の円滑化協定が2023年1月11日に署名された。",
    "日加間で物品役務相互提供協定が2018年4月21日に署名された。",
    "2018年4月21日、物品又は役務の相互の提供に関する日本国政府とカナダ政府との間の協定が署名された。",
    "2022年5月5日、米国国防総省は日本防衛省と協議した。",
    "AUKUSパートナーシップは2021年9月15日に発足した。第2の柱は先端技術を扱う。",
    "日米間の調整メカニズムが2015年11月3日に設置された。同メカニズムは2016年に開かれた。",
)
UNSAID = "japan-canada-acsa"  # whose short name is made of a title, which holds none of its names


def documents(step: int) -> list[Document]:
    """The examples, the composed texts and every so manieth of the cases."""
    found = [Document(f.name, f.read_text(encoding="utf-8")) for f in sorted((ROOT / "examples").glob("*.txt"))]
    found += [Document(f"composed{i}.txt", text, published="2024-08-09") for i, text in enumerate(COMPOSED)]
    return found + [Document(f"{c['id']}.txt", c["text"], published=c.get("published")) for c in CASES[::step]]


Alter = Callable[[dict[str, object], str], None]


@pytest.fixture
def altered_rules(monkeypatch) -> Iterator[Callable[[Alter], None]]:
    """Has every rule that is found by words altered as it is read: altered_rules(lambda rule, key: …)."""

    def forget() -> None:
        for cached in CACHED:
            cached.cache_clear()

    def altered(alter: Alter) -> None:
        def loads(text: str) -> dict[str, object]:
            data = WHOLE(text)
            for table, key in BY_WORD.values():
                for rule in data.get(table, ()):
                    alter(rule, key)
            return data

        forget()
        monkeypatch.setattr(extract.rules, "tomllib", SimpleNamespace(loads=loads, TOMLDecodeError=tomllib.TOMLDecodeError))

    yield altered
    monkeypatch.undo()
    forget()


def now(entries) -> Fingerprint:
    """The fingerprint as things stand, rules as altered, which the files do not tell."""
    parts = fingerprint(entries, ()).parts
    return Fingerprint(f"state {next(fresh)}", lambda: parts)


def reread(before, after, docs, old, extractor, entries) -> int:
    """How many documents are read differently; each of them must be touched, whichever way the change goes."""
    there, back = changes(before, after), changes(after, before)
    assert not there.everything, there.parts
    new = list(Extractor(entries, nlp=extractor.nlp).extract(docs))
    differing = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if replace(a, asked=None) != replace(b, asked=None)]
    missed = [docs[i].text for i in differing if not (there.touch(old[i]) and back.touch(new[i]))]
    assert not missed
    assert sum(there.touch(reading) for reading in old) < len(old)  # touching everything would be no art
    return len(differing)


def some_gone(full, old, chance):
    """The entries without a dozen that the texts speak of and as many others."""
    spoken = sorted({e.key for reading in old for e in reading.entities if e.authority and e.kind is not Kind.STATE})
    others = [e.key for e in full if e.kind is not Kind.STATE and e.key not in spoken]
    gone = {*chance.sample(spoken, 12), *chance.sample(others, 12), UNSAID}
    return tuple(e for e in full if e.key not in gone)


def some_altered(full, old, chance):
    """The entries, a dozen altered: an alias gone or put in, a name that becomes shared, another class, their order."""
    spoken = sorted({e.key for reading in old for e in reading.entities if e.authority and e.kind is not Kind.STATE})
    chosen = chance.sample(spoken, 12)

    def alter(entry):
        match chosen.index(entry.key) % 4 if entry.key in chosen else None:
            case 0:
                return replace(entry, names=entry.names[1:], ambiguous=(*entry.ambiguous, *entry.names[:1]))
            case 1:
                return replace(entry, names=(*entry.names, f"{entry.label}の別名", "同協定", "署名"))
            case 2:
                return replace(entry, label_en=f"The {entry.label_en}")
            case 3:
                return replace(entry, kind=Kind.PROGRAMME)
        return entry

    made = [alter(e) for e in full]
    kept = [e for e in made if e.kind is not Kind.STATE]
    chance.shuffle(kept)
    return (*(e for e in made if e.kind is Kind.STATE), *kept)


def some_words(chance):
    """Two handfuls of words: such as may be gone without all that is sought by words being sought otherwise."""
    words = {w for file, (table, key) in BY_WORD.items() for r in extract.rules.read_rules(file)[table] for w in r[key]}
    words = sorted(w for w in words if len(w) < max(map(len, words)))
    return {*chance.sample(words, 20), "からなる"}, {*chance.sample(words, 10)}


def check(extractor, altered_rules, step, seeds):
    docs, full = documents(step), load()
    old, before, differing = [extractor.extract_one(d) for d in docs], now(full), 0
    for seed in seeds:
        chance = random.Random(seed)
        gone, turned = some_words(chance)

        def drop(rule, key, gone=gone):
            rule[key] = [word for word in rule[key] if word not in gone]

        def turn(rule, key, turned=turned):
            standing = rule["id"] == "membership.join" or rule.get("kind") == "Meeting" or key == "words"  # touch everything
            if turned & {*rule[key]} and not standing:
                rule["id"] = "other"

        for entries, alter in ((some_gone(full, old, chance), drop), (some_altered(full, old, chance), turn)):
            altered_rules(alter)
            differing += reread(before, now(entries), docs, old, extractor, entries)
        altered_rules(lambda _rule, _key: None)
    assert differing


@pytest.mark.model
def test_what_is_read_differently_is_touched(extractor, altered_rules):
    check(extractor, altered_rules, step=16, seeds=(1,))


@pytest.mark.model
@pytest.mark.slow
def test_what_is_read_differently_is_touched_at_length(extractor, altered_rules):
    check(extractor, altered_rules, step=1, seeds=range(2, 5))
