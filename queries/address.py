"""The address of a remote store: an http(s) URL that carries no credentials, since addresses end up in logs and histories."""

from __future__ import annotations

import ipaddress
import string
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from queries.errors import EndpointError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is. `url` is in ASCII; `shown` is for people, without the query string, where some stores want a key."""

    url: str
    scheme: str
    host: str
    port: int
    shown: str

    @property
    def loopback(self) -> bool:
        """Whether what is sent there stays in this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def trusts(self, url: str) -> bool:
        """Whether credentials for this address may go to a URL: the same server, or the same host by https in the place of http."""
        try:
            other = address(url)
        except EndpointError:
            return False
        upgraded = (self.scheme, self.port, other.scheme, other.port) == ("http", 80, "https", 443)
        return self.host == other.host and (upgraded or (self.scheme, self.port) == (other.scheme, other.port))


def address(url: str) -> Address:
    """The address that a URL names; characters outside ASCII are percent-encoded.

    Raises EndpointError where it is no http(s) URL, or holds a user or password.

    >>> address("http://localhost:8890/照会?key=1").shown
    'http://localhost:8890/%E7%85%A7%E4%BC%9A'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        ascii_url = quote(url, safe=string.punctuation)
    except ValueError as error:  # UnicodeError is one
        raise _no_endpoint(url) from error
    if "@" in parts.netloc:
        raise EndpointError(
            "the address holds a user or password, which would end up in histories and logs",
            todo="Take it out, and set ALLIANCEKG_USER and ALLIANCEKG_PASSWORD.",
        )
    if parts.scheme not in _PORTS or not host:
        raise _no_endpoint(url)
    return Address(ascii_url, parts.scheme, host, port or _PORTS[parts.scheme], _shown(urlsplit(ascii_url)))


def _shown(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _no_endpoint(url: str) -> EndpointError:
    named = "this" if "@" in url else repr(url)  # it may hold a password all the same
    return EndpointError(f"{named} is no endpoint", todo="Give an http:// or https:// address.")
