"""Figures for Prometheus. Source: Prometheus exposition formats, text format 0.0.4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from starlette.responses import Response

from queries.serving.pool import Pool

_BOUNDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30)  # seconds


class Metrics:
    """How many requests were answered, by method and status, and how long they took."""

    def __init__(self) -> None:
        self.answered: Counter[tuple[str, int]] = Counter()
        self._within: Counter[float] = Counter()
        self.seconds = 0.0

    def note(self, method: str, status: int, seconds: float) -> None:
        known = method if method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} else "other"
        self.answered[known, status] += 1
        self._within.update(bound for bound in _BOUNDS if seconds <= bound)
        self.seconds += seconds

    def response(self, pool: Pool) -> Response:
        """All figures."""
        asked = [
            (f'{{method="{method}",status="{status}"}}', count) for (method, status), count in sorted(self.answered.items())
        ]
        total = sum(self.answered.values())
        took: list[tuple[str, float]] = [(f'_bucket{{le="{bound:g}"}}', self._within[bound]) for bound in _BOUNDS]
        took += [('_bucket{le="+Inf"}', total), ("_sum", round(self.seconds, 6)), ("_count", total)]
        lines = [
            *_family("requests_total", "counter", "Requests answered.", asked),
            *_family("request_seconds", "histogram", "Time from a request to the end of its answer.", took),
            *_family("queries_waiting", "gauge", "Queries that wait for their turn.", [("", pool.turns.waiting)]),
            *_family("workers_replaced_total", "counter", "Processes for queries that were replaced.", [("", pool.replaced)]),
        ]
        return Response("\n".join(lines) + "\n", headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def _family(name: str, kind: str, about: str, samples: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP alliancekg_{name} {about}"
    yield f"# TYPE alliancekg_{name} {kind}"
    for rest, value in samples:
        yield f"alliancekg_{name}{rest} {value}"
