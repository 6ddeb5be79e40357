"""Requests to a remote store, and what comes back: again where that may help, never more than was bargained for.

Sources: RFC 9110, sections 10.2.3 (Retry-After) and 15 (status codes); RFC 6585 (429).
"""

from __future__ import annotations

import copy
import email.utils
import http.client
import logging
import re
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from urllib.parse import urlsplit
from urllib.request import BaseHandler, Request, build_opener

from queries.address import Address
from queries.authentication import Authentication, Redirection
from queries.credentials import BEARER, PASSWORD, USER, Credentials
from queries.errors import EndpointError

_log = logging.getLogger(__name__)

MB = 1_000_000
MAX_ANSWER = 100 * MB  # bytes
_PASSING = frozenset({429, 502, 503, 504})
_CHUNK = 65_536
_REASON = 200  # characters of what a store says
_MARKUP = re.compile(r"<head>.*?</head>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_WHOLE = 10  # how many times the wait for one part a whole answer may take


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to try, and how long to wait in between: `first` seconds, then twice as long each time, `longest` at most.

    A store that asks for more time than `longest` (Retry-After) is left alone.
    """

    tries: int = 4
    first: float = 0.5
    longest: float = 30.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Received:
    """What a store answered. `headers` know their names in any case."""

    body: bytes
    headers: Message


class _Passing(Exception):  # noqa: N818 - never leaves this module
    """A failure that may pass. `after` is how long the store asks to wait, in seconds."""

    def __init__(self, error: EndpointError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


class Transport:
    """The way to one address. `timeout` is in seconds, for the connection and for each part of an answer; `limit` in bytes."""

    def __init__(
        self,
        to: Address,
        *,
        credentials: Credentials | None = None,
        timeout: int = 60,
        limit: int = MAX_ANSWER,
        patience: Patience | None = None,
    ) -> None:
        self.address, self._credentials, self._timeout, self._limit = to, credentials, timeout, limit
        self._patience = patience or Patience()
        handlers: list[BaseHandler] = [Redirection()]
        if credentials:
            handlers.append(Authentication(credentials, to))
        self._opener = build_opener(*handlers)
        self._reached = False  # a server that is not there may be back soon, if it ever was

    def send(self, request: Request, what: str) -> Received:
        """The answer to a request, which must mean the same when it is sent twice. `what` is its name for people.

        Raises EndpointError where there is no answer, an error, or too much.
        """
        waited = 0.0
        for left in reversed(range(self._patience.tries)):
            try:
                received = self._once(request, what)
            except _Passing as passing:
                waited = self._wait(passing, left, waited)
            else:
                self._reached = True
                return received
        raise AssertionError  # the last try returns or raises

    def _wait(self, passing: _Passing, left: int, waited: float) -> float:
        """How long it waited. Raises the error where no tries are left, or the store wants more time than there is."""
        patience = self._patience
        pause = min(max(patience.first, 2 * waited), patience.longest)
        if passing.after is not None:
            if passing.after > patience.longest:
                raise EndpointError(
                    f"{passing.error.what}, and asks to be left alone for {passing.after:.0f} seconds",
                    where=passing.error.where,
                    todo="Try again then.",
                    status=passing.error.status,
                ) from passing.error.__cause__
            pause = max(pause, passing.after)
        if not left:
            raise passing.error
        _log.info("%s; trying again in %.1f seconds", passing.error, pause)
        patience.sleep(pause)
        return pause

    def _once(self, request: Request, what: str) -> Received:
        try:
            # A copy, for each try may answer a challenge.
            with self._opener.open(copy.copy(request), timeout=self._timeout) as response:
                return Received(self._read(response), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error, what) from error
        except (OSError, http.client.HTTPException) as error:
            raise self._unreached(error) from error

    def _read(self, response: HTTPResponse) -> bytes:
        end = time.monotonic() + _WHOLE * self._timeout
        parts, size = [], 0
        while part := response.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self._limit:
                raise self._error(
                    f"the answer is larger than {self._limit / MB:g} MB", "Ask for less, or allow more with --max-answer."
                )
            if time.monotonic() > end:
                raise TimeoutError
        if response.length:  # of what was promised, this much did not come
            raise http.client.IncompleteRead(b"", response.length)
        return b"".join(parts)

    def _error(self, what: str, todo: str = "", status: int = 0) -> EndpointError:
        return EndpointError(self._shown(what), where=self.address.shown, todo=todo, status=status)

    def _refused(self, error: urllib.error.HTTPError, what: str) -> Exception:
        """What a status code of failure means."""
        answered = f"the endpoint answered {error.code} {error.reason}"
        if error.code in _PASSING:
            return _Passing(self._error(answered, "Try again later.", error.code), _seconds(error.headers.get("Retry-After")))
        moved_to = urlsplit(error.url).hostname or ""
        if error.code == 401 and self._credentials is not None and not self.address.trusts(error.url):
            return self._error(f"it sent us on to {moved_to}, to which credentials for it do not go", "Give that address.", 401)
        said = self._said(error)
        told = {
            401: ("the endpoint does not take these credentials", f"Look at {USER}, {PASSWORD} and {BEARER}.")
            if self._credentials
            else ("the endpoint asks for credentials", f"Set {USER} and {PASSWORD}, or {BEARER}."),
            403: (f"the endpoint forbids the {what}{said}", "Do these credentials have the right to it?"),
            404: (f"there is no endpoint at this address, or no such graph{said}", "Look at the address."),
            413: (f"the {what} is too large for the endpoint", "Send less at a time: `push` has --batch-size."),
        }.get(error.code)
        if told is None:
            told = (f"the endpoint refused the {what}{said}" if error.code in {400, 500} else answered, "")
        return self._error(*told, error.code)

    def _unreached(self, error: OSError | http.client.HTTPException) -> Exception:
        """What it means that there is no whole answer."""
        cause = getattr(error, "reason", error)
        if isinstance(cause, TimeoutError):
            return self._error(
                f"no answer within {self._timeout} seconds",
                "Ask for less or send less at a time, or wait longer with --timeout.",
            )
        failed = self._error(f"cannot reach the endpoint: {cause}", "Is it running?")
        if isinstance(cause, ConnectionRefusedError):
            return _Passing(failed) if self._reached else failed
        if isinstance(cause, ConnectionError | http.client.IncompleteRead):
            return _Passing(
                self._error("the connection was dropped", "Is the request or the answer too large for the endpoint?")
            )
        return failed

    def _shown(self, text: str) -> str:
        """On one line, without secrets and without characters that move a cursor."""
        return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in self._redacted(text))

    def _redacted(self, text: str) -> str:
        return self._credentials.redact(text) if self._credentials else text

    def _said(self, error: urllib.error.HTTPError) -> str:
        """What the server said, as the end of a sentence."""
        try:
            body = error.read(_CHUNK)
        except (OSError, http.client.HTTPException):
            return ""
        told = self._redacted(body.decode("utf-8", "replace"))  # before it is cut, lest a part of a secret stay
        if error.headers.get_content_type() == "text/html" or told.lstrip().startswith("<"):
            told = _MARKUP.sub(" ", told)
        text = " ".join(told.split()) or str(error.reason)
        return f": {text}" if len(text) <= _REASON else f": {text[: _REASON - 1]}…"


def _seconds(after: str | None) -> float | None:
    """What a Retry-After means from now: seconds, or a date; None where it is neither.

    >>> _seconds("120"), _seconds("Sat, 01 Jan 2000 00:00:00 GMT"), _seconds("soon")
    (120.0, 0.0, None)
    """
    if after is None:
        return None
    if after.strip().isdecimal():
        return float(after)
    try:
        at = email.utils.parsedate_to_datetime(after)
    except ValueError:
        return None
    return max(0.0, at.timestamp() - time.time())
