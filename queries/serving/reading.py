"""What a request says, read within limits: its body, the parameters of its address, and those of a form."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.media import plain

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Fields:
    """The parameters of an address or a form, decoded once, in their order."""

    pairs: Sequence[tuple[str, str]]

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.pairs if key == name)

    def one(self, name: str) -> str | None:
        """The value of a parameter, None where it is not there. Raises RefusedError where it is there twice."""
        values = self.all(name)
        if len(values) > 1:
            raise RefusedError(400, f"the parameter {name!r} is given {len(values)} times", todo="Give it once.")
        return values[0] if values else None


def fields_of(text: str) -> Fields:
    """The parameters of a query string or form. Raises RefusedError where it is not UTF-8 or too much."""
    try:
        return Fields(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except ValueError as error:  # of which UnicodeDecodeError is one
        raise RefusedError(400, "the parameters are not UTF-8, or too many") from error


def address_fields(request: Request) -> Fields:
    """The parameters in the address of a request."""
    return fields_of(text_of(request.scope["query_string"], {}))


def media_of(request: Request) -> tuple[str, dict[str, str]]:
    """The media type of the body and its parameters. Raises RefusedError where it is missing or encoded in a way not taken here."""
    given = request.headers.get("content-type")
    if given is None:
        raise RefusedError(415, "the request does not say what its body is", todo="Send the header Content-Type.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusedError(415, "compressed bodies are not taken", todo="Send it as it is.")
    return plain(given)


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body of a request. Raises RefusedError where it is too long or takes too long to arrive."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > limits.body:
        raise _too_long(limits)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.patience):
            async for piece in request.stream():
                body += piece
                if len(body) > limits.body:
                    raise _too_long(limits)
    except TimeoutError as error:
        raise RefusedError(408, "the body took too long to arrive") from error
    except ClientDisconnect as error:
        raise RefusedError(400, "the client went away") from error
    return bytes(body)


def text_of(body: bytes, parameters: dict[str, str]) -> str:
    """The body as text, which is UTF-8. Raises RefusedError where it is none."""
    if parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise RefusedError(415, f"the text is in {parameters['charset']}", todo="Send it as UTF-8.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the text is not UTF-8", todo="Send it as UTF-8.") from error


def _too_long(limits: Limits) -> RefusedError:
    return RefusedError(413, f"the body has more than {limits.body:,} bytes", todo="Send less at a time.")
