"""The walk through claims: each is shown, a key says what becomes of it, and the decision is handed on at once.

It knows no terminal: what it shows and asks goes through `Screen`, so that a test is a list of keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from graph.errors import GraphError
from graph.reviewing.decisions import Correction, Decision
from graph.reviewing.fields import read, shown
from graph.reviewing.items import Context, Item, Ruling
from graph.vocabulary import called
from ontology.terms import Verdict


class Screen(Protocol):
    """Where the walk shows and asks."""

    def show(self, text: str) -> None:
        """A line."""

    def show_quote(self, context: Context) -> None:
        """A quote that stands out from what is around it."""

    def ask(self, prompt: str) -> str:
        """A line from the reviewer, without its end. Raises EOFError where there is none."""


@dataclass(slots=True)
class Walked:
    """What the walk came to."""

    accepted: int = 0
    rejected: int = 0
    corrected: int = 0
    skipped: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    keys: str
    unknown: str
    why: str
    fields: dict[str, str]
    keep: str
    unchanged: str
    first: str
    done: str
    undone: str


_JA = _Words(
    keys="a 承認  r 却下  c 訂正  s 飛ばす  u 一つ戻す  q 終了",
    unknown="a, r, c, s, u, q のどれかを入力する。",
    why="理由(なければ空のまま)",
    fields={
        "subject": "主語", "predicate": "述語", "object": "目的語", "factuality": "確度",
        "valid_from": "有効期間の始め", "valid_until": "有効期間の終わり",
    },
    keep="空のままなら変えない。期間は - で無しにする。",
    unchanged="何も変わっていない。",
    first="これより前はない。",
    done="{accepted} 件を承認、{rejected} 件を却下、{corrected} 件を訂正。{skipped} 件を飛ばし、{left} 件が残る。",
    undone="戻した。",
)  # fmt: skip
_EN = _Words(
    keys="a accept  r reject  c correct  s skip  u undo  q quit",
    unknown="Type one of a, r, c, s, u, q.",
    why="why (may stay empty)",
    fields={
        "subject": "subject", "predicate": "property", "object": "object", "factuality": "factuality",
        "valid_from": "valid from", "valid_until": "valid until",
    },
    keep="Leave empty what is right; - takes a limit in time away.",
    unchanged="Nothing is different.",
    first="There is nothing before this.",
    done="{accepted} accepted, {rejected} rejected, {corrected} corrected; {skipped} skipped, {left} left.",
    undone="Undone.",
)  # fmt: skip


class Walk:
    """One walk. `record` keeps a ruling and gives the decision back, `withdraw` takes one back; both are done when they return."""

    def __init__(
        self,
        items: Sequence[Item],
        screen: Screen,
        *,
        record: Callable[[Ruling], Decision],
        withdraw: Callable[[Decision], None],
        lang: str = "ja",
    ) -> None:
        self._items, self._screen, self._record, self._withdraw = items, screen, record, withdraw
        self._lang, self._words = lang, _JA if lang == "ja" else _EN
        self._past: list[Decision | None] = []  # of each item that was left behind; None was skipped

    def run(self) -> Walked:
        """Go through the items to the end, or until the reviewer quits or the input ends."""
        try:
            while len(self._past) < len(self._items):
                self._present(len(self._past))
                if not self._answered(self._items[len(self._past)]):
                    break
        except EOFError:
            pass
        walked = self._counted()
        self._screen.show(self._words.done.format(**{field.name: getattr(walked, field.name) for field in fields(walked)}))
        return walked

    def _answered(self, item: Item) -> bool:
        """Whether the walk goes on."""
        while True:
            match self._screen.ask(f"{self._words.keys} > ").strip().lower():
                case "a":
                    self._past.append(self._record(Ruling(item, Verdict.ACCEPTED)))
                case "r":
                    self._past.append(self._record(Ruling(item, Verdict.REJECTED, self._why())))
                case "c":
                    if not self._correct(item):
                        continue
                case "s":
                    self._past.append(None)
                case "u":
                    self._undo()
                case "q":
                    return False
                case _:
                    self._screen.show(self._words.unknown)
                    continue
            return True

    def _correct(self, item: Item) -> bool:
        """Ask what should be otherwise and record it; what cannot be so is said, and nothing happens."""
        self._screen.show(self._words.keep)
        try:
            correction = Correction(**{name: self._asked(item, name) for name in self._words.fields})  # type: ignore[arg-type]
            if not correction:
                self._screen.show(self._words.unchanged)
                return False
            self._past.append(self._record(Ruling(item, Verdict.CORRECTED, self._why(), correction)))
        except GraphError as error:
            self._screen.show(str(error))
            return False
        return True

    def _asked(self, item: Item, name: str) -> str | None:
        now = shown(item, name, self._lang)
        given = self._screen.ask(f"  {self._words.fields[name]} [{now}] > ").strip()
        return read(name, given) if given else None

    def _why(self) -> str:
        return self._screen.ask(f"  {self._words.why} > ").strip()

    def _undo(self) -> None:
        if not self._past:
            self._screen.show(self._words.first)
            return
        decision = self._past.pop()
        if decision is not None:
            self._withdraw(decision)
        self._screen.show(self._words.undone)

    def _present(self, place: int) -> None:
        item = self._items[place]
        title = f" 「{item.document.title}」" if item.document.title else ""
        self._screen.show("")
        self._screen.show(f"[{place + 1}/{len(self._items)}] {item.document.identifier}{title}")
        limits = f" ({shown(item, 'valid_from', self._lang)}/{shown(item, 'valid_until', self._lang)})"
        triple = " ― ".join(shown(item, part, self._lang) for part in ("subject", "predicate", "object"))
        standing = (
            f"[{shown(item, 'factuality', self._lang)}]{limits if item.claim.valid_from or item.claim.valid_until else ''}"
        )
        self._screen.show(f"{triple} {standing} {item.claim.confidence:.2f}")
        if item.decision is not None:
            self._screen.show(f"({called(item.decision.verdict, self._lang)}: {item.decision.who} {item.decision.why})")
        for context in item.contexts:
            self._screen.show_quote(context)

    def _counted(self) -> Walked:
        made = [decision.verdict for decision in self._past if decision is not None]
        return Walked(
            accepted=made.count(Verdict.ACCEPTED),
            rejected=made.count(Verdict.REJECTED),
            corrected=made.count(Verdict.CORRECTED),
            skipped=self._past.count(None),
            left=len(self._items) - len(self._past),
        )
