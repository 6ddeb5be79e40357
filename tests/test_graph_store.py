"""The store on disk: after whatever changes it holds what a store made at once would hold."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores_made import IN_MEMORY, content, extractions, made, put

from graph.store.collection import writing

DOCUMENTS = tuple(f"{letter}.txt" for letter in "abcde")


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_after_any_changes_a_store_is_what_one_made_at_once_is(data) -> None:
    there = {}
    with TemporaryDirectory(dir=IN_MEMORY) as directory:
        changed = Path(directory) / "changed"
        for _ in range(data.draw(st.integers(1, 5), label="builds")):
            names = data.draw(st.lists(st.sampled_from(DOCUMENTS), max_size=3, unique=True), label="put")
            removed = (
                data.draw(st.lists(st.sampled_from(sorted(there)), max_size=2, unique=True), label="removed") if there else []
            )
            new = {name: data.draw(extractions(name)) for name in names if name not in removed}
            with writing(changed) as collection:
                put(collection, *new.values(), removed=tuple(removed))
            there = {name: said for name, said in (there | new).items() if name not in removed}
            at_once = made(Path(directory) / f"at-once-{len(list(Path(directory).iterdir()))}", *reversed(there.values()))
            assert content(changed) == content(at_once)
