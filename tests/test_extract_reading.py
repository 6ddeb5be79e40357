"""The reading layer on texts of our own, in the layouts in which documents come."""

import time

import pytest
from reading_of import B, H, L, R, find, read, texts

from extract.model import Role, Span

# ---- sentence ends -----------------------------------------------------------------------------------------

ENDS = [
    ("甲が発足した。乙が続いた。", ["甲が発足した。", "乙が続いた。"]),
    ("「続ける。」と大臣は述べた。次に進む。", ["「続ける。」と大臣は述べた。", "次に進む。"]),
    ("大臣は「続ける。必ずだ。」と述べた。", ["大臣は「続ける。必ずだ。」と述べた。"]),
    ("「会合は続ける。」次の会合は未定である。", ["「会合は続ける。」", "次の会合は未定である。"]),
    ("「一つだ。」「二つだ。」と声が上がった。", ["「一つだ。」「二つだ。」と声が上がった。"]),
    ("甲が発足した。(当初は三者である。)乙が続いた。", ["甲が発足した。(当初は三者である。)", "乙が続いた。"]),
    ("甲が発足した。（名は仮である）。乙が続いた。", ["甲が発足した。(名は仮である)。", "乙が続いた。"]),
    ("甲が発足した。(1)乙が続いた。", ["甲が発足した。", "(1)乙が続いた。"]),
    ("協議では、①共同計画②情報共有③訓練、を決めた。", ["協議では、①共同計画②情報共有③訓練、を決めた。"]),
    ("なぜ遅れたのか？予算である！続きがある。", ["なぜ遅れたのか?", "予算である!", "続きがある。"]),
    ("「なぜか?」と問うた。", ["「なぜか?」と問うた。"]),
    ("甲（発足した。乙が続いた。丙も続いた。", ["甲(発足した。", "乙が続いた。", "丙も続いた。"]),
    ("甲が「発足した。乙が続いた。\n\n丙は」続いた。", ["甲が「発足した。", "乙が続いた。", "丙は」続いた。"]),
    ("甲」が発足した。乙が続いた。", ["甲」が発足した。", "乙が続いた。"]),
    ("甲が発足した．乙が続いた．", ["甲が発足した.", "乙が続いた."]),
    (
        "The U.S. Department met. Then Lt. Gen. Smith left. It ended.",
        ["The U.S. Department met.", "Then Lt. Gen. Smith left.", "It ended."],
    ),
    ("甲が発足した｡乙が続いた｡", ["甲が発足した。", "乙が続いた。"]),
    ("予算は2.5倍となった。", ["予算は2.5倍となった。"]),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_sentence_ends(text, expected):
    assert texts(text) == expected


def test_long_text_without_stops_is_cut_at_a_comma():
    parts = texts("同盟と協議、" * 1000)
    assert "".join(parts) == "同盟と協議、" * 1000
    assert all(len(part) <= 1500 and part.endswith("、") for part in parts)


# ---- characters --------------------------------------------------------------------------------------------

CHARACTERS = [
    ("1978 年(昭和 53 年)11 月 27 日に決定した。", "1978年(昭和53年)11月27日に決定した。"),
    ("78 指針は、EDD は、日米 ACSA は続く。", "78指針は、EDDは、日米ACSAは続く。"),
    (
        "小委員会(Working Group for Joint Planning 以下 WJP と略)が続く。",
        "小委員会(Working Group for Joint Planning以下WJPと略)が続く。",
    ),
    ("調整所(CCC s)が続く。", "調整所(CCC s)が続く。"),
    ("日米安全保障協議委員会\u3000外務・防衛担当閣僚協議が続く。", "日米安全保障協議委員会 外務・防衛担当閣僚協議が続く。"),
    ("日 米 同 盟 は 続 く。", "日米同盟は続く。"),
    ("ＮＡＴＯは２０２４年に①を決めた。", "NATOは2024年に①を決めた。"),
    ("案⑴と㈱と㊙と⑳を決めた。", "案⑴と(株)と秘と⑳を決めた。"),
    ("ｶﾞｲﾄﾞﾗｲﾝを決めた。", "ガイドラインを決めた。"),
    ("か\u3099いと\u3099を決めた。", "がいどを決めた。"),
    ("同\u00ad盟\u200b条\u2060約\ufeffを\u202e決めた。", "同盟条約を決めた。"),
    ("葛\U000e0100城に\ufe00至る。", "葛城に至る。"),
    ("2+2と2プラス2、F\u2010X、A\u2013Bが続く。", "2+2と2プラス2、F\u2010X、A\u2013Bが続く。"),
    ("広さは5km²である。", "広さは5km2である。"),
]


@pytest.mark.parametrize(("text", "expected"), CHARACTERS)
def test_characters_and_spaces(text, expected):
    sentences = read(text)
    assert "".join(sentence.text for sentence in sentences) == expected


def test_a_quote_runs_over_layout_in_one_piece():
    text = "会合は 1978 年\n11 月に開かれた。"
    sentence = read(text, name="a.md")[0]
    assert sentence.text == "会合は1978年11月に開かれた。"
    assert sentence.source(0, len(sentence.text)) == (Span(0, len(text)),)
    year = sentence.text.index("1978")
    assert [span.of(text) for span in sentence.source(year, year + 4)] == ["1978"]
    assert [span.of(text) for span in sentence.source(year, year + 8)] == ["1978 年\n11 月"]


# ---- lines that belong together ----------------------------------------------------------------------------

WRAPPED = (
    "　日米両政府は、防衛協力の在り方について協議を\n重ね、その成果を共同の文書としてまとめることで\n一致した。文書は翌年の春に公表される予定であり、\n"
    "現在、両国の担当者が細部の調整を進めているとこ\nろである。\n　次に、その内容を見る。文書は三つの章からなり、\n第一章は目的を示す。\n"
)


def test_hard_wrapped_lines_are_joined():
    assert texts(WRAPPED) == [
        "日米両政府は、防衛協力の在り方について協議を重ね、その成果を共同の文書としてまとめることで一致した。",
        "文書は翌年の春に公表される予定であり、現在、両国の担当者が細部の調整を進めているところである。",
        "次に、その内容を見る。",
        "文書は三つの章からなり、第一章は目的を示す。",
    ]
    assert [sentence.paragraph for sentence in read(WRAPPED)] == [0, 0, 1, 1]


@pytest.mark.parametrize("break_", ["\n\n", "\n\n- 12 -\n\n", "\f", "\n\n12\n\f"])
def test_wrapped_lines_are_joined_over_a_page_break(break_):
    text = WRAPPED.replace("とこ\nろ", "とこ" + break_ + "ろ")
    sentence = find(read(text), "翌年の春")
    assert sentence.text.endswith("進めているところである。")
    assert len(sentence.source(0, len(sentence.text))) == (2 if "12" in break_ else 1)


def test_a_paragraph_a_line_is_not_joined():
    text = "変化\n冷戦の後、同盟は変わった。\n協力の枠組み\n協議の場が設けられた。\n米国の支援を強める\n関係国の継続的な努力\nこれらを進める。\n"
    assert texts(text, H) == ["協力の枠組み"]
    assert texts(text, Role.TITLE) == ["変化"]
    assert texts(text, B)[1:] == ["協議の場が設けられた。", "米国の支援を強める", "関係国の継続的な努力", "これらを進める。"]


def test_english_lines_are_joined_with_a_space():
    text = "The two governments agreed to estab-\nlish a standing body that will meet\nevery year in Tokyo or Washington.\n"
    assert texts(text) == [
        "The two governments agreed to establish a standing body that will meet every year in Tokyo or Washington."
    ]


def test_running_heads_and_page_numbers_go():
    pages = [
        f"同盟研究 第3号\n\n第{n}の段階では、協議の場が新たに設けられ、その構成も改められたと考えられている。\n\n{n}\n"
        for n in range(1, 5)
    ]
    assert texts("\f".join(pages)) == [
        f"第{n}の段階では、協議の場が新たに設けられ、その構成も改められたと考えられている。" for n in range(1, 5)
    ]


def test_a_line_that_comes_back_without_pages_stays():
    text = "".join(f"{word}の指針である。\n\nその骨子は、\n\n- {word}の協力\n\nである。\n\n" for word in ("甲", "乙", "丙"))
    assert texts(text, B).count("その骨子は、") == 3


# ---- headings, lists, tables -------------------------------------------------------------------------------


def test_headings_and_sections():
    text = (
        "同盟の歴史\n\n1 はじめに\n\n本稿は歴史を述べる。\n\n2 制度¹\n\n(1) 「指針」(1978年(昭和53年))\n\n指針が策定された。\n\n(2) その後\n\n改定された。\n\n"
        "3 おわりに\n\n以上である。\n\n¹ 注である。\n"
    )
    sentences = read(text)
    assert [(s.role, s.text) for s in sentences if s.role in (H, Role.TITLE)] == [
        (Role.TITLE, "同盟の歴史"),
        (H, "はじめに"),
        (H, "制度"),
        (H, "「指針」(1978年(昭和53年))"),
        (H, "その後"),
        (H, "おわりに"),
    ]
    assert find(sentences, "改定された").section == ("制度", "その後")
    assert find(sentences, "以上である").section == ("おわりに",)


@pytest.mark.parametrize("mark", ["・", "- ", "* ", "①", "ア ", "(ア) ", "1) ", "● ", "- ① "])
def test_items_know_what_introduces_them(mark):
    text = f"同年、以下の法律が成立した。\n\n{mark}安全確保法\n{mark}協定の改正(「相互提供協定」)\n\nその後、改正された。\n"
    intro, first, second, after = read(text)
    assert [(s.role, s.text, s.introduced_by) for s in (first, second)] == [
        (L, "安全確保法", intro.index),
        (L, "協定の改正(「相互提供協定」)", intro.index),
    ]
    assert (after.role, after.introduced_by) == (B, None)


def test_nested_items_and_wrapped_items():
    text = "骨子は、\n\n- ① 目的\n - ・協力の基礎¹\n - ア 監視 イ 除去 ウ 調整\n- ② 前提\n（「前提条件」）\n\n¹ 注である。\n\n- ③ 協力\n\nである。\n"
    sentences = read(text)
    assert [s.text for s in sentences if s.role is L] == [
        "目的",
        "協力の基礎",
        "監視",
        "除去",
        "調整",
        "前提(「前提条件」)",
        "協力",
    ]
    assert {s.introduced_by for s in sentences if s.role is L} == {0}
    assert sentences[-1].text == "である。"


def test_tables_and_rulers():
    text = "本文である。\n\n| 年 | 会合 |\n|---|---|\n| 1960 | 発足 |\n\n---\n\n続きである。\n"
    assert [(s.role, s.text) for s in read(text, name="a.md")] == [
        (B, "本文である。"),
        (Role.TABLE, "|年|会合|"),
        (Role.TABLE, "|1960|発足|"),
        (B, "続きである。"),
    ]


def test_markdown():
    text = "---\ntitle: 題\n---\n# 同盟の**歴史**\n\n## 制度\n\n委員会は[外務省](https://example.org/a)によれば\n`1960`年に**発足**した。![図](a.png)\n"
    assert [(s.role, s.text) for s in read(text, name="a.md")] == [
        (Role.TITLE, "同盟の歴史"),
        (H, "制度"),
        (B, "委員会は外務省によれば1960年に発足した。"),
    ]


# ---- roles -------------------------------------------------------------------------------------------------

ARTICLE = "同盟の現在\n\n両国は協議を続けている。新しい委員会が発足し、その下に三つの作業部会が置かれることになった。\n\n"
ROLES = [
    ("TREND&VIEW\n\n" + ARTICLE, "TREND&VIEW", Role.BOILERPLATE),
    ("TREND&VIEW\n\n" + ARTICLE, "同盟の現在", Role.TITLE),
    (ARTICLE.replace("現在\n", "現在\n\n2024年8月9日掲載\n"), "同盟の現在", Role.TITLE),
    (ARTICLE + "[著者プロフィール]\n\n山田太郎\n1988年 同盟大学卒業\n", "山田太郎", Role.PROFILE),
    (ARTICLE + "[著者プロフィール]\n\n山田太郎\n1988年 同盟大学卒業\n", "1988年", Role.PROFILE),
    (ARTICLE + "参考文献\n山田太郎『同盟』(同盟社、2010年)\n鈴木花子『協議』\n", "鈴木", R),
    (ARTICLE + "関連記事\n委員会が発足した日\n", "発足した日", Role.BOILERPLATE),
    (ARTICLE + "TREND&VIEWバックナンバー\n\n物価はどうなるか?上昇の理由\n\n一覧に戻る\n", "物価", Role.BOILERPLATE),
    (ARTICLE + "一覧に戻る\n", "一覧に戻る", Role.BOILERPLATE),
    (ARTICLE + "photo1.jpg\n\n続きである。\n", "photo1", Role.BOILERPLATE),
    (ARTICLE + "掲載された意見は執筆者のもので、当会の公式の立場ではありません。\n", "意見", Role.BOILERPLATE),
    (ARTICLE + "© 2024 同盟研究所\n", "2024", Role.BOILERPLATE),
    (ARTICLE + "2024年8月9日掲載\n", "2024", Role.BOILERPLATE),
    (ARTICLE + "Defense Cooperation Strengthens the Alliance\nCommentary by John Smith\n", "Commentary", B),
    (ARTICLE + "削除された条文は次のとおりである。\n", "削除", B),
    (ARTICLE + "関係者のコメント\n\n大臣は歓迎すると述べた。\n", "歓迎", B),
    ("同盟の現在\n研究班 山田太郎\n\n" + ARTICLE, "山田", Role.PROFILE),
]


@pytest.mark.parametrize(("text", "part", "role"), ROLES)
def test_roles(text, part, role):
    assert find(read(text), part).role is role


def test_a_known_title_is_found_below_the_name_of_the_site():
    text = "安全保障を\u3000語る\n\n同盟の歴史・現状\n\n— 指針を通して\n\n1 はじめに\n\n本稿は同盟の歴史と現状を、指針の改定を通して述べるものである。\n\n2 同盟の歴史\n\n続く。\n"
    sentences = read(text, title="同盟の歴史・現状 — 指針を通して")
    assert [s.role for s in sentences] == [Role.BOILERPLATE, Role.TITLE, Role.TITLE, H, B, H, B]


COMMENTS = [
    (
        ARTICLE + "この文章は筆者個人の見解であり、所属する組織を代表するものではありません。\n"
        "記事を読んだが、予算が足りないと思う。\n返信削除いや、足りている。\n予測は難しい。\n削除",
        4,
    ),
    (ARTICLE + "委員会の下部組織も設けられた。\n記事を読んだが、予算が足りないと思う。\n返信\nそうだ。\n", 3),
    (ARTICLE + "2 展望\n\n委員会は続く。\n\nphoto.jpg\n\n委員会は広がる。\n\n予算が足りないと思う。\n\n返信\n", 2),
    (ARTICLE + "この記事へのコメント\n予算が足りないと思う。\n名無しさん 2024/08/10\nそうだ。\n", 4),
]


@pytest.mark.parametrize(("text", "count"), COMMENTS)
def test_comments_by_readers(text, count):
    sentences = read(text)
    comments = [s for s in sentences if s.role is Role.COMMENT]
    assert len(comments) == count
    assert comments[-1] == sentences[-1]
    assert find(sentences, "予算").role is Role.COMMENT
    assert all(s.role is not Role.COMMENT for s in sentences if "委員会" in s.text)


def test_words_of_comments_amid_the_chapters_are_none():
    text = "1 はじめに\n\n" + ARTICLE + "コメント\n\n大臣の発言を見る。\n\n2 おわりに\n\n以上である。\n"
    assert texts(text, Role.COMMENT) == []


# ---- the whole ---------------------------------------------------------------------------------------------


def test_nothing_gives_nothing():
    assert read("") == ()
    assert read(" \n\u3000\n\f\u200b\n") == ()


HOSTILE = {
    "opening brackets": "「" * 300_000,
    "closing brackets": "」" * 300_000,
    "nested brackets": "(" * 200_000 + ")" * 200_000,
    "mixed brackets": "「(『" * 100_000,
    "line ends": "\n" * 1_000_000,
    "superscripts": "¹" * 300_000,
    "no stops": "あ" * 300_000,
    "stops": "。" * 300_000,
    "combining marks": "か" + "\u0301\u0323" * 150_000,
    "spaces": "あ " * 150_000,
    "footnotes": "¹「\nあ\n" * 5_000,
    "square brackets": "[" * 300_000,
    "short lines": "あ\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("file", ["a.txt", "a.md"])
def test_hostile_text_takes_seconds(name, file):
    before = time.process_time()
    sentences = read(HOSTILE[name], name=file)
    assert time.process_time() - before < 10
    assert all(len(sentence.text) <= 1600 for sentence in sentences)


INTRODUCED = [
    ("以下の点で一致した。\n\n1 訓練\n・共同訓練\n・演習\n\n2 装備\n・共同生産\n", [0, 0, 0]),
    ("会合が開かれた。\n\n1 訓練\n・共同訓練\n・演習\n", [1, 1]),
    ("以下の点で一致した。\n\n会合は続く。\n\n1 訓練\n・共同訓練\n・演習\n", [2, 2]),
    ("骨子は次のとおり。\n①次の作業を行うこと:\n  - 計画\n  - 調整\n②訓練\n", [0, 1, 1, 0]),
]


@pytest.mark.parametrize(("text", "expected"), INTRODUCED)
def test_what_introduces_a_list(text, expected):
    assert [s.introduced_by for s in read(text) if s.role is L] == expected
