"""Verbs that lend their arguments to a deed named by a noun: 新設を決めた, 設置することで一致した, 署名の運びとなった."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.frames import light_verb
from extract.syntax import Phrase, Tree

STAGE = re.compile(r"(?:運び|段階|見通し)(?:と|に)")


TAKING_ON = re.compile(r"担|請け負|引き受|手がけ|手掛け")  # who takes on the building builds


DECIDING = re.compile(r"決|合意|一致|約|申し合わせ|指示|取り決め|承認|了承|可決|提案|提唱|提言|呼びかけ|求め")


def lenders(event: Event, tree: Tree) -> Iterator[Phrase]:
    """The verbs that lend their arguments: 新設を決めた, 設置することで一致した, 署名を行った."""
    below = event.phrase
    for _ in range(3):
        if below.depends_on <= below.index:
            return
        above = tree.phrases[below.depends_on]
        tail = tree.text[below.content_end : below.end]
        nominal = (
            event.form is Form.NOMINAL
            and below is event.phrase
            and event.phrase.particle in {"を", "が", "に", "は", "も", "で"}
        )
        stage = event.form is Form.NOMINAL and event.phrase.particle == "の" and STAGE.match(tree.text[above.start : above.end])
        nominal = nominal or bool(stage)
        formal = above.head.text in {"こと", "の", "旨", "方針", "予定", "計画"} and event.modified is above
        from_formal = below.head.text in {"こと", "の", "旨", "方針"} and below.particle in {"を", "で", "に", "が", "として"}
        if not (nominal or formal or from_formal):
            return
        if formal and not nominal:
            below = above
            continue
        content = tree.text[above.start : above.end]
        taken_on = event.frame.rule == "develop" and TAKING_ON.match(content)
        if not taken_on and not light_verb().match(content):
            return
        yield above
        if tail == "":
            return
        below = above


TOLD_BEFORE = re.compile(
    r"[」』]?(?:する|させる|される|る|う|く|す|つ|ぶ|む)(?:こと|旨)(?:を柱|を内容|など(?:を|が)柱|(?:を|で|に|が)(?:正式に)?(?:決|合意|一致|約|申し合わせ|取り決め|公表|発表|表明|宣言))"
)


def decided_only(event: Event, tree: Tree) -> bool:
    """Whether the text only says that the deed was decided upon or announced: 新設を決めた, 開始することを公表した."""
    if event.form is Form.VERBAL:
        return bool(TOLD_BEFORE.match(tree.text, event.phrase.head.end))
    return event.form is Form.NOMINAL and any(DECIDING.match(tree.text[p.start : p.end]) for p in lenders(event, tree))


def matrix(event: Event, tree: Tree) -> tuple[Phrase, ...]:
    """The verbs that carry a deed that is named by a noun: its quote must reach them."""
    return tuple(lenders(event, tree)) if event.form is Form.NOMINAL else ()
