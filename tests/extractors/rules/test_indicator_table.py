"""Values that stand in a cell of their own, with the indicator of their row."""

import pytest

from corpus.model.finding import Label
from corpus.model.period import Deadline
from corpus.model.quantity import Bound, Quantity
from extractors.rules.indicator_table import IndicatorTables
from tests.end_to_end.plain_documents import document_of

Value = tuple[str, str, str, Bound]


def _values(*rows: str) -> list[Value]:
    """Indicator, amount, unit and bound of every value; the first row is the head."""
    groups: dict[str, dict[Label, object]] = {}
    for finding in IndicatorTables().find(document_of("\n".join(rows), "d")):
        groups.setdefault(finding.group, {})[finding.label] = finding.value
    found = []
    for each in groups.values():
        quantity, bound = each[Label.QUANTITY], each.get(Label.BOUND, Bound.EXACTLY)
        assert isinstance(quantity, Quantity)
        assert isinstance(bound, Bound)
        high = "" if quantity.high == quantity.low else f"-{quantity.high}"
        found.append((str(each[Label.INDICATOR]), f"{quantity.low}{high}", quantity.unit, bound))
    return found


def _due(*rows: str) -> list[str]:
    findings = IndicatorTables().find(document_of("\n".join(rows), "d"))
    values = [f.value for f in findings if f.label is Label.DEADLINE]
    return [str(v.end) for v in values if isinstance(v, Deadline)]


@pytest.mark.parametrize(
    ("head", "row", "value"),
    [
        (
            "指标\t2020年\t2025年",
            "护理型床位占比（%）\t48\t60",
            ("护理型床位占比", "60", "%", Bound.EXACTLY),
        ),
        (
            "指标\t单位\t2020年\t2025年",
            "养老床位\t万张\t25\t28.5",
            ("养老床位", "285000.0", "张", Bound.EXACTLY),
        ),
        (
            "指标\t目标值",
            "护理型床位占比\t≥60%",
            ("护理型床位占比", "60", "%", Bound.AT_LEAST),
        ),
        (
            "指标\t目标值",
            "单位能耗（千克）\t≤80",
            ("单位能耗", "80", "千克", Bound.AT_MOST),
        ),
        (
            "指标\t目标值",
            "社区食堂\t300个左右",
            ("社区食堂", "300", "个", Bound.ABOUT),
        ),
        (
            "指标\t2025年目标",
            "龙头企业（家）\t5-10",
            ("龙头企业", "5-10", "家", Bound.RANGE),
        ),
        (
            "指标\t目标值\t责任单位",
            "社区食堂\t达到300个\t省民政厅",
            ("社区食堂", "300", "个", Bound.EXACTLY),
        ),
    ],
)
def test_table_value_is_read(head: str, row: str, value: Value) -> None:
    assert _values(head, row) == [value]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        # the value of the year before is no aim
        ("指标\t2020年", "养老床位（张）\t25"),
        ("指标\t现状值", "养老床位（张）\t25"),
        # prose is for the readers of prose
        ("指标\t目标值", "社区食堂\t城区新建300个，乡镇新建200个"),
        ("指标\t目标值", "社区食堂\t在全省范围内新建300个"),
        ("指标\t目标值", "社区食堂\t持续增加"),
        # a number without anything that it measures
        ("序号\t目标值", "1\t300个"),
        ("任务\t责任单位", "新建社区食堂300个\t省民政厅"),
    ],
)
def test_table_value_ignores(head: str, row: str) -> None:
    assert _values(head, row) == []


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("指标\t2020年\t2025年", "护理型床位占比（％）\t48\t６０"),
        ("指 标\t2020 年\t2025 年", "护理型 床位占比（%）\t48\t60"),
        ("指标\t单位\t2020年\t2025年", "护理型床位占比\t%\t48\t60"),
        ("指标\t2020年\t2025年", "护理型床位占比（%）\t48\t〔60〕"),
        ("指标\t2020年\t2025年目标值", "护理型床位占比（%）\t48\t60"),
    ],
)
def test_table_value_is_read_though(head: str, row: str) -> None:
    assert _values(head, row) == [("护理型床位占比", "60", "%", Bound.EXACTLY)]


def test_table_value_is_due_in_the_year_of_its_head() -> None:
    assert _due("指标\t2020年\t2025年", "护理型床位占比（%）\t48\t60") == ["2025-12-31"]
    assert _due("指标\t目标值", "护理型床位占比\t60%") == []


def test_table_values_of_every_row_stand_in_groups_of_their_own() -> None:
    rows = ("指标\t目标值", "社区食堂\t300个", "示范机构\t20家")
    assert [value[0] for value in _values(*rows)] == ["社区食堂", "示范机构"]


def test_table_value_cites_its_cells() -> None:
    document = document_of("指标\t目标值\n社区食堂\t≥300个", "d")
    quotes = {f.label: f.evidence.quote for f in IndicatorTables().find(document)}
    assert quotes == {Label.INDICATOR: "社区食堂", Label.QUANTITY: "300个", Label.BOUND: "≥"}
