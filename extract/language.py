"""GiNZA's model as we use it: only what somebody reads, with NumPy's matrix products, and half of them.

thinc multiplies by BLIS unless told otherwise; the OpenBLAS that NumPy brings takes a third of its time on processors with
AVX-512, and nine tenths of what the parser costs are such products. Of these `extract/encoder.py` leaves out what can be had from
fewer. The claims are the same (`tests/test_extract_plain_path.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "ja_ginza"
# What nobody reads is not loaded: named entities of another field, bunsetsu, morphology.
LEFT_OUT = ("ner", "compound_splitter", "bunsetu_recognizer", "morphologizer", "attribute_ruler")


def load_language() -> Language:
    """The pipeline: Sudachi, tok2vec, parser. Takes one to two seconds and some 500 MB."""
    import spacy  # noqa: PLC0415  spaCy takes a second to import and is not needed until a text is read
    from thinc.api import NumpyOps, get_current_ops, use_ops  # noqa: PLC0415  as above

    from extract.encoder import quick  # noqa: PLC0415  as above

    ours = get_current_ops()
    if type(ours) is not NumpyOps:  # a graphics card, or Apple's library: the user has chosen
        return spacy.load(MODEL, exclude=LEFT_OUT)
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(MODEL, exclude=LEFT_OUT)
        encoder: Any = nlp.get_pipe("tok2vec")
        encoder.model = quick(encoder.model)
    return nlp
