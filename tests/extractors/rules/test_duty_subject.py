"""Who must do what: units that stand as the subject of a duty."""

import pytest

from corpus.model.view import tidy
from extractors.nlp.clauses import cut
from extractors.rules.duty_subject import find_subjects, subject_duty


def _subjects(sentence: str) -> list[list[str]]:
    view = tidy(sentence)
    return [[u.raw for u in s.units] for s in find_subjects(view, cut(view.text))]


def _duties(sentence: str) -> list[tuple[str | None, str | None]]:
    view = tidy(sentence)
    clauses = cut(view.text)
    found = [subject_duty(view, clauses, s) for s in find_subjects(view, clauses)]
    return [
        (
            view.text[slice(*d.action)] if d.action else None,
            view.text[slice(*d.object)] if d.object else None,
        )
        for d in found
        if d is not None
    ]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("省民政厅要制定实施细则。", [["省民政厅"]]),
        ("省民政厅、省财政厅应当加强检查。", [["省民政厅", "省财政厅"]]),
        ("省民政厅、省财政厅等部门要研究出台扶持办法。", [["省民政厅", "省财政厅"]]),
        ("各县（市、区）政府要落实属地责任。", [["各县（市、区）政府"]]),
        ("各有关部门要按照职责分工抓好落实。", [["各有关部门"]]),
        ("具体办法由市财政局、市教育局另行制定。", [["市财政局", "市教育局"]]),
        # who helps is bound, too
        ("省民政厅会同省财政厅制定补贴办法。", [["省民政厅", "省财政厅"]]),
        ("省民政厅要加强统筹，会同有关部门做好评估。", [["省民政厅", "有关部门"]]),
        # the case that a unit has to deal with, and a list of who does what
        ("税务机关发现申报有误的，应当通知纳税人。", [["税务机关"]]),
        ("县养老服务办公室：负责日常工作。", [["县养老服务办公室"]]),
        # times and numbers of articles stand before, adverbials behind
        ("2023年6月底前各市政府要出台方案。", [["各市政府"]]),
        ("5.2.4各养老机构应当建立台账。", [["各养老机构"]]),
        ("联席会议以纪要形式明确议定事项。", [["联席会议"]]),
        # bound by a trade where the law says so; departments by their function
        ("平台运营者应当保存记录。", [["平台运营者"]]),
        ("发展改革部门要参与编制规划。", [["发展改革部门"]]),
        ("实施细则由财政、教育部门另行规定。", [["财政", "教育部门"]]),
        ("卫生、民政等部门要落实经费。", [["卫生", "民政"]]),
        ("镇（街）、园区管委会要公布举报方式。", [["镇（街）", "园区管委会"]]),
        # 由 further on is another's
        ("燃气企业应当将结果告知用户并由用户签收。", [["燃气企业"]]),
        ("省民政厅每年开展一次评估。", [["省民政厅"]]),
        ("同时，省民政厅负责日常监管。", [["省民政厅"]]),
        ("二是市教育局要牵头编制专项规划。", [["市教育局"]]),
        (
            "省民政厅要制定细则；省财政厅要安排资金。",
            [["省民政厅"], ["省财政厅"]],
        ),
    ],
)
def test_subject_is_found(sentence: str, subjects: list[list[str]]) -> None:
    assert _subjects(sentence) == subjects


@pytest.mark.parametrize(
    "sentence",
    [
        # what is permitted is no duty
        "各地可结合实际制定办法。",
        "省民政厅可根据需要调整名单。",
        "学校自主确定培养方案。",
        "鼓励企业参与社区服务。",
        # persons, and what is done to a unit
        "市教育局主要负责同志担任组长。",
        "向省民政厅报送材料。",
        "符合条件的企业给予奖励。",
        "建立政府引导、市场运作的机制。",
        "牵头学校建设标准化课程。",
        "推动构建政府统筹管理、行业企业举办的多元办学格局。",
        "省级部门可以将审批权限下放至各市。",
        # what was issued tells which paper is meant
        "国务院印发的《规划》已经公布。",
        # the bracket says who does it; what is said before is no unit
        "到2027年，全县改造食堂20所左右（县民政局牵头，县财政局配合）。",
    ],
)
def test_subject_ignores(sentence: str) -> None:
    assert _subjects(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "省民政\n厅、省财政厅要制定细则。",
        "省 民 政 厅 、 省 财 政 厅 要制定细则。",
        "（一）省民政厅、省财政厅要制定细则。",
        "——省民政厅、省财政厅要制定细则。",
        "第五条 省民政厅、省财政厅应当制定细则。",
    ],
)
def test_subject_is_found_though(sentence: str) -> None:
    assert _subjects(sentence) == [["省民政厅", "省财政厅"]]


@pytest.mark.parametrize(
    ("sentence", "duty"),
    [
        ("省民政厅要制定实施细则，加强检查。", ("制定", "实施细则")),
        # the duty comes after the exhortation
        ("各有关部门要提高政治站位，完善工作机制。", ("完善", "工作机制")),
        ("省民政厅要高度重视，抓紧制定方案。", ("制定", "方案")),
        # what stands before 由 is done
        ("具体办法由市财政局另行制定。", ("制定", "具体办法")),
        # the clause that ends with 的 names the case
        ("市教育局需要使用数据的，应当提出使用申请。", ("提出", "使用申请")),
        # when, to whom and by what stand before the verb
        ("市民政局应当于每年三月底前向市政府报告上年度情况。", ("报告", "上年度情况")),
        ("机构编制部门按程序做好岗位核定工作。", ("做好", "岗位核定工作")),
        ("燃气企业应当将安全检查结果告知用户。", ("告知", "安全检查结果")),
        # what the clause before names, and rules that are still to be made
        ("申报表的式样，由市税务局统一制定。", ("制定", "申报表的式样")),
        ("具体办法由市财政局另行规定。", ("规定", "具体办法")),
    ],
)
def test_subject_does_its_first_concrete_duty(
    sentence: str, duty: tuple[str | None, str | None]
) -> None:
    assert _duties(sentence) == [duty]


@pytest.mark.parametrize(
    "sentence",
    ["有关部门认真进行了研究。", "目前，县政府已按要求组织搬迁。", "市教育局正在组织编制规划。"],
)
def test_subject_has_no_duty_in_what_it_did(sentence: str) -> None:
    assert _duties(sentence) == []


def test_subject_of_an_exhortation_alone_does_what_it_says() -> None:
    ((action, _),) = _duties("各有关部门要提高思想认识。")
    assert action == "提高"


def test_subject_reaches_to_the_next_one() -> None:
    view = tidy("省民政厅要制定细则，省财政厅要安排资金。")
    first, second = find_subjects(view, cut(view.text))
    assert (first.scope_end, second.scope_end) == (second.start, len(view.text))
