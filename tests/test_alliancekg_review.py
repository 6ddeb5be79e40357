"""`alliancekg review` at a store: decisions are kept at once, change the graph, and outlive other builds."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores_made import IN_MEMORY, RUN, Plain, content, extractions, put

from alliancekg.cli import run
from alliancekg.keeping import keep
from alliancekg.knowledge_graph import open_graph
from alliancekg.reviewing import reviewing
from graph.errors import GraphError
from graph.reviewing.decisions import Correction
from graph.reviewing.items import Choice, Ruling
from graph.store.collection import Change, writing
from graph.store.ledger import opened
from ontology.terms import Factuality, Property, Verdict

TEXTS = {"a.txt": "新委員会 replaces 旧委員会\n新委員会 establishedOn 2024-04-10\n", "b.txt": "新委員会 replaces 旧委員会\n"}
FACT = "ASK { ?new <https://w3id.org/alliancekg/ontology#replaces> ?old }"


class Kept:
    """A store of the documents of a folder."""

    def __init__(self, home: Path) -> None:
        self.folder, self.directory = home / "documents", home / "store"
        self.folder.mkdir()

    def build(self, texts: dict[str, str], *, prune: bool = False) -> None:
        for name, text in texts.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        keep([self.folder], self.directory, extractor=Plain(), prune=prune)

    def decide(self, *, document: str, verdict: Verdict, predicate: Property = Property.REPLACES, correction=None, why=""):
        choice = Choice(frozenset({document}), frozenset({predicate}), decided=True)
        with reviewing(self.directory, "某") as room:
            (item,) = room.items(choice)
            return room.record(Ruling(item, verdict, why, correction))

    def says(self, sparql: str = FACT) -> bool:
        return bool(open_graph(self.directory).query(sparql).truth)

    def rejected(self) -> list[tuple[str, str]]:
        return [(row["document"], row["verdict"]) for row in open_graph(self.directory).ask("rejected").rows]

    def lapsed(self) -> list[str]:
        with reviewing(self.directory, "某") as room:
            return [lapse.name for _, lapse in room.lapsed()]


@pytest.fixture
def store(tmp_path: Path) -> Kept:
    kept = Kept(tmp_path)
    kept.build(TEXTS)
    return kept


def test_a_fact_falls_with_the_last_claim_that_is_not_rejected(store: Kept) -> None:
    store.decide(document="a.txt", verdict=Verdict.REJECTED, why="誤読")
    assert store.says()
    store.decide(document="b.txt", verdict=Verdict.REJECTED)
    assert not store.says()
    assert store.rejected() == [("a.txt", "rejected"), ("b.txt", "rejected")]
    store.decide(document="a.txt", verdict=Verdict.ACCEPTED)
    assert store.says()
    assert store.rejected() == [("b.txt", "rejected")]


def test_a_decision_that_is_withdrawn_was_never_made(store: Kept) -> None:
    before = content(store.directory)
    decision = store.decide(document="a.txt", verdict=Verdict.REJECTED)
    assert content(store.directory) != before
    with reviewing(store.directory, "某") as room:
        room.withdraw(decision)
    assert content(store.directory) == before


def test_a_corrected_claim_stands_in_the_place_of_the_other(store: Kept) -> None:
    store.decide(
        document="a.txt", predicate=Property.ESTABLISHED_ON, verdict=Verdict.CORRECTED, correction=Correction(object="2024-05")
    )
    graph = open_graph(store.directory)
    assert [row["value"] for row in graph.ask("profile", entity="新委員会").rows if row["property"] == "establishedOn"] == [
        "2024-05"
    ]
    assert graph.validate().conforms


def test_decisions_outlive_other_readings_and_lapse_with_the_words(store: Kept) -> None:
    store.decide(document="a.txt", verdict=Verdict.REJECTED)
    store.decide(document="b.txt", verdict=Verdict.REJECTED)
    store.build({"a.txt": "序文。\n" + TEXTS["a.txt"]})
    assert not store.says()
    assert store.lapsed() == []
    store.build({"a.txt": "新委員会 partOf 旧委員会\n"})
    assert store.lapsed() == ["NO_QUOTE"]
    (store.folder / "b.txt").unlink()
    store.build({}, prune=True)
    assert store.lapsed() == ["NO_QUOTE", "NO_DOCUMENT"]
    store.build(TEXTS)
    assert store.lapsed() == []
    assert not store.says()


def test_a_decision_is_on_disk_before_the_next_question(store: Kept) -> None:
    with reviewing(store.directory, "某") as room:
        first, *_ = room.items()
        decision = room.record(Ruling(first, Verdict.ACCEPTED))
        with opened(store.directory / "ledger.sqlite") as ledger:
            assert [made["id"] for made in ledger.decisions()] == [decision.id]


def test_nothing_decided_makes_no_new_graph(store: Kept) -> None:
    with reviewing(store.directory, "某"):
        pass
    assert len(list((store.directory / "graphs").glob("[0-9]"))) == 1
    with opened(store.directory / "ledger.sqlite") as ledger:
        assert (ledger.present, len(ledger.builds())) == (1, 1)


def test_where_no_store_is_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="there is no store"), reviewing(tmp_path / "none", "某"):
        pass
    assert not (tmp_path / "none").exists()


@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_after_any_changes_and_decisions_a_store_is_what_one_made_at_once_is(data) -> None:
    """Documents come, change and go while claims of them are decided about."""
    there: Collection[str] = ()
    with TemporaryDirectory(dir=IN_MEMORY) as home, pytest.MonkeyPatch.context() as patched:
        patched.setattr("alliancekg.reviewing.this_run", lambda: RUN)
        changed, at_once = Path(home) / "changed", Path(home) / "at-once"
        with writing(changed) as collection:
            put(collection, data.draw(extractions("a.txt")))
        for _ in range(data.draw(st.integers(1, 3), label="steps")):
            names = data.draw(st.lists(st.sampled_from(("a.txt", "b.txt")), max_size=2, unique=True), label="put")
            gone = data.draw(st.lists(st.sampled_from(sorted(there)), max_size=1), label="removed") if there else []
            new = {name: data.draw(extractions(name)) for name in names if name not in gone}
            with writing(changed) as collection:
                put(collection, *new.values(), removed=tuple(gone))
                there = collection.documents()
            with reviewing(changed, "某") as room:
                found = room.items(Choice(decided=True))
                if found:
                    item = data.draw(st.sampled_from(found), label="item")
                    verdict = data.draw(st.sampled_from(Verdict), label="verdict")
                    planned = Correction(factuality=Factuality.POSSIBLE) if verdict is Verdict.CORRECTED else None
                    room.record(Ruling(item, verdict, correction=planned))
        with writing(changed) as collection:
            kept = [collection.reading(identifier) for identifier in collection.documents()]
            decisions = [one for made in collection.decisions().values() for one in made]
        with writing(at_once) as collection:
            collection.keep_decisions(decisions)
            put(collection, *kept)
            collection.change(Change(), run=RUN)
        assert content(changed) == content(at_once)


# The command


@pytest.fixture
def call(store: Kept, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")

    def called(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(["review", "--store", str(store.directory), "--reviewer", "某", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return called


def test_a_walk_on_the_terminal(call, store: Kept) -> None:
    code, out, err = call(typed="a\nr\n誤読\nr\n\n")
    assert (code, err) == (0, "")
    assert "[1/3] a.txt" in out
    assert "【新委員会 replaces 旧委員会】" in out
    assert "1 件を承認、2 件を却下、0 件を訂正。0 件を飛ばし、0 件が残る。" in out
    assert [verdict for _, verdict in store.rejected()] == ["rejected", "rejected"]
    assert "0 件が残る" in call()[1]


def test_a_spreadsheet_out_and_in(call, store: Kept, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    assert call("--export", str(file), "--property", "replaces", "--order", "confidence")[0] == 0
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert [row["property"] for row in rows] == ["前身", "前身"]
    code, _, err = call("--export", str(file))
    assert (code, "there already" in err) == (2, True)
    out = io.StringIO()
    table = csv.DictWriter(out, rows[0].keys())
    table.writeheader()
    table.writerows({**row, "verdict": "却下"} for row in rows)
    file.write_text(out.getvalue(), encoding="utf-8-sig")
    assert call("--import", str(file)) == (0, "", "2 decisions\n")
    assert not store.says()
    file.write_text(out.getvalue().replace("却下", "さあ"), encoding="utf-8")
    code, _, err = call("--import", str(file))
    assert code == 2
    assert "row 2: 'さあ' is no verdict" in err


def test_decisions_that_lapsed_are_listed_with_exit_code_1(call, store: Kept) -> None:
    assert call("--lapsed") == (0, "", "")
    store.decide(document="a.txt", verdict=Verdict.REJECTED)
    store.build({"a.txt": "別の文。\n"})
    code, out, _ = call("--lapsed")
    assert code == 1
    assert "原文の語句が文書からなくなった" in "".join("".join(line.split("│")) for line in out.splitlines()).replace(" ", "")


def test_who_decides_is_to_be_known(store: Kept, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nameless)
    assert run(["review", "--store", str(store.directory), "--lapsed"]) == 2
    assert "Say who decides" in capsys.readouterr().err


def test_mistakes_of_the_user_are_one_line(call, tmp_path: Path) -> None:
    for arguments in (("--lapsed", "--export", "x.csv"), ("--import", str(tmp_path / "none.csv")), ("--property", "colour")):
        code, _, err = call(*arguments)
        assert (code, len(err.splitlines())) == (2, 1)
    assert run(["review", "--store", str(tmp_path / "none")]) == 2
