"""Other servers on behalf of queries: those alone that whoever runs this one has named, at addresses that may be reached.

A name is resolved once and that address is connected to, so that it cannot lead elsewhere a moment later. Sources: OWASP, Server-Side
Request Forgery Prevention; RFC 6890 (special-purpose addresses), RFC 6052 (IPv4 within IPv6).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from queries.serving.errors import RefusedError
from queries.serving.worker import Failed, Fetched, Wanted

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REPEATED = frozenset({307, 308})
_MOST_REDIRECTS = 3
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reach:
    """Who may be asked: hosts, with a port where it is not that of the scheme. An answer has so many bytes and seconds at most.

    An address that is not of the public internet has to be named itself: as an address, or as `localhost`.
    """

    hosts: frozenset[str] = frozenset()
    most: int = 16_000_000
    seconds: float = 30

    def answer(self, wanted: Wanted) -> Fetched | Failed:
        """What the other server says."""
        try:
            return self.fetch(wanted)
        except RefusedError as error:
            return Failed(error.status, error.what, error.where, error.todo)

    def fetch(self, wanted: Wanted) -> Fetched:
        """What the other server says. Raises RefusedError: 403 where it may not be asked, 502 where it has no answer."""
        until, url = time.monotonic() + self.seconds, self._permitted(wanted.url)
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                status, headers, body = self._exchange(url, wanted, until)
            except (OSError, http.client.HTTPException, UnicodeError) as error:
                raise RefusedError(502, f"{url.hostname} cannot be reached: {' '.join(str(error).split())[:200]}") from error
            if status == 200:
                return Fetched(headers.get_content_type(), body)
            if status not in _REPEATED and (wanted.query or status not in {301, 302, 303}):
                raise RefusedError(502, f"{url.hostname} answered {status}")
            onward = urlsplit(urljoin(url.geturl(), headers.get("Location", "")))
            if onward[:2] != url[:2]:
                raise RefusedError(502, f"{url.hostname} sends on to another server, which was not asked for")
            url = onward
        raise RefusedError(502, f"{url.hostname} sends on and on")

    def _permitted(self, text: str) -> SplitResult:
        try:
            url = urlsplit(text)
            port = url.port or _PORTS.get(url.scheme, 0)
        except ValueError as error:
            raise RefusedError(400, "this is no address of a server", where=text[:200]) from error
        host = f"[{url.hostname}]" if url.hostname and ":" in url.hostname else url.hostname
        named = f"{host}:{port}" in self.hosts or (host in self.hosts and port == _PORTS.get(url.scheme))
        if url.scheme not in _PORTS or not named or "@" in url.netloc:
            raise RefusedError(
                403,
                "this server may not be asked (SERVICE, LOAD)",
                where=f"{url.scheme}://{host}",
                todo="Ask it yourself, or have this one started with --allow-service.",
            )
        return url

    def _exchange(self, url: SplitResult, wanted: Wanted, until: float) -> tuple[int, http.client.HTTPMessage, bytes]:
        with self._connected(url) as sock:
            sock.settimeout(max(until - time.monotonic(), 0.001))
            kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
            connection = kind(url.hostname or "", url.port or _PORTS[url.scheme])
            connection.sock = sock
            headers = {"Accept": wanted.accept, "Accept-Encoding": "identity", "User-Agent": "alliancekg"}
            path, body = url._replace(scheme="", netloc="", fragment="").geturl() or "/", None
            if wanted.query:
                body, headers["Content-Type"] = urlencode({"query": wanted.query}), "application/x-www-form-urlencoded"
            connection.request("POST" if body else "GET", path, body, headers)
            response = connection.getresponse()
            if response.status == 200 and response.headers.get("Content-Encoding", "identity") != "identity":
                raise http.client.HTTPException("the answer is compressed")
            return response.status, response.headers, self._read(response, sock, until)

    def _read(self, response: http.client.HTTPResponse, sock: socket.socket, until: float) -> bytes:
        found = bytearray()
        while piece := response.read1(_PIECE):
            found += piece
            if len(found) > self.most:
                raise http.client.HTTPException(f"the answer has more than {self.most:,} bytes")
            if (left := until - time.monotonic()) <= 0:
                raise TimeoutError("the answer takes too long")
            sock.settimeout(left)
        return bytes(found)

    def _connected(self, url: SplitResult) -> socket.socket:
        host, port = url.hostname or "", url.port or _PORTS[url.scheme]
        found = [address[4][0] for address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        reached = [address for address in map(str, found) if self._may_reach(address, host)]
        if not reached:
            raise RefusedError(403, "this name leads to an address that is not of the public internet", where=host,
                               todo="Where that is meant, have the address itself named by --allow-service.")  # fmt: skip
        sock = socket.create_connection((reached[0], port), timeout=self.seconds)
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host) if url.scheme == "https" else sock

    def _may_reach(self, address: str, host: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        named = (str(ip), f"[{ip}]", *(["localhost"] if ip.is_loopback and host == "localhost" else []))
        return is_public(ip) or any(one == name or one.startswith(f"{name}:") for one in self.hosts for name in named)


def is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the public internet, and so is the one that it stands for.

    >>> [is_public(ipaddress.ip_address(one)) for one in ("8.8.8.8", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    if isinstance(ip, ipaddress.IPv6Address):
        within: Iterable[ipaddress.IPv4Address | None] = (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()))
        embedded = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
        if any(one is not None and not is_public(one) for one in (*within, embedded)):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast
