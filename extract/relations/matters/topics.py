"""Topics: the noun phrases that a body deals with or a text covers, parted at 、, や, 及び."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from extract.relations.grammar.events import Event, Form, Voice
from extract.syntax import Phrase, Tree
from ontology.terms import Kind

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
        "に向けた",
        "にわたる",
        "を通じた",
        "をはじめとする",
        "に基づく",
        "での",
    }
)
JOINING = re.compile(r"^[」』]?(?:など|等)?(?:、|や|及び|および|並びに|ならびに|と、|・|や、|及び、|と)?[①-⑳]?$")
AND = frozenset({"及び", "および", "並びに", "ならびに", "または", "又は", "そして"})
# What a noun phrase may end on that only says how it is spoken of: サイバー防衛に関する議論など.
CLOSING = re.compile(
    r"(?:(?:に関する|についての|に係る|に向けた|のための)(?:規定|条項|勧告|研究促進|議論|協議|検討|取組|取り組み|研究|記述|文言|項目|措置|対話|意見交換|調整|認識|アプローチ|取組み|合意|決定|必要性|作業|説明|情勢認識|意思|方針|考え方|具体策|努力|(?:様々な|さまざまな|諸)?(?:事項|事柄|問題)))?"
    r"(?:など|等)?(?:の(?:あり方|問題|対象|課題|在り方|分野|重要性|必要性|具体的内容|着手|可能性|方策|方針|考え方|検討|必要))?$"
)
SUNDRY = ("事項", "事柄", "問題")
GENERIC = (
    "こと|もの|これ|それ|これら|それら|以下|次|内容|問題|課題|事項|必要性|重要性|点|案|方策|具体的内容|対応|対処|取組|議題|会合|協議|こうした|ほか|"
    "作業|認識|方針|見直し|検討|役割|運用|能力|運用面|協力|活動|双方の活動|取り組み|取組み|枠組み|枠組|体制|態勢|考え方|目的|在り方|あり方|署名|会談|会議|"
    "開催|採択|発表|設置|設立|創設|構築|強化|推進|一致|声明|共同声明|文書|協定|条約|法律|法案|指針|宣言|意見|意思|意思疎通|重要な役割|支援|関係|分野|領域|区域|情勢|"
    "状況|環境|目標|措置|手段|戦略|計画|政策|指示|同盟|脅威|懸念|現状|成果|進展|進捗|報告|結果|影響|活用|実施|改善|促進|対話|交渉|交流|原則|理念|連携|"
    "立場|意図|拠点|軍事面|意向|用意|意義|姿勢|決意|期待|一環|基盤|基軸|柱|詳細|概要|背景|理由|可能性|必要|今後|将来|双方|両国|各国|参加国|加盟国|締約国|同盟国|国際社会|世界|地域|"
    "両社|各社|両軍|両党|三者|自国|我が国|わが国|日本|国|両国間|相手国|議論|研究|調整|業務|任務|責任|権限|機能|関与|関心|貢献|努力|一部|全体|全て|多く|場|機会|道|形|前提|基本|特徴|"
    "一歩|合意|妥結|締結|調印|批准|発効|大筋合意|正式交渉|約束|義務|権利|規定|条項|項目|項|章|記述|部分|表現|文言|名称|日程|時期|期限|数|人|者|隊員|職員|部隊|会場|分科会|初会合|議長|手続き|手順|方法|方向性|方向|"
    "拡大|発展|深化|充実|維持|確保|確立|整備|継続|向上|増加|削減|導入|準備|派遣|配備|展開|移転|参加|加盟|脱退|撤退|終了|開始|廃止|改定|改正|変更|質問|説明|回答|"
    "文脈|意味|言葉|理解|信頼|信頼関係|友好|友情|平和|安定|安全|秩序|価値|利益|国益|共通の利益|歴史|実績|経験|教訓|限界|批判|注目|基本的な考え方|具体策|年内|以降|以来|以後|力|質|量|場所|側面|観点|"
    "考え|意志|希望|願い|事態|念頭|謝意|祝意|弔意|敬意|歓迎の意|助言|憂慮|コミットメント|焦点|重点|主眼|力点|"
    "幅広い分野|様々な分野|広範な分野|諸課題|諸問題|体制強化|関係強化|共通の課題|地域情勢|国際情勢|二国間関係|自衛隊|米軍|首脳|大臣|閣僚|両首脳|両大臣|政府|両政府|軍|当局|機関|組織|委員会|会|作業部会|枠組みの構築|初めて"
)
COUNT = r"(?:計|次の|以下の)?[\d一二三四五六七八九十]+(?:つ|個|点|項目|種類|本柱|大原則|本の柱)?(?:の柱|から)?"
EMPTY = re.compile(
    rf"^(?:{GENERIC}|(?:{COUNT})(?:の(?:{GENERIC}))?|いくつかの(?:{GENERIC})|(?:前記|上記|前述|下記|後述)の.*|必要な(?:{GENERIC}|細目)|(?:早期|迅速|速やか)[のな](?:{GENERIC})|.{{0,10}}(?:的|重要|大き|主要|不可欠)な(?:役割|機能|位置|地位|立場|責任|存在|意味|影響|貢献|部分)|(?:次|以下|下記)の.{{1,4}}|(?:深刻|重大|大き|強固)な(?:{GENERIC})|(?:強い|高い)(?:{GENERIC})|.{{1,6}}の決意|次回|前回|今後の.{{1,3}}|[\d一二三四五六七八九十]+(?:の)?(?:分野|項目|課題|領域)(?:で|における|にわたる)?(?:の)?(?:協力|連携|取組)?|(?:協力|関係|連携|交流|支援)の(?:進展|強化|深化|拡大|推進|重要性|発展)|.{{0,6}}の(?:場|機会|一環|内容|姿勢|考え|立場|手段|役割))$"
)
FRAGMENT = re.compile(
    r"^.{1,8}氏$|.+(?:局|庁|委員会|部会|本部|司令部|分科会|協議会)$|.+のため$|^(?:双方|相互|両国|互い)のコミットメント$|^(?:以降|以来|以後|その後)$|.+(?:後|以降|直後)$|^(?:場合|ため|こと|もの|とき|際|上|中|下|間|的|性|化|年|月|日)の|^よう[なに]|^[ぁ-ん]{1,3}$|^[\d\s.,%一二三四五六七八九十百千万億兆]+(?:[年月日週間人名発隻機か国億万]|か国)*$|^第[\d一二三四五六七八九十]+(?:条|項|章|の柱)?$|^(?:計|延べ|約|全)?[\d一二三四五六七八九十]+[回度]$"
)
COUNTED = re.compile(
    r"(?:など|等)?の[\d一二三四五六七八九十]+(?:つ|点|項目|分野|課題|本柱|領域)(?:の(?:分野|課題|項目|テーマ|問題|領域|柱|点))?$"
)
LONGEST, SHORTEST, TELLING = 45, 2, 4
ENUMERATOR = re.compile(
    r"^[①-⑳]|^[「『、・]|^(?:その(?!他の)(?:ような)?|同(?!盟|志|意|時)|この(?!ため)(?:ような)?|そのような|このような|こうした|正式な|(?:[二三2-9](?:か|カ|ヵ)?)?国間の|また|さらに|特に|具体的には|わが国の|我が国の|それぞれの|各種の?|様々な|さまざまな|幅広い|あらゆる|広範な|新たな|一層の|更なる|さらなる|より一層の|具体的な|専門的・|両国の|両国間の|今後の|今回の|(?:今後)?\d+年間の|いわゆる|初の|初めての)"
)


def topics_of(tree: Tree, head: Phrase) -> Iterator[tuple[int, int, str]]:
    """The topics that a phrase and those listed before it name: (start, end, text), left to right."""
    found = []
    phrase: Phrase | None = head
    while phrase is not None:
        start = np_start(tree, phrase)
        before = item_before(tree, phrase_at(tree, start))
        first = phrase_at(tree, start)
        while before and (_one_matter(tree, before, first) or _of_such(tree, before, first, phrase)):
            start = np_start(tree, before)  # 手続及び法的地位, 政策面及び運用面の調整: one matter
            first = first if before.name else phrase_at(tree, start)
            before = item_before(tree, phrase_at(tree, start))
        found.append((start, phrase.content_end))
        phrase = before
    for start, end in reversed(found):
        yield from _clean(tree.text, start, end)


OF_SUCH = re.compile(r"(?:(?:など|等)の|を(?:はじめ|始め)とする|を含む)$")


def _of_such(tree: Tree, before: Phrase, first: Phrase, head: Phrase) -> bool:
    """Whether a noun phrase begins with the last of its instances: 米国や|インド等の|パートナー国との協力 is one matter."""
    within = first.index < head.index
    shared = next((p.particle in SHARED for p in tree.phrases[first.index : head.index] if p.particle), False)
    short = before.name is not None or before.content_end - before.start < TELLING  # 内政不干渉や|紛争の平和的解決 are two
    lone = before.particle == "や" and np_start(tree, before) == before.start and shared and short
    return within and (lone or bool(OF_SUCH.search(tree.text[first.start : first.end])))


SHARED = frozenset({"の", "での", "における", "に関する"})  # 経済や|安全保障での|連携


def _one_matter(tree: Tree, before: Phrase, first: Phrase) -> bool:
    """Whether 及び or と joins two words of one matter: 手続及び法的地位, 台湾海峡の平和と安定の重要性."""
    last = first
    while last.name and last.particle == "" and last.index + 1 < len(tree.phrases):
        last = tree.phrases[last.index + 1]  # 海自と英国海軍・空軍の相互運用性
    if before.name and first.name and last.name and last.particle in {"の", "による", "との", "における", "に対する"}:
        return True  # マレーシア及びシンガポールの防衛; 豪州、日本、インドによる共同開発
    if before.index + 1 < first.index:
        return before.content_end - np_start(tree, before) < TELLING
    if before.name or before.tail.endswith("、"):
        return False  # 軍備管理局と、装備の標準化
    return before.particle == "と" and first.particle == "の" and first.content_end - first.start < TELLING


def item_before(tree: Tree, first: Phrase) -> Phrase | None:
    """The item that a list names before the one that begins with a phrase: A、B, A及びB, AやB."""
    if first.index == 0:
        return None
    before = tree.phrases[first.index - 1]
    if tree.text[before.start : before.end].rstrip("、") in AND and before.index:
        joined = tree.phrases[before.index - 1]
        plain = joined.head.nominal and not joined.timex and not joined.particle and joined.tail.strip("、」』などら等") == ""
        return joined if plain else None
    return before if _listed(before) else None


def phrase_at(tree: Tree, offset: int) -> Phrase:
    return tree.at(offset) or tree.phrases[0]


UP_TO = frozenset({"~", "〜", "-", "–"})  # 射程500~5500kmのミサイル


def np_start(tree: Tree, head: Phrase) -> int:
    """Where the noun phrase of a head begins: over の and its kin, and over compounds."""
    start = head.start
    index = head.index
    while index > 0:
        before = tree.phrases[index - 1]
        glued = before.head.tag.startswith("形状詞-一般") and not before.tail  # サイバー防衛
        describing = before.tail == "な" and before.depends_on >= index  # 戦略的な軍備管理
        if before.timex or not (before.head.nominal or glued or describing):
            break
        if (
            not describing
            and before.particle not in ADNOMINAL
            and not (before.particle == "" and before.tail in {"", "・", "」"})
            and not (before.tail in UP_TO and before.head.tag.startswith("名詞-数詞"))
        ):
            break
        if head.content_end - before.start > LONGEST:
            break
        index -= 1
        start = before.start
    return start


KATAKANA = re.compile(r"[ァ-ヶー]+")
BESIDES = frozenset({"ほか", "他"})  # 確認したほか、X


def _listed(phrase: Phrase) -> bool:
    """Whether a phrase is the item before in a list of topics."""
    word = phrase.head.tag.startswith("形状詞-一般") and KATAKANA.fullmatch(phrase.head.text)  # サイバー、宇宙
    return (
        (phrase.head.nominal or bool(word))
        and not phrase.timex
        and phrase.head.text not in BESIDES
        and bool(phrase.tail and JOINING.match(phrase.tail))
        and phrase.particle in {"", "や", "と", "・"}
    )


def _clean(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A topic without quotation marks, numbering, など and empty heads; none where nothing telling is left."""
    while start < end and (mark := ENUMERATOR.match(text[start:end])):
        start += mark.end()
    closing = CLOSING.search(text, start, end)
    if closing and start < closing.start() < end:
        if EMPTY.match(text[start : closing.start()]) and text.startswith(SUNDRY, end - len("事項")):
            return  # 活動に関する事項
        end = end if EMPTY.match(text[start : closing.start()]) else closing.start()
    counted = COUNTED.search(text, start, end)
    if counted and start < counted.start():
        end = counted.start()  # 騒音、環境、労務|の3つの課題
    shown = text[start:end].strip("「」『』、・")
    if shown.count("「") != shown.count("」"):
        shown = shown.replace("「", "").replace("」", "")
    if SHORTEST <= len(shown) <= LONGEST and not EMPTY.match(shown) and not FRAGMENT.match(shown):
        yield start, end, shown


LIGHT = re.compile(r"行|実施|続|重ね|進め|深め")
# Those who act, without a name: 両国は, 首相は, 政府は.
ACTING = re.compile(
    r"(?:国|側|者|相|首脳|大臣|長官|政府|省|軍|当局|双方|大統領|閣僚|筆者|我々|部隊|委員会|会議|会合|会談|協議|メンバー|加盟国|後|前|日|年|月|時|際|中|上|これ|それ|ここ|そこ|今回|今後|一方|場合|趣旨|本書|論文)$"
)
GATHERED = re.compile(r"(?:会議|会談|会合|協議|対話|サミット|場|席|間)$")
DEEDS = frozenset({"取組", "取組み", "取り組み"})  # tagged as verbs
COMPLEMENTS = frozenset({"で", "に", "を", "と", "との"})
CARRIERS = frozenset({"こと", "旨", "点"})  # what a clause stands in as an object
PASSIVE_SUBJECTS = frozenset({"が", "は", "も"})
FIELDS = frozenset({"分野", "課題", "議題", "領域", "項目", "事項", "問題", "柱"})


def listed_fields(tree: Tree) -> Iterator[Phrase]:
    """The last item of a list of fields: 「A、B、Cなどの分野における…」."""
    for phrase in tree.phrases:
        above = tree.phrases[phrase.depends_on]
        if (
            above.head.text in FIELDS
            and phrase.particle in {"", "の"}
            and above.index == phrase.index + 1
            and (re.match(r"^(?:など|等)の", phrase.tail) or (phrase.tail == "の" and _of_list(tree, phrase)))
        ):
            yield phrase


def _of_list(tree: Tree, last: Phrase) -> bool:
    """Whether a phrase ends a list of three and more: 海洋、宇宙、エネルギーの分野."""
    second = item_before(tree, phrase_at(tree, np_start(tree, last)))
    return second is not None and item_before(tree, phrase_at(tree, np_start(tree, second))) is not None


def topic_phrases(tree: Tree, event: Event, taken: Collection[int]) -> Iterator[Phrase]:
    """The phrases that name what a verb of dealing deals with: Yについて協議する, Yを議論する, Yについて協議を行う, Yが盛り込まれる."""
    verb = event.phrase
    light = tree.phrases[verb.depends_on] if verb.particle == "を" else verb
    lent = tree.dependants[light.index] if light is not verb and LIGHT.match(tree.text[light.start : light.end]) else ()
    marks = TOPIC_PARTICLES | event.frame.theme_particles
    marks |= PASSIVE_SUBJECTS if event.voice is Voice.PASSIVE else frozenset()
    found = False
    for phrase in (*tree.dependants[verb.index], *(p for p in lent if p.particle not in {"を", ""})):
        if phrase.index >= verb.index or phrase.particle not in marks | COMPLEMENTS or phrase.index in taken:
            continue
        found = True
        if phrase.head.text in CARRIERS:
            yield from arguments(tree, tree.phrases[phrase.index - 1], phrase, verb)
        elif phrase.particle == "で" and GATHERED.search(phrase.head.text):
            continue  # where it was agreed
        elif phrase.particle in marks and (phrase.head.nominal or phrase.head.text in DEEDS):
            yield phrase
    before = tree.phrases[verb.index - 1] if verb.index else None
    of = before and (before.particle == "の" or re.match(r"^[」』]?、?(?:など|等)の$", before.tail))
    if before and of and before.depends_on == verb.index and before.head.nominal and verb.particle:
        yield before
        found = True
    topical = () if found or event.voice is Voice.PASSIVE or event.form is not Form.VERBAL else tree.dependants[verb.index]
    yield from (p for p in topical if p.index < verb.index and p.particle in {"は", "も"} and plain(p) and p.index not in taken)


def plain(phrase: Phrase) -> bool:
    """Whether a phrase is a noun that is neither a name nor a date, nor those who act."""
    return phrase.head.nominal and not phrase.name and not phrase.timex and not ACTING.search(phrase.head.text)


def arguments(tree: Tree, inner: Phrase, carrier: Phrase, outer: Phrase) -> Iterator[Phrase]:
    """What the clause under こと or と speaks of: its object, else its subject: サイバー協力を強化することで一致した.

    The parser may hang the subject of the inner clause on the outer verb.
    """
    if inner.depends_on != carrier.index or inner.index >= carrier.index:
        return
    yield from spoken_of(tree, inner, outer)


def spoken_of(tree: Tree, verb: Phrase, outer: Phrase | None = None) -> Iterator[Phrase]:
    """The object of a verb, else its subject, that can be a matter."""
    below = [p for p in tree.dependants[verb.index] if p.index < verb.index and p.head.nominal and not p.timex]
    above = (
        [p for p in tree.dependants[outer.index] if p.index < verb.index and p.head.nominal and not p.timex] if outer else []
    )
    for marks, phrases in ((TOPIC_PARTICLES, below), ({"が"}, below), ({"が"}, above), ({"において", "における", "に"}, below)):
        found = [p for p in phrases if p.particle in marks]
        if marks == {"が"} and any(p.name and p.name.kind is Kind.STATE for p in found):
            return  # 新たな国が加盟したことを支持した: neither the state nor what it joined is the matter
        if found:
            yield from found[-1:]
            return
