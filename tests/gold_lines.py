"""Lines of a gold file, for the tests of evaluation."""

from __future__ import annotations


def entity(kind, *names):
    return {"kind": "entity", "type": kind, "names": list(names)}


def fact(s, p, o, f="Actual", quote="と言う"):
    as_node = [[n] if isinstance(n, str) else n for n in (s, o)]
    return {"kind": "claim", "s": as_node[0], "p": p, "o": as_node[1], "f": f, "quote": quote}


def on(day, *names):
    return {"meeting": list(names), "on": day}


def dated(edtf):
    return {"date": edtf}
