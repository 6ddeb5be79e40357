"""Trees of sentences, by GiNZA's parser over merged words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.names.recognise import NamedSentence
from extract.syntax.attachment import reattached
from extract.syntax.bunsetsu import phrases_of
from extract.syntax.phrases import Phrase, Tree, particle_of
from extract.syntax.words import Word, merged_words, stand_in, text_of
from ontology.terms import Kind, lineage

if TYPE_CHECKING:
    from spacy.language import Language


def make_tree(text: str, words: Sequence[Word], heads: Sequence[int]) -> Tree:
    """Gather words into phrases and lift the dependencies of words to phrases."""
    groups = phrases_of(words)
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
    return Tree(text, tuple(reattached(phrases)))


FIELD = re.compile(r"^[」』]?[::]$")
TITULAR = (Kind.AGREEMENT, Kind.INSTITUTION, Kind.PROGRAMME)


def _opens_field(word: Word, tail: str) -> bool:
    """Whether a name and a colon open what is said of it: 日英情報保護協定:2013年7月4日、ロンドンにおいて両大臣が署名."""
    return word.name is not None and FIELD.match(tail) is not None and lineage(word.name.kind)[-1] in TITULAR


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
