"""Factuality: what standing the text gives to what a predicate says.

Cues are looked for in the predicate's own ending and in the phrases that govern it: modal nouns (予定, 可能性), matrix
verbs over こと and と (…ことを求めた, …と報じられた), and, through clauses that only go on (〜し、), the end of the sentence.
A noun that is merely modified (設置された委員会が…) ends the scope.
Source: ConText (Harkema et al. 2009) for cue, scope and terminator; FactBank (Saurí and Pustejovsky 2009) for the values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from extract.model import Date
from extract.names.quoted import quotations
from extract.relations.events import Event, Form
from extract.relations.particles import INTO
from extract.rules import check_keys, read_rules
from extract.syntax import Phrase, Tree
from ontology.terms import Factuality

FILE = "factuality.toml"
# Nouns that carry a clause without being what it is about.
FORMAL = frozenset(
    {"こと", "もの", "の", "よう", "わけ", "はず", "ところ", "とおり", "通り", "旨", "べき", "つもり", "形", "点"}
)
MODAL = re.compile(
    r"(?:(?:新たな|基本的な|大筋)?(?:予定|方針|見通し|計画|可能性|必要|必要性|見込み|意向|構想|案|提案|提言|考え|報道|見方|疑い|おそれ|恐れ|目標|意図|模様|動き|試み|議論|方向|要求|要請|狙い|合意|指示|決定))$"
)
WHETHER = re.compile(r"たか[はがもを]、?$")  # 設置されたかは明らかでない
DONE = re.compile(r"[」』]?(?:さ|し|す|せ)")
PAST = re.compile(r"(?:た|だ)(?:が|けれど|ものの|ところ)?、?$")
INHERITED = frozenset({Factuality.PROPOSED, Factuality.POSSIBLE, Factuality.PLANNED})


class At(StrEnum):
    """Where a cue is looked for."""

    OWN = "own"
    ABOVE = "above"
    FRONT = "front"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of factuality."""

    rule: str
    factuality: Factuality
    at: At
    pattern: re.Pattern[str]
    inherited: bool = True  # whether clauses that only go on (〜し、) to what holds it stand under it too


@cache
def cues() -> tuple[tuple[Cue, ...], re.Pattern[str]]:
    """The cues in their order, and the pattern of conditions. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("cue", "conditions"), file=FILE, at="the file")
    found = []
    for table in data["cue"]:
        required = ("id", "meaning", "factuality", "at", "pattern", "example", "counterexample")
        check_keys(table, required=required, optional=("inherited",), file=FILE, at=f"cue {table.get('id')}")
        pattern, goes_on = re.compile(table["pattern"]), table.get("inherited", True)
        found.append(Cue(table["id"], Factuality(table["factuality"]), At(table["at"]), pattern, goes_on))
    return tuple(found), re.compile(data["conditions"]["pattern"])


@dataclass(frozen=True, slots=True)
class Standing:
    """The factuality of a predicate and the cue that decided it; None where the clause asserts nothing.

    `to_come` is what the rest of the sentence makes of it where its own date lies ahead.
    """

    factuality: Factuality | None
    cue: str = ""
    to_come: Factuality = Factuality.PLANNED


def standing(tree: Tree, event: Event) -> Standing:
    """The standing that the sentence gives to one event."""
    found = phrase_standing(tree, _said_with(tree, event))
    if (
        found.cue == "planned"
        and event.modified is not None
        and PAST.search(event.phrase.tail)
        and BEING.match(event.modified.tail)
    ):
        found = Standing(Factuality.ACTUAL)  # 統合した計画である tells of a plan that is there
    if found.factuality is Factuality.PLANNED and CALLED_OFF.search(tree.text, event.phrase.start):
        return Standing(Factuality.NEGATED, "called-off")
    aimed = event.form is Form.NOMINAL and AIMED.match(tree.text, event.phrase.content_end)
    if found.factuality is Factuality.ACTUAL and aimed and event.frame.rule.split(".")[0] in SINGLE:
        return Standing(Factuality.PLANNED, "aimed")  # 新設に向けた調整
    product = event.frame.rule in INTO and event.modified is not None and event.modified.particle in {"を", "の"}
    if (
        found.factuality is Factuality.ACTUAL
        and event.modified is not None
        and (product or TO_BE_DONE.match(event.phrase.tail))
    ):
        above = tree.phrases[event.modified.depends_on]
        of_whole = phrase_standing(tree, above if above.index > event.modified.index else event.modified)
        return of_whole if of_whole.factuality in INHERITED else found
    return found


AIMED = re.compile(r"[」』]?に向け(?:て|た|、)")


def _said_with(tree: Tree, event: Event) -> Phrase:
    """The clause whose standing an event shares: of one that goes on before a noun, 署名され、翌年発効した協定, the last."""
    at = event.phrase
    beyond = event.modified is not None and tree.phrases[at.depends_on].index > event.modified.index
    if not beyond or event.modified is None or event.form is not Form.VERBAL:
        return at
    between = [p for p in tree.dependants[event.modified.index] if p.index > at.index and not p.particle]
    return between[-1] if between and PAST.search(between[-1].tail) else at


BEING = re.compile(r"^で(?:ある|あり|す|した|、)")
# What was planned and did not come to be: 行われる予定だったが中止となった.
CALLED_OFF = re.compile(
    r"予定(?:だった|であった|でした|され(?:てい)?(?:た|ました)|してい(?:た|ました))(?:が|ものの|けれども?)[^。]*?(?:見送|中止|延期|取りや|実現しな)"
)
# What is still to be done to the noun that it stands before: 「…の下に置かれる司令部に改組する意向」.
TO_BE_DONE = re.compile(r"^(?:(?:さ|か|け|ら|わ|ま|め|た|て|べ)?れる|られる)$")


def phrase_standing(tree: Tree, phrase: Phrase) -> Standing:
    """The standing of what a predicate phrase says."""
    known, conditions = cues()
    modified = _modifiers(tree, phrase)
    if modified:
        return Standing(modified, "modifier")
    end = _last(tree, phrase)
    own = tree.text[phrase.start : end]
    ending = tree.text[phrase.content_end : end] if not phrase.head.tag.startswith(("動詞", "形容詞")) else own
    if conditions.search(ending):
        return Standing(None, "condition")
    for cue in known:
        if cue.at is At.OWN and cue.pattern.search(own if cue.rule != "negated.ending" else _with_verb(tree, phrase)):
            return Standing(cue.factuality, cue.rule)
    for cue in known:
        if cue.at is At.ABOVE and cue.pattern.search(ending):
            return Standing(cue.factuality, cue.rule)
        if cue.at is At.BEHIND and cue.pattern.match(tree.text, phrase.content_end):
            return Standing(cue.factuality, cue.rule)
    found = _above(tree, phrase)
    if found.factuality is Factuality.ACTUAL:
        front = next((c for c in known if c.at is At.FRONT and c.pattern.search(tree.text[: phrase.start])), None)
        return Standing(front.factuality, front.rule) if front else found
    return found


def _modifiers(tree: Tree, phrase: Phrase) -> Factuality | None:
    """What a clause in front of a nominal predicate says of it: 見送られた開設, 予定されている署名."""
    if not phrase.head.nominal or re.match(r"[」』]?(?:さ|し|す|せ)", phrase.tail):
        return None
    for below in tree.dependants[phrase.index]:
        if below.index < phrase.index and not below.particle and not below.timex and not below.name:
            shown = tree.text[below.start : below.end]
            for cue in cues()[0]:
                if cue.rule in {"negated.fail", "planned"} and cue.pattern.search(shown):
                    return cue.factuality
    return None


def _with_verb(tree: Tree, phrase: Phrase) -> str:
    return tree.text[phrase.head.start : _last(tree, phrase)]


def _last(tree: Tree, phrase: Phrase) -> int:
    """Where a predicate ends, with what the parser hangs on it from the right: ことになっている, (か)もしれない."""
    end, joined = phrase.end, {phrase.index}
    for following in tree.phrases[phrase.index + 1 :]:
        if following.depends_on not in joined or following.index == following.depends_on or following.start != end:
            break
        end = following.end
        joined.add(following.index)
    return end


def _above(tree: Tree, phrase: Phrase) -> Standing:
    """Walk up from a predicate as far as its scope goes."""
    known, _ = cues()
    inherited, below = False, phrase
    topic = phrase.head.nominal and phrase.particle in {"は", "も"}  # it is the topic of all that follows
    passed = [phrase]
    for above in tree.governors(phrase):
        link = _link(tree, below, above)
        if link is None:
            return _beyond(tree, passed, below, above)
        inherited = inherited or link == "goes on"
        if not inherited:
            passed.append(above)
        shown = tree.text[above.start : _last(tree, above)]
        if above.head.text in {"場合", "際", "折"} and not inherited:
            return Standing(None, "condition") if above.head.text == "場合" else Standing(Factuality.ACTUAL)
        reported = tree.text[below.content_end : _last(tree, above)] if link == "says" else shown
        for cue in known:
            if cue.at is At.ABOVE and cue.pattern.search(reported):
                if topic and cue.factuality is Factuality.NEGATED:
                    return Standing(cue.factuality, cue.rule)
                if inherited and (
                    not cue.inherited
                    or cue.factuality not in INHERITED
                    or PAST.search(tree.text[phrase.content_end : phrase.end])
                ):
                    continue
                if inherited and _dated(tree, passed):
                    return Standing(Factuality.ACTUAL, "", cue.factuality)
                if _dropped(tree, above, cue):
                    return Standing(Factuality.NEGATED, "dropped")
                return Standing(cue.factuality, cue.rule)
        below = above
    return Standing(Factuality.ACTUAL)


GOING_ON = re.compile(r"(?:[しりきいびみちけげめせえ]|され|られ|[かわさたまば]れ|[てで])、$")


def _beyond(tree: Tree, clause: Sequence[Phrase], before: Phrase, noun: Phrase) -> Standing:
    """What a clause that goes on shares with the end of the sentence, where the parser hangs it into one before a noun.

    「Xを閣僚級に引き上げ、日本を加えた枠組みに発展させるべきだ」: the first clause may be as much of the proposal as the last.
    """
    goes_on = GOING_ON.search(tree.text[clause[0].start : clause[0].end])
    if goes_on and before is not clause[0] and before.tail.endswith("た") and not _dated(tree, clause):
        for above in tree.governors(noun):
            found = phrase_standing(tree, above)
            if found.factuality in INHERITED:
                return found
    return Standing(Factuality.ACTUAL)


DROPPED = re.compile(
    r"見送|立ち消え|退け|却下|頓挫|断念|撤回|否決|白紙|葬ら|実らな|まとまらな|(?:採用|実現|具体化|受け入れ|支持|承認)(?:さ|し|られ)[^。]{0,4}(?:な[いか]|ず)"
)
IDEA = re.compile(r"(?:案|構想|計画|提案|話|動き)$")


def _dropped(tree: Tree, noun: Phrase, cue: Cue) -> bool:
    """Whether what was proposed or planned came to nothing: …する案は採用されなかった, …する構想もあったが、立ち消えになった."""
    idea = cue.factuality in {Factuality.PROPOSED, Factuality.PLANNED} and IDEA.search(tree.text[noun.start : noun.content_end])
    return bool(idea) and any(DROPPED.search(tree.text[p.start : p.end]) for p in tree.governors(noun))


def _dated(tree: Tree, clause: Sequence[Phrase]) -> bool:
    """Whether a clause has a date of its own: then what the rest of the sentence plans is another matter."""
    return any(d.timex is not None for p in clause for d in tree.dependants[p.index])


def _link(tree: Tree, below: Phrase, above: Phrase) -> str | None:
    """How a clause hangs on the phrase above it: "says", "carried" by a formal or modal noun, "goes on"; None ends the scope."""
    tail = tree.text[below.content_end : _last(tree, below)]
    content = tree.text[above.start : above.content_end]
    if above.index <= below.index:
        return None
    if WHETHER.search(tail) or (above.name is None and (above.head.text in FORMAL or MODAL.fullmatch(content))):
        return "goes on" if GOING_ON.search(tree.text[below.content_end : below.end]) else "carried"
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


AGREED = re.compile(r"^[」』]?(?:する|させる|る|く)?こと(?:で|に|を|が)(?:合意|一致|決|約|確認|同意|申し合わせ)")
NON_PAST = re.compile(r"^[」』]?(?:(?:さ|ら)?れる|する|させる|られる)(?:$|[、。」』]|こと|ため)")


def to_come(event: Event, found: Factuality, following: str) -> Factuality:
    """A single event in the non-past has not happened yet: 年内に策定することで合意した, 発足させる作業部会.

    `following` is the text behind the event's phrase.
    """
    single = event.frame.rule.split(".")[0] in SINGLE or event.verb in EXCHANGED
    native = event.phrase.head.tag.startswith("動詞") and event.phrase.tail in {"", "。", "、"}
    non_past = NON_PAST.match(event.phrase.tail) or (native and event.phrase.head.text.endswith(("る", "く", "す")))
    agreed = AGREED.match(event.phrase.tail + following)
    return Factuality.PLANNED if found is Factuality.ACTUAL and ((single and non_past) or agreed) else found


EXCHANGED = frozenset({"置き換える", "入れ替える"})
SINGLE = frozenset({"establish", "end", "rename", "sign", "adopt", "publish", "effect", "hold"})


SAYING = re.compile(r"^[」』](?:と|などと|との|旨)(?!題|い[うわ]う|呼|称|略|銘|名)")


GONE_BY = re.compile(r"^[」』]?(?:さ|か|れ|ら|し)*て?いた(?!め)")


def gone_by(ending: str) -> bool:
    """Whether a predicate that ends so tells what was once and may be no more: 本部はパリに置かれていた."""
    return bool(GONE_BY.match(ending))


def quoted_saying(text: str, at: int) -> bool:
    """Whether the words at an offset are quoted as somebody's saying: then the document itself does not say it."""
    return saying_around(text, at) is not None


def saying_around(text: str, at: int) -> tuple[int, int] | None:
    """The quotation of somebody's saying that an offset stands in: 大使は「Xへの参加は考えていない」と語った."""
    sayings = ((s, e) for s, e in quotations(text) if s <= at < e and SAYING.match(text[e : e + 6]))
    return next(sayings, None)


def with_date(found: Factuality, when: Date | None, published: Date | None) -> Factuality:
    """What lies after the document's own date cannot have happened yet: Actual becomes Planned."""
    if found is not Factuality.ACTUAL or when is None or published is None:
        return found
    last = published.latest or date.max
    return Factuality.PLANNED if when.earliest and when.earliest > last else found
