"""Factuality: what standing the text gives to what a predicate says.

Cues are looked for in the predicate's own ending and in the phrases that govern it: modal nouns (予定, 可能性), matrix
verbs over こと and と (…ことを求めた, …と報じられた), and, through clauses that only go on (〜し、), the end of the sentence.
A noun that is merely modified (設置された委員会が…) ends the scope.
Source: ConText (Harkema et al. 2009) for cue, scope and terminator; FactBank (Saurí and Pustejovsky 2009) for the values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.factuality.cues import INHERITED, At, Cue, Standing, cues
from extract.relations.factuality.links import CLAUSE_GOING_ON, FORMAL, MODAL, link_of, predicate_end
from extract.relations.factuality.outlook import SINGLE
from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.particles import INTO
from extract.syntax import Phrase, Tree
from ontology.terms import Factuality

PAST = re.compile(r"(?:た|だ)(?:が|けれど|ものの|ところ)?、?$")


def standing(tree: Tree, event: Event) -> Standing:
    """The standing that the sentence gives to one event."""
    found = phrase_standing(tree, _said_with(tree, event))
    if (
        found.cue == "planned"
        and event.modified is not None
        and PAST.search(event.phrase.tail)
        and IS_THAT.match(event.modified.tail)
    ):
        found = Standing(Factuality.ACTUAL)  # 統合した計画である tells of a plan that is there
    if found.factuality is Factuality.PLANNED and CALLED_OFF.search(tree.text, event.phrase.start):
        return Standing(Factuality.NEGATED, "called-off")
    aimed = event.form is Form.NOMINAL and AIMED.match(tree.text, event.phrase.content_end)
    if found.factuality is Factuality.ACTUAL and aimed and event.frame.family in SINGLE:
        return Standing(Factuality.PLANNED, "aimed")  # 新設に向けた調整
    able = ABLE.match(tree.text, event.phrase.content_end) and event.frame.family in {"attend", "membership"}
    if found.factuality is Factuality.ACTUAL and able:
        return Standing(Factuality.POSSIBLE, "able")
    founded = _of_founded(tree, event)
    if found.factuality is Factuality.ACTUAL and founded:
        return founded
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


FOUNDED = re.compile(r"設[けち置立]|創設|新設|置[かくいけこ]|立ち上げ|発足")


def _of_founded(tree: Tree, event: Event) -> Standing | None:
    """What a body deals with that is still to be set up is as open as the body: 輸出管理を担う部会を|置くべきだ."""
    noun = event.modified
    if noun is None or event.frame.family != "cover" or noun.particle not in {"を", "の", "が"}:
        return None
    above = tree.phrases[noun.depends_on]
    if above.index <= noun.index or not FOUNDED.match(tree.text, above.start):
        return None
    whole = phrase_standing(tree, above)
    return whole if whole.factuality in INHERITED else None


ABLE = re.compile(r"(?:する)?(?:ことが)?(?:でき|出来)(?:る|ます)")  # who can take part has not done so
AIMED = re.compile(r"[」』]?に向け(?:て|た|、)")


def _said_with(tree: Tree, event: Event) -> Phrase:
    """The clause whose standing an event shares: of one that goes on before a noun, 署名され、翌年発効した協定, the last."""
    at = event.phrase
    beyond = event.modified is not None and tree.phrases[at.depends_on].index > event.modified.index
    if not beyond or event.modified is None or event.form is not Form.VERBAL:
        return at
    between = [p for p in tree.dependants[event.modified.index] if p.index > at.index and not p.particle]
    return between[-1] if between and PAST.search(between[-1].tail) else at


IS_THAT = re.compile(r"^で(?:ある|あり|す|した|、)")
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
    end = predicate_end(tree, phrase)
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
    if found.factuality is Factuality.ACTUAL and _only_if(tree, phrase):
        return Standing(Factuality.POSSIBLE, "condition.before")
    if found.factuality is Factuality.ACTUAL:
        front = next((c for c in known if c.at is At.FRONT and c.pattern.search(tree.text[: phrase.start])), None)
        return Standing(front.factuality, front.rule) if front else found
    return found


IF = re.compile(
    r"(?<!によ)(?<!言い換え)(?<!い[いわ])(?<!見)(?<!み)(?<!比べ)(?<!け)れば、?$|(?<!し)(?<!とし)たら(?:ば)?、?$|[うくすつむるた]場合(?:は|には)?、?$"
)


def _only_if(tree: Tree, phrase: Phrase) -> bool:
    """Whether a predicate that is no past tells what comes of a condition: 協定が発効すれば、豪軍が演習に|参加できるようになる."""
    carrying = (phrase, *(p for p in tree.governors(phrase) if p.head.text in FORMAL))
    conditions = (d for p in carrying for d in tree.dependants[p.index] if d.index < phrase.index)
    if not any(IF.search(tree.text[d.start : d.end]) for d in conditions):
        return False
    return not PAST.search(tree.text[phrase.content_end : predicate_end(tree, phrase)].rstrip("。"))


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
    return tree.text[phrase.head.start : predicate_end(tree, phrase)]


def _above(tree: Tree, phrase: Phrase) -> Standing:
    """Walk up from a predicate as far as its scope goes."""
    known, _ = cues()
    inherited, below = False, phrase
    topic = phrase.head.nominal and phrase.particle in {"は", "も"}  # it is the topic of all that follows
    passed = [phrase]
    for above in tree.governors(phrase):
        link = link_of(tree, below, above)
        if link is None:
            return _beyond(tree, passed, below, above)
        inherited = inherited or link == "goes on"
        if not inherited:
            passed.append(above)
        shown = tree.text[above.start : predicate_end(tree, above)]
        if link == "goes on" and _beside(tree, below, above):
            below = above
            continue
        if above.head.text in {"場合", "際", "折"} and not inherited:
            return Standing(None, "condition") if above.head.text == "場合" else Standing(Factuality.ACTUAL)
        reported = tree.text[below.content_end : predicate_end(tree, above)] if link == "says" else shown
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


TOLD = re.compile(r"(?:た|ました)(?:[。」』]|$)")
CONTENT = frozenset({"を", "も", "について"})


def _beside(tree: Tree, clause: Phrase, above: Phrase) -> bool:
    """Whether a clause stands beside what is asked for, not within it: 白書を公表し、基金の創設を|提案した tells of a white paper that is out."""
    between = [p for p in tree.dependants[above.index] if clause.index < p.index < above.index and p.particle in CONTENT]
    if not between or not TOLD.search(tree.text[above.content_end : predicate_end(tree, above)]):
        return False
    asked = between[-1]
    idea = asked.head.text in FORMAL or MODAL.search(tree.text[asked.start : asked.content_end])
    return asked.head.nominal and not idea


def _beyond(tree: Tree, clause: Sequence[Phrase], before: Phrase, noun: Phrase) -> Standing:
    """What a clause that goes on shares with the end of the sentence, where the parser hangs it into one before a noun.

    「Xを閣僚級に引き上げ、日本を加えた枠組みに発展させるべきだ」: the first clause may be as much of the proposal as the last.
    """
    goes_on = CLAUSE_GOING_ON.search(tree.text[clause[0].start : clause[0].end])
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
