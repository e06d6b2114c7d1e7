"""From the words of a deadline to days, counted from the date of issue."""

from datetime import date

import pytest

from corpus.model.period import Deadline, DeadlineKind
from corpus.model.view import tidy
from extractors.rules.dates import month_end, named_year, read_deadline
from extractors.rules.deadline import find_deadlines

_ISSUED = date(2022, 5, 12)


def _due(sentence: str, *, issued: date | None = _ISSUED, year: int | None = None) -> Deadline:
    (mention,) = find_deadlines(tidy(sentence).text)
    return read_deadline(mention, raw=mention.words, issued=issued, year=year)


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("到2025年，达到45%", date(2025, 12, 31)),
        ("到2025年底，达到45%", date(2025, 12, 31)),
        ("2024年底前投用", date(2024, 12, 31)),
        ("到二〇二五年基本建成", date(2025, 12, 31)),
        ("到二○二五年基本建成", date(2025, 12, 31)),
        ("2022年3月底以前提交", date(2022, 3, 31)),
        ("2024年2月底前提交", date(2024, 2, 29)),
        ("2023年十一月底前提交", date(2023, 11, 30)),
        ("2023年6月15日前报送", date(2023, 6, 15)),
        ("2023年6月上旬完成", date(2023, 6, 10)),
        ("2023年6月中旬完成", date(2023, 6, 20)),
        ("2023年6月下旬完成", date(2023, 6, 30)),
        ("2024年上半年出台", date(2024, 6, 30)),
        ("2024年下半年出台", date(2024, 12, 31)),
        ("2023年第三季度完成", date(2023, 9, 30)),
        ("2023年二季度末前完成", date(2023, 6, 30)),
        ("今年新增5万人", date(2022, 12, 31)),
        ("今年9月底前开工", date(2022, 9, 30)),
        ("今年三季度末前完成", date(2022, 9, 30)),
        ("明年3月底前验收", date(2023, 3, 31)),
        ("明年上半年验收", date(2023, 6, 30)),
        ("后年底前建成", date(2024, 12, 31)),
        ("今明两年改造80个小区", date(2023, 12, 31)),
        ("年底前完成", date(2022, 12, 31)),
        ("年内启动", date(2022, 12, 31)),
        ("下半年推开", date(2022, 12, 31)),
        ("上半年推开", date(2022, 6, 30)),
        ("第三季度完成验收", date(2022, 9, 30)),
        ("9月1日前报送", date(2022, 9, 1)),
        ("到“十四五”末达到60%", date(2025, 12, 31)),
        ("十五五期末达到60%", date(2030, 12, 31)),
    ],
)
def test_deadline_ends(sentence: str, end: date) -> None:
    assert _due(sentence).end == end


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("“十四五”期间新建12所", date(2021, 1, 1), date(2025, 12, 31)),
        ("“十五五”时期再建8所", date(2026, 1, 1), date(2030, 12, 31)),
        ("“十五”期间安排资金", date(2001, 1, 1), date(2005, 12, 31)),
        ("2021—2025年新增10万张", date(2021, 1, 1), date(2025, 12, 31)),
        ("2023年至2025年连续三年安排", date(2023, 1, 1), date(2025, 12, 31)),
        ("2023年3月至10月开展整治", date(2023, 3, 1), date(2023, 10, 31)),
        ("2023年11月至2024年2月开展整治", date(2023, 11, 1), date(2024, 2, 29)),
        ("2024年1月1日至12月31日免征", date(2024, 1, 1), date(2024, 12, 31)),
        ("自2024年1月1日至2026年12月31日免征", date(2024, 1, 1), date(2026, 12, 31)),
        ("今年6月至9月开展抽查", date(2022, 6, 1), date(2022, 9, 30)),
        ("从2024年起资助200名", date(2024, 1, 1), None),
        ("自2022年9月1日起提高标准", date(2022, 9, 1), None),
        ("从今年9月1日起提高标准", date(2022, 9, 1), None),
        ("从9月1日起提高标准", date(2022, 9, 1), None),
        ("从2024年秋季学期起实行", date(2024, 9, 1), None),
        ("从今年下半年起实行", date(2022, 7, 1), None),
        ("自明年起停止审批", date(2023, 1, 1), None),
        ("全年培训2万人次", date(2022, 1, 1), date(2022, 12, 31)),
        ("今明两年改造80个小区", date(2022, 1, 1), date(2023, 12, 31)),
    ],
)  # fmt: skip
def test_deadline_runs_from_to(sentence: str, start: date, end: date | None) -> None:
    deadline = _due(sentence)
    assert (deadline.kind, deadline.start, deadline.end) == (DeadlineKind.DURING, start, end)


@pytest.mark.parametrize(
    ("sentence", "period", "end"),
    [
        ("3年内实现全覆盖", "P3Y", date(2025, 5, 12)),
        ("三年内实现全覆盖", "P3Y", date(2025, 5, 12)),
        ("2—3年内培育5家", "P3Y", date(2025, 5, 12)),
        ("通过3—5年的努力达标", "P5Y", date(2027, 5, 12)),
        ("半年内建立台账", "P6M", date(2022, 11, 12)),
        ("半个月内建立台账", "P15D", date(2022, 5, 27)),
        ("18个月内建成", "P18M", date(2023, 11, 12)),
        ("两周内提交方案", "P2W", date(2022, 5, 26)),
        ("今后五年新增2万张", "P5Y", date(2027, 5, 12)),
        ("自本通知印发之日起30日内制定细则", "P30D", date(2022, 6, 11)),
        ("本办法实施后3个月内完成登记", "P3M", None),
        ("24小时内完成处置", "PT24H", None),
        ("15个工作日内答复", "P15D", None),
        ("自受理之日起20日内作出决定", "P20D", None),
        ("验收合格后3个月内移交", "P3M", None),
    ],
)
def test_deadline_within_counts_from_the_issue(
    sentence: str, period: str, end: date | None
) -> None:
    deadline = _due(sentence)
    assert (deadline.kind, deadline.period, deadline.end) == (DeadlineKind.WITHIN, period, end)
    assert (deadline.doubt is None) == (end is not None or period.startswith("PT"))


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("每3年修订1次", "P3Y"),
        ("每两年评估一次", "P2Y"),
        ("每年发布预测", "P1Y"),
        ("每年3月底前报送总结", "P1Y"),
        ("每半年通报一次", "P6M"),
        ("每季度调度一次", "P3M"),
        ("每季度末前调度一次", "P3M"),
        ("每个月巡查一次", "P1M"),
        ("每月5日前报送进展", "P1M"),
        ("每3个月巡查一次", "P3M"),
        ("每两周会商一次", "P2W"),
        ("每周会商一次", "P1W"),
        ("每10天通报一次", "P10D"),
        ("每学期演练一次", "P6M"),
        ("每学年演练一次", "P1Y"),
        ("每两个季度演练一次", "P6M"),
        ("每12小时巡查一次", "PT12H"),
        ("一年一度的评选", "P1Y"),
    ],
)
def test_deadline_recurs(sentence: str, period: str) -> None:
    deadline = _due(sentence)
    assert (deadline.kind, deadline.period, deadline.end) == (DeadlineKind.EVERY, period, None)


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("5月底以前上报", date(2024, 5, 31)),
        ("年底前完成", date(2024, 12, 31)),
        ("上半年完成", date(2024, 6, 30)),
        ("四季度完成", date(2024, 12, 31)),
        ("2025年5月底以前上报", date(2025, 5, 31)),
        ("今年5月底以前上报", date(2022, 5, 31)),
    ],
)
def test_deadline_without_a_year_takes_the_year_named_before(sentence: str, end: date) -> None:
    assert _due(sentence, year=2024).end == end


@pytest.mark.parametrize(
    "sentence",
    ["今年新增5万人", "年底前完成", "5月底以前上报", "3年内建成", "今后五年新增", "从明年起实行"],
)
def test_deadline_without_a_date_of_issue_is_doubted(sentence: str) -> None:
    deadline = _due(sentence, issued=None)
    assert (deadline.start, deadline.end) == (None, None)
    assert deadline.doubt == "文件未载明成文日期，无法推算具体日期"


@pytest.mark.parametrize("sentence", ["2023年13月底前报送", "2023年2月30日前报送", "13月底前报送"])
def test_deadline_that_no_calendar_has_is_doubted(sentence: str) -> None:
    deadline = _due(sentence)
    assert (deadline.end, deadline.doubt) == (None, "日期有误")


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("到２０２５年，达到45%", None, date(2025, 12, 31)),
        ("2023年 6 月\n30 日前报送", None, date(2023, 6, 30)),
        ("（2023年底前完成，市教育局负责）", None, date(2023, 12, 31)),
        ("2021–2025年新增", date(2021, 1, 1), date(2025, 12, 31)),
        ("2021～2025年新增", date(2021, 1, 1), date(2025, 12, 31)),
        ("2021〜2025年新增", date(2021, 1, 1), date(2025, 12, 31)),
        ("2021一2025年新增", date(2021, 1, 1), date(2025, 12, 31)),
        ("＂十四五＂期间新建", date(2021, 1, 1), date(2025, 12, 31)),
    ],
)
def test_deadline_is_read_though(sentence: str, start: date | None, end: date) -> None:
    deadline = _due(sentence)
    assert (deadline.start, deadline.end) == (start, end)


def test_deadline_within_a_month_that_is_shorter_ends_with_it() -> None:
    assert _due("3个月内完成", issued=date(2022, 11, 30)).end == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("到2025年", 2025),
        ("2021—2025年", 2025),
        ("到二〇二五年", 2025),
        ("年底前", None),
        ("12000元", None),
    ],
)
def test_named_year_is_the_last_one(words: str, year: int | None) -> None:
    assert named_year(words) == year


def test_month_end_knows_leap_years() -> None:
    assert (month_end(2024, 2), month_end(2025, 2)) == (date(2024, 2, 29), date(2025, 2, 28))
