"""What a store may do to a request: fail for a while, fail for good, ask who is there, send elsewhere, answer too much."""

from __future__ import annotations

import base64
import email.utils
import hashlib
import html
import itertools
import json
import re
import time
import urllib.parse
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from scripted_server import DROPPED, Asked, Reply, Server, serving

from queries.credentials import Credentials
from queries.errors import EndpointError, QueryError
from queries.remote import Remote
from queries.transport import Patience

QUERY = "SELECT ?o { ?s ?p ?o }"
PASSWORD = "合言葉 x\"'"
USER = Credentials("kg", PASSWORD)


@pytest.fixture
def server() -> Iterator[Server]:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("値")))
    with serving(store) as one:
        yield one


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def ask(server: Server, waits: list[float]) -> Callable[..., list[str]]:
    def asked(query: str = QUERY, **options: object) -> list[str]:
        patience = Patience(tries=4, first=1, longest=5, sleep=waits.append)
        return [row[0].value for row in Remote(server.url, **{"patience": patience, **options}).run(query).rows]

    return asked


PASSING = [
    Reply(429),
    Reply(502),
    Reply(503),
    Reply(504),
    DROPPED,
    Reply(200, {"Content-Type": "application/json"}, b'{"head"', promised=9),
]


@pytest.mark.parametrize("reply", PASSING)
def test_what_may_pass_is_tried_again(server: Server, ask, waits, reply: Reply) -> None:
    server.replies += [reply, reply, reply]
    assert ask() == ["値"]
    assert waits == [1, 2, 4]
    assert len(server.seen) == 4
    assert len({asked.body for asked in server.seen}) == 1


@pytest.mark.parametrize("reply", PASSING)
def test_what_does_not_pass_is_given_up(server: Server, ask, waits, reply: Reply) -> None:
    server.replies += [reply] * 5
    with pytest.raises(EndpointError, match=r"answered (429|502|503|504)|connection was dropped") as refused:
        ask()
    assert len(waits) == 3
    assert server.url in str(refused.value)


def test_a_store_says_how_long_to_wait(server: Server, ask, waits) -> None:
    in_three = email.utils.format_datetime(email.utils.localtime())
    server.replies += [
        Reply(503, {"Retry-After": "3"}),
        Reply(429, {"Retry-After": in_three}),
        Reply(503, {"Retry-After": "soon"}),
    ]
    assert ask() == ["値"]
    assert waits[0] == 3
    assert all(1 <= wait <= 5 for wait in waits)


def test_a_store_that_asks_for_too_much_time_is_left_alone(server: Server, ask, waits) -> None:
    server.replies += [Reply(503, {"Retry-After": "3600"})]
    with pytest.raises(EndpointError, match="left alone for 3600 seconds"):
        ask()
    assert waits == []


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (Reply(400, {}, "構文の\n誤り\x1b[2J".encode()), "refused the query: 構文の 誤り�\\[2J"),
        (Reply(401), "asks for credentials. Set ALLIANCEKG_USER"),
        (Reply(403, {}, b"no"), "forbids the query: no"),
        (
            Reply(404, {"Content-Type": "text/html"}, b"<html><head><title>x</title></head><p>not here"),
            "no such graph: not here",
        ),
        (Reply(413), "too large for the endpoint"),
        (Reply(418), "answered 418"),
        (Reply(500, {}, b"x" * 999), "refused the query: x+…"),
        (Reply(200, {}, b"<html>welcome</html>"), "not what SPARQL 1.1 promises"),
        (Reply(200, {"Content-Type": "application/sparql-results+xml"}, b"{}"), "not what SPARQL 1.1 promises"),
        (Reply(200, {"X-SPARQL-MaxRows": "10"}, b""), "no more than 10 rows"),
        (Reply(303, {"Location": "/other"}), "answered 303"),
        (Reply(307, {"Location": "ftp://h/"}), "answered 307|not allowed"),
        (Reply(307, {"Location": "http://[::1/"}), "answered 307"),
        (Reply(307, {"Location": "http://h:port/"}), "cannot reach the endpoint"),
        (Reply(307, {"Location": "/sparql"}), "redirect"),
    ],
)
def test_what_will_not_pass_is_said_at_once(server: Server, ask, waits, reply: Reply, complaint: str) -> None:
    server.replies += [reply] * 12
    with pytest.raises(QueryError, match=complaint) as refused:
        ask()
    assert waits == []
    assert len(str(refused.value).splitlines()) == 1


def test_no_answer_in_time(server: Server, ask, waits) -> None:
    server.replies += [Reply(after=1.5)]
    with pytest.raises(EndpointError, match="no answer within 1 seconds"):
        ask(timeout=1)
    assert waits == []


def test_no_larger_answer_than_allowed(server: Server, ask) -> None:
    size = len(server._queried(QUERY).body)
    assert ask(limit=size) == ["値"]
    with pytest.raises(EndpointError, match="the answer is larger than"):
        ask(limit=size - 1)


def test_a_server_that_was_there_may_be_back(server: Server, waits) -> None:
    remote = Remote(server.url, patience=Patience(tries=3, first=1, sleep=waits.append))
    with serving() as other:
        gone = Remote(other.url, patience=Patience(tries=3, first=1, sleep=waits.append))
        gone.run("ASK {}")
    remote.run("ASK {}")
    with pytest.raises(EndpointError, match="cannot reach the endpoint"):
        gone.run("ASK {}")
    assert waits == [1, 2]


# --- who asks -----------------------------------------------------------------------------------------------------------


def basic(asked: Asked) -> Reply | None:
    expected = "Basic " + base64.b64encode(f"kg:{PASSWORD}".encode()).decode()
    return None if asked.headers.get("Authorization") == expected else Reply(401, {"WWW-Authenticate": 'Basic realm="x"'})


def digest(algorithm: str = "MD5", nonce: str = "n1") -> Callable[[Asked], Reply | None]:
    """A guard by RFC 7616, computed here independently of the code under test."""
    of = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[algorithm]

    def h(text: str) -> str:
        return of(text.encode()).hexdigest()

    def guard(asked: Asked) -> Reply | None:
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', asked.headers.get("Authorization", "")))
        challenge = f'Digest realm="r", nonce="{nonce}", qop="auth", algorithm={algorithm}, opaque="o"'
        first, second = h(f"kg:r:{PASSWORD}"), h(f"{asked.method}:{asked.path}")
        right = h(f"{first}:{nonce}:{given.get('nc')}:{given.get('cnonce')}:auth:{second}")
        ok = (given.get("response"), given.get("nonce"), given.get("uri")) == (right, nonce, asked.path)
        return None if ok else Reply(401, {"WWW-Authenticate": challenge})

    return guard


@pytest.mark.parametrize("guard", [basic, digest(), digest("SHA-256")])
def test_a_challenge_is_answered_and_the_answer_kept(server: Server, guard) -> None:
    server.guard = guard
    remote = Remote(server.url, credentials=USER)
    for _ in range(3):
        assert remote.run("ASK { ?s ?p ?o }").truth
    assert len(server.seen) == 4  # the first one twice
    with pytest.raises(EndpointError, match="does not take these credentials"):
        Remote(server.url, credentials=Credentials("kg", "wrong")).run("ASK {}")
    assert len(server.seen) == 6  # a wrong password is tried once: some stores lock users out
    with pytest.raises(EndpointError, match="asks for credentials"):
        Remote(server.url).run("ASK {}")


def test_a_new_nonce_is_taken(server: Server) -> None:
    remote = Remote(server.url, credentials=USER)
    for nonce in ("n1", "n2"):
        server.guard = digest(nonce=nonce)
        assert remote.run("ASK { ?s ?p ?o }").truth


def test_a_token_is_sent_at_once(server: Server) -> None:
    server.guard = lambda asked: None if asked.headers.get("Authorization") == "Bearer t.0k" else Reply(401)
    assert Remote(server.url, credentials=Credentials(bearer="t.0k")).run("ASK { ?s ?p ?o }").truth
    assert len(server.seen) == 1
    with pytest.raises(EndpointError, match="does not take these credentials"):
        Remote(server.url, credentials=Credentials(bearer="other")).run("ASK {}")


@pytest.mark.parametrize("challenge", ["Negotiate", "Digest realm=r", 'Digest realm="r", nonce="n", algorithm=MD5-sess', ""])
def test_what_cannot_be_answered_is_not(server: Server, challenge: str) -> None:
    server.guard = lambda _: Reply(401, {"WWW-Authenticate": challenge})
    with pytest.raises(EndpointError, match="does not take these credentials"):
        Remote(server.url, credentials=USER).run("ASK {}")
    assert len(server.seen) == 1


def test_a_name_that_digest_cannot_carry(server: Server) -> None:
    server.guard = digest()
    with pytest.raises(EndpointError, match="cannot be sent by HTTP Digest"):
        Remote(server.url, credentials=Credentials("利用者", "x")).run("ASK {}")


@pytest.mark.parametrize("credentials", [USER, Credentials(bearer="t0k3n")])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_credentials_stay_behind_when_a_store_sends_elsewhere(server: Server, credentials: Credentials, status: int) -> None:
    with serving(server.store) as elsewhere:
        server.guard = lambda asked: (credentials.user and basic(asked)) or Reply(status, {"Location": elsewhere.url})
        assert Remote(server.url, credentials=credentials).run("ASK { ?s ?p ?o }").truth
        assert [asked.method for asked in elsewhere.seen] == ["POST"]
        assert elsewhere.seen[0].body == server.seen[-1].body
        assert "Authorization" not in elsewhere.seen[0].headers
        assert "Authorization" in server.seen[-1].headers

        elsewhere.guard = lambda _: Reply(401, {"WWW-Authenticate": 'Basic realm="fish"'})
        with pytest.raises(EndpointError, match="to which credentials for it do not go"):
            Remote(server.url, credentials=credentials).run("ASK {}")
        assert all("Authorization" not in asked.headers for asked in elsewhere.seen)
        assert len(elsewhere.seen) == 2  # its challenge is nobody's business here


def test_credentials_go_along_within_the_server(server: Server) -> None:
    server.guard = lambda asked: basic(asked) or (Reply(308, {"Location": "/moved"}) if asked.path == "/sparql" else None)
    assert Remote(server.url, credentials=USER).run("ASK { ?s ?p ?o }").truth


def test_every_try_may_answer_a_challenge(server: Server, ask) -> None:
    remote = Remote(server.url, credentials=USER, patience=Patience(tries=3, sleep=lambda _: None))
    nonces = itertools.count()

    def restless(asked: Asked) -> Reply | None:
        """Forgets its nonce whenever it has told it, and is not well the first two times."""
        known = next(nonces) // 2
        return digest(nonce=f"n{known}")(asked) or (Reply(503) if known < 2 else None)

    server.guard = restless
    assert remote.run("ASK { ?s ?p ?o }").truth


@pytest.mark.parametrize("filler", ["", "x" * 180, "<p>" * 9])
@pytest.mark.parametrize("form", [str, html.escape, lambda secret: json.dumps({"said": secret}), urllib.parse.quote])
@pytest.mark.parametrize("credentials", [USER, Credentials(bearer="t0k3n" * 10)])
def test_a_store_that_repeats_what_it_was_sent(server: Server, credentials: Credentials, caplog, form, filler: str) -> None:
    caplog.set_level("DEBUG")
    secrets = [credentials.bearer or credentials.password, credentials.basic]

    def echo(asked: Asked) -> Reply | None:
        if credentials.user and basic(asked):
            return basic(asked)
        return Reply(500, {}, f"{filler}{form(secrets[0])} {asked.headers['Authorization']}".encode())

    server.guard = echo
    with pytest.raises(EndpointError, match="…") as refused:
        Remote(server.url, credentials=credentials).run("ASK {}")
    shown = str(refused.value) + caplog.text
    assert not any(secret[:6] in shown for told in secrets for secret in (told, form(told).strip('{}"')[-len(told) :]))


# --- what is asked --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["prefix insert: <urn:> SELECT ?o { ?s insert:b ?o }", "# DROP ALL\nSELECT ?o { ?s ?p ?o }", "BASE <urn:delete> SELECT ?o { ?s <urn:b> ?o }", "select ?o { ?s ?p ?o }"],
)  # fmt: skip
def test_a_query_that_looks_like_an_update_is_sent_as_a_query(server: Server, ask, query: str) -> None:
    assert ask(query) == ["値"]
    assert server.seen[0].body.startswith(b"query=")


def test_a_query_that_is_no_text_is_not_sent(server: Server, ask) -> None:
    with pytest.raises(QueryError, match="characters that are none"):
        ask('SELECT ?o { ?s ?p "\udcff" }')
    assert server.seen == []


@pytest.mark.parametrize(
    ("reply", "truth"),
    [
        (b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": []}}', False),
        (b'{"head": {"vars": ["r"]}, "results": {"bindings": [{"r": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1"}}]}}', True),
        (b'{"head": {}, "boolean": false}', False),
    ],
)  # fmt: skip
def test_yes_and_no_as_virtuoso_says_them(server: Server, reply: bytes, truth: bool) -> None:
    server.replies += [Reply(200, {"Content-Type": "application/sparql-results+json"}, reply)]
    assert Remote(server.url).run("ASK { ?s ?p ?o }").truth is truth


def test_an_answer_in_another_format_than_asked_for_is_read(server: Server) -> None:
    found = server.store.query(QUERY)
    body = found.serialize(format=ox.QueryResultsFormat.XML)
    server.replies += [Reply(200, {"Content-Type": "application/sparql-results+xml; charset=utf-8"}, body)]
    assert [row[0].value for row in Remote(server.url).run(QUERY).rows] == ["値"]


def test_an_answer_that_never_ends_is_given_up(server: Server, ask, monkeypatch) -> None:
    times = iter(range(0, 1000, 11))
    monkeypatch.setattr(time, "monotonic", lambda: next(times))
    server.replies += [Reply(body=b"x" * 1_000_000)]
    with pytest.raises(EndpointError, match="no answer within 1 seconds"):
        ask(timeout=1)
