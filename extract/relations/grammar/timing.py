"""The dates of an event: those that hang on it or on its lender, that its clause opens with, that a noun or a cleft gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.dates import parse_edtf
from extract.model import Bound, Date, Timex
from extract.relations.grammar.events import AFTER_VERB, Event, Form, Voice
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role, by_verb
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.head_nouns import glued_date
from extract.relations.grammar.lending import lenders
from extract.syntax import Phrase, Tree
from ontology.terms import Kind, is_a


def clause_dates(event: Event, tree: Tree) -> list[Timex]:
    """The dates of an event: those that hang on it or on its matrix; else the one that stands in its clause."""
    matrix = [event.phrase, *lenders(event, tree)]
    indices = {p.index for p in matrix}
    dated = [p for p in tree.phrases if p.timex and p.index < max(indices) and not _of_deed(tree, p)]
    dated = [p for p in dated if not _day_of_report(event, tree, p) and not _day_of_plan(event, tree, p)]
    direct = [p.timex for p in dated if p.timex and _stands_by(tree, p) in indices]
    if direct:
        return direct
    if event.form is Form.NOMINAL and len(matrix) == 1:
        return []
    floor = _clause_start(event, tree)
    before = [p for p in tree.phrases[floor : event.phrase.index] if p.timex and _temporal(p) and _reaches(event, tree, p)]
    before = [p for p in before if p in dated and not _of_announcement(event, tree, p)]
    if event.phrase.timex and event.phrase.words[0].timex:
        return [event.phrase.timex]
    if before and before[-1].timex:
        return [before[-1].timex]
    return _leading_dates(event, tree, _announcing(event, tree) or event.phrase)


def _of_deed(tree: Tree, date: Phrase) -> bool:
    """Whether a date is that of a deed which stands with it before a noun: 2002年設立の委員会は、活動を終えた."""
    behind = tree.phrases[date.index + 1] if date.index + 1 < len(tree.phrases) else None
    deed = behind is not None and tree.text[behind.start : behind.content_end] in by_verb()
    return behind is not None and deed and glued_date(tree, behind) is date


CLOCK = re.compile(r"(?:午[前後]|早朝|未明|深夜|夕方|夜|朝|\d{1,2}時)")  # 9月5日午前9時から: the hour is no deed's
LATER = re.compile(
    r"その後|のちに|後に|やがて|翌|さらに|以後|以降|最終的に|結果"
)  # what came after a deed did not come on its date
AIM = re.compile(r"(?:めど|目途|目処|目標|期限)(?:に|として)|以っ?て|期して")
AS_OF = re.compile(r"付け?で、?$")
DURING = re.compile(r"(?:\d+[かヵカヶ箇]?[年月日週])?(?:間|期間|あいだ)(?:に|は|、)*")


def _stands_by(tree: Tree, date: Phrase) -> int | None:
    """The index of what a date dates, if it stands as one."""
    aimed = _aimed_at(tree, date)
    return aimed if aimed is not None else date.depends_on if _temporal(date) else None


def _aimed_at(tree: Tree, date: Phrase) -> int | None:
    """The index of what a date is the aim or the dating of: 来年4月をめどに → 設置される; 9月11日付で → 発効した."""
    above = tree.phrases[date.depends_on]
    words = tree.text[above.start : above.end]
    if date.tail in {"の", "までの"} and date.timex and span_of(date.timex) and DURING.fullmatch(words):
        return above.depends_on  # 2011年から2013年の間、…
    aims = AIM.match(words) if date.particle == "を" else date.tail == "" and AS_OF.match(words)
    return above.depends_on if aims else None


LEADING = re.compile(
    r"(?:会[談合議見]|協議|訪問|訪[れね]|訪[日米中韓英仏独印豪比露]|来日|首脳会談|開|開催|出席|改組|改編|再編|統合|廃止|解散|集ま|参集)$"
)
TALKS = re.compile(r"(?:会[談合議]|協議|対話)を$")
HELD = re.compile(r"(?:行い|行な|持ち|重ね|実施)")


ANNOUNCING = re.compile(r"発表|宣言|打ち出|披露")


def _announcing(event: Event, tree: Tree) -> Phrase | None:
    """The verb that announces a founding to the world: 三首脳は5日に会見し、協力枠組みの創設を発表した."""
    announced = (p for p in lenders(event, tree) if ANNOUNCING.match(tree.text, p.start))
    return next(announced, None) if event.frame.rule == "establish" and event.form is Form.NOMINAL else None


def _leading_dates(event: Event, tree: Tree, verb: Phrase) -> list[Timex]:
    """The day of the talks or the change that the deed ends: 首相は5日、マニラを訪問し、協定に署名した; 5日に改組され、Xが発足した."""
    if event.voice is not Voice.ACTIVE or event.modified is not None:
        return []
    for leading in tree.dependants[verb.index]:
        content = tree.text[leading.start : leading.content_end]
        verbal = re.match(r"(?:されて?|して?|き)?、?$", leading.tail) and not leading.particle
        dates = [p for p in tree.dependants[leading.index] if p.timex and p.index < leading.index and _temporal(p)]
        if leading.index < verb.index and verbal and _opens_both(event, tree, leading, dates):
            return [p.timex for p in dates if p.timex]
        talks = HELD.match(content) and TALKS.search(tree.text, 0, leading.start)
        opening = talks or _allied_by(event, tree, content) or _at_once(event, tree)
        if leading.index < verb.index and verbal and (opening or LEADING.search(content.rstrip("きしり"))):
            return [p.timex for p in dates if p.timex]
    return []


SIGNED = re.compile(r"(?:署名|調印)$")


def _at_once(event: Event, tree: Tree) -> bool:
    """Whether a text entered into force on the day of what is told before: 25日に国防相が署名し、即日発効した."""
    return event.frame.rule == "effect" and tree.text[: event.phrase.head.start].endswith(("即日", "同日"))


def _allied_by(event: Event, tree: Tree, signing: str) -> bool:
    """Whether the states that sign bring an alliance into being by it: 8か国は5月14日、条約に署名し、同盟を創設した."""
    below = tree.dependants[event.phrase.index]
    founded = any(p.particle == "を" and p.name and is_a(p.name.kind, Kind.PARTNERSHIP) for p in below)
    return bool(SIGNED.search(signing)) and founded and event.frame.rule == "establish"


TWO = 2


def _opens_both(event: Event, tree: Tree, leading: Phrase, dates: Sequence[Phrase]) -> bool:
    """Whether one date opens two clauses of one subject: 2022年8月、両国は契約を結び、併せて委員会を立ち上げた."""
    if len(dates) != 1 or dates[0].index > TWO or not tree.text[: dates[0].end].endswith("、"):
        return False
    between = tree.phrases[leading.index + 1 : event.phrase.index]
    others = any(p.particle in {"は", "が", "も"} or p.timex or LATER.match(tree.text, p.start) for p in between)
    return event.form is Form.VERBAL and not others


def _reaches(event: Event, tree: Tree, date: Phrase) -> bool:
    """Whether a date can be the event's though the parser hangs it elsewhere; not where it hangs on what a noun did before (退官した)."""
    above = tree.phrases[date.depends_on]
    of_noun = date.tail == "" and above.index == date.index + 1 < event.phrase.index and above.head.nominal and not above.name
    of_noun = of_noun and not CLOCK.match(tree.text, above.start)
    later = LATER.search(tree.text, date.end, event.start)
    return not of_noun and not later and (above.index >= event.phrase.index or not above.tail.endswith("た"))


ANNOUNCED = re.compile(r"^[」』]?(?:する|させる|(?:さ|ら)?れる|る|く|う|ぶ)?と$")


def _of_announcement(event: Event, tree: Tree, date: Phrase) -> bool:
    """Whether a date is that of the saying, not of what is said to come: 政府は5日、協定を終了すると通告した."""
    said = ANNOUNCED.match(tree.text[event.phrase.content_end : event.phrase.end])
    return bool(said) and not date.particle and date.depends_on == event.phrase.depends_on


REPORTING = re.compile(r"発表|公表|明らかに|通告|表明")
THEREFORE = re.compile(r"^(?:(?:さ|ら)?れ|させ|し|っ|い)たとして、?$")  # 会談を実施したとして、概要を発表した
REPORTED = re.compile(r"^[」』]?(?:(?:さ|ら)?れ|させ|し|っ|い)たと$")


def _day_of_report(event: Event, tree: Tree, date: Phrase) -> bool:
    """Whether a date right behind the topic is that of the report, for what is reported is done: 政府は10日、協定に署名したと発表した."""
    done = next(iter(lenders(event, tree)), event.phrase) if event.form is Form.NOMINAL else event.phrase
    verb = tree.phrases[min(done.index + 1, len(tree.phrases) - 1)]
    told = REPORTED.match(done.tail) and REPORTING.match(tree.text, verb.start)
    told = told or (THEREFORE.match(done.tail) and REPORTING.search(tree.text, done.end))
    topic = tree.phrases[date.index - 1] if date.index and tree.phrases[date.index - 1].particle == "は" else None
    if topic is None or date.tail != "、":
        return False
    coming = ANNOUNCED.match(done.tail) and REPORTING.match(tree.text, verb.start)
    between = [p.name for p in tree.phrases[date.index : done.index] if p.particle in {"が", "を"}]
    other = any(name and is_a(name.kind, k) for name in between for k in event.frame.theme)
    return bool(told or (coming and other))  # 政府は10日、会談が開かれると発表した; not 会談は10日、ローマで開かれると発表した


PLANNED = re.compile(r"(?:方針|計画|意向|考え|構想|案|予定|見通し)$")
TOLD = re.compile(r"発表|公表|明らか|表明|示し|示され|固め|打ち出|まとめ|決|了承|承認|閣議決定|述べ|語")
COMING = re.compile(r"年度|来|再来|春|夏|秋|冬|めど")  # what a plan is for: 来年、部隊を新設する方針を決めた


def _day_of_plan(event: Event, tree: Tree, date: Phrase) -> bool:
    """Whether a date is that on which a plan was told, and not what is planned: 政府は12月、部隊を新設する方針を発表した."""
    plan = event.modified
    if plan is None or date.timex is None or not PLANNED.search(tree.text[plan.start : plan.content_end]):
        return False
    above = tree.phrases[plan.depends_on]
    told = plan.particle in {"を", "が", "について"} and above.index > plan.index and TOLD.match(tree.text, above.start)
    opens = date.index == 0 or tree.phrases[date.index - 1].particle in {"は", "が", "も"}
    apart = date.tail == "、" or date.depends_on == above.index
    return bool(told) and opens and apart and not COMING.search(date.timex.text)


PUT_OFF = re.compile(r"^(?:の予定)?(?:だった|であった|でした)(?:の)?が")  # 解体は当初2012年だったのが、2015年に延期になった


def noun_dates(event: Event, tree: Tree) -> list[Timex]:
    """The dates of a deed that is named by a noun: SDCの設置は1976年7月のことである, 2015年11月のACM設置; or 発効した1960年."""
    above = tree.phrases[event.phrase.depends_on]
    if event.form is not Form.NOMINAL and not AFTER_VERB.search(tree.text[event.phrase.start : event.phrase.content_end]):
        return [above.timex] if above.timex and event.modified is above else []
    if event.phrase.particle in {"は", "が", "も"} and above.index > event.phrase.index:
        told = [p for p in (*tree.dependants[above.index], above) if p.timex and p.index > event.phrase.index]
        told.sort(key=lambda p: p.index)
        if told and told[0].timex:
            return [] if PUT_OFF.match(told[0].tail) else [told[0].timex]
    own = glued_date(tree, event.phrase)
    if own and own.timex:
        return [own.timex]
    themes = {p.index for p in tree.dependants[event.phrase.index]} | {event.phrase.index}
    return [p.timex for p in tree.phrases[: event.phrase.index] if p.timex and p.particle == "の" and p.depends_on in themes]


def cleft_dates(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> list[Timex]:
    """発効したのは同年10月15日である; 公表されたのが共同声明である."""
    above = tree.phrases[event.phrase.depends_on]
    if not re.search(r"の[はが]、?$", tree.text[event.phrase.start : event.phrase.end]) or above.index <= event.phrase.index:
        return []
    for group in groups:
        if group.phrase.index == above.index and not found.get(Role.THEME) and fits(group, event.frame.theme):
            found.add(Role.THEME, group)
    return (
        [above.timex]
        if above.timex
        else [p.timex for p in tree.dependants[above.index] if p.timex and p.index > event.phrase.index][:1]
    )


# How a date stands besides its particles: 3月末をもって, 4月をめどに, 1日付で.
TO_THE_DAY = re.compile(r"(?:をもって|を以て|をめどに|を目途に|を期して|付で|付けで)、?$")


def _temporal(phrase: Phrase) -> bool:
    """Whether a date stands as one: 2010年に, 2010年、, 2010年から; not 2010年の."""
    return phrase.timex is not None and (
        phrase.particle in {"に", "", "は", "には", "から", "まで", "も", "にも", "より", "で", "中に"}
        or phrase.timex.bound is not Bound.AT
        or TO_THE_DAY.match(phrase.tail) is not None
    )


def _clause_start(event: Event, tree: Tree) -> int:
    """The index of the phrase after the last predicate before the event that is not part of its own arguments."""
    for phrase in reversed(tree.phrases[: event.phrase.index]):
        verbal = re.match(r"[」』]?(?:さ|し|す)", phrase.tail) or phrase.head.tag.startswith("動詞")
        if verbal and phrase.depends_on == event.phrase.index and not phrase.particle:
            return phrase.index + 1
        if verbal and phrase.depends_on > event.phrase.index:
            return phrase.index + 1
    return 0


AFTERWARDS = re.compile(r"(?:以後|以降|その後|それ以[降後])は?")  # 1998年まではAに、以後はBに
RANGE = re.compile(r"から|より|[~〜~—–-]")


def span_of(timex: Timex) -> tuple[Date, Date] | None:
    """Both ends of a range that is one date: 1952年から1966年まで; a fiscal year is none."""
    ends = timex.date.edtf.split("/") if timex.date and timex.bound is Bound.AT and RANGE.search(timex.text) else []
    if len(ends) != 2 or not all(re.fullmatch(r"[\d-]+", e) for e in ends):
        return None
    return parse_edtf(ends[0]), parse_edtf(ends[1])
