"""Requests of the SPARQL 1.1 Protocol, made by SPARQLWrapper.

Source: SPARQL 1.1 Protocol (W3C 2013): queries via POST with URL-encoded parameters (2.1.2), which reaches every store and
has no limit on the length of a query; updates via POST directly (2.2.2), which is a third as long for Japanese.
"""

from __future__ import annotations

from urllib.request import Request

from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

_AGENT = "alliancekg"


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper told what kind of text it has: it takes the first word that looks like a kind, in a prefix or a name too."""

    def __init__(self, url: str, text: str, kind: str) -> None:
        self._kind = kind
        super().__init__(url, agent=_AGENT)
        self.setQuery(text)
        self.setMethod(POST)
        self.setOnlyConneg(onlyConneg=True)

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002, N802 - the library's name
        return self._kind

    def request(self) -> Request:
        """What the library would send."""
        return self._createRequest()


def query_request(url: str, sparql: str, kind: str) -> Request:
    """Asks a query of a kind: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    wrapper = _Wrapper(url, sparql, kind)
    wrapper.setReturnFormat(TURTLE if kind in {"CONSTRUCT", "DESCRIBE"} else JSON)
    return wrapper.request()


def update_request(url: str, sparql: str) -> Request:
    """Sends an update."""
    wrapper = _Wrapper(url, sparql, "INSERT")
    wrapper.setRequestMethod(POSTDIRECTLY)
    request = wrapper.request()
    request.add_header("Accept", "*/*")  # what a store says to an update is its own affair
    request.full_url = url  # the library appends a question mark, which an address with parameters has already
    return request
