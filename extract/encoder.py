"""GiNZA's vectors of words in their context (tok2vec), for half of the products that they take.

Eight layers each look at a word and its two neighbours. Three things are saved, none of which changes what comes out by more than
the rounding by which two libraries for matrices differ (`tests/test_extract_encoder.py`):

- The outputs of two neighbouring words are had together from four products in place of six: S. Winograd, Arithmetic Complexity of
  Computations (1980); A. Lavin and S. Gray, Fast Algorithms for Convolutional Neural Networks (2016), F(2, 3).
- Between two sentences stand eight rows of nothing, so that none is seen by the other. Those that no word has reached yet are all
  alike, and those from which nothing can reach a word any more are not needed; neither are computed.
- What a word is by itself is computed once for each word and not for each time that it stands in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.tokens import Doc
from thinc.api import Model as AnyModel

Model = AnyModel[Any, Any]  # thinc's types of what goes in and comes out hold no more than numpy's do
Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

AT_ONCE = 512  # pairs of rows whose products are held at once: more do not stay in the processor's cache
TINY = 1e-8  # what thinc adds to a variance


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: `products` are four matrices (width × pieces · width), the others vectors."""

    products: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def of_pairs(self, rows: Floats, first: Rows, held: Floats) -> Floats:
        """What the layer adds to each row of `first` and to the one after it: (2 · pairs) × width. `held` is room for products."""
        width = rows.shape[1]
        added = np.empty((len(first), 2, width), np.float32)
        for start in range(0, len(first), len(held[0])):
            at = first[start : start + len(held[0])]
            before, one, other, after = (rows[at + step] for step in (-1, 0, 1, 2))
            left, both, apart, right = (room[: len(at)] for room in held)
            np.matmul(one + other, self.products[1], out=both)
            np.matmul(other - one, self.products[2], out=apart)
            np.matmul(before - other, self.products[0], out=left)
            np.matmul(one - after, self.products[3], out=right)
            both += self.bias
            left += both
            left += apart
            both -= apart
            both -= right
            _largest(left, added[start : start + len(at), 0])
            _largest(both, added[start : start + len(at), 1])
        return self._normal(added.reshape(-1, width))

    def _normal(self, rows: Floats) -> Floats:
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + TINY
        rows *= (variance**-0.5)[:, None]
        rows *= self.gain
        rows += self.shift
        return rows


def _largest(pieces: Floats, into: Floats) -> None:
    """Of the pieces that lie beside one another, the largest of each column."""
    width = into.shape[1]
    np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=into)
    for start in range(2 * width, pieces.shape[1], width):
        np.maximum(into, pieces[:, start : start + width], out=into)


def quick(model: Model) -> Model:
    """A model that computes what spaCy's `Tok2Vec.v2` does, to predict with; another model is given back as it is."""
    if not model.has_ref("encode"):
        return model
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    layers = [_layer(residual) for residual in encode.layers[0].layers]
    settled = list(_settled(layers))

    def forward(_model: object, docs: list[Doc], is_train: bool) -> tuple[list[Floats], Callable[[object], list[Doc]]]:
        if is_train:
            raise NotImplementedError("this model predicts, it does not learn")
        words = _of_words(embed, docs)
        return _in_context(words, [len(doc) for doc in docs], layers, settled), lambda _: []

    return AnyModel(model.name, forward, dims={"nO": encode.get_dim("nO")})


def _layer(residual: Model) -> Layer:
    maxout, norm = (next(node for node in residual.walk() if node.name == name) for name in ("maxout", "layernorm"))
    parameters: list[Any] = [maxout.get_param("W"), maxout.get_param("b"), norm.get_param("G"), norm.get_param("b")]
    weights, bias, gain, shift = parameters
    width, pieces, _ = weights.shape
    # Piece by piece and not width by width, so that pieces lie beside one another; then the neighbours: before, the word, after.
    before, here, after = weights.astype(np.float64).transpose(1, 0, 2).reshape(pieces * width, 3, width).transpose(1, 2, 0)
    products = np.stack([before, (before + here + after) / 2, (before - here + after) / 2, after]).astype(np.float32)
    return Layer(products, bias.T.reshape(-1).copy(), gain, shift)


def _settled(layers: Sequence[Layer]) -> Iterator[Floats]:
    """What each layer leaves in a row of nothing that no word has reached."""
    row = np.zeros((4, layers[0].products.shape[1]), np.float32)
    for layer in layers:
        row = row + layer.of_pairs(row, np.array([1]), _room(layer))[:1]
        yield row[0]


def _room(layer: Layer) -> Floats:
    return np.empty((4, AT_ONCE, len(layer.bias)), np.float32)


def _of_words(embed: Model, docs: Sequence[Doc]) -> Floats:
    """What each word of the documents is by itself, one after another."""
    words, where = np.unique(np.concatenate([doc.to_array(ORTH) for doc in docs]), return_inverse=True)
    vocab = docs[0].vocab
    vectors: list[Floats] = embed.predict([Doc(vocab, words=[vocab.strings[word] for word in words])])
    return vectors[0][where]


def _in_context(words: Floats, lengths: Sequence[int], layers: Sequence[Layer], settled: Sequence[Floats]) -> list[Floats]:
    """The vectors of each document, whose words are those many of `words`."""
    depth, room = len(layers), _room(layers[0])
    ends: Rows = np.cumsum(np.array(lengths) + depth)
    starts: Rows = ends - lengths
    rows = np.zeros((int(ends[-1]) + depth, words.shape[1]), np.float32)
    rows[np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])] = words
    for done, (layer, far) in enumerate(zip(layers, settled, strict=True), 1):
        reach = min(done, depth - done)  # how far words have reached; how far there is still something that may reach a word
        pairs: Rows = (ends - starts + 2 * reach + 1) // 2
        first = np.repeat(starts - reach - 2 * (np.cumsum(pairs) - pairs), pairs) + 2 * np.arange(pairs.sum())
        touched = (first[:, None] + np.arange(2)).ravel()
        within = np.flatnonzero(touched < np.repeat(ends + reach, 2 * pairs))
        touched = touched[within]
        changed = layer.of_pairs(rows, first, room)[within]
        changed += rows[touched]
        rows = np.broadcast_to(far, rows.shape).copy()
        rows[touched] = changed
    return [rows[start:end] for start, end in zip(starts, ends, strict=True)]
