"""What may happen to a store: two writers, other versions, damage; each is refused or mended, and said."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from stores_made import RUN, WHEN, content, made, plain, put

from alliancekg.cli import cli
from extract.model import Document, Entity, Extraction
from graph.errors import GraphError
from graph.joining import Anchor, Joining, Sameness
from graph.store.collection import reading, writing
from graph.store.inventory import damage, inventory
from graph.store.opening import OpenStore
from graph.store.schema import FORMAT
from ontology.terms import Kind

TEXTS = {"a.txt": "協議会 replaces 連絡会\n", "b.txt": "対話 partOf 協議会\n", "c.txt": "協議会 establishedOn 2024-04-10\n"}


def documents(*names: str) -> list[Extraction]:
    return [plain(Document(name, TEXTS[name])) for name in names or TEXTS]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return made(tmp_path / "store", *documents())


def test_a_second_writer_is_refused_at_once_and_readers_go_on(store: Path) -> None:
    before = content(store)
    with writing(store) as collection:
        with pytest.raises(GraphError, match="another process is writing"), writing(store):
            pass
        assert content(store) == before
        put(collection, removed=("a.txt",))
    assert content(store) < before


def test_a_second_process_is_refused(store: Path) -> None:
    with writing(store), multiprocessing.get_context("spawn").Pool(1) as pool:
        assert "another process is writing" in pool.apply(_refusal, (store,))


def _refusal(store: Path) -> str:
    try:
        with writing(store):
            return "let in"
    except GraphError as error:
        return str(error)


def test_who_reads_sees_what_was_there_while_builds_go_on(store: Path) -> None:
    with OpenStore(store) as old:
        there = {str(quad) for quad in old.graph}
        for name in TEXTS:
            with writing(store) as collection:
                put(collection, removed=(name,))
        assert {str(quad) for quad in old.graph} == there
        with OpenStore(store) as new:
            assert len(new.graph) < len(old.graph)
    with writing(store):
        pass
    assert len([path for path in (store / "graphs").iterdir() if path.is_dir()]) == 1


def sql(store: Path, *statements: str) -> None:
    with sqlite3.connect(store / "ledger.sqlite", isolation_level=None) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_store_of_a_newer_version_is_refused(store: Path) -> None:
    sql(store, f"PRAGMA user_version = {FORMAT + 1}")
    for act in (writing, reading):
        with pytest.raises(GraphError, match="made by a newer version"), act(store):
            pass


def test_a_store_of_the_first_version_is_brought_up_to_date(store: Path) -> None:
    before = content(store)
    sql(store, *(f"DROP TABLE {table}" for table in ("joining", "user_quad", "user_write")), "PRAGMA user_version = 1")
    assert content(store) == before, "it can be read as it is"
    with writing(store) as collection:
        assert collection.joinings() == {}
    assert inventory(store).format == FORMAT
    assert content(store) == before


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 4, len(data) // 4 + 64):
        data[at] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [cut, Path.unlink])
def test_a_graph_whose_files_are_damaged_is_named_and_made_anew(store: Path, harm: Callable[[Path], None]) -> None:
    before = content(store)
    harm(max((store / "graphs").glob("*/*.sst"), key=lambda path: path.stat().st_size))
    with pytest.raises(GraphError, match=r"graphs/1: the graph is damaged"):
        OpenStore(store)
    with writing(store) as collection:
        assert not collection.is_current
        put(collection)
    assert content(store) == before


def test_a_graph_that_is_damaged_within_is_found_by_a_check(store: Path) -> None:
    before = content(store)
    assert damage(store) == []
    for path in (store / "graphs").glob("*/*.sst"):
        flip(path)
    (found,) = damage(store)
    assert "the graph is damaged" in found
    assert "Remove this directory" in found
    shutil.rmtree(store / "graphs")
    with writing(store) as collection:
        put(collection)
    assert content(store) == before


def test_a_reading_that_is_not_what_was_written_is_named(store: Path) -> None:
    sql(store, "UPDATE reading SET whole = replace(whole, '2024-04-10', '2024-04-11')")
    assert damage(store) == [f"{store / 'ledger.sqlite'}: the reading of c.txt is damaged"]


def test_a_ledger_that_is_damaged_is_named(store: Path) -> None:
    ledger = store / "ledger.sqlite"
    ledger.write_bytes(ledger.read_bytes()[:100] + b"\xff" * 4000)
    for act in (damage, inventory, OpenStore):
        with pytest.raises(GraphError, match=r"ledger\.sqlite: the file is damaged"):
            act(store)


@pytest.mark.parametrize("harm", ["file", "full"])
def test_what_is_no_store_is_left_alone(tmp_path: Path, harm: str) -> None:
    place = tmp_path / "place"
    if harm == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / "thesis.txt").write_text("mine")
    with pytest.raises(GraphError, match=r"a store is a directory|is no store and not empty"), writing(place):
        pass
    assert [path.name for path in (place.iterdir() if place.is_dir() else [])] == (["thesis.txt"] if harm == "full" else [])


def test_a_decision_about_entities_lasts(store: Path) -> None:
    forum = Extraction(Document("d.txt", "懇談会。"), (Entity("e", Kind.FORUM, "懇談会", ("懇話会",)),))
    decision = Joining(Sameness.ONE, Anchor(Kind.INSTITUTION, "協議会"), Anchor(Kind.INSTITUTION, "懇談会"), "山田", WHEN)
    before = content(store)
    with writing(store) as collection:
        put(collection, forum)
        number = collection.join(decision, run=RUN)
    assert not any("/懇談会>" in quad.split(" ")[0] for quad in content(store)), "it is part of 協議会 now"
    with writing(store) as collection:
        put(collection, removed=("d.txt",))
        assert not collection.applies(decision)
    assert content(store) == before, "nothing is left of what only d.txt said"
    with writing(store) as collection:
        put(collection, forum)
        assert collection.applies(decision)
        collection.withdraw_joining(number, run=RUN)
    assert any("/懇談会>" in quad.split(" ")[0] for quad in content(store))


def run(*arguments: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if outcome.exception:
        raise outcome.exception
    return outcome.return_value or 0, outcome.output


def test_merging_and_splitting_by_name(store: Path) -> None:
    at = ("entities", "--store", str(store), "--lang", "en")
    assert run(*at, "--merge", "協議会", "連絡会", "--why", "same")[0] == 0
    code, listed = run(*at)
    assert code == 0
    assert "are one" in listed
    assert "same" in listed
    for wrong, said in (
        (("--merge", "協議会", "連絡会"), "are one already"),
        (("--merge", "協議会", "無名会"), "nothing in the store is called '無名会'"),
        (("--split", "協議会", "--called", "無名会"), "no document calls"),
        (("--undo", "9"), "there is no decision 9"),
    ):
        with pytest.raises(GraphError, match=said):
            run(*at, *wrong)
    assert run(*at, "--undo", "1")[0] == 0
    assert "連絡会" not in run(*at)[1]
