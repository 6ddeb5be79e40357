"""The parts of the endpoint by themselves: rows counted on the way, turns, tokens."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import QueryError
from queries.serving.counting import RowCounter
from queries.serving.errors import RefusedError
from queries.serving.turns import Turns
from queries.tokens import tokens

FORMATS = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV)
HOSTILE = st.text(st.sampled_from('a",{}[]\\\n\r<result>\u2028語')) | st.sampled_from(
    ['},{"', ',{"a":{', "<result>", '"\r\n"', '\\"},{']
)


class Nowhere:
    def write(self, some: bytes) -> int:
        return len(some)

    def flush(self) -> None: ...


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@given(values=st.lists(HOSTILE, max_size=8), cut=st.integers(1, 40), unbound=st.booleans())
def test_rows_are_counted_whatever_stands_in_them(
    form: ox.QueryResultsFormat, values: list[str], cut: int, unbound: bool
) -> None:
    rows = " ".join(f"({ox.Literal(value)})" for value in values) + (" (UNDEF)" if unbound else "")
    written = ox.Store().query(f"SELECT * {{ VALUES (?v) {{ {rows} }} }}").serialize(format=form)
    counter = RowCounter(Nowhere(), form, 1000)
    for start in range(0, len(written), cut):
        counter.write(written[start : start + cut])
    assert counter.rows == len(values) + unbound


def test_too_many_rows_are_refused() -> None:
    counter = RowCounter(Nowhere(), ox.QueryResultsFormat.TSV, 2)
    counter.write(b"?a\n1\n2\n")
    with pytest.raises(RefusedError, match="more than 2 rows"):
        counter.write(b"3\n")


def test_no_client_has_every_place_and_turns_go_round() -> None:
    async def play() -> list[str]:
        turns, order = Turns(2, 10, 5), []

        async def take(client: str) -> None:
            await turns.take(client)
            order.append(client)

        await take("a")
        waiting = [asyncio.create_task(take(client)) for client in "aab"]
        await asyncio.sleep(0)
        assert order == ["a", "b"], "the second place is not for who has the first"
        for client in ("a", "a", "a", "b"):
            turns.give_back(client)
            await asyncio.sleep(0)
        await asyncio.gather(*waiting)
        return order

    assert asyncio.run(play()) == ["a", "b", "a", "a"]


def test_who_waits_too_long_or_behind_too_many_is_refused() -> None:
    async def play() -> None:
        turns = Turns(1, 1, 0.05)
        await turns.take("a")
        late = asyncio.create_task(turns.take("b"))
        await asyncio.sleep(0)
        with pytest.raises(RefusedError) as refused:
            await turns.take("c")
        assert refused.value.status == 503
        with pytest.raises(RefusedError):
            await late
        assert turns.waiting == 0
        turns.give_back("a")
        await turns.take("c")

    asyncio.run(play())


@given(st.text(st.sampled_from("a.:-'\"\\<>#{}\n ?$@%1語")))
def test_tokens_leave_nothing_out(text: str) -> None:
    try:
        found = tokens(text)
    except QueryError:
        assert '"' in text or "'" in text
        return
    left = text
    for token in reversed(found):
        assert text[token.start : token.end] == token.text
        left = left[: token.start] + left[token.end :]
    assert not left.strip() or "#" in left


PIECES = ("a.", "?a", "'''\\", "a-", "<a", ":.", '"a\\', '"a\\"', "'''a", "@a-", "((", "{}", "<a:b", "#", "\\'")


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    with suppress(QueryError):
        tokens(piece * 50_000)
    assert time.process_time() - started < 5, "a look at each character takes a tenth of that"
