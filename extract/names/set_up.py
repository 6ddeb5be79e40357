"""Bodies and texts that are names since the text says that they were made or done away with: 停戦監視団を置く, 実施細則を定める.

Such compounds would tell too little elsewhere. Who reads that one was set up wants to know of it, whatever its head noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.names.heads import Head, NameRules, Strength
from extract.tokens import Token
from ontology.terms import Kind, is_a

BRACKET = r"(?:\([^()]*\))?"
# What may stand between a subject and its verb: when, where, how, but no other argument: は2003年4月にダカールで新たに設置.
BETWEEN = r"、?(?:[^、。をがはも「」『』()]{0,16}(?:に|で|から|より|、))?(?:新たに|正式に|共同で|改めて)?"
FOUNDED = re.compile(
    rf"{BRACKET}[をがはも]{BETWEEN}(?:設け|設置|新設|創設|設立|立ち上げ|発足|結成|創立|開設|編成|組織[しさ]|置[かいく]|"
    r"廃止|解散|解消|統合[しさ]|改組|改編|改称|統廃合)"
)
SET_DOWN = re.compile(
    rf"{BRACKET}[をがはも]{BETWEEN}(?:策定|採択|制定|改定|改訂|取りまとめ|とりまとめ|定め(?:た|ら|て)|取り交わ|交わ[しさ]|調印|署名|締結)"
)
BODIES = (Kind.INSTITUTION, Kind.PARTNERSHIP)
TEXTS = (Kind.ARRANGEMENT, Kind.GUIDELINES, Kind.POLICY)
LOOSE = frozenset({"官", "所", "会"})  # what is set up so may be no body: 連絡官を置く, 避難所を開設する, 講演会を設ける
OPENING = frozenset("(をがはも")  # of what FOUNDED and SET_DOWN match
AHEAD = 14  # words


def founded_head(tokens: Sequence[Token], stop: int, text: str, rules: NameRules) -> Head | None:
    """The head noun of what is a name only since it was set up, for the compound that ends at `stop`: 運用企画局を廃止した."""
    if stop >= len(tokens) or tokens[stop].text[0] not in OPENING:  # before anything is sought among all head nouns
        return None
    head = next((h for h in rules.defined if text.endswith(h.word) and h.word not in LOOSE), None)
    return head if head and set_up(tokens, stop, text, head, rules) else None


def set_up(tokens: Sequence[Token], stop: int, text: str, head: Head, rules: NameRules) -> bool:
    """Whether the text says that what the compound before `stop` names was set up, or set down: 共同運営委員会を設ける."""
    modifiers = text.removesuffix(head.word)
    telling = head.strength is Strength.STRONG or not rules.tells_nothing(modifiers)  # 専門部会, but no 共同事務局
    if not telling or rules.is_bare(text) or modifiers in rules.outside or text in rules.nameless:
        return False
    said = FOUNDED if any(is_a(head.kind, k) for k in BODIES) else SET_DOWN if head.kind in TEXTS else None
    return said is not None and said.match("".join(t.text for t in tokens[stop : stop + AHEAD])) is not None
