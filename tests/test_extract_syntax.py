"""Phrases, particles and dependencies of sentences of our own, names merged into one word each."""

from __future__ import annotations

import pytest

from extract.dates import read_dates
from extract.model import Document
from extract.names.recognise import recognise
from extract.reading import read_sentences
from extract.syntax import Parser, particle_of
from extract.tokens import analyser_of, tokenise


def tree_of(extractor, text):
    sentences = read_sentences(Document("syntax.txt", text))
    timexes = read_dates(sentences, published=None)
    tokens = [tokenise(s.text, analyser=analyser_of(extractor.nlp)) for s in sentences]
    named, _ = recognise(sentences, tokens, timexes, knowledge=extractor.knowledge)
    return next(iter(Parser(extractor.nlp).trees(named)))


# A text and its phrases: head/particle>index of the phrase that it depends on (its own for the root).
PHRASES = [
    (
        "日豪サイバー政策対話は2015年2月にキャンベラで開かれた。",
        "日豪サイバー政策対話/は>3 2015年2月/に>3 キャンベラ/で>3 開か/->3",
    ),
    ("外務省北米局長が議長を務める。", "外務省北米局長/が>2 議長/を>2 務める/->2"),
    ("米豪両国は新しい協定に署名した。", "米豪両国/は>3 新しい/->2 協定/に>3 署名/->3"),
    ("防衛省は装備庁を新設することを決めた。", "防衛省/は>4 装備庁/を>2 新設/->3 こと/を>4 決め/->4"),
    ("1960年に署名された条約は今も有効である。", "1960年/に>1 署名/->2 条約/は>4 今/も>4 有効/->4"),
    ("事務局はシドニーに置かれている。", "事務局/は>2 シドニー/に>2 置か/->2"),
    ("日英円滑化協定が発効した。", "日英円滑化協定/が>1 発効/->1"),
    ("委員会の下に作業部会が設けられた。", "委員会/の下>2 部会/が>2 設け/->2"),
    ("大臣は指針の見直しを進めると述べた。", "大臣/は>4 指針/の>2 見直し/を>3 進める/と>4 述べ/->4"),
    ("条約に基づいて司令部が設置された。", "条約/に基づいて>2 司令部/が>2 設置/->2"),
    ("対話では宇宙協力について議論した。", "対話/では>2 協力/について>2 議論/->2"),
    ("首相は東京で大統領と会談した。", "首相/は>3 東京/で>3 大統領/と>3 会談/->3"),
    ("同盟調整メカニズムにおける協力を深める。", "同盟調整メカニズム/における>1 協力/を>2 深める/->2"),
    ("日印海上防衛産業協議会(JMC)は毎年開かれる。", "日印海上防衛産業協議会/は>2 毎年/->2 開か/->2"),
    ("統合作戦司令部が2025年3月に発足する。", "統合作戦司令部/が>2 2025年3月/に>2 発足/->2"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), PHRASES)
def test_phrases_have_particles_and_dependencies(extractor_without_names, text, wanted):
    tree = tree_of(extractor_without_names, text)
    assert [f"{p.head.text}/{p.particle or '-'}>{p.depends_on}" for p in tree.phrases] == wanted.split()


@pytest.mark.model
@pytest.mark.parametrize("text", [text for text, _ in PHRASES])
def test_phrases_follow_one_another_and_every_name_heads_one(extractor_without_names, text):
    tree = tree_of(extractor_without_names, text)
    assert [p.index for p in tree.phrases] == list(range(len(tree.phrases)))
    assert all(a.end <= b.start for a, b in zip(tree.phrases, tree.phrases[1:], strict=False))
    assert all(p.name is w.name for p in tree.phrases for w in p.words if w.name)


@pytest.mark.model
def test_a_long_name_is_one_word_with_its_span(extractor_without_names):
    text = "日豪防衛装備・技術協力運営委員会は2020年に設けられた。"
    phrase = tree_of(extractor_without_names, text).phrases[0]
    assert (phrase.head.text, text[phrase.head.start : phrase.head.end]) == ("日豪防衛装備・技術協力運営委員会",) * 2


PARTICLES = [
    ("は", "は"),
    ("には、", "には"),
    ("において、", "において"),
    ("における", "における"),
    ("に基づいて", "に基づいて"),
    ("によって", "によって"),
    ("であり、", ""),
    ("である", ""),
    ("との", "との"),
    ("から", "から"),
    ("", ""),
]


@pytest.mark.parametrize(("tail", "wanted"), PARTICLES)
def test_a_tail_has_one_particle(tail, wanted):
    assert particle_of(tail) == wanted
