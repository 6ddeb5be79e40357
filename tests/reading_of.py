"""What is read of a text, for the tests of the reading layer."""

from __future__ import annotations

from extract.model import Document, Role
from extract.reading import read_sentences

B, H, L, F, R = Role.BODY, Role.HEADING, Role.ITEM, Role.FOOTNOTE, Role.BIBLIOGRAPHY


def read(text, name="a.txt", title=None):
    return read_sentences(Document(name, text, title=title))


def texts(text, *roles, **more):
    return [sentence.text for sentence in read(text, **more) if not roles or sentence.role in roles]


def find(sentences, part):
    return next(sentence for sentence in sentences if part in sentence.text)
