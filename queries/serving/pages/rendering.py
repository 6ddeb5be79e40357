"""From what a page says to HTML: the templates, escaped throughout, and the words of the pages in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from queries.serving.pages.vocabulary import ONTOLOGY, TERMS, term_label

HTML = "text/html; charset=utf-8"
_HERE = resources.files("queries.serving.pages")
STYLE = _HERE.joinpath("style.css").read_bytes()
EDITOR = _HERE.joinpath("editor", "editor.js").read_bytes()
_SOURCES = {file.name: file.read_text(encoding="utf-8") for file in _HERE.joinpath("templates").iterdir()}
_WORDS_FILE = _HERE.joinpath("words.toml").read_bytes()
WORDS: Mapping[str, Mapping[str, str]] = tomllib.loads(_WORDS_FILE.decode())
LOOK = sha256(b"".join([STYLE, EDITOR, _WORDS_FILE, ONTOLOGY, *(s.encode() for _, s in sorted(_SOURCES.items()))])).hexdigest()[
    :12
]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")  # what no XML and no page can hold


def _finalize(value: Any) -> Any:  # noqa: ANN401
    return (
        _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) and not isinstance(value, Markup) else value
    )


_ENVIRONMENT = Environment(
    loader=DictLoader(_SOURCES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finalize,
)
_ENVIRONMENT.globals.update(term_label=term_label, terms=TERMS)
_TEMPLATES = {name: _ENVIRONMENT.get_template(name) for name in _SOURCES}  # now, as a process that asks opens no file later


@dataclass(frozen=True, slots=True)
class View:
    """How a page is to be shown: its own address, its language, and whether the reader chose that in the address.

    `beside` are the parameters of the address but for the language and `number`, which says which part of its lists the page
    shows; `look` changes when the pages themselves do.
    """

    path: str
    lang: str
    chosen: bool
    beside: tuple[tuple[str, str], ...] = ()
    number: int = 1
    look: str = LOOK

    def say(self, key: str) -> str:
        """A word of the page."""
        return WORDS[key][self.lang]

    def to(self, href: str, **parameters: str) -> str:
        """An address of this server in the language that the reader chose, with parameters."""
        pairs = list(parameters.items()) + ([("lang", self.lang)] if self.chosen else [])
        before, sign, fragment = href.partition("#")
        return f"{before}?{urlencode(pairs)}{sign}{fragment}" if pairs else href

    def at(self, number: int) -> str:
        """The address of another part of the same page."""
        return self.as_(**({"lang": self.lang} if self.chosen else {}), page=str(number))

    def as_(self, **changed: str) -> str:
        """The page's own address with other parameters."""
        kept = [(name, value) for name, value in self.beside if name not in changed]
        return f"{self.path}?{urlencode([*kept, *changed.items()])}"


def page(template: str, view: View, **said: Any) -> bytes:  # noqa: ANN401
    """A page as bytes."""
    return _TEMPLATES[template].render(view=view, say=view.say, to=view.to, **said).encode()
