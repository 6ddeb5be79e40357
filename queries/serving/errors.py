"""What a request is refused for, by its status in HTTP."""

from __future__ import annotations

from queries.errors import QueryError


class RefusedError(QueryError):
    """A request that is not answered as it stands; `status` is of HTTP."""

    def __init__(self, status: int, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what, where=where, todo=todo)
        self.status = status
