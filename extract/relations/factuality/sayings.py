"""Whether words are quoted as what somebody said: then the document itself does not say it."""

from __future__ import annotations

import re

from extract.model import Stretch
from extract.names.quoted import quotations

SAYING = re.compile(r"^[」』](?:と|などと|との|旨)(?!題|い[うわ]う|呼|称|略|銘|名)")


def quoted_saying(text: str, at: int) -> bool:
    """Whether the words at an offset are quoted as somebody's saying: then the document itself does not say it."""
    return saying_around(text, at) is not None


def saying_around(text: str, at: int) -> Stretch | None:
    """The quotation of somebody's saying that an offset stands in: 大使は「Xへの参加は考えていない」と語った."""
    sayings = ((s, e) for s, e in quotations(text) if s <= at < e and SAYING.match(text[e : e + 6]))
    return next(sayings, None)
