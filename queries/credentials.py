"""Who asks a remote store: credentials from the environment, which no command line, log or error message ever shows."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from queries.address import Address
from queries.errors import EndpointError

USER, PASSWORD, BEARER = "ALLIANCEKG_USER", "ALLIANCEKG_PASSWORD", "ALLIANCEKG_BEARER"
_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]+=*")  # RFC 6750, section 2.1


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password (HTTP Basic and Digest, as the store asks), or a bearer token (RFC 6750)."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    bearer: str = field(default="", repr=False)

    @property
    def basic(self) -> str:
        """Both as HTTP Basic has them (RFC 7617), in UTF-8."""
        return base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")

    def redact(self, text: str) -> str:
        """The text without what is secret, plain or escaped: a server may send back what it was sent."""
        secrets = (self.password, self.bearer, self.basic if self.user else "")
        for secret in filter(None, secrets):
            for form in (secret, html.escape(secret), json.dumps(secret)[1:-1], quote(secret), quote_plus(secret)):
                text = text.replace(form, "…")
        return text


def from_environment(environment: Mapping[str, str]) -> Credentials | None:
    """What the environment holds, None where it holds nothing; an empty variable is none.

    Raises EndpointError where it is half, double, or cannot be sent.
    """
    user, password, bearer = (environment.get(name, "") for name in (USER, PASSWORD, BEARER))
    if bearer and (user or password):
        raise EndpointError(f"{BEARER} and {USER} are both set", todo="Unset those that are not for this store.")
    if bearer:
        if not _TOKEN.fullmatch(bearer):
            raise EndpointError(f"{BEARER} holds characters that no token has", todo="Is there a line end in it?")
        return Credentials(bearer=bearer)
    if not user and not password:
        return None
    if not user or not password:
        raise EndpointError(f"of {USER} and {PASSWORD} only one is set", todo="Set both.")
    if not f"{user}{password}".isprintable() or ":" in user:
        raise EndpointError(f"{USER} or {PASSWORD} holds characters that cannot be sent", todo="Is there a line end in it?")
    return Credentials(user, password)


def exposed(credentials: Credentials | None, to: Address) -> str:
    """The warning where credentials would go through a network in the clear, else empty."""
    if credentials is None or to.scheme == "https" or to.loopback:
        return ""
    return f"{to.shown} is plain http: whoever is on the way can read the credentials. Take https where there is one."
