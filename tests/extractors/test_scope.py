"""What governs what: times their sentence, brackets their paragraph, columns their row, subjects
what follows them."""

import pytest

from extractors.run import extract
from tests.end_to_end.plain_documents import document_of

Governed = list[tuple[str | None, str | None]]


def _deadlines(text: str) -> Governed:
    """What is promised, by its indicator, and the time that governs it."""
    found = extract(document_of(text, "d")).commitments
    return [(c.indicator, c.deadline.raw if c.deadline else None) for c in found]


def _units(text: str) -> list[tuple[str | None, list[str]]]:
    found = extract(document_of(text, "d")).commitments
    return [(c.indicator, [u.raw for u in c.responsible_units]) for c in found]


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        # all that stands before, where it says so
        (
            "新建社区食堂300个，示范机构20家，2024年底前全部建成。",
            [("社区食堂", "2024年底前"), ("示范机构", "2024年底前")],
        ),
        # times that take turns in one paragraph, each up to the next
        (
            "到2025年，服务网络基本建成。基本形成照护体系。到2027年，能力更强。形成长效机制。",
            [("服务网络", "到2025年"), ("照护体系", "到2025年"), ("长效机制", "到2027年")],
        ),
        # its sentence, from where it stands on
        (
            "扩大供给。到2025年，新建社区食堂300个，示范机构20家。建成培训基地5个。",
            [("社区食堂", "到2025年"), ("示范机构", "到2025年"), ("培训基地", None)],
        ),
        # the nearest before it
        (
            "到2023年，新建社区食堂100个；到2025年，新建示范机构20家。",
            [("社区食堂", "到2023年"), ("示范机构", "到2025年")],
        ),
        # behind it, in its own clause or part
        ("新建社区食堂300个，2024年底前全部投用。", [("社区食堂", "2024年底前")]),
        # not that of what follows it in another clause
        (
            "改造老旧机构200家，3年内培训护理员5万人次。",
            [("老旧机构", None), ("护理员", "3年内")],
        ),
        # the bracket that closes over it
        ("新建社区食堂300个（2024年底前完成，省民政厅负责）。", [("社区食堂", "2024年底前")]),
        # a time that opens a paragraph of aims is that of its later sentences
        (
            "主要目标。到2025年，新建社区食堂300个。护理型床位占比达到60%。",
            [("社区食堂", "到2025年"), ("护理型床位", "到2025年")],
        ),
        # a rate is no time, the period of a duty is one
        ("到2025年，每年培训护理员3万人次。", [("护理员", "到2025年")]),
        ("每年培训护理员3万人次。", [("护理员", None)]),
    ],
)
def test_deadline_governs(text: str, deadlines: Governed) -> None:
    assert _deadlines(text) == deadlines


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # the bracket governs every commitment of its paragraph, and those of no other
        (
            "新建社区食堂300个，示范机构20家。（省民政厅负责）\n建成培训基地5个。",
            [("社区食堂", ["省民政厅"]), ("示范机构", ["省民政厅"]), ("培训基地", [])],
        ),
        # the first bracket that closes behind it
        (
            "新建社区食堂300个（省民政厅负责），新建幼儿园50所（省教育厅负责）。",
            [("社区食堂", ["省民政厅"]), ("幼儿园", ["省教育厅"])],
        ),
        # the subject of its sentence
        (
            "各县（市、区）政府要建设养老服务中心2个以上。建成培训基地5个。",
            [("养老服务中心", ["各县（市、区）政府"]), ("培训基地", [])],
        ),
        # a subject goes on after 其中
        (
            "省民政厅要抽查机构50家。其中，抽查公办机构20家。",
            [("机构", ["省民政厅"]), ("公办机构", ["省民政厅"])],
        ),
        # subject and bracket together
        (
            "省民政厅要建设培训基地5个。（省财政厅配合）",
            [("培训基地", ["省民政厅", "省财政厅"])],
        ),
    ],
)
def test_units_govern(text: str, units: list[tuple[str | None, list[str]]]) -> None:
    assert _units(text) == units


@pytest.mark.parametrize(
    ("text", "indicator", "deadline", "units"),
    [
        (
            "工作任务\t责任单位\t完成时限\n新建社区食堂300个\t省民政厅、财政厅\t2024年底前",
            "社区食堂", "2024年底前", ["省民政厅", "财政厅"],
        ),
        # the column names the units, not the subject in the cell
        (
            "工作任务\t责任单位\t完成时限\n省财政厅要安排资金5亿元\t省民政厅\t2024年底前",
            "资金", "2024年底前", ["省民政厅"],
        ),
        # a time in the cell goes before the column's
        (
            "工作任务\t责任单位\t完成时限\n2023年底前新建社区食堂300个\t省民政厅\t2024年底前",
            "社区食堂", "2023年底前", ["省民政厅"],
        ),
        (
            "工作任务\t牵头单位\t配合单位\n新建社区食堂300个\t省民政厅\t省财政厅",
            "社区食堂", None, ["省民政厅", "省财政厅"],
        ),
    ],
)  # fmt: skip
def test_columns_govern_their_row(
    text: str, indicator: str, deadline: str | None, units: list[str]
) -> None:
    assert _deadlines(text) == [(indicator, deadline)]
    assert _units(text) == [(indicator, units)]


def test_columns_govern_no_other_row() -> None:
    text = "工作任务\t责任单位\n新建社区食堂300个\t省民政厅\n新建幼儿园50所\t省教育厅"
    assert _units(text) == [("社区食堂", ["省民政厅"]), ("幼儿园", ["省教育厅"])]


@pytest.mark.parametrize(
    "text",
    [
        "到２０２５年，新建社区食堂３００个。（省民政厅负责）",
        "到 2025 年，新建社区 食堂 300 个。（省 民 政 厅 负 责）",
        "到2025年，新建社区食堂300个。(省民政厅负责)",
        "到2025年，新建社区食堂300个（省民政厅负责）。",
        "（一）到2025年，新建社区食堂300个。（责任单位：省民政厅）",
    ],
)
def test_scope_is_read_though(text: str) -> None:
    ((_, deadline),) = _deadlines(text)
    ((_, units),) = _units(text)
    assert deadline is not None
    assert units == ["省民政厅"] or units == ["省 民 政 厅"]
