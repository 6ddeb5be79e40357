"""Whose turn it is: a bounded queue in which every client gets the same share, however much it asks at once."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque

from queries.serving.errors import RefusedError


class Turns:
    """So many places, taken by `take` and given back by `give_back`.

    Where there is more than one place, no client holds all of them; of the clients that wait, the one goes next that has waited
    longest since its last turn.
    """

    def __init__(self, places: int, waiting: int, patience: float) -> None:
        self._free, self._most_waiting, self._patience = places, waiting, patience
        self._share = max(places - 1, 1)
        self._held: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    async def take(self, client: str) -> None:
        """Wait for a place. Raises RefusedError (503) where too many wait already, or it takes too long."""
        if self._may(client) and not self._waiting.get(client):
            self._hold(client)
            return
        if self.waiting >= self._most_waiting:
            raise _busy()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn), self._patience)
        except TimeoutError:
            self._leave(client, turn)
            raise _busy() from None
        except asyncio.CancelledError:
            self._leave(client, turn)
            raise

    def give_back(self, client: str) -> None:
        """Free a place, which goes to whoever is next."""
        self._free += 1
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self._next()

    def _may(self, client: str) -> bool:
        return self._free > 0 and self._held[client] < self._share

    def _hold(self, client: str) -> None:
        self._free -= 1
        self._held[client] += 1

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        if turn.done():  # the turn came at the very moment
            self.give_back(client)
            return
        self._waiting[client].remove(turn)
        if not self._waiting[client]:
            del self._waiting[client]

    def _next(self) -> None:
        for client in list(self._waiting):
            if self._may(client):
                turn = self._waiting[client].popleft()
                if self._waiting[client]:
                    self._waiting.move_to_end(client)
                else:
                    del self._waiting[client]
                self._hold(client)
                turn.set_result(None)


def _busy() -> RefusedError:
    return RefusedError(503, "the server has too much to do", todo="Try again in a moment.")
