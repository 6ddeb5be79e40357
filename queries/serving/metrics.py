"""Figures for Prometheus. Source: Prometheus exposition formats, text format 0.0.4."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from queries.serving.pool import Pool


class Metrics:
    """How many requests were answered, by method and status, and how long they took together."""

    def __init__(self) -> None:
        self.answered: Counter[tuple[str, int]] = Counter()
        self.seconds = 0.0

    def note(self, method: str, status: int, seconds: float) -> None:
        known = method if method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} else "other"
        self.answered[known, status] += 1
        self.seconds += seconds

    def response(self, pool: Pool) -> Response:
        """All figures."""
        lines = ["# TYPE alliancekg_requests_total counter"]
        lines += [
            f'alliancekg_requests_total{{method="{method}",status="{status}"}} {count}'
            for (method, status), count in sorted(self.answered.items())
        ]
        lines += ["# TYPE alliancekg_request_seconds_total counter", f"alliancekg_request_seconds_total {self.seconds:.6f}"]
        lines += ["# TYPE alliancekg_queries_waiting gauge", f"alliancekg_queries_waiting {pool.turns.waiting}"]
        lines += ["# TYPE alliancekg_workers_replaced_total counter", f"alliancekg_workers_replaced_total {pool.replaced}"]
        return Response("\n".join(lines) + "\n", headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
