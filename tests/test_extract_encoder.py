"""The encoder that computes less gives the vectors of the one that computes all."""

import random

import numpy as np
import pytest

from extract.language import LEFT_OUT, MODEL

WORDS = (
    *"、。はにのでをした",
    "政府",
    "昨年",
    "協定",
    "署名",
    "委員会",
    "話し合う",
    "ACSA",
    "二〇二四",
    "㋐",
    "　",
    "\n",
    "蠹",
)


@pytest.fixture(scope="module")
def plain():
    import spacy

    return spacy.load(MODEL, exclude=LEFT_OUT)


def sentences(lengths, *, vocab, seed=1):
    from spacy.tokens import Doc

    pick = random.Random(seed)
    return [Doc(vocab, words=pick.choices(WORDS, k=length), spaces=[False] * length) for length in lengths]


@pytest.mark.model
@pytest.mark.parametrize(
    "lengths",
    [[1], [2], [7, 8], [0, 5], [5, 0], [0, 3, 0, 0, 4, 0], [1] * 9, list(range(40)), [1300], [30] * 64],
    ids=lambda lengths: f"{len(lengths)} of {sum(lengths)} words",
)
def test_vectors_are_those_of_the_whole_encoder(plain, lengths):
    from extract.encoder import quick

    whole = plain.get_pipe("tok2vec").model
    given = sentences(lengths, vocab=plain.vocab)
    for expected, vectors in zip(whole.predict(given), quick(whole).predict(given), strict=True):
        np.testing.assert_allclose(vectors, expected, rtol=0, atol=2e-5)
        assert vectors.shape == expected.shape


@pytest.mark.model
def test_a_sentence_has_the_same_vectors_whatever_stands_beside_it(plain):
    from extract.encoder import quick

    model = quick(plain.get_pipe("tok2vec").model)
    one, *others = sentences([11, 3, 1, 29], vocab=plain.vocab)
    (alone,), among = model.predict([one]), model.predict([others[0], one, *others[1:]])[1]
    np.testing.assert_allclose(among, alone, rtol=0, atol=1e-5)


@pytest.mark.model
def test_it_does_not_learn(plain):
    from extract.encoder import quick

    with pytest.raises(NotImplementedError):
        quick(plain.get_pipe("tok2vec").model).begin_update(sentences([3], vocab=plain.vocab))


@pytest.mark.model
def test_what_is_quick_already_is_left_alone(plain):
    from extract.encoder import quick

    model = quick(plain.get_pipe("tok2vec").model)
    assert quick(model) is model
