"""What a list takes over from the sentence that opens it, marked as inherited."""

import pytest

from extractors.run import extract
from tests.end_to_end.plain_documents import document_of

_LEAD = "到2025年，要实现以下目标："


def _times(*lines: str) -> list[str]:
    """For each target: its time, with ^ where it is inherited, - where there is none."""
    found = extract(document_of("\n".join(lines), "d")).commitments
    return [
        "-" if c.deadline is None else "^" * c.deadline.inherited + c.deadline.raw
        for c in found
        if c.target
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("1.新建社区食堂300个。", "2.建成示范机构20家。"),
        ("（1）新建社区食堂300个。", "（2）建成示范机构20家。"),
        ("——新建社区食堂300个。", "——建成示范机构20家。"),
        ("一是新建社区食堂300个。", "二是建成示范机构20家。"),
        ("①新建社区食堂300个。", "②建成示范机构20家。"),
        ("１．新建社区食堂３００个。", "２．建成示范机构20家。"),
        ("1 .新建社区 食堂300个。", "2 .建成示范 机构20家。"),
    ],
)
def test_list_takes_over_the_time_of_its_lead(lines: tuple[str, ...]) -> None:
    assert _times(_LEAD, *lines) == ["^到2025年", "^到2025年"]


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        # a time of its own goes before it
        (
            ("1.新建社区食堂300个。", "2.2023年底前建成示范机构20家。"),
            ["^到2025年", "2023年底前"],
        ),
        # the list ends where the count starts anew or a chapter begins
        (
            ("1.新建社区食堂300个。", "2.建成示范机构20家。", "1.改造老旧机构50家。"),
            ["^到2025年", "^到2025年", "-"],
        ),
        (("1.新建社区食堂300个。", "二、保障措施", "建成示范机构20家。"), ["^到2025年", "-"]),
        # a list that begins with its second item is none of this lead
        (("2.建成示范机构20家。",), ["-"]),
        # lower ranks stand inside
        (
            ("1.建设网络。", "（1）新建社区食堂300个。", "2.建成示范机构20家。"),
            ["^到2025年", "^到2025年"],
        ),
    ],
)
def test_list_takes_over_a_time_only_where_it_governs(
    lines: tuple[str, ...], times: list[str]
) -> None:
    assert _times(_LEAD, *lines) == times


def test_section_takes_over_the_time_that_opens_it() -> None:
    text = (
        "一、主要目标",
        "到2025年，服务体系基本建成。",
        "（一）扩大供给。新建社区食堂300个。",
        "二、保障措施",
        "（一）强化投入。安排资金5亿元。",
    )
    assert _times(*text) == ["^到2025年", "-"]


def test_duty_without_a_number_takes_over_no_time() -> None:
    text = "\n".join([_LEAD, "1.省民政厅要制定实施细则。"])
    (commitment,) = extract(document_of(text, "d")).commitments
    assert commitment.deadline is None


def test_plain_paragraph_of_another_subject_takes_over_no_time() -> None:
    assert _times("到2025年，新建社区食堂300个。", "建成示范机构20家。") == ["到2025年", "-"]
