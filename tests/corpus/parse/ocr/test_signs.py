"""Signs that recognition mixes up, put right only where the rules of the field decide."""

from __future__ import annotations

import pytest

from corpus.parse.ocr.signs import put_right


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("云政发[2021]18号", "云政发〔2021〕18号"),
        ("（云政办(2019]7号）", "（云政办〔2019〕7号）"),
        ("云教【2020】第3号", "云教〔2020〕第3号"),
        ("(一）总体要求", "（一）总体要求"),
        ("(详见附件)", "（详见附件）"),
        ("以下简称“方案”)。", "以下简称“方案”）。"),
        ("到２０２５年达到４５％", "到2025年达到45%"),
        ("2O21年底前", "2021年底前"),
        ("不少于l0个", "不少于10个"),
        ("一3一", "—3—"),
        ("－12－", "—12—"),
        ("一一支持建设", "——支持建设"),
        ("2021一2025年", "2021—2025年"),
        ("按照《实施办法〉执行", "按照《实施办法》执行"),
        ("县区:建成,运行", "县区：建成，运行"),
        ('实施"头雁"行动', "实施“头雁”行动"),
        ("实施“头雁“行动", "实施“头雁”行动"),
    ],
)
def test_sign_is_put_right(read: str, right: str) -> None:
    assert put_right(read)[0] == right


@pytest.mark.parametrize(
    "text",
    [
        "一、总体要求",
        "第一批一次性补助",
        "1,200万元",
        "8:30至17:00",
        "f(x)=ax+b",
        "Level 2 (draft)",
        "共[12]项",
        "每年一3次",
        "（一）加强领导。",
        "“十四五”时期",
        "OIl公司",
        "",
    ],
)
def test_sign_is_left_alone(text: str) -> None:
    assert put_right(text) == (text, ())


def test_what_was_read_is_kept_with_its_place() -> None:
    text, corrections = put_right("见云政发[2021]18号文")
    kept = [(text[c.start : c.end], c.raw) for c in corrections]
    assert kept == [("〔", "["), ("〕", "]")]


def test_number_of_characters_stays_the_same() -> None:
    read = "(一）到２０２５年,云政发[2021]18号一一"
    assert len(put_right(read)[0]) == len(read)
