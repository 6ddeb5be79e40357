"""Documents about alliances in, a graph of what they say out, questions answered with the words that say so.

    import alliancekg as akg

    graph = akg.build(["examples"])
    graph.ask("which-forum-replaced-which")
    graph.query("SELECT ?forum WHERE { ?forum a akg:Forum }")

Nothing is loaded before it is used: importing this package imports no language model and no RDF library.

    AllianceKGError
    ├── DataFileError
    ├── DocumentError
    ├── GraphError
    └── QueryError
        └── UnsureError
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliancekg.building import build
    from alliancekg.evaluating import evaluate
    from alliancekg.knowledge_graph import KnowledgeGraph
    from alliancekg.knowledge_graph import open_graph as open  # noqa: A004 - akg.open reads as the contract has it
    from alliancekg.plain import UnsureError
    from extract.documents import LoadOptions
    from extract.errors import DocumentError
    from extract.formats.limits import Limits
    from graph.errors import GraphError
    from ontology.errors import AllianceKGError, DataFileError
    from queries.answers import Answer
    from queries.errors import QueryError

__version__ = "0.1.0"

_WHERE = {
    "AllianceKGError": ("ontology.errors", "AllianceKGError"),
    "Answer": ("queries.answers", "Answer"),
    "DataFileError": ("ontology.errors", "DataFileError"),
    "DocumentError": ("extract.errors", "DocumentError"),
    "GraphError": ("graph.errors", "GraphError"),
    "KnowledgeGraph": ("alliancekg.knowledge_graph", "KnowledgeGraph"),
    "Limits": ("extract.formats.limits", "Limits"),
    "LoadOptions": ("extract.documents", "LoadOptions"),
    "QueryError": ("queries.errors", "QueryError"),
    "UnsureError": ("alliancekg.plain", "UnsureError"),
    "build": ("alliancekg.building", "build"),
    "evaluate": ("alliancekg.evaluating", "evaluate"),
    "open": ("alliancekg.knowledge_graph", "open_graph"),
}

__all__ = [
    "AllianceKGError",
    "Answer",
    "DataFileError",
    "DocumentError",
    "GraphError",
    "KnowledgeGraph",
    "Limits",
    "LoadOptions",
    "QueryError",
    "UnsureError",
    "__version__",
    "build",
    "evaluate",
    "open",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: whatever the name stands for
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from alliancekg.rooms import check  # noqa: PLC0415 - the rooms are looked at when they are first needed

    check()
    module, attribute = _WHERE[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
