"""What the tense of a predicate and the date of what it tells make of its standing: 年内に策定することで合意した has not happened yet."""

from __future__ import annotations

import re
from datetime import date

from extract.model import Date
from extract.relations.grammar.events import Event
from ontology.terms import Factuality

AGREED = re.compile(r"^[」』]?(?:する|させる|る|く)?こと(?:で|に|を|が)(?:合意|一致|決|約|確認|同意|申し合わせ)")
NON_PAST = re.compile(r"^[」』]?(?:(?:さ|ら)?れる|する|させる|られる)(?:$|[、。」』]|こと|ため|と$|の[はがも])")


def to_come(event: Event, found: Factuality, following: str) -> Factuality:
    """A single event in the non-past has not happened yet: 年内に策定することで合意した, 発足させる作業部会.

    `following` is the text behind the event's phrase.
    """
    single = event.frame.family in SINGLE or event.verb in EXCHANGED
    single = single and not (event.verb in HOSTING and event.modified is not None)
    judged = event.frame.rule == "replace.into" and JUDGED.match(event.phrase.tail)
    native = event.phrase.head.tag.startswith("動詞") and event.phrase.tail in {"", "。", "、"}
    non_past = NON_PAST.match(event.phrase.tail) or (native and event.phrase.head.text.endswith(("る", "く", "す")))
    agreed = AGREED.match(event.phrase.tail + following)
    return Factuality.PLANNED if found is Factuality.ACTUAL and ((single and non_past) or agreed or judged) else found


JUDGED = re.compile(r"[」』]?(?:す|させ|め|え)るの[はがも]")  # 格上げするのは賢明だ
HOSTING = frozenset({"主催"})  # 米国が主催する演習 tells whose it is, year by year
EXCHANGED = frozenset({"置き換える", "入れ替える"})
SINGLE = frozenset({"establish", "end", "rename", "sign", "adopt", "publish", "effect", "hold"})
GONE_BY = re.compile(r"^[」』]?(?:さ|か|れ|ら|し)*て?いた(?!め)")


def gone_by(ending: str) -> bool:
    """Whether a predicate that ends so tells what was once and may be no more: 本部はパリに置かれていた."""
    return bool(GONE_BY.match(ending))


def with_date(found: Factuality, when: Date | None, published: Date | None) -> Factuality:
    """What lies after the document's own date cannot have happened yet: Actual becomes Planned."""
    if found is not Factuality.ACTUAL or when is None or published is None:
        return found
    last = published.latest or date.max
    return Factuality.PLANNED if when.earliest and when.earliest > last else found
