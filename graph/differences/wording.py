"""How a difference is worded in Japanese and English: its headings, what things and terms are called."""

from __future__ import annotations

from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.differences.comparing import Difference
from graph.differences.moves import How
from graph.differences.snapshot import Stated, Term, Thing
from graph.vocabulary import called
from ontology.terms import AKG, AKGID

_WORDS: dict[str, tuple[str, str]] = {
    "added": ("追加", "added"),
    "attributed_to": ("発言者", "said by"),
    "changed": ("変更", "changed"),
    "claim": ("主張", "claim"),
    "claims": ("主張", "claims"),
    "confidence": ("確信度", "confidence"),
    "corrected_to": ("訂正後の主張", "corrected to"),
    "creator": ("著者", "author"),
    "decisions": ("査読の判断", "review decisions"),
    "documents": ("文書", "documents"),
    "document": ("文書", "document"),
    "facts": ("成り立つ事実", "facts"),
    "factuality": ("確度", "factuality"),
    "gone": ("削除", "gone"),
    "HeldBack": ("保留(形の検査に不合格)", "held back (breaks a shape)"),
    "identifier": ("ファイル名", "file name"),
    "issued": ("日付", "date"),
    "kind": ("クラス", "class"),
    "labels": ("名称", "label"),
    "merged": ("統合", "merged"),
    "moves": ("IRIが変わったもの", "things that go by another IRI"),
    "names": ("別名", "names"),
    "no_document": ("文書不明", "no document named"),
    "nothing": ("違いはない", "No difference."),
    "object": ("目的語", "object"),
    "place": ("位置", "place"),
    "predicate": ("述語", "property"),
    "publisher": ("発行者", "publisher"),
    "quotes": ("原文", "quote"),
    "renamed": ("改名", "renamed"),
    "shifted": ("件の主張は本文中の位置だけが変わった", "claims changed only their place in the text"),
    "source": ("出典", "source"),
    "split": ("分離", "split"),
    "status": ("査読", "review"),
    "subject": ("主語", "subject"),
    "text": ("本文", "text"),
    "things": ("事物", "things"),
    "title": ("題名", "title"),
    "valid_from": ("有効期間の始め", "valid from"),
    "valid_until": ("有効期間の終わり", "valid until"),
    "verdict": ("判定", "verdict"),
    "when": ("日時", "when"),
    "who": ("査読者", "reviewer"),
    "why": ("理由", "why"),
}  # fmt: skip


class Wording:
    """The names of what a difference tells of, in one language (`ja` or `en`)."""

    def __init__(self, difference: Difference, lang: str) -> None:
        self.lang = lang
        self._documents = {**difference.before.documents, **difference.after.documents}
        self._old, self._new = difference.before.things, difference.after.things

    def word(self, name: str) -> str:
        """A word of our own; a term of the vocabulary by its label."""
        words = _WORDS.get(name)
        return words[self.lang == "en"] if words else called(name, self.lang)

    def how(self, how: How) -> str:
        return self.word(how.value)

    def name(self, term: Term | None, *, before: bool = False) -> str:
        """What a term is called: a thing by its label as it is, or as it was `before`; a date as it is written."""
        if term is None or isinstance(term, Literal):
            return term.value if term else ""
        thing = (self._old.get(term) or self._new.get(term)) if before else (self._new.get(term) or self._old.get(term))
        if thing is not None:
            return self.label(thing)
        if isinstance(term, NamedNode) and term.value.startswith(AKG):
            return called(term.value.removeprefix(AKG), self.lang)
        return unquote(term.value.removeprefix(AKGID)) if isinstance(term, NamedNode | BlankNode) else str(term)

    def label(self, thing: Thing) -> str:
        """In the language asked for, else in another; its IRI where it has no label."""
        labels = dict(thing.labels)
        found = labels.get(self.lang) or next(iter(labels.values()), "")
        return found or (unquote(thing.iri.value.removeprefix(AKGID)) if isinstance(thing.iri, NamedNode) else str(thing.iri))

    def document(self, iri: Term | None) -> str:
        """A document by its file name and title."""
        if iri is None:
            return self.word("no_document")
        told = self._documents.get(iri)
        if told is None:
            return self.name(iri)
        return told.identifier if told.title == told.identifier else f"{told.identifier} 「{told.title}」"

    def identifier(self, iri: Term | None) -> str:
        """A document by its file name alone."""
        told = self._documents.get(iri) if iri is not None else None
        return told.identifier if told else self.name(iri)

    def value(self, claim: Stated, field: str, *, before: bool = False) -> str:
        """A field of a claim as it is shown."""
        match field:
            case "subject" | "object" | "attributed_to":
                return self.name(getattr(claim, field), before=before)
            case "predicate" | "factuality" | "status":
                found = getattr(claim, field)
                return self.word(found) if found else "–"
            case "quotes":
                return " … ".join(claim.quotes)
            case "place":
                return ", ".join(f"{one.start}–{one.end}" for one in claim.evidence)
            case _:
                return str(getattr(claim, field)) or "–"
