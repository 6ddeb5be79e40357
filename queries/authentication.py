"""How credentials reach a store, and none but it: handlers for urllib's opener.

urllib's own handlers ask again five times with a wrong password, send every large update twice (the answer to the first
challenge is not kept), know no bearer tokens, and turn a redirected POST into a GET.

Sources: RFC 9110, sections 11 and 15.4; RFC 7617 (Basic), RFC 7616 (Digest), RFC 6750 (Bearer).
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Callable
from email.message import Message
from http.client import HTTPMessage, HTTPResponse
from typing import IO
from urllib.request import (
    AbstractDigestAuthHandler,
    BaseHandler,
    HTTPPasswordMgr,
    HTTPRedirectHandler,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from queries.address import Address
from queries.credentials import Credentials
from queries.errors import EndpointError

_HASHES = {"MD5": hashlib.md5, "SHA": hashlib.sha1, "SHA-256": hashlib.sha256}


class Authentication(BaseHandler):
    """Signs requests to one address: a token at once, a user and password in the way that the store first asked for them.

    The answer to a challenge is kept for the requests that follow, so that each is sent once. Each request answers one challenge.
    """

    def __init__(self, credentials: Credentials, to: Address) -> None:
        self._credentials, self._to = credentials, to
        self._sign: Callable[[Request], str] | None = None
        if credentials.bearer:
            self._sign = lambda _: f"Bearer {credentials.bearer}"
        self._digest = _Digest(credentials)
        self._answered: weakref.WeakSet[Request] = weakref.WeakSet()

    def http_request(self, request: Request) -> Request:
        if self._sign and self._to.trusts(request.full_url):
            request.add_unredirected_header("Authorization", self._sign(request))
        return request

    https_request = http_request

    def http_error_401(
        self, request: Request, response: IO[bytes], _code: int, _message: str, headers: Message
    ) -> HTTPResponse | None:
        """The answer to the same request, signed; None where it was signed before or cannot be."""
        if self._credentials.bearer or request in self._answered or not self._to.trusts(request.full_url):
            return None
        sign = self._answer(headers.get_all("WWW-Authenticate") or [])
        if sign is None:
            return None
        self._sign = sign
        self._answered.add(request)
        response.close()
        assert self.parent is not None
        answer: HTTPResponse = self.parent.open(request, timeout=request.timeout)
        return answer

    def _answer(self, challenges: list[str]) -> Callable[[Request], str] | None:
        """How to sign, by Digest where it is offered."""
        offered = {scheme.lower(): rest for scheme, _, rest in (challenge.strip().partition(" ") for challenge in challenges)}
        if "digest" in offered:
            asked = parse_keqv_list([pair for pair in parse_http_list(offered["digest"]) if "=" in pair])
            if {"realm", "nonce"} <= asked.keys() and asked.get("algorithm", "MD5") in _HASHES:
                return lambda request: self._digest.signature(request, asked)
        return (lambda _: f"Basic {self._credentials.basic}") if "basic" in offered else None


class _Known(HTTPPasswordMgr):
    """The one user, whatever the realm: who may be told of it is settled before."""

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._credentials = credentials

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:  # noqa: ARG002 - urllib passes them
        return self._credentials.user, self._credentials.password


class _Digest(AbstractDigestAuthHandler):
    """urllib's computation of a response, over UTF-8, with SHA-256 besides."""

    def __init__(self, credentials: Credentials) -> None:
        self._user = credentials.user
        super().__init__(_Known(credentials))

    def signature(self, request: Request, challenge: dict[str, str]) -> str:
        if not self._user.isascii() or set(self._user) & set('"\\'):
            raise EndpointError("this user's name cannot be sent by HTTP Digest", todo="Take a user with a plain name.")
        return f"Digest {self.get_authorization(request, challenge)}"

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        def of(text: str) -> str:
            return _HASHES[algorithm](text.encode()).hexdigest()

        return of, lambda secret, data: of(f"{secret}:{data}")


class Redirection(HTTPRedirectHandler):
    """Sends the same request, body and all, to where the store has moved; never from https to http, and nowhere else by 303.

    Credentials stay behind: they are no part of the request, and `Authentication` signs the new one only where it may.
    """

    max_redirections = 5

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> HTTPResponse | None:
        """What the new place answers; None where the store names no address."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except ValueError:
            return None

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],  # noqa: ARG002 - urllib passes it, as the two below
        code: int,
        msg: str,  # noqa: ARG002
        headers: Message,  # noqa: ARG002
        newurl: str,
    ) -> Request | None:
        """The new request, or None where there must be none; the redirect then counts as the answer."""
        schemes = ("https:",) if req.type == "https" else ("http:", "https:")
        if code == 303 or not newurl.lower().startswith(schemes):
            return None
        return Request(newurl, req.data, req.headers, unverifiable=True, method=req.get_method())  # noqa: S310 - see schemes
