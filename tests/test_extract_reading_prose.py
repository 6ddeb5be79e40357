"""Prose that looks like something else, and stays prose: nothing of it is lost, lifted or taken for furniture."""

import unicodedata

import pytest
from reading_of import texts

from extract.model import Role

WRAPPED = (
    "　両国の防衛協力は、冷戦の後も続けられてきたものであり、その推移は次の\n"
    "表 2 に示すとおりである。協議の場は年ごとに増え、参加する機関の数も増えたため、\n"
    "資料：の欄に示した機関の間で、役割の分担をめぐる調整が行われることとなり、\n"
    "10 月に開かれた会合では、新しい枠組みの設置が合意された。78 指針の後に設け\n"
    "られた小委員会が、その準備に当たったことは、あまり知られていない事実である。\n"
)


def test_a_wrapped_line_may_begin_like_a_caption_or_a_number():
    assert texts(WRAPPED, Role.BODY) == [
        "両国の防衛協力は、冷戦の後も続けられてきたものであり、その推移は次の表2に示すとおりである。",
        (
            "協議の場は年ごとに増え、参加する機関の数も増えたため、資料:の欄に示した機関の間で、役割の分担をめぐる調整が行われることとなり、"
            "10月に開かれた会合では、新しい枠組みの設置が合意された。"
        ),
        "78指針の後に設けられた小委員会が、その準備に当たったことは、あまり知られていない事実である。",
    ]


KEPT = [
    "78 指針は、両国の協力を定めた。",
    "2 国間の協議が続いた。",
    "議長：山田太郎外務大臣",
    "防衛政策局長：山田太郎",
    "参加者：日本側から外務省北米局長、防衛省防衛政策局長",
    "護衛艦（いずも）が参加した。",
    "国際会議場（つくば）で会合が開かれた。",
    "協定（または条約）が結ばれた。",
    "（1978年11月27日）指針が策定された。",
    "【背景】両国は協議を続けた。",
    "関連記事を読んだ。",
    "目次を作る作業が始まった。",
    "シェアの拡大が続いた。",
    "以上の三点で一致した。",
    "記者は会見で質問した。",
    "A国とB国は協定に署名した。",
    "問題は残された。",
    "2024年4月1日現在、五つの作業部会がある。",
    "公開の場で2024年8月9日に合意した。",
    "表に出ない協議もある。",
    "＝は等しいことを示す。",
    "協議では(1)目的、(2)前提、(3)範囲を決めた。",
    "注目の(1)は、目的である。",
]


@pytest.mark.parametrize("line", KEPT)
def test_a_line_of_prose_is_kept_whole(line):
    wanted = "".join(unicodedata.normalize("NFKC", line).split())
    read = texts("同盟の歩み\n\n両国は協議を続けた。\n\n" + line + "\n\n次の会合は未定である。\n", Role.BODY, Role.HEADING)
    assert wanted in ["".join(text.split()) for text in read]


def test_running_heads_do_not_take_chapters_with_them():
    chapters = [
        f"第{number}章\n\n{word}の時代には、協議の場が設けられ、制度も改められた。\n"
        for number, word in ((1, "最初"), (2, "次"))
    ]
    assert "第1章" in texts("\f".join(chapters))
    assert "第2章" in texts("\f".join(chapters))


def test_a_title_that_every_page_repeats_is_kept_once():
    pages = [f"同盟の歩み　{number}\n\n第{number}の段階では、協議の場が設けられた。\n" for number in range(2, 5)]
    read = texts("同盟の歩み\n\n最初の段階では、協議の場がなかった。\n\f" + "\f".join(pages))
    assert read.count("同盟の歩み") == 1


def test_tables_are_no_lists_of_names_apart_by_one_space():
    assert texts("出席者 山田 太郎\n佐藤 花子\n鈴木 一郎\n\n会合が開かれた。\n", Role.TABLE) == []


def test_two_rows_of_two_words_are_no_table():
    assert texts("外務省  北米局\n防衛省  防衛政策局\n\n会合が開かれた。\n", Role.TABLE) == []
