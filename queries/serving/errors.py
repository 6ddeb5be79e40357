"""What a request is refused for, by its status in HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from queries.errors import QueryError


class RefusedError(QueryError):
    """A request that is not answered as it stands: `status` of HTTP, and headers that go with it."""

    def __init__(
        self, status: int, what: str, *, where: str = "", todo: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(what, where=where, todo=todo)
        self.status = status
        self.headers = dict(headers or {})
