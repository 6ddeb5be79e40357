"""The parse of a sentence: phrases (bunsetsu) with their particles, and what each depends on.

GiNZA's parser sees recognised names and dates as one ordinary word each (委員会, 昨年 …), whose vector it knows,
and does not see remarks in brackets; so neither long names nor insertions lead it astray.
Source: GiNZA (Matsuda 2020), Universal Dependencies for Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from extract.model import Timex
from extract.names.found import Name
from extract.names.recognise import NamedSentence
from extract.tokens import Token
from ontology.terms import Kind, lineage

STAND_IN = {
    Kind.FORUM: "委員会",
    Kind.MECHANISM: "組織",
    Kind.COMMAND: "司令部",
    Kind.GOVERNMENT_BODY: "政府",
    Kind.ARMED_FORCE: "自衛隊",
    Kind.PARTNERSHIP: "同盟",
    Kind.ORGANISATION: "研究所",
    Kind.INSTITUTION: "組織",
    Kind.AGREEMENT: "協定",
    Kind.PROGRAMME: "ミサイル",
    Kind.MEETING: "会談",
    Kind.OCCURRENCE: "戦争",
    Kind.PERSON: "田中",
    Kind.POST: "大臣",
    Kind.STATE: "日本",
    Kind.PLACE: "東京",
    Kind.TOPIC: "問題",
}
DATE_STAND_IN = "昨年"
COMPOUND_PARTICLE = re.compile(
    r"(?:において|における|にて|によると|によれば|によって|により|による|に対して|に対し|に対する|に基づいて|に基づき|に基づく|に基く|"
    r"に関して|に関し|に関する|について|についての|に際して|に際し|に伴い|に伴って|とともに|と共に|として|としての|をめぐって|をめぐり|をめぐる|"
    r"を通じて|を通じ|を踏まえて(?!い|お)|を踏まえ(?!て|た|る|な)|を踏まえた(?=[^。もの])|を受けて(?!い|お)|を受け(?=、|$)|に続いて|に続き|に続く|に加えて(?!い)|に加え(?![るたらよなれ])|に向けて|に向け|に向けた|に代わって|に代わり|に代えて|に替えて|"
    r"のもとで|の下で|のもと(?=、|に)|の下(?=、|に|の)|に際しての|にあたり|にあたって|に当たり|をもって|以来|に沿って|に沿い|に則って|に則り|にのっとって|にのっとり|"
    r"に従って|に従い|に準拠して|に準拠し|に依拠して|に依拠し|を(?:法的)?根拠として|を(?:法的)?根拠に(?!す|し))(?:は|も|の|、)?"
)
# Verbs that can also be auxiliaries (て置く) and are full ones in this prose.
FULL_VERBS = frozenset(
    {"置く", "行く", "来る", "見る", "出す", "始める", "続ける", "付ける", "受ける", "終わる", "終える", "交わす", "就く"}
)
CIRCLED = re.compile(r"[①-⑳㉑-㉟]")
SEATS = frozenset({Kind.PLACE, Kind.GOVERNMENT_BODY, Kind.COMMAND, Kind.ORGANISATION})
FORMAL_NOUNS = frozenset({"ため", "こと", "もの", "の", "よう", "ところ", "はず", "わけ", "際", "場合", "とき", "時"})
# What is in view takes its clause's arguments too: 共同研究が 来年 始まる 見通しとなった.
PROSPECTS = frozenset({"予定", "見通し", "見込み", "運び", "方針"})
ARGUMENTS = frozenset({"が", "を", "に", "で", "へ", "において", "に基づき", "に基づいて"})
OPENING, CLOSING = frozenset("「『“"), frozenset("」』”")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the parser sees it: `sentence.text[start:end]`, a name or a date being one word."""

    start: int
    end: int
    text: str
    tag: str
    lemma: str
    name: Name | None = None
    timex: Timex | None = None

    @property
    def content(self) -> bool:
        """Whether the word opens or carries a phrase, rather than closing one."""
        if self.name or self.timex:
            return True
        if self.tag.startswith(("助詞", "助動詞", "補助記号", "空白")) or CIRCLED.match(self.text):
            return False
        return not self.tag.endswith("非自立可能") or self.tag.startswith("形容詞") or self.lemma in FULL_VERBS

    @property
    def nominal(self) -> bool:
        return bool(self.name or self.timex) or self.tag.startswith(("名詞", "代名詞", "接尾辞-名詞的", "接頭辞"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A bunsetsu: content words `first..head` and the particles and auxiliaries after them.

    `particle` is the case marking (が, を, において …, "" for none), `tail` all that follows the head word,
    `depends_on` the index of the phrase that it depends on (itself for the root).
    """

    index: int
    words: tuple[Word, ...]
    head: Word
    tail: str
    particle: str
    depends_on: int

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def content_end(self) -> int:
        return self.head.end

    @property
    def name(self) -> Name | None:
        return self.head.name

    @property
    def timex(self) -> Timex | None:
        for word in self.words:  # asked so often that a generator is felt
            if word.timex:
                return word.timex
        return None


@dataclass(frozen=True)
class Tree:
    """The phrases of a sentence, in order."""

    text: str
    phrases: tuple[Phrase, ...]

    @cached_property
    def dependants(self) -> tuple[tuple[Phrase, ...], ...]:
        found: list[list[Phrase]] = [[] for _ in self.phrases]
        for phrase in self.phrases:
            if phrase.depends_on != phrase.index:
                found[phrase.depends_on].append(phrase)
        return tuple(tuple(f) for f in found)

    def at(self, offset: int) -> Phrase | None:
        """The phrase that holds the character at `offset`."""
        return next((p for p in self.phrases if p.start <= offset < p.end), None)

    def governors(self, phrase: Phrase) -> Iterator[Phrase]:
        """The phrases above one, nearest first."""
        seen = {phrase.index}
        while phrase.depends_on not in seen:
            phrase = self.phrases[phrase.depends_on]
            seen.add(phrase.index)
            yield phrase


def merged_words(named: NamedSentence) -> tuple[Word, ...]:
    """The words of a sentence with each name (and its quotation marks) and date as one, remarks in brackets left out."""
    text = named.sentence.text
    units: list[tuple[int, int, Name | None, Timex | None]] = [(n.start, n.end, n, None) for n in named.names]
    units += [
        (x.start, x.end, None, x) for x in named.timexes if not any(n.start < x.end and x.start < n.end for n in named.names)
    ]
    units.sort(key=lambda u: u[0])
    hidden = _brackets(text, units)
    words: list[Word] = []
    for token in named.tokens:
        while units and units[0][0] < token.end:
            start, end, name, timex = units[0]
            if start > token.start and (not words or words[-1].end <= token.start):
                words.append(_piece(token, token.start, start, text))
            units.pop(0)
            if start not in hidden:
                words.append(Word(start, end, text[start:end], "名詞-固有名詞-一般", text[start:end], name, timex))
        done = words[-1].end if words else 0
        if token.start in hidden or token.end <= done:
            continue
        if any(s <= token.start and token.end <= e for s, e in ((u[0], u[1]) for u in units[:1])):
            continue
        words.append(_piece(token, max(token.start, done), token.end, text))
    return tuple(_without_marks(words))


def _piece(token: Token, start: int, end: int, text: str) -> Word:
    whole = start == token.start and end == token.end
    return Word(start, end, text[start:end], token.tag, token.lemma if whole else text[start:end])


def _without_marks(words: Sequence[Word]) -> Iterator[Word]:
    """Quotation marks that stand right around a name go."""
    for i, word in enumerate(words):
        before = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < len(words) else None
        if word.text in OPENING and after and after.name and i + 2 < len(words) and words[i + 2].text in CLOSING:
            continue
        if word.text in CLOSING and before and before.name and i > 1 and words[i - 2].text in OPENING:
            continue
        yield word


def _brackets(text: str, units: Iterable[tuple[int, int, Name | None, Timex | None]]) -> frozenset[int]:
    """The offsets inside round brackets, marks included, but for brackets inside a name or a date."""
    inside = {i for start, end, _, _ in units for i in range(start, end)}
    hidden: set[int] = set()
    depth = 0
    closing = text.count(")")
    for i, c in enumerate(text):
        if c == "(" and i not in inside and closing > 0:
            depth += 1
        if depth:
            hidden.add(i)
        if c == ")" and i not in inside:
            closing -= 1
            depth = max(0, depth - 1)
    return frozenset(hidden)


def stand_in(word: Word) -> str:
    """The ordinary word that the parser sees for a name or a date."""
    if word.timex:
        return DATE_STAND_IN
    if word.name:
        return next((STAND_IN[k] for k in lineage(word.name.kind) if k in STAND_IN), word.text)
    return "、" if CIRCLED.match(word.text) else word.text


def make_tree(text: str, words: Sequence[Word], heads: Sequence[int]) -> Tree:
    """Gather words into phrases and lift the dependencies of words to phrases."""
    groups = _groups(words)
    phrase_of = {w: p for p, (first, _, last) in enumerate(groups) for w in range(first, last)}
    phrases = []
    for index, (first, head, last) in enumerate(groups):
        above, seen = heads[head], {head}
        while phrase_of[above] == index and heads[above] not in seen and above not in seen:
            seen.add(above)
            above = heads[above]
        tail = text_of(words[head + 1 : last])
        particle = "は" if index == 0 and _opens_field(words[head], tail) else particle_of(tail)
        phrases.append(Phrase(index, tuple(words[first:last]), words[head], tail, particle, phrase_of[above]))
    return Tree(text, tuple(_reattached(phrases)))


FIELD = re.compile(r"^[」』]?[::]$")
TITULAR = (Kind.AGREEMENT, Kind.INSTITUTION, Kind.PROGRAMME)


def _opens_field(word: Word, tail: str) -> bool:
    """Whether a name and a colon open what is said of it: 日英情報保護協定:2013年7月4日、ロンドンにおいて両大臣が署名."""
    return word.name is not None and FIELD.match(tail) is not None and lineage(word.name.kind)[-1] in TITULAR


def _reattached(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Arguments that the parser hangs on a formal noun go to the verb right before it: あり方を 議論する ための."""
    for phrase in phrases:
        above = phrases[phrase.depends_on]
        verb = phrases[above.index - 1] if above.index else above
        formal = above.head.text in FORMAL_NOUNS or (above.head.text in PROSPECTS and phrase.particle in ARGUMENTS)
        formal = formal and verb.depends_on == above.index and verb.index > phrase.index
        if formal and phrase.particle and not verb.particle and verb.head.tag.startswith(("動詞", "名詞-普通名詞-サ変")):
            yield replace(phrase, depends_on=verb.index)
        elif _past_date(phrase, above) or _backwards(phrase, above) or _beside_seat(phrase, above):
            yield replace(phrase, depends_on=above.depends_on)
        elif topic := _topic_before(phrases, phrase, above):
            yield replace(phrase, depends_on=topic.depends_on)
        elif phrase.index < above.index - 1 and _beside_seat(phrases[above.index - 1], above):
            yield replace(phrase, depends_on=above.index - 1)  # 来日した|国防相と 防衛省で 会談した
        else:
            yield phrase


def _past_date(phrase: Phrase, above: Phrase) -> bool:
    """Whether a subject or object hangs on a date that only stands beside it: ブルネイが 1984年に 加盟した."""
    dated = above.timex is not None and above.particle in {"に", "から", "まで"} and above.depends_on > above.index
    return dated and phrase.particle in {"が", "を"} and phrase.index < above.index and above.head.timex is above.timex


ADNOMINAL = re.compile(r"[」』]?(?:され|し|れ|られ|っ|い|ん)?[ただる]$")


def _topic_before(phrases: Sequence[Phrase], date: Phrase, above: Phrase) -> Phrase | None:
    """The topic right before a date that dates what is said of it, not a clause within: 大臣は 9日、|ソウルで 開かれた 会合の場で 会談した."""
    topic = phrases[date.index - 1] if date.index else date
    noun = phrases[above.depends_on]
    within = above.depends_on > above.index and noun.head.nominal and not above.particle and ADNOMINAL.search(above.tail)
    if date.timex is None or date.tail != "、" or topic.particle != "は" or not within:
        return None
    return topic if above.index < topic.depends_on else None


def _beside_seat(phrase: Phrase, above: Phrase) -> bool:
    """Whether somebody with whom it is done hangs on where it is done: 国防相と 防衛省で 会談した."""
    someone = phrase.name is not None and phrase.name.kind in {Kind.PERSON, Kind.POST} and phrase.tail in {"と", "と、"}
    seat = above.name is not None and above.name.kind in SEATS and above.particle in {"で", "において", "にて"}
    return someone and seat and above.index == phrase.index + 1 and above.depends_on > above.index


def _backwards(phrase: Phrase, above: Phrase) -> bool:
    """Whether a subject hangs on what stands before it, which Japanese never does: 5月にはパリで 外相会合が、6月には首脳会合が 開かれた."""
    return phrase.tail == "が、" and above.index < phrase.index < above.depends_on


def text_of(words: Sequence[Word]) -> str:
    return "".join(w.text for w in words)


AND_OTHERS = re.compile(r"^[」』]*(?:など|等|ら|ほか|他)(?=[^の])")
COPULA = re.compile(r"^[」』]*(?:であ|です|でし|で(?:は|も)?な)")
TOPIC_CLAUSE = re.compile(r"^[」』]*(?:であるが|ですが|だが|についてであるが)、")  # まずXであるが、…
PARTICLES = re.compile(
    r"^[」』]*(には|では|とは|からは|へは|にも|でも|からも|とも|からの|への|との|での|までの|が|を|に|で|と|へ|から|より|まで|は|も|の|や|か)"
)


def particle_of(tail: str) -> str:
    """The case marking that a tail begins with, in one form for each meaning.

    >>> particle_of("における、"), particle_of("では"), particle_of("され、")
    ('における', 'では', '')
    """
    tail = AND_OTHERS.sub("", tail)
    compound = COMPOUND_PARTICLE.match(tail.lstrip("」』"))
    if compound:
        return compound.group().rstrip("、はも")
    if TOPIC_CLAUSE.match(tail):
        return "は"
    simple = PARTICLES.match(tail) if not COPULA.match(tail) else None
    return simple.group(1) if simple else ""


def _groups(words: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Phrases as (first, head, past the last) word indices."""
    groups: list[list[int]] = []
    skip_until = 0
    for i, word in enumerate(words):
        opens = word.content or word.text in OPENING
        if groups and i < skip_until:
            opens = False
        if not groups or (opens and not _continues(words, i, groups[-1])):
            groups.append([i, i, i + 1])
        else:
            groups[-1][2] = i + 1
        if word.content and i >= skip_until:
            groups[-1][1] = i
            skip_until = i + 1 + _compound_particle(words[i + 1 : i + 7])
    return [(a, b, c) for a, b, c in groups]


def _compound_particle(words: Sequence[Word]) -> int:
    """How many words a compound particle (に おい て) takes up; none stands in brackets, for those are not here."""
    found = COMPOUND_PARTICLE.match(text_of(words))
    if not found:
        return 0
    length = count = 0
    while length < found.end():
        length += len(words[count].text)
        count += 1
    return count


def _continues(words: Sequence[Word], i: int, group: Sequence[int]) -> bool:
    """Whether a content word goes on with the compound before it; names and dates always stand alone."""
    word, before = words[i], words[i - 1]
    if word.name or word.timex or before.name or before.timex:
        return word.tag.startswith("接尾辞") and before.name is not None
    if word.text in OPENING:
        return False
    if before.text in OPENING:
        return True
    if not before.content:
        return False
    if word.lemma == "交わす" and before.text in {"取り", "取"}:
        return True
    return group[1] == i - 1 and before.nominal and (word.nominal or word.tag.startswith(("動詞-非自立", "接尾辞", "形状詞")))


if TYPE_CHECKING:
    from spacy.language import Language


class Parser:
    """GiNZA's tagger-free parser over merged words; loads the model when made."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def trees(self, sentences: Sequence[NamedSentence]) -> Iterator[Tree]:
        """One tree for each sentence, in order."""
        from spacy.attrs import HEAD  # noqa: PLC0415  spaCy is slow to import and not needed until a text is read
        from spacy.tokens import Doc  # noqa: PLC0415  as above

        worded = [merged_words(s) for s in sentences]
        docs = [Doc(self.nlp.vocab, words=[stand_in(w) or w.text for w in ws], spaces=[False] * len(ws)) for ws in worded]
        parsed = self.nlp.pipe(docs, batch_size=64) if docs else ()
        for named, words, doc in zip(sentences, worded, parsed, strict=True):
            above = doc.to_array(HEAD).astype("int64").tolist()  # how many words further each one's head stands
            yield make_tree(named.sentence.text, words, [at + step for at, step in enumerate(above)])
