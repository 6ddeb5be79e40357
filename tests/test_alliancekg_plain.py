"""Questions in plain Japanese and English: what is understood, what is offered, what the commands and the library say."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest
from asked_plainly import CASES, command_of, table, verdict
from hypothesis import given
from hypothesis import strategies as st

import alliancekg as akg
import extract.asked
from alliancekg.cli import run
from alliancekg.knowledge_graph import KnowledgeGraph
from alliancekg.plain import understand
from alliancekg.plain_text import LONGEST
from queries.address import address
from queries.catalogue import catalogue
from queries.credentials import Credentials
from queries.engine import Embedded
from queries.errors import QueryError
from queries.plain.deciding import Understood, Unsure
from queries.pushing import Update, push
from queries.remote import Remote
from queries.transport import Transport

# What has several predicates and fits in everything else is parsed.
PARSED = {"97指針を実施するために制定された法律"}


@pytest.fixture(scope="module")
def store(tell):
    return tell((CASES / "graph.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine(store):
    return Embedded(store)


@pytest.fixture(scope="module")
def examples(tell):
    """The things that the documents of examples/ name, with all their names."""
    return Embedded(tell((CASES / "examples.txt").read_text(encoding="utf-8")))


class ModelWantedError(Exception):
    """The language model would be loaded."""


def no_model_here():
    raise ModelWantedError


@pytest.fixture
def no_model(monkeypatch):
    monkeypatch.setattr(extract.asked, "_model", no_model_here)


@pytest.fixture
def graph(store, tmp_path):
    path = tmp_path / "graph.ttl"
    KnowledgeGraph(store).save(path)
    return str(path)


@pytest.mark.parametrize(("asked", "command"), [row for row in table("variants.tsv") if row[0] not in PARSED])
def test_variants_are_understood_without_the_model(no_model, engine, asked, command):
    assert verdict(engine, asked, command) == "right"


@pytest.mark.model
@pytest.mark.parametrize(("asked", "command"), [row for row in table("variants.tsv") if row[0] in PARSED])
def test_several_predicates_are_parsed(monkeypatch, extractor, engine, asked, command):
    told = []
    monkeypatch.setattr(extract.asked, "_model", lambda: extractor.nlp)
    assert isinstance(understand(engine, asked, parsing=lambda: told.append(1)), Understood)
    assert told
    assert verdict(engine, asked, command) == "right"


@pytest.mark.model
@pytest.mark.parametrize(
    "asked",
    ["97指針を策定した当時に実施された法律", "97指針を承認した法律を実施したもの", "97指針が成立したために実施された法律"],
)
def test_a_name_of_another_predicate_is_not_taken(monkeypatch, extractor, engine, asked):
    monkeypatch.setattr(extract.asked, "_model", lambda: extractor.nlp)
    found = understand(engine, asked)
    assert not isinstance(found, Understood)
    assert found.reasons


@pytest.mark.parametrize("asked", ["EDDを決めた会合が設置した組織は何か", "EDDを設立した会合を決定したのは誰か"])
def test_a_question_within_a_question_is_not_answered(no_model, engine, asked):
    assert not isinstance(understand(engine, asked), Understood)


def test_parameters_beside_the_words_are_taken_where_the_question_has_them(engine):
    found = understand(engine, "SCCのメンバーは?", {"on": "1985"})
    assert isinstance(found, Understood)
    assert found.command == command_of("members-at forum=日米安全保障協議委員会 on=1985")
    assert not isinstance(understand(engine, "SCCのメンバーは?", {"colour": "red"}), Understood)


HELD_OUT = {"held_out": 78, "held_out_later": 87, "held_out_third": 82, "held_out_fourth": 52, "held_out_fifth": 42}


@pytest.mark.model
@pytest.mark.parametrize(("name", "least"), HELD_OUT.items())
def test_what_was_held_out_is_never_answered_wrongly(monkeypatch, extractor, engine, name, least):
    """How many were right when they were first run, before any rule was mended for them, stands in docs/plain.md."""
    monkeypatch.setattr(extract.asked, "_model", lambda: extractor.nlp)
    verdicts = Counter(verdict(engine, *row) for row in table(f"{name}.tsv"))
    assert not verdicts["wrong"]
    assert verdicts["right"] >= least


@pytest.mark.model
def test_so_are_questions_about_the_examples(monkeypatch, extractor, examples):
    monkeypatch.setattr(extract.asked, "_model", lambda: extractor.nlp)
    verdicts = Counter(verdict(examples, *row) for row in table("held_out_examples.tsv"))
    assert not verdicts["wrong"]
    assert verdicts["right"] >= 49


@pytest.mark.parametrize(("asked", "command"), table("unanswerable.tsv"))
def test_what_cannot_be_answered_is_not(no_model, engine, asked, command):
    assert verdict(engine, asked, command) == "right"


def test_the_tables_are_as_large_as_promised():
    held_out = {row for name in (*HELD_OUT, "held_out_examples") for row in table(f"{name}.tsv")}
    rows = held_out | {row for name in ("variants.tsv", "unanswerable.tsv") for row in table(name)}
    assert len(rows) >= 150
    assert 3 * len(held_out) >= len(rows)
    assert {command_of(command).slug for _, command in rows} >= {q.slug for q in catalogue()}


@pytest.mark.parametrize("asked", ["", "   ", "??", "\u200b", "長" * (LONGEST + 1), "SCC\ud800のメンバー"])
def test_what_is_no_question_is_refused(engine, asked):
    with pytest.raises(QueryError):
        understand(engine, asked)


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * WHERE { ?s ?p ?o }",
        'SCC" } ; DROP ALL #',
        "<b>SCC</b>",
        "SCCのメンバー; rm -rf /",
        "[link](http://example.org) について",
        "\u202eSCC\u202c DELETE WHERE { ?s ?p ?o }",
        "SCC\nSDC\tEDD",
        "の" * LONGEST,
        "SCC" * 90,
    ],
)
def test_hostile_text_is_never_answered(no_model, engine, asked):
    assert not isinstance(understand(engine, asked), Understood)


@given(st.text(alphabet=st.sampled_from(list("SCEDはがのをに1985年い つ設立?\"'{}<>\\&+プラス2会合 members")), max_size=40))
def test_any_text_is_understood_or_not_but_breaks_nothing(store, text):
    found = None
    with pytest.MonkeyPatch.context() as patched, suppress(QueryError, ModelWantedError):
        patched.setattr(extract.asked, "_model", no_model_here)
        found = understand(Embedded(store), text)
    assert found is None or isinstance(found, Understood | Unsure)


def test_last_year_is_counted_from_as_of_alone(engine):
    assert not isinstance(understand(engine, "昨年の出来事"), Understood)
    found = understand(engine, "昨年の出来事", {"as-of": "2024-05"})
    assert isinstance(found, Understood)
    assert dict(found.command.parameters) == {"year": "2023", "as-of": "2024-05"}


def test_a_name_of_several_lists_all_of_them(engine):
    found = understand(engine, "調整メカニズムの下部組織は?")
    assert not isinstance(found, Understood)
    assert {dict(c.parameters)["entity"] for c in found.offers} == {"同盟調整メカニズム", "日米間の調整メカニズム"}


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ("DIKASは何に代わったのか", "succession-chain entity=DICAS"),
        ("日米拡大抑止会議はいつ設立された", "evidence-for entity=EDD property=establishedOn"),
        ("What replaced the Systems & Technologies Forum?", "succession-chain entity=S&TF"),
    ],
)
def test_a_name_that_is_not_known_is_offered_as_one_near_it(no_model, engine, asked, command):
    assert verdict(engine, asked, command) == "offered"


def test_ask_says_how_it_understood_and_answers(graph, capsys):
    assert run(["ask", "EDDはいつ設立された", "--graph", graph, "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert "2010" in out
    assert f"alliancekg ask evidence-for entity=日米拡大抑止協議 property=establishedOn --graph {graph}" in err


def test_ask_offers_what_comes_nearest(graph, capsys):
    assert run(["ask", "EDDの予算はいくら", "--graph", graph]) == 1
    out, err = capsys.readouterr()
    assert "「予算」" in err
    assert 1 <= len(out.splitlines()) <= 3
    assert all(line.startswith("alliancekg ask ") for line in out.splitlines())


def test_a_copied_command_gives_the_same_answer(graph, capsys):
    assert (
        run(["ask", "What replaced the Systems and Technology Forum?", "--graph", graph, "--lang", "en", "--format", "json"])
        == 0
    )
    out, err = capsys.readouterr()
    copied = shlex.split(err.splitlines()[0].partition(": ")[2])
    assert copied[:2] == ["alliancekg", "ask"]
    assert run([*copied[1:], "--format", "json"]) == 0
    assert capsys.readouterr().out == out


@pytest.mark.parametrize("slug", ["menbers-at", "SCC", "profil"])
def test_what_looks_like_a_slug_is_one(graph, capsys, slug):
    assert run(["ask", slug, "--graph", graph]) == 2
    assert "unknown question" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "長" * 400, "???"])
def test_ask_refuses_what_is_no_question(graph, capsys, text):
    assert run(["ask", text, "--graph", graph]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_an_endpoint_is_asked_the_same(virtuoso, store, capsys):
    transport = Transport(address(virtuoso.update), credentials=Credentials(virtuoso.user, virtuoso.password))
    push(store, Update(transport), into="urn:kg")
    for asked, command in (
        ("EDDはいつ設立された", "evidence-for entity=EDD property=establishedOn"),
        ("２プラス２の会合", "meetings-of forum=SCC"),
    ):
        assert verdict(Remote(virtuoso.query), asked, command) == "right"
    assert run(["ask", "What replaced the S&TF?", "--endpoint", virtuoso.query, "--format", "csv"]) == 0
    assert "/id/dicas" in capsys.readouterr().out


def test_python_asks_the_same(store):
    kg = KnowledgeGraph(store)
    answer = kg.ask("What replaced the Systems and Technology Forum?", lang="en")
    assert answer.understood == "alliancekg ask succession-chain entity=システム・技術フォーラム"
    assert answer.cells == kg.ask("succession-chain", entity="S&TF", lang="en").cells
    with pytest.raises(akg.UnsureError) as unsure:
        kg.ask("EDDの予算はいくら")
    assert unsure.value.offers


def test_a_slug_loads_nothing_for_plain_words(graph):
    code = (
        "import sys; from alliancekg.cli import run; "
        f"run(['ask', 'conflicts', '--graph', {graph!r}]); "
        "loaded = {'spacy', 'sudachipy', 'ginza', 'queries.plain.rules', 'extract.asked'} & set(sys.modules); assert not loaded, loaded"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.count("AssertionError")) == (0, 0), ended.stderr


def test_plain_words_alone_do_not_load_spacy(graph):
    code = (
        "import sys; from alliancekg.cli import run; "
        f"run(['ask', 'EDDはいつ設立された', '--graph', {graph!r}]); assert 'spacy' not in sys.modules"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.count("AssertionError")) == (0, 0), ended.stderr
