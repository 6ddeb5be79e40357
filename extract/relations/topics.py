"""Topics: the noun phrases that a body deals with or a text covers, parted at 、, や, 及び."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.relations.groups import Group
from extract.syntax import Phrase, Tree

TOPIC_PARTICLES = frozenset(
    {"を", "について", "に関して", "に関し", "に関する", "についての", "をめぐって", "をめぐり", "をめぐる"}
)
ADNOMINAL = frozenset(
    {
        "の",
        "に関する",
        "についての",
        "における",
        "による",
        "に対する",
        "への",
        "との",
        "からの",
        "をめぐる",
        "に係る",
        "に際しての",
    }
)
JOINING = re.compile(r"^[」』]?(?:、|や|及び|および|並びに|ならびに|と、|・|や、|及び、|と)?[①-⑳]?$")
CLOSING = re.compile(r"(?:など|等)?(?:の(?:あり方|問題|課題|在り方|分野|重要性|必要性|具体的内容))?$")
EMPTY = re.compile(
    r"^(?:こと|もの|これ|それ|以下|次|内容|問題|課題|事項|必要性|重要性|点|案|方策|具体的内容|対応|取組|議題|会合|協議|こうした|ほか|作業|認識|方針|見直し|検討|役割|運用|能力|運用面|協力|活動|双方の活動|取り組み|枠組み|体制|考え方|目的|在り方)$"
)
FRAGMENT = re.compile(r"^(?:場合|ため|こと|もの|とき|際)の")  # the end of a clause whose beginning is cut off
LONGEST, SHORTEST = 45, 2
ENUMERATOR = re.compile(r"^[①-⑳]|^[「『、・]|^(?:その|同|この|また|さらに|特に|具体的には|わが国の|我が国の)")


def topics_of(tree: Tree, head: Phrase) -> Iterator[tuple[int, int, str]]:
    """The topics that a phrase and those listed before it name: (start, end, text), left to right."""
    found = []
    phrase: Phrase | None = head
    while phrase is not None:
        start = np_start(tree, phrase)
        found.append((start, phrase.content_end))
        before = (
            tree.phrases[tree.phrases.index(phrase_at(tree, start)) - 1]
            if start > 0 and phrase_at(tree, start).index > 0
            else None
        )
        phrase = before if before and _listed(before) else None
    for start, end in reversed(found):
        yield from _clean(tree.text, start, end)


def phrase_at(tree: Tree, offset: int) -> Phrase:
    return tree.at(offset) or tree.phrases[0]


def np_start(tree: Tree, head: Phrase) -> int:
    """Where the noun phrase of a head begins: over の and its kin, and over compounds."""
    start = head.start
    index = head.index
    while index > 0:
        before = tree.phrases[index - 1]
        glued = before.head.tag.startswith("形状詞-一般") and not before.tail  # サイバー防衛
        if before.timex or not (before.head.nominal or glued):
            break
        if before.particle not in ADNOMINAL and not (before.particle == "" and before.tail in {"", "・"}):
            break
        if head.content_end - before.start > LONGEST:
            break
        index -= 1
        start = before.start
    return start


def _listed(phrase: Phrase) -> bool:
    """Whether a phrase is the item before in a list of topics."""
    return (
        phrase.head.nominal
        and not phrase.timex
        and bool(phrase.tail and JOINING.match(phrase.tail))
        and phrase.particle in {"", "や", "と", "・"}
    )


def _clean(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A topic without quotation marks, numbering, など and empty heads; none where nothing telling is left."""
    while start < end and (mark := ENUMERATOR.match(text[start:end])):
        start += mark.end()
    closing = CLOSING.search(text[start:end])
    if closing and closing.start() > 0:
        end = start + closing.start()
    shown = text[start:end].strip("「」『』、・")
    if shown.count("「") != shown.count("」"):
        shown = shown.replace("「", "").replace("」", "")
    if SHORTEST <= len(shown) <= LONGEST and not EMPTY.match(shown) and not FRAGMENT.match(shown):
        yield start, end, shown


LIGHT = re.compile(r"行|実施|続|重ね|進め|深め")
FIELDS = frozenset({"分野", "課題", "議題", "領域", "項目", "事項", "問題", "柱"})


def listed_fields(tree: Tree) -> Iterator[Phrase]:
    """The last item of a list of fields: 「A、B、Cなどの分野における…」."""
    for phrase in tree.phrases:
        above = tree.phrases[phrase.depends_on]
        if (
            above.head.text in FIELDS
            and phrase.particle == ""
            and re.match(r"^(?:など|等)の", phrase.tail)
            and above.index == phrase.index + 1
        ):
            yield phrase


def topic_phrases(tree: Tree, verb: Phrase, subjects: list[Group]) -> Iterator[Phrase]:
    """The phrases that name what a verb of dealing deals with: Yについて協議する, Yを議論する, Yについて協議を行う."""
    taken = {g.phrase.index for g in subjects}
    light = tree.phrases[verb.depends_on] if verb.particle == "を" else verb
    lent = tree.dependants[light.index] if light is not verb and LIGHT.match(tree.text[light.start : light.end]) else ()
    for phrase in (*tree.dependants[verb.index], *(p for p in lent if p.particle not in {"を", ""})):
        if (
            phrase.index < verb.index
            and phrase.particle in TOPIC_PARTICLES
            and phrase.head.nominal
            and phrase.index not in taken
        ):
            yield phrase
    before = tree.phrases[verb.index - 1] if verb.index else None
    if before and before.depends_on == verb.index and before.particle == "の" and before.head.nominal and verb.particle:
        yield before
