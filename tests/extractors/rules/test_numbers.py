"""Numbers as people write them, and what is no number."""

from decimal import Decimal

import pytest

from corpus.model.view import tidy
from extractors.rules.numbers import read_number, scale_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("0", "0"),
        ("45", "45"),
        ("7.5", "7.5"),
        ("0.30", "0.30"),
        ("1,200", "1200"),
        ("12,345,678.9", "12345678.9"),
        ("1.2万", "12000"),
        ("3千", "3000"),
        ("5百万", "5000000"),
        ("1.35万亿", "1350000000000"),
        ("1万6千", "16000"),
        ("3亿5000万", "350000000"),
        ("零", "0"),
        ("三", "3"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("三十五", "35"),
        ("百", "100"),
        ("一百零八", "108"),
        ("一百二十", "120"),
        ("一百二", "120"),
        ("三千五", "3500"),
        ("两万三", "23000"),
        ("两千零五十", "2050"),
        ("千万", "10000000"),
        ("万", "10000"),
        ("亿", "100000000"),
        ("一万零五百", "10500"),
        ("十五万", "150000"),
        ("一亿二千万", "120000000"),
        ("三万亿", "3000000000000"),
        ("两万三千亿", "2300000000000"),
        ("一万亿零五百万", "1000005000000"),
        ("二〇二五", "2025"),
        ("一九九八", "1998"),
    ],
)
def test_number_is_read(words: str, value: str) -> None:
    assert read_number(words) == Decimal(value)


@pytest.mark.parametrize(
    "words",
    [
        "",
        ",",
        "几十",
        "三四十",
        "五六",
        "两三百",
        "一万六千三四",
        "1.2.3",
        "1万6",
        "5千3万",
        "5G",
        "一体",
    ],
)
def test_number_refuses(words: str) -> None:
    assert read_number(words) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("１２０", "120"),
        ("１．２万", "12000"),
        ("１，２００", "1200"),
        ("1\n200", "1200"),
        ("三 十\n五", "35"),
    ],
)
def test_number_is_read_though_folded_from_the_page(words: str, value: str) -> None:
    assert read_number(tidy(words).text) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "factor"),
    [("5", 1), ("", 1), ("5百", 100), ("1.2万", 10_000), ("3万亿", 10**12), ("亿人", 1)],
)
def test_scale_is_that_of_the_words_at_the_end(words: str, factor: int) -> None:
    assert scale_of(words) == factor
