"""Addresses without credentials in them, and credentials that nothing shows."""

from __future__ import annotations

import pytest

from queries.address import address
from queries.credentials import Credentials, exposed, from_environment
from queries.errors import EndpointError

SECRET = "hunter2-秘密"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "sparql", "http://", "", "http://h:port/", "http://[::1/", "http://h/\ud800"]
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(EndpointError, match="is no endpoint"):
        address(url)


@pytest.mark.parametrize(
    "url", [f"http://kg:{SECRET}@h/sparql", f"https://{SECRET}@h", f"ftp://kg:{SECRET}@h/", f"kg:{SECRET}@h/sparql", f"http://kg:{SECRET}@h:port/"]
)  # fmt: skip
def test_credentials_in_an_address_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(EndpointError) as refused:
        address(url)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "sent", "shown"),
    [
        ("http://h/sparql", "http://h/sparql", "http://h/sparql"),
        ("https://h:8443/照会?key=秘", "https://h:8443/%E7%85%A7%E4%BC%9A?key=%E7%A7%98", "https://h:8443/%E7%85%A7%E4%BC%9A"),
        ("http://h/a%20b?x=1&y=@", "http://h/a%20b?x=1&y=@", "http://h/a%20b"),
    ],
)
def test_an_address_is_sent_in_ascii_and_shown_without_its_parameters(url: str, sent: str, shown: str) -> None:
    assert (address(url).url, address(url).shown) == (sent, shown)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [("http://localhost:8890/", True), ("http://127.0.0.1/", True), ("http://127.1.2.3/", True), ("http://[::1]:1/", True), ("http://kg.localhost/", True),
     ("http://localhost.example.org/", False), ("http://10.0.0.1/", False), ("http://example.org/", False)],
)  # fmt: skip
def test_what_stays_in_this_machine(url: str, loopback: bool) -> None:
    assert address(url).loopback is loopback
    assert bool(exposed(Credentials("kg", SECRET), address(url))) is not loopback
    assert exposed(None, address(url)) == ""
    assert exposed(Credentials("kg", SECRET), address(url.replace("http:", "https:"))) == ""


@pytest.mark.parametrize(
    ("url", "trusted"),
    [("http://h/other", True), ("http://h:80/", True), ("https://h/", True), ("http://H/", True), ("https://h:8443/", False), ("http://h:81/", False), ("http://h.org/", False), ("ftp://h/", False), ("http://kg@h/", False)],
)  # fmt: skip
def test_where_credentials_may_go(url: str, trusted: bool) -> None:
    assert address("http://h/sparql").trusts(url) is trusted


def test_credentials_do_not_go_back_from_https() -> None:
    assert not address("https://h/").trusts("http://h/")


USER, PASSWORD, BEARER = "ALLIANCEKG_USER", "ALLIANCEKG_PASSWORD", "ALLIANCEKG_BEARER"


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, None),
        ({USER: "", PASSWORD: "", BEARER: ""}, None),
        ({USER: "kg", PASSWORD: SECRET}, Credentials("kg", SECRET)),
        ({BEARER: "abc.DEF-1_~+/=="}, Credentials(bearer="abc.DEF-1_~+/==")),
    ],
)
def test_what_the_environment_holds(environment: dict[str, str], found: Credentials | None) -> None:
    assert from_environment(environment) == found


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({USER: "kg"}, "only one is set"),
        ({PASSWORD: SECRET}, "only one is set"),
        ({USER: "kg", PASSWORD: SECRET, BEARER: "t"}, "both set"),
        ({BEARER: f"{SECRET}\r\nX-Admin: yes"}, "that no token has"),
        ({USER: "kg", PASSWORD: f"{SECRET}\n"}, "cannot be sent"),
        ({USER: "k:g", PASSWORD: SECRET}, "cannot be sent"),
        ({USER: "kg", PASSWORD: f"{SECRET}\udcff"}, "cannot be sent"),
    ],
)
def test_half_or_broken_credentials_are_refused_and_not_repeated(environment: dict[str, str], complaint: str) -> None:
    with pytest.raises(EndpointError, match=complaint) as refused:
        from_environment(environment)
    assert SECRET not in str(refused.value)


def test_nothing_shows_a_secret() -> None:
    both = (Credentials("kg", SECRET), Credentials(bearer=SECRET))
    assert all(SECRET not in f"{one!r} {one}" for one in both)
    assert Credentials("kg", SECRET).redact(f"you sent {Credentials('kg', SECRET).basic}, {SECRET}") == "you sent …, …"
