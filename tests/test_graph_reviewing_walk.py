"""The walk through claims in a terminal: what is typed is what is decided."""

from __future__ import annotations

import pytest
from claims_told import TEXT
from read_for_review import BEFORE, NOON

from graph.reviewing.decisions import Decision
from graph.reviewing.items import Choice, Ruling, chosen
from graph.reviewing.walk import Walk, Walked


class Script:
    """A screen whose reviewer types what is written down."""

    def __init__(self, *typed: str) -> None:
        self.typed = list(typed)
        self.shown: list[str] = []
        self.quotes: list[str] = []

    def show(self, text):
        self.shown.append(text)

    def show_quote(self, context):
        self.quotes.append(str(context))

    def ask(self, prompt):
        if not self.typed:
            raise EOFError
        return self.typed.pop(0)


class Kept:
    """Where decisions go."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []

    def record(self, ruling: Ruling) -> Decision:
        decision = ruling.decided("某", NOON)
        self.decisions.append(decision)
        return decision

    def withdraw(self, decision: Decision) -> None:
        self.decisions.remove(decision)


def walked(*typed: str, lang: str = "ja"):
    screen, kept = Script(*typed), Kept()
    found = Walk(chosen(BEFORE.items(), Choice()), screen, record=kept.record, withdraw=kept.withdraw, lang=lang).run()
    return found, [(d.verdict.value, d.binding.predicate.value, d.why) for d in kept.decisions], screen


A, R, C = "Accepted", "Rejected", "Corrected"
WALKS = {
    "accept, reject, skip, quit": (("a", "r", "誤読", "s", "q"), [(A, "establishedOn", ""), (R, "replaces", "誤読")], Walked(1, 1, 0, 1, 1)),
    "to the end": (("a", "a", "a", "a"), [(A, p, "") for p in ("establishedOn", "replaces", "hasMember", "level")], Walked(4, 0, 0, 0, 0)),
    "undo": (("a", "u", "r", "", "q"), [(R, "establishedOn", "")], Walked(0, 1, 0, 0, 3)),
    "undo of a skip": (("s", "u", "a", "q"), [(A, "establishedOn", "")], Walked(1, 0, 0, 0, 3)),
    "nothing to undo": (("u", "q"), [], Walked(0, 0, 0, 0, 4)),
    "unknown keys": (("x", "", "A", "q"), [(A, "establishedOn", "")], Walked(1, 0, 0, 0, 3)),
    "correct": (("c", "", "", "2024-06", "事実", "", "", "訂正文書", "q"), [(C, "establishedOn", "訂正文書")], Walked(0, 0, 1, 0, 3)),
    "correct nothing": (("c", "", "", "", "", "", "", "q"), [], Walked(0, 0, 0, 0, 4)),
    "correct badly, then well": (("c", "", "", "昨年", "", "", "", "", "c", "", "", "2025", "", "", "", "", "q"), [(C, "establishedOn", "")], Walked(0, 0, 1, 0, 3)),
    "a property that is none": (("c", "", "設置した日", "q"), [], Walked(0, 0, 0, 0, 4)),
    "the input ends": (("a",), [(A, "establishedOn", "")], Walked(1, 0, 0, 0, 3)),
    "the input ends in a correction": (("a", "c", "SCC"), [(A, "establishedOn", "")], Walked(1, 0, 0, 0, 3)),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "decisions", "came_to"), WALKS.values(), ids=WALKS)
def test_a_walk_is_its_keys(typed, decisions, came_to) -> None:
    found, made, _ = walked(*typed)
    assert (found, made) == (came_to, decisions)


def test_the_quote_stands_out_in_its_context() -> None:
    _, _, screen = walked("q")
    assert screen.quotes == [f"【DICASは2024年に設置される予定である】{TEXT[22:]}"]
    assert "[1/4] a.txt 「題」" in screen.shown
    assert "防衛産業協力フォーラム ― 設置日 ― 2024 [予定] 0.90" in screen.shown
    assert screen.shown[-1] == "0 件を承認、0 件を却下、0 件を訂正。0 件を飛ばし、4 件が残る。"
    _, _, screen = walked("q", lang="en")
    assert "防衛産業協力フォーラム ― established on ― 2024 [planned] 0.90" in screen.shown
