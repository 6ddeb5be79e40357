"""Names in sentences of our own: what each recogniser finds without an authority, and texts in which nothing is named."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extract.dates import read_dates
from extract.model import Document
from extract.names.recognise import REFERRING, recognise
from extract.reading import read_sentences
from extract.tokens import analyser_of, tokenise


def recognised(extractor, text):
    """The names of a text and the things of it, before any relation is read."""
    sentences = read_sentences(Document("names.txt", text))
    timexes = read_dates(sentences, published=None)
    tokens = [tokenise(s.text, analyser=analyser_of(extractor.nlp)) for s in sentences]
    named, things = recognise(sentences, tokens, timexes, knowledge=extractor.knowledge)
    return [n for s in named for n in s.names], things


def names_of(extractor, text):
    """Label/Kind of every name that does not merely refer back, each once, in text order."""
    names, _ = recognised(extractor, text)
    return list(dict.fromkeys(f"{n.label}/{n.kind.value}" for n in names if n.rule not in REFERRING))


# A text and the names in it: label/class, in text order. Labels hold no space.
NAMES = [
    ("日尼外務・防衛閣僚会合が開かれた。", "日尼外務・防衛閣僚会合/Forum"),
    ("ZK390M輸送機を調達する。", "ZK390M/Programme"),
    ("枠組みは南方連合と呼ばれた。", "南方連合/Partnership"),
    ("「海上輸送に関する意向書」に署名した。", "海上輸送に関する意向書/Arrangement"),
    ("北方研究会が提言した。", "北方研究会/Organisation"),
    ("ノーザム級潜水艦を建造する。", "ノーザム級潜水艦/Programme"),
    ("XRT計画が始まった。", "XRT計画/Programme"),
    ("アスタロト作戦が始まった。", "アスタロト作戦/Occurrence"),
    ("サーブ社とKNDS社が参加した。", "サーブ社/Organisation KNDS社/Organisation"),
    ("六か国閣僚会議は1974年に開かれた。", "六か国閣僚会議/Forum"),
    ("三か国海洋対話が開かれた。", "三か国海洋対話/Forum"),
    ("南洋戦闘航空システム(NBAS)に署名した。", "南洋戦闘航空システム/Programme NBAS/Programme"),
    ("北方即応部隊(NRFX)を置く。", "北方即応部隊/ArmedForce NRFX/ArmedForce"),
    ("防空評議会は年に一度開かれる。", "防空評議会/Forum"),
    ("海洋監視に関する協力のための協定が署名された。", "海洋監視に関する協力のための協定/Treaty"),
    (
        "国境警備の強化のために必要な財源の確保に関する特別措置法が成立した。",
        "国境警備の強化のために必要な財源の確保に関する特別措置法/Law",
    ),
    (
        "漁業の監視に関する日本国政府とカナダ政府との間の協定が署名された。",
        "漁業の監視に関する日本国政府とカナダ政府との間の協定/Treaty",
    ),
    ("日本国とカナダとの間の平和友好条約が署名された。", "日本国とカナダとの間の平和友好条約/Treaty"),
    ("カラド・ウィンド、ドルガンなどの演習を行う。", "カラド・ウィンド/Occurrence ドルガン/Occurrence"),
    ("共同訓練「北方連合」を行った。", "北方連合/Occurrence"),
    ("日豪サイバー政策対話が2015年に設けられた。", "日豪サイバー政策対話/Forum"),
    ("米比拡大抑止作業グループの設置が決まった。", "米比拡大抑止作業グループ/Forum"),
    ("日加外務・防衛次官級協議は毎年開かれる。", "日加外務・防衛次官級協議/Forum"),
    ("日・EU安全保障防衛対話が始まった。", "日・EU安全保障防衛対話/Forum"),
    ("日・モンゴル防衛装備品・技術移転協定に調印した。", "日・モンゴル防衛装備品・技術移転協定/Treaty"),
    ("日・NATO海洋安全保障協議を続ける。", "日・NATO海洋安全保障協議/Forum"),
    ("米英豪先端技術委員会は三か国で構成される。", "米英豪先端技術委員会/Forum"),
    ("西太平洋補給調整メカニズムが動き出した。", "西太平洋補給調整メカニズム/Mechanism"),
    ("北欧共同監視調整所を置く。", "北欧共同監視調整所/Command"),
    ("南洋統合作戦司令部が新設された。", "南洋統合作戦司令部/Command"),
    ("防衛施設庁は2007年に廃止された。", "防衛施設庁/GovernmentBody"),
    ("財務省と金融庁は反対した。", "財務省/GovernmentBody 金融庁/GovernmentBody"),
    ("豪国防省が発表した。", "豪国防省/GovernmentBody"),
    ("フィリピン沿岸警備隊が参加した。", "フィリピン沿岸警備隊/ArmedForce"),
    ("第3海兵遠征軍が展開した。", "第3海兵遠征軍/ArmedForce"),
    ("第5空母航空団と第9師団が加わった。", "第9師団/ArmedForce"),
    ("多国籍軍が上陸した。", "多国籍軍/ArmedForce"),
    ("米国・米軍の立場を述べる。", "米国/State 米軍/ArmedForce"),
    ("米豪同盟は堅固である。", "米豪同盟/Partnership"),
    ("インド洋海上保安連合が結成された。", "インド洋海上保安連合/Partnership"),
    ("太平洋安全保障研究所の報告を読む。", "太平洋安全保障研究所/Organisation"),
    ("東邦大学の教授が述べた。", "東邦大学/Organisation"),
    ("日米共同情報管理組織を設ける。", "日米共同情報管理組織/Institution"),
    ("輸出管理調整局を設置する。", "輸出管理調整局/Institution"),
    ("装備調達政策室が担当する。", ""),
    ("日印物品役務相互提供協定が発効した。", "日印物品役務相互提供協定/Treaty"),
    ("ANZUS条約が結ばれた。", "ANZUS条約/Treaty"),
    ("日英と日豪の円滑化協定が発効した。", "日英円滑化協定/Treaty 日豪円滑化協定/Treaty"),
    ("中距離核戦力(INF)全廃条約が失効した。", "中距離核戦力(INF)全廃条約/Treaty"),
    ("供給保証協定に署名した。", "供給保証協定/Arrangement"),
    ("日米宇宙協力に関する枠組協定を結ぶ。", "日米宇宙協力に関する枠組協定/Treaty"),
    ("米朝枠組み合意が破棄された。", "米朝枠組み合意/Arrangement"),
    ("日豪防衛装備移転に関する覚書を交わした。", "日豪防衛装備移転に関する覚書/Arrangement"),
    ("再編実施のための日豪ロードマップを公表した。", "再編実施のための日豪ロードマップ/Arrangement"),
    ("97指針を見直す。", "97指針/Guidelines"),
    ("日加防衛協力のための指針を作成した。", "日加防衛協力のための指針/Guidelines"),
    ("日韓共同宣言が出された。", "日韓共同宣言/JointStatement"),
    ("「新時代の日豪関係」と題する共同声明を発表した。", "新時代の日豪関係/JointStatement"),
    ("重要土地等調査法が成立した。", "重要土地等調査法/Law"),
    ("国際平和支援法が可決された。", "国際平和支援法/Law"),
    ("国家安全保障戦略を策定した。", "国家安全保障戦略/Policy"),
    ("非核三原則を堅持する。", "非核三原則/Policy"),
    ("国家安全保障および防衛戦略を公表した。", "国家安全保障および防衛戦略/Policy"),
    ("密約調査報告書が公表された。", "密約調査報告書/Policy"),
    ("「経済安全保障強化計画」を公表した。", "経済安全保障強化計画/Arrangement"),
    ("日英伊次期戦闘機を開発する。", "日英伊次期戦闘機/Programme"),
    ("SM-6ブロックIAを配備する。", "SM-6ブロックIA/Programme"),
    ("F-X戦闘機を開発する。", "F-X戦闘機/Programme"),
    ("防空ミサイル「アロー」と「スパイダー」がある。", "アロー/Programme スパイダー/Programme"),
    ("12式地対艦誘導弾を配備する。", "12式地対艦誘導弾/Programme"),
    ("日豪首脳会談が行われた。", "日豪首脳会談/Meeting"),
    ("クウェート侵攻が起きた。", "クウェート侵攻/Occurrence"),
    ("朝鮮戦争が休戦した。", "朝鮮戦争/Occurrence"),
    ("台湾海峡危機が起きた。", "台湾海峡危機/Occurrence"),
    ("共同訓練「ブルー・シールド」を実施した。", "ブルー・シールド/Occurrence"),
    ("呉基地に寄港した。", "呉基地/Place"),
    ("鳴門海峡を通過した。", "鳴門海峡/Place"),
    ("河野太郎外務大臣が出席した。", "河野太郎/Person 外務大臣/Post"),
    ("中谷元防衛大臣が訪問した。", "中谷元/Person 防衛大臣/Post"),
    ("林芳正外相とオースティン国防長官が会談した。", "林芳正/Person 外相/Post オースティン/Person 国防長官/Post"),
    ("ロイド・オースティン国防長官が述べた。", "ロイド・オースティン/Person 国防長官/Post"),
    ("南雲憲一郎空将が就任した。", "南雲憲一郎/Person"),
    ("佐藤一郎氏が述べた。", "佐藤一郎/Person"),
    ("社会党上田哲議員が質問した。", "社会党/Organisation 上田哲/Person 議員/Post"),
    ("外務省北米局長が出席した。", "外務省北米局長/Post"),
    ("統合参謀本部議長が来日した。", "統合参謀本部議長/Post"),
    ("NATO事務総長が訪日した。", "NATO事務総長/Post"),
    ("米国側は同意した。", "米国/State"),
    ("日英伊3か国が合意した。", "日英伊/State"),
    ("日米両政府は協議した。", "日米/State"),
    ("リマで開かれた。", "リマ/Place"),
    ("モンスに所在する。", "モンス/Place"),
    ("安保理決議1483号を踏まえる。", "安保理決議1483号/Agreement"),
    ("2015年ガイドラインを実施する。", "2015年ガイドライン/Guidelines"),
    ("日米間の調整メカニズムを構築する。", "日米間の調整メカニズム/Mechanism"),
    ("「相互防衛援助室」(MDAO)を置いた。", "相互防衛援助室/Institution MDAO/Institution"),
    ("軍事計画室(MPO)を置いた。", "軍事計画室/Institution MPO/Institution"),
    ("国別適合計画(ITPP)に合意した。", "国別適合計画/Arrangement ITPP/Arrangement"),
    ("国際原子力機関(IAEA)が査察した。", "国際原子力機関/Organisation IAEA/Organisation"),
    ("連合即応部隊(ARF)を編成した。", "連合即応部隊/ArmedForce ARF/ArmedForce"),
    ("周辺海域の警戒監視に関する日豪作業部会を設置した。", "周辺海域の警戒監視に関する日豪作業部会/Forum"),
    ("参議院外交防衛委員会が審議した。", "参議院外交防衛委員会/GovernmentBody"),
    ("「防衛白書(令和5年版)」を読む。", "防衛白書(令和5年版)/Policy"),
    ("NATOウクライナ理事会を設けた。", "NATOウクライナ理事会/Forum"),
    ("米韓安全保障協議会議を開いた。", "米韓安全保障協議会議/Forum"),
    ("日印海上防衛産業協議会が発足した。", "日印海上防衛産業協議会/Forum"),
    ("北方海域監視ネットワーク(NMN)を設けた。", "北方海域監視ネットワーク/Institution NMN/Institution"),
    ("AUKUSパートナーシップを歓迎する。", "AUKUSパートナーシップ/Partnership"),
    ("平成22年に日越戦略的パートナーシップ対話が設けられた。", "日越戦略的パートナーシップ対話/Forum"),
    ("欧州対外行動庁の報告を待つ。", "欧州対外行動庁/GovernmentBody"),
    ("ベトナム国防省と豪州国防省が合意した。", "ベトナム国防省/GovernmentBody 豪州国防省/GovernmentBody"),
    ("第5回米豪宇宙対話を開催した。", "米豪宇宙対話/Forum"),
    ("同盟国との協力を定めた相互兵站支援協定を結ぶ。", "相互兵站支援協定/Treaty"),
    ("ジェームズ・マティス国防長官が訪日した。", "ジェームズ・マティス/Person 国防長官/Post"),
    ("岸信夫防衛大臣とプラバウォ国防相が署名した。", "岸信夫/Person 防衛大臣/Post プラバウォ/Person 国防相/Post"),
    ("「太平洋デジタル連携覚書」に署名した。", "太平洋デジタル連携覚書/Arrangement"),
]

# Texts of the field and of everyday life in which nothing is named.
NAMELESS = [
    "その委員会は続いた。",
    "この会議には多くの人が集まった。",
    "各種協議を続けた。",
    "二国間政府対話を重視する。",
    "関係省庁が連絡を取り合う。",
    "各省の担当者が集まった。",
    "新たな司令部を作る。",
    "上級司令部に確認する。",
    "軍事同盟を論じる。",
    "敵軍の動きを見る。",
    "部隊の一部が移動した。",
    "与党と野党が対立した。",
    "政党の集まりである。",
    "専門機関に任せる。",
    "国際法を守る。",
    "関連法を調べる。",
    "新しい方法を考えた。",
    "その手法は古い。",
    "治療法を探す。",
    "平和条約を結ぶべきかが争われた。",
    "二国間協定の数が増えた。",
    "大筋合意に達した。",
    "軍事戦略を練る。",
    "基本原則を確認する。",
    "新指針の中身を論じた。",
    "独立宣言を読んだ。",
    "防衛取得プログラムを進める。",
    "極超音速迎撃ミサイルを開発する。",
    "旧式戦闘機を退役させる。",
    "記者会見を開いた。",
    "記者会議を開いた。",
    "地域紛争が続いた。",
    "存立危機を想定する。",
    "着上陸侵攻に備える。",
    "各種演習を行う。",
    "訓練・演習を重ねる。",
    "指揮所演習を行う。",
    "省庁間机上演習を行う。",
    "軍事基地を縮小する。",
    "海外政府代表と話した。",
    "長官が述べた。",
    "議長を務めた。",
    "事前協議を行った。",
    "サイバー協議を行った。",
    "ミサイル計画を進める。",
    "両国関係を戦略的パートナーシップに格上げした。",
    "サイバー作戦を行う。",
    "インターネット社会が広がる。",
    "サイバーやミサイルなどの訓練を行う。",
    "次官級の会合である。",
    "年次報告書をまとめた。",
    "それぞれの調整所で調整する。",
    "技術の進歩は速い。",
    "天気がよいので散歩した。",
    "予算の増額が必要である。",
    "国民の理解を得る。",
    "大臣は答えた。",
    "3月の売上が伸びた。",
    "最近の研究によれば、効果は小さい。",
    "組織の効率を上げる。",
]

# A text and names in it that are one thing's.
ALIASES = [
    ("南洋同盟(NYD)は防衛の枠組みである。\n\n理事会は毎年開かれる。", "南洋同盟理事会", "理事会"),
    ("鉱山条約「キラキラ条約」が署名された。", "鉱山条約", "キラキラ条約"),
    ("EU軍備統括委員会を置く。軍備統括委員会は動いた。", "EU軍備統括委員会", "軍備統括委員会"),
    ("「拡大抑止に関する日加対話」、いわゆるEDCDを立ち上げた。", "拡大抑止に関する日加対話", "EDCD"),
    ("軍事計画室(MPO)を置いた。", "軍事計画室", "MPO"),
    ("米国空軍が配備した。米空軍は訓練した。", "米国空軍", "米空軍"),
    ("AUKUSパートナーシップを歓迎する。", "AUKUSパートナーシップ", "AUKUS"),
    ("海上安全確保法案が提出された。海上安全確保法が成立した。", "海上安全確保法", "海上安全確保法案"),
    ("日豪防衛協力小委員会を置く。防衛協力小委員会は動いた。", "日豪防衛協力小委員会", "防衛協力小委員会"),
    ("鉱山警備庁(KKC)は動いた。同庁は小さい。", "鉱山警備庁", "KKC"),
    ("KKC(北方通信アクセラレーター)を置いた。KKCは動いた。", "北方通信アクセラレーター", "KKC"),
    ("国別適合計画(以下「適合計画」という)に合意した。", "国別適合計画", "適合計画"),
    ("日比2プラス2が開かれた。「2+2」は二度目である。", "日比2プラス2", "2+2"),
    ("日加防衛協力委員会は小さい。「防協」と呼称されることもある。", "日加防衛協力委員会", "防協"),
    ("エジプトによるスーダン侵攻が起きた。スーダン侵攻は長引いた。", "エジプトによるスーダン侵攻", "スーダン侵攻"),
    ("02指針を見直す。「日比防衛協力のための指針」(2002年)を読む。", "02指針", "02指針"),
]

# An acronym that the authority knows of another body means what the document says it means.
REDEFINED = [
    ("2024会計年度国防権限法(NDAA)が成立した。NDAAは長い。", "NDAA", "2024会計年度国防権限法"),
    ("連合即応部隊(ARF)を編成した。ARFは展開した。", "ARF", "連合即応部隊"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_names_are_found_whole_and_with_their_class(extractor_without_names, text, wanted):
    assert names_of(extractor_without_names, text) == wanted.split()


@pytest.mark.model
@pytest.mark.parametrize("text", NAMELESS)
def test_nothing_is_named(extractor_without_names, text):
    assert names_of(extractor_without_names, text) == []


@pytest.mark.model
@pytest.mark.parametrize(("text", "one", "other"), ALIASES)
def test_two_names_are_one_thing(extractor_without_names, text, one, other):
    _, things = recognised(extractor_without_names, text)
    assert [t.key for t in things if {one, other} <= {t.label, *t.names}], [(t.label, t.names) for t in things]


@pytest.mark.model
@pytest.mark.parametrize(("text", "short", "meant"), REDEFINED)
def test_a_document_may_give_a_known_acronym_to_its_own_thing(extractor, text, short, meant):
    names, things = recognised(extractor, text)
    assert {things[n.keys[0]].label for n in names if n.label == short} == {meant}


@pytest.mark.model
def test_names_do_not_overlap_and_are_in_text_order(extractor_without_names):
    for text, _ in NAMES:
        names, _ = recognised(extractor_without_names, text)
        assert all(a.end <= b.start for a, b in pairwise(names))
