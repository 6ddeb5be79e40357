"""What the tests of decisions and of differences read: a short text, its claims, and graphs of them."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
from graphs_made import ungated

from extract.model import Claim, Date, Document, Entity, Extraction, Span
from graph.runs import Run
from ontology.terms import AKGID, PREFIXES, Factuality, Kind, Property

RUN = Run("0.1.0")
TEXT = "DICASは2024年に設置される予定である。\nDICASはS&TFに代わる。SCCは毎年開かれ、日本が参加する。局長級である。"
DICAS = Entity("dicas", Kind.FORUM, "防衛産業協力フォーラム", ("DICAS",))
STF = Entity("stf", Kind.FORUM, "システム・技術フォーラム", ("S&TF",))
SCC = Entity("scc", Kind.FORUM, "日米安全保障協議委員会", ("SCC",), label_en="Security Consultative Committee", authority=True)
JAPAN, US = Entity("japan", Kind.STATE, "日本", authority=True), Entity("us", Kind.STATE, "アメリカ", ("米国",), authority=True)
THINGS = (DICAS, STF, SCC, JAPAN, US)


def on(edtf: str) -> Date:
    year = int(edtf[:4])
    return Date(edtf, date(year, 1, 1), date(year, 12, 31))


def says(subject, predicate, told, words, factuality=Factuality.ACTUAL, text=TEXT, **more):
    start = text.index(words)
    return Claim(subject, predicate, told, factuality, (Span(start, start + len(words)),), "r", **{"confidence": 0.9, **more})


PLAN = says("dicas", Property.ESTABLISHED_ON, on("2024"), "DICASは2024年に設置される予定である", Factuality.PLANNED)
MEMBER = says("scc", Property.HAS_MEMBER, "japan", "日本が参加する")


def document(*claims, identifier="a.txt", text=TEXT, things=THINGS, **more):
    return Extraction(Document(identifier, text, **more), things, (), claims)


def graph(*extractions):
    return ungated(extractions, RUN)


def n(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def claim_of(store: ox.Store, predicate: str) -> ox.NamedNode:
    return next(store.quads_for_pattern(None, n("rdf:predicate"), n(f"akg:{predicate}"), None)).subject


def decided(store: ox.Store, verdict: str, why: str) -> ox.Store:
    """The graph with a decision on its succession, in the graph of decisions."""
    claim, decision, where = (
        claim_of(store, "replaces"),
        ox.NamedNode(AKGID + "decision/1"),
        ox.NamedNode(AKGID + "graph/decisions"),
    )
    store.extend(
        ox.Quad(s, p, o, where)
        for s, p, o in (
            (decision, n("rdf:type"), n("akg:Decision")),
            (decision, n("akg:decides"), claim),
            (decision, n("akg:verdict"), n(f"akg:{verdict}")),
            (decision, n("akg:reviewer"), ox.Literal("某")),
            (decision, n("rdfs:comment"), ox.Literal(why)),
            (claim, n("akg:reviewStatus"), n(f"akg:{verdict}")),
        )
    )
    return store
