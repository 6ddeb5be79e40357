"""Why a question in plain words is not answered, in Japanese and English."""

from __future__ import annotations

from collections.abc import Iterable

from queries.catalogue import Wording

NOTHING_NEAR = Wording("そのような言い方に合う質問がない", "no question of the library is asked in such words")
SEVERAL_WAYS = Wording("二つ以上の質問に合う", "it could be asked in several ways")
NESTED = Wording("一つの文に二つのことが述べられている", "it speaks of two things at once")
NO_PROPERTY = Wording("どの性質かを示す語がない", "nothing says which property")


def quoted(words: Iterable[str]) -> Wording:
    listed = tuple(words)
    return Wording("".join(f"「{w}」" for w in listed), ", ".join(f"“{w}”" for w in listed))


def unexplained_words(words: Iterable[str]) -> Wording:
    said = quoted(words)
    return Wording(f"{said.ja}を説明する規則がない", f"no rule explains {said.en}")


def several_things(name: str) -> Wording:
    said = quoted([name])
    return Wording(f"{said.ja}は二つ以上のものを指す", f"{said.en} could mean several things")


def no_date(words: str, why: str) -> Wording:
    said = quoted([words])
    return Wording(
        f"{said.ja}だけでは日付が定まらない(as-of=DATE があればそこから数える)",
        f"{said.en} has no date of its own ({why}); with as-of=DATE it is counted from there",
    )


def no_cue(concepts: Iterable[str]) -> Wording:
    said = " | ".join(concepts)
    return Wording(f"手がかりの語がない({said})", f"no word says {said}")


def no_use(slug: str, words: Iterable[str]) -> Wording:
    said = quoted(words)
    return Wording(f"{slug} では{said.ja}を使わない", f"{slug} has no use for {said.en}")


def wrong_kind(name: str, kinds: Iterable[str]) -> Wording:
    said, wanted = quoted([name]), " | ".join(kinds)
    return Wording(f"{said.ja}は {wanted} ではない", f"{said.en} is no {wanted}")


def wrong_place(name: str, slug: str) -> Wording:
    said = quoted([name])
    return Wording(f"{said.ja}の役割が {slug} と違う", f"{said.en} stands in another place than in {slug}")


def no_bound(slug: str, date: str) -> Wording:
    said = quoted([date])
    return Wording(
        f"{slug} は{said.ja}からや までではなく一時点を尋ねる", f"{slug} asks for one time, not from or until {said.en}"
    )


def missing(slug: str, parameter: str) -> Wording:
    return Wording(
        f"{slug} に要る {parameter} がない", f"{slug} needs {parameter}, and the question has none that the graph knows"
    )
