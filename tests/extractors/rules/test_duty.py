"""What must be done, and to what: the verb and the object of a duty without a number."""

import pytest

from corpus.model.view import tidy
from extractors.nlp.clauses import cut
from extractors.rules.duty import main_duty, object_range, read_duty

Pair = tuple[str, str | None]


def _duty(clause: str) -> Pair | None:
    text = tidy(clause).text
    found = read_duty(text, 0, len(text))
    if found is None:
        return None
    verb, what = found
    return text[slice(*verb)], text[slice(*what)] if what else None


def _main(passage: str, *, own_first: bool = False) -> Pair | None:
    text = tidy(passage).text
    found = main_duty(text, 0, len(text), cut(text), own_first=own_first)
    if found is None or found.action is None:
        return None
    return text[slice(*found.action)], text[slice(*found.object)] if found.object else None


@pytest.mark.parametrize(
    ("clause", "verb", "what"),
    [
        ("完成申请工作", "完成", "申请工作"),
        ("要尽快制定实施细则", "制定", "实施细则"),
        ("应当定期公布检查结果", "公布", "检查结果"),
        ("会同市财政局研究制定补贴办法", "制定", "补贴办法"),
        ("健全完善内部管理制度", "健全完善", "内部管理制度"),
        ("制定、公布价格清单", "制定、公布", "价格清单"),
        ("负责牵头制定年度计划", "制定", "年度计划"),
        # its object stands elsewhere than behind its verb
        ("将养老服务设施纳入国土空间规划", "纳入", "养老服务设施"),
        ("把食品安全列入年度考核", "列入", "食品安全"),
        ("对实施情况进行评估", "评估", "实施情况"),
        ("加强对养老机构的监管", "加强", "养老机构的监管"),
        # what somebody answers for
        ("对本地区食品安全负总责", "负总责", "本地区食品安全"),
        ("负责日常管理工作", "负责", "日常管理工作"),
        ("是落实改革任务的第一责任人", "落实", "改革任务"),
    ],
)
def test_duty_is_read(clause: str, verb: str, what: str) -> None:
    assert _duty(clause) == (verb, what)


@pytest.mark.parametrize("clause", ["核发的批准文件", "各地区", "2023年底前"])
def test_duty_ignores(clause: str) -> None:
    assert _duty(clause) is None


@pytest.mark.parametrize(
    ("clause", "verb", "what"),
    [
        ("要尽快制\n定实施细则", "制定", "实施细则"),
        ("要 尽 快 制 定 实 施 细 则", "制定", "实施细则"),
        ("将养老服务设施\n纳入国土空间规划", "纳入", "养老服务设施"),
        ("制定《实施细则》", "制定", "《实施细则》"),
    ],
)
def test_duty_is_read_though(clause: str, verb: str, what: str) -> None:
    assert _duty(clause) == (verb, what)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("好申请工作", "申请工作"),
        ("一批示范项目", "示范项目"),
        ("服务清单（含价格）", "服务清单"),
        ("实施细则、", "实施细则"),
        # a long phrase is cut at its last 的 but one
        (
            "与经济社会发展水平相适应、与人口老龄化进程相协调的基本养老服务制度",
            "基本养老服务制度",
        ),
        # a long list at its first item
        (
            "养老服务信息平台、社区助餐配送网络、居家照护服务队伍和适老化改造项目储备库",
            "养老服务信息平台",
        ),
    ],
)
def test_object_is_the_head_phrase(words: str, what: str) -> None:
    text = tidy(words).text
    span = object_range(text, 0, len(text))
    assert span is not None
    assert text[slice(*span)] == what


def test_object_of_one_character_is_none() -> None:
    assert object_range("了。", 0, 1) is None


@pytest.mark.parametrize(
    ("passage", "pair"),
    [
        ("围绕照护需求，健全评估制度，完善标准体系。", ("健全", "评估制度")),
        ("为满足群众需要，开展互助养老试点。", ("开展", "互助养老试点")),
        ("坚持政府引导。建立议事协调机制。", ("建立", "议事协调机制")),
        ("按照国家要求。", None),
    ],
)
def test_main_duty_is_the_first_that_is_no_background(passage: str, pair: Pair | None) -> None:
    assert _main(passage) == pair


def test_main_duty_of_ones_own_goes_before_what_others_do() -> None:
    passage = "支持社会力量参与。制定扶持办法。"
    assert _main(passage) == ("支持", "社会力量参与")
    assert _main(passage, own_first=True) == ("制定", "扶持办法")


def test_main_duty_of_others_stands_where_there_is_none_of_ones_own() -> None:
    assert _main("支持社会力量参与。", own_first=True) == ("支持", "社会力量参与")
