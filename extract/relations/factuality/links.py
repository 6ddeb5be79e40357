"""How a clause hangs on the phrase that governs it: 設置する|予定である, 設置することを|求めた, 設置し、|…した."""

from __future__ import annotations

import re

from extract.syntax import Phrase, Tree

# Nouns that carry a clause without being what it is about.
FORMAL = frozenset(
    {"こと", "もの", "の", "よう", "わけ", "はず", "ところ", "とおり", "通り", "旨", "べき", "つもり", "形", "点"}
)
MODAL = re.compile(
    r"(?:(?:新たな|基本的な|大筋)?(?:予定|方針|見通し|計画|可能性|必要|必要性|見込み|意向|構想|案|提案|提言|考え|報道|見方|疑い|おそれ|恐れ|目標|意図|模様|動き|試み|議論|方向|要求|要請|狙い|合意|指示|決定))$"
)
WHETHER = re.compile(r"たか[はがもを]、?$")  # 設置されたかは明らかでない
DONE = re.compile(r"[」』]?(?:さ|し|す|せ)")


def predicate_end(tree: Tree, phrase: Phrase) -> int:
    """Where a predicate ends, with what the parser hangs on it from the right: ことになっている, (か)もしれない."""
    end, joined = phrase.end, {phrase.index}
    for following in tree.phrases[phrase.index + 1 :]:
        if following.depends_on not in joined or following.index == following.depends_on or following.start != end:
            break
        end = following.end
        joined.add(following.index)
    return end


CLAUSE_GOING_ON = re.compile(r"(?:[しりきいびみちけげめせえ]|され|られ|[かわさたまば]れ|[てで])、$")


def link_of(tree: Tree, below: Phrase, above: Phrase) -> str | None:
    """How a clause hangs on the phrase above it: "says", "carried" by a formal or modal noun, "goes on"; None ends the scope."""
    tail = tree.text[below.content_end : predicate_end(tree, below)]
    content = tree.text[above.start : above.content_end]
    if above.index <= below.index:
        return None
    if WHETHER.search(tail) or (above.name is None and (above.head.text in FORMAL or MODAL.fullmatch(content))):
        return "goes on" if CLAUSE_GOING_ON.search(tree.text[below.content_end : below.end]) else "carried"
    noun = below.name is None and not DONE.match(below.tail)  # 合意されたが、延期された: a deed, no noun that carries another
    if below.head.text in FORMAL or (noun and MODAL.search(tree.text[below.start : below.content_end])):
        return (
            "carried"
            if below.particle
            in {"を", "が", "は", "に", "で", "と", "も", "には", "について", "として", "において", "から", "", "とは"}
            else None
        )
    if re.search(r"(?:と|旨|よう|ように|とも|とは|というの[はもが])、?$", tail):
        return "says"
    if re.search(r"(?:という|との|といった|とする|とした)$", tail) and above.name is None:
        return "says"
    if below.particle in {"を", "が", "は", "も", "に", "には", "までには", "まで"} and not above.head.nominal:
        return "carried"
    if below.particle in {"を", "が", "は", "も", "に", "には", "までには", "まで"} and re.match(
        r"[」』]?(?:さ|し|す)", above.tail
    ):
        return "carried"
    if above.head.nominal and not re.match(r"[」』]?(?:さ|し|す|で|だ)", above.tail) and above.particle:
        return None
    return "goes on"
