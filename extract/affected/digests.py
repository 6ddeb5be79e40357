"""Digests of plain values and of files."""

from __future__ import annotations

import hashlib


def digest(value: object) -> str:
    """A short digest of a value that its `repr` tells whole: strings, numbers, dates, sequences and dicts of such, our dataclasses."""
    return digest_bytes(repr(value).encode("utf-8", "surrogatepass"))


def digest_bytes(value: bytes) -> str:
    return hashlib.blake2b(value, digest_size=10).hexdigest()
