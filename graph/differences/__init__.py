"""What changed from one graph to another: what documents say, not how and when they were read.

`snapshot` reads a graph as values, `moves` tells which things only go by another IRI, `pairing` which claims are the
same one changed, and `comparing` puts these together; `wording`, `lines` and `tables` tell the result. `patch` has every triple.
"""

from graph.differences.comparing import Changed, Changes, Difference, compare
from graph.differences.lines import Line, lines, summary
from graph.differences.patch import Patch, patch
from graph.differences.tables import to_csv, to_json

__all__ = ["Changed", "Changes", "Difference", "Line", "Patch", "compare", "lines", "patch", "summary", "to_csv", "to_json"]
