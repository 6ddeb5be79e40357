"""Pictures: what stands in them, that nothing lies on anything else, that no glyph is missing, that bytes do not change."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from datetime import date
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg

from graph.errors import GraphError
from graph.networks.snapshots import scope
from graph.networks.viewing import View
from graph.pictures import fonts, network, succession, timeline
from graph.pictures.chains import chains, links, ranks_of, trimmed
from graph.pictures.fonts import characters, font
from graph.pictures.paper import Key, Picture, legend_height
from graph.pictures.placing import placed
from ontology.terms import AKGID, Property

HOSTILE = '<script>alert("1")</script> $x_1$ \\frac \u202eevil\u200b 𠮷 \U0001f680 & ]]> -- \n\t名'
LONG = (
    "日米防衛産業協力・取得・維持整備定期協議の下に置かれるサプライチェーン強靱化に関する作業部会の準備のための事務レベル会合"
)
TOLD = f"""
    document d 2024
    Forum scc = 日米安全保障協議委員会 | SCC
    Forum old = 旧協議
    Forum new = {LONG}
    Forum later = 後の協議
    Guidelines g = 指針
    Meeting scc/2024 = 会合
    State us = 米国
    d: scc establishedOn 1960
    d: old establishedOn 1980
    d: old endedOn 2004-03/2005-02
    d: new replaces old from=2005-03
    d: later replaces new Planned from=2026
    d: later establishedOn 2026-04 Planned
    d: g adoptedOn 1978-11-27
    d: g adoptedBy scc
    d: scc/2024 meetingOf scc
    d: scc/2024 heldOn 2024-07-28
    d: scc hasMember us
    d: scc counterpartOf old
"""


def view_of(tell, told: str = TOLD, **parameters: object) -> View:
    return View(tell(told), scope(**{"factuality": ["Actual", "Planned"], **parameters}))


def named(thing: str) -> str:
    return {"new": LONG, "us": HOSTILE}.get(thing.removeprefix(AKGID), thing.removeprefix(AKGID))


def drawn(view: View, what: str) -> Picture:
    if what == "timeline":
        return timeline.draw(timeline.rows(view), named, title="年表", kinds=view.kinds, limit=40, lang="ja")
    if what == "succession":
        return succession.draw(chains(links(view)), view, named, title="継承", limit=60, lang="ja")
    found = network.chosen(view, [], network.RELATIONS, depth=2, limit=40)
    return network.draw(found, named, title="関係図", kinds=view.kinds, lang="en")


KINDS = ["timeline", "succession", "network"]


def texts(picture: Picture) -> list[str]:
    return [text.get_text() for text in picture.figure.axes[0].texts if text.get_text()]


def test_rows_of_a_timeline_are_in_the_order_of_their_dates(tell) -> None:
    rows = timeline.rows(view_of(tell))
    assert [(row.thing.removeprefix(AKGID), row.first) for row in rows] == [
        ("scc", date(1960, 1, 1)),
        ("g", date(1978, 11, 27)),
        ("old", date(1980, 1, 1)),
        ("new", date(2005, 3, 1)),
        ("later", date(2026, 1, 1)),
    ]
    assert [(mark.property, mark.days.first, mark.days.last) for mark in rows[0].marks] == [
        ("establishedOn", date(1960, 1, 1), date(1960, 12, 31)),
        ("heldOn", date(2024, 7, 28), date(2024, 7, 28)),  # of its meeting
    ]
    assert [(mark.property, mark.factuality) for mark in rows[-1].marks] == [
        ("establishedOn", "Planned"),
        ("replaces", "Planned"),
    ]


def test_a_timeline_of_one_thing_has_what_is_near_it(tell) -> None:
    assert {row.thing.removeprefix(AKGID) for row in timeline.rows(view_of(tell), [AKGID + "scc"])} == {"scc", "g", "old"}
    assert timeline.rows(view_of(tell, as_of="2023")) == []


def test_a_chain_goes_from_old_to_new(tell) -> None:
    (chain,) = chains(links(view_of(tell)))
    assert chain.columns == ((AKGID + "old",), (AKGID + "new",), (AKGID + "later",))
    assert [(link.dates, link.factuality) for link in chain.links] == [(("2026",), "Planned"), (("2005-03",), "Actual")]
    assert chains(links(view_of(tell)), [AKGID + "scc"]) == []


def test_what_skips_a_step_passes_by_and_a_circle_ends(tell) -> None:
    view = view_of(
        tell,
        """
        document d
        Forum a = 甲
        Forum b = 乙
        Forum c = 丙
        Forum x = 丁
        Forum y = 戊
        d: b replaces a
        d: b renamedFrom a
        d: c replaces b
        d: c replaces a
        d: x replaces y
        d: y replaces x Planned
        """,
    )
    abc, xy = chains(links(view))
    assert [len(column) for column in abc.columns] == [1, 2, 1]
    assert {(link.old[-1] + link.new[-1], link.property) for link in abc.links} == {
        ("ab", Property.RENAMED_FROM),
        ("bc", Property.REPLACES),
        ("ac", Property.REPLACES),
    }
    assert ranks_of(xy) == {AKGID + "x": 0, AKGID + "y": 0}
    assert succession.draw([abc, xy], view, named, title="", limit=60, lang="en").to_svg()


def test_a_chain_that_is_too_long_is_cut(tell) -> None:
    told = "\n".join(
        ["document d", *(f"Forum f{n} = 協議{n}" for n in range(90)), *(f"d: f{n + 1} replaces f{n}" for n in range(89))]
    )
    view = view_of(tell, told)
    found = chains(links(view))
    newest = trimmed(found[0], 3)
    assert [thing.removeprefix(AKGID) for thing in newest.things] == ["f87", "f88", "f89"]
    assert [thing.removeprefix(AKGID) for thing in trimmed(found[0], 3, [AKGID + "f5"]).things] == ["f4", "f5", "f6"]
    picture = succession.draw(found, view, named, title="", limit=80, lang="en")
    assert "80 of 90 shown, the longest chains first" in texts(picture)
    assert picture.to_png().startswith(b"\x89PNG")


def test_what_a_meeting_made_hangs_together_with_its_forum(tell) -> None:
    view = view_of(tell, TOLD + "    d: old establishedBy scc/2024\n")
    ends = {(edge.source, edge.target) for edge in network.chosen(view, [], network.RELATIONS, depth=2, limit=40).edges}
    assert (AKGID + "scc/2024", AKGID + "scc") in ends
    asked = network.chosen(view, [], [Property.ESTABLISHED_BY], depth=2, limit=40)
    assert {edge.property for edge in asked.edges} == {Property.ESTABLISHED_BY}


def test_a_network_takes_the_nearest(tell) -> None:
    view = view_of(tell)

    def things(about: list[str], **how: int) -> set[str]:
        found = network.chosen(view, about, network.RELATIONS, **{"depth": 2, "limit": 40, **how})
        return {thing.removeprefix(AKGID) for thing in found.things}

    assert things([]) == {"scc", "us", "g", "old", "new", "later"}
    assert things([AKGID + "us"]) == {"us", "scc", "g", "old"}
    assert things([AKGID + "us"], depth=1) == {"us", "scc"}
    assert things([AKGID + "us"], limit=1) == {"us"}
    assert network.chosen(view, [], network.RELATIONS, depth=2, limit=2).all == 6
    assert len(network.chosen(view, [], [Property.COUNTERPART_OF], depth=2, limit=9).edges) == 1


def test_pictures_are_the_same_in_every_run(tell, tmp_path) -> None:
    view = view_of(tell)
    view.store.dump(str(tmp_path / "g.nq"))
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_graph_pictures import *\n"
        "from pyoxigraph import Store\n"
        f"s = Store(); s.load(path={str(tmp_path / 'g.nq')!r})\n"
        "sys.stdout.buffer.write(all_bytes(View(s, scope(['Actual', 'Planned']))))"
    )
    given = {**os.environ, "PYTHONHASHSEED": "1"}
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=given).stdout
    assert other == all_bytes(view) == all_bytes(view)


def all_bytes(view: View) -> bytes:
    return b"".join(picture.to_svg() + picture.to_png() for picture in (drawn(view, what) for what in KINDS))


@pytest.mark.parametrize("what", KINDS)
def test_no_text_is_outside_or_on_another(tell, what) -> None:
    figure = drawn(view_of(tell), what).figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [
        (text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in figure.axes[0].texts if text.get_text()
    ]
    for words, box in boxes:
        assert box.x0 >= 0 <= box.y0, words
        assert box.x1 <= figure.bbox.x1, words
        assert box.y1 <= figure.bbox.y1, words
    for (one, box), (other, beside) in combinations(boxes, 2):
        assert min(box.x1, beside.x1) - max(box.x0, beside.x0) <= 1 or min(box.y1, beside.y1) - max(box.y0, beside.y0) <= 1, (
            one,
            other,
        )


@pytest.mark.parametrize("what", KINDS)
def test_what_is_planned_is_dashed_and_said_to_be(tell, what) -> None:
    planned = {"timeline": "予定", "succession": "予定", "network": "planned"}[what]
    assert any(planned in text for text in texts(drawn(view_of(tell), what)))
    assert not any(planned in text for text in texts(drawn(view_of(tell, factuality="Actual"), what)))
    assert any(row[4] == planned for row in drawn(view_of(tell), what).rows)


@pytest.mark.parametrize("what", KINDS)
def test_an_empty_graph_says_so(tell, what) -> None:
    picture = drawn(view_of(tell, "document d"), what)
    assert len(texts(picture)) == 2
    assert picture.rows == ()


@pytest.mark.parametrize("what", KINDS)
def test_files_are_whole(tell, what, tmp_path) -> None:
    picture = drawn(view_of(tell), what)
    for suffix in ("svg", "png", "html"):
        picture.save(tmp_path / f"p.{suffix}")
    assert etree.fromstring((tmp_path / "p.svg").read_bytes()).tag.endswith("svg")
    assert b"<text" not in (tmp_path / "p.svg").read_bytes()  # outlines, which need no font
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("<tr>") == 1 + len(picture.rows)
    assert not re.search(r'(src|href)="(?!data:)', page)


@pytest.mark.parametrize("name", ["p.pdf", "p", "nowhere/p.svg"])
def test_what_cannot_be_written_is_said(tell, tmp_path, name) -> None:
    with pytest.raises(GraphError, match="p"):
        drawn(view_of(tell), "succession").save(tmp_path / name)


def test_a_hostile_name_is_drawn_as_it_is(tell) -> None:
    picture = drawn(view_of(tell), "network")
    shown = "".join(texts(picture)).replace("\n", "")
    assert "$x_1$" in shown
    assert "\u202e" not in shown
    assert b"<script" not in picture.to_svg()
    assert "&lt;script&gt;" in picture._repr_html_()


def test_characters_that_no_font_has_become_a_geta() -> None:
    assert font().fit("防衛\U0001f9ff\U000e0041省\x00") == "防衛〓〓省〓"
    assert font().fit(" a\u200b\n b\u202e") == "a b"


@given(st.text(max_size=60), st.floats(0.3, 4))
@settings(deadline=None)
def test_lines_fit_and_hold_only_what_the_fonts_have(text: str, width: float) -> None:
    lines = font().wrap(text, 9, width, 3).split("\n")
    assert len(lines) <= 3
    assert all(any(ord(c) in characters(face) for face in font().faces) for line in lines for c in line)
    # What begins no line may hang over.
    assert all(font().width(line.rstrip(fonts._NOT_BEFORE), 9) <= width + 1e-6 for line in lines)


def test_the_width_of_a_line_is_what_matplotlib_draws() -> None:
    from matplotlib.textpath import TextPath

    from graph.pictures.paper import drawing

    with drawing(), warnings.catch_warnings():
        warnings.simplefilter("error")
        box = TextPath((0, 0), "日米防衛協力小委員会 (SDC)", size=9).get_extents()
    assert font().width("日米防衛協力小委員会 (SDC)", 9) * 72 == pytest.approx(box.x1, rel=0.02)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=25), st.floats(0.3, 1.6))
@settings(deadline=None, max_examples=30)
def test_no_box_lies_on_another(pairs: list[tuple[int, int]], wide: float) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"n{number}" for pair in pairs for number in pair)
    graph.add_edges_from((f"n{one}", f"n{other}") for one, other in pairs if one != other)
    sizes = {name: (wide, 0.3 + 0.05 * len(name)) for name in graph}
    places, (width, height) = placed(graph, sizes, 9) if len(graph) else ({}, (0, 0))
    assert set(places) == set(graph)
    for name, (x, y) in places.items():
        assert -1e-2 <= x - sizes[name][0] / 2 <= x + sizes[name][0] / 2 <= width + 1e-2
        assert -1e-2 <= y - sizes[name][1] / 2 <= y + sizes[name][1] / 2 <= height + 1e-2
    for one, other in combinations(places, 2):
        assert any(
            abs(places[one][axis] - places[other][axis]) >= (sizes[one][axis] + sizes[other][axis]) / 2 - 1e-2
            for axis in (0, 1)
        )


def test_legends_break_into_rows() -> None:
    keys = [Key("カウンターパート", "#000000")] * 9
    assert legend_height(keys, 100) < legend_height(keys, 3) < legend_height(keys, 1)


def test_without_a_japanese_font_one_is_named(monkeypatch) -> None:
    from matplotlib import font_manager

    font.cache_clear()
    monkeypatch.setattr(fonts, "_packaged", lambda: None)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    with pytest.raises(GraphError, match="pip install matplotlib-fontja"):
        font()


def test_a_font_of_the_system_is_found(monkeypatch, tmp_path) -> None:
    from matplotlib import font_manager

    packaged = fonts._packaged()
    font.cache_clear()
    monkeypatch.setattr(fonts, "_packaged", lambda: None)
    latin = font_manager.FontEntry(fname=font_manager.findfont("DejaVu Sans"), name="Meiryo")  # by name alone
    japanese = font_manager.FontEntry(fname=str(packaged), name="IPAexGothic")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [latin, japanese])
    try:
        assert font().families == ("IPAexGothic", "DejaVu Sans")
    finally:
        font.cache_clear()


def test_without_matplotlib_the_extra_is_named(monkeypatch) -> None:
    font.cache_clear()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(GraphError, match=r"alliancekg\[notebook\]"):
        font()
