"""One indicator over the library, by meaning and not by letters."""

from datetime import date

import pytest

from corpus.compare.dates import year_of
from corpus.compare.history import history
from tests.corpus.compare.ledgers import commitment, document, ledger, target

ASKED = "高水平中等职业学校"


def paper(name, indicator, *, task=None, **header):
    row = commitment(task or f"建设70所{indicator}", indicator, goal=target("70所", 70, "所"))
    return ledger([row], of=document(name, **header))


@pytest.mark.parametrize(
    ("indicator", "task", "found"),
    [
        ("高水平中等职业学校", None, True),
        ("省级高水平中职学校", None, True),
        ("高水平中职校", None, True),
        ("学校（详见附件）", "高水平中等职业学校共70所学校（详见附件）", True),
        ("学校", "建设70所学校", False),
        ("中等职业学校", None, False),
        ("高水平高等职业学校", None, False),
        ("高水平专业群", None, False),
        (None, "建设高水平中等职业学校", False),
    ],
)
def test_the_same_indicator_is_found_by_whatever_name(indicator, task, found):
    assert bool(history(ASKED, [paper("a", indicator, task=task)]).points) is found


def test_points_stand_in_the_order_of_dates():
    library = [
        paper("c", ASKED, issued=date(2023, 5, 1)),
        paper("a", ASKED, number="云政〔2019〕3号"),
        paper("b", ASKED, title="2021年云岭省人民政府工作报告"),
    ]
    points = history(ASKED, library).points
    assert [point.document.id for point in points] == ["a", "b", "c"]
    assert [point.when and point.when.year for point in points] == [2019, 2021, 2023]


@pytest.mark.parametrize(
    ("title", "year"),
    [("2021年云岭省人民政府工作报告", 2021), ("2030年前碳达峰行动方案", None), ("养老规划", None)],
)
def test_only_what_is_made_yearly_is_dated_by_its_title(title, year):
    assert year_of(document("d", title=title)) == year
