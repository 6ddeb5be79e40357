"""A graph against gold: what `alliancekg evaluate` and `akg.evaluate` share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alliancekg.knowledge_graph import KnowledgeGraph
from graph.evaluation.gold import read as read_gold
from graph.evaluation.report import Evaluation
from graph.evaluation.scoring import evaluate as score
from graph.files import read


def evaluate(graph: KnowledgeGraph | str | Path, gold: str | Path | Iterable[str | Path], *, whole: bool = False) -> Evaluation:
    """Precision, recall and F1 of a graph (in hand, or a file) against gold files.

    The gold X.jsonl is compared with what the graph has from the document X, or with all of it where `whole` is set
    or no document is called so. Raises GraphError where the graph cannot be read, and GoldError, a GraphError
    that names file and line, where the gold is not as it must be.
    """
    golds = read_gold([Path(gold)] if isinstance(gold, str | Path) else map(Path, gold))
    store = graph.store if isinstance(graph, KnowledgeGraph) else read(Path(graph))
    return score(store, golds, whole=whole)
