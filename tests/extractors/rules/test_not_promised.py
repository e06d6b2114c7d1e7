"""What is said but promised by nobody: conditions, definitions, the sentence of a notice."""

import pytest

from corpus.model.view import tidy
from extractors.rules.not_promised import is_condition, is_definition, is_preamble


@pytest.mark.parametrize(
    "sentence",
    [
        "申报企业注册资本不低于500万元",
        "申请人年龄不超过45周岁",
        "应当同时具备以下条件：床位不少于100张",
        "须满足下列基本条件",
        "认定条件为从业人员50人以上",
        "主要负责人从业年限不少于5年",
        "年营业额超过2000万元的可申报",
        "参评单位须连续经营3年以上",
        "申报示范园区的企业应当具有独立法人资格",
        "申 报条\n件：注册资本不低于５００万元",
    ],
)
def test_condition_is_told(sentence: str) -> None:
    assert is_condition(tidy(sentence).text)


@pytest.mark.parametrize(
    "sentence",
    [
        "新建社区食堂300个",
        "改善农村学校办学条件，新增学位2万个",
        "完成20个县的申报工作",
        "申请材料精简30%以上",
        "护理型床位占比不低于60%",
        "市民政局要加强资格审核",
    ],
)
def test_condition_is_not_told_of(sentence: str) -> None:
    assert not is_condition(tidy(sentence).text)


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (("二、申报条件",), True),
        (("一、总体要求", "（二）资格要求"), True),
        (("二、申报条件", "（三）奖励标准"), False),
        (("改善办学条件，提升农村学校教学质量和服务保障能力",), False),
        ((), False),
    ],
)
def test_condition_is_told_by_the_heading_right_above(
    headings: tuple[str, ...], told: bool
) -> None:
    assert is_condition("床位不少于100张", headings) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("本办法所称小微企业，是指从业人员300人以下的企业", True),
        ("重点企业系指年产值1亿元以上的企业", True),
        ("培育小微企业300家", False),
        ("加强分类指导，培育企业20家", False),
    ],
)
def test_definition_is_told(sentence: str, told: bool) -> None:
    assert is_definition(tidy(sentence).text) is told


@pytest.mark.parametrize(
    "sentence",
    [
        "现将《云岭省养老服务提升方案》印发给你们，请认真贯彻执行",
        "现予公布",
        "特制定本办法",
        "结合我省实际，研究制定如下措施",
        "经专家评审，省政府决定命名20个示范县",
        "现就做好2023年工作有关事项通知如下",
        "请结合实际，认真贯彻落实",
        "现 将《方案》印\n发给你们",
    ],
)
def test_preamble_is_told(sentence: str) -> None:
    assert is_preamble(tidy(sentence).text)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年6月底前制定实施细则",
        "省民政厅负责印发年度计划",
        "将居家服务纳入基本公共服务清单",
        "命名30个示范社区",
    ],
)
def test_preamble_is_not_told_of(sentence: str) -> None:
    assert not is_preamble(tidy(sentence).text)
