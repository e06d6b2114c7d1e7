"""Lines of plain texts joined to paragraphs: broken by hand, indented, with blank lines, whole."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.parse.layout import Paragraph, arrange
from corpus.parse.text import read

SENTENCES = (
    "到2027年，全省新增产业技术工人12万人，建成区域性公共实训基地6个，每个设区市至少建成1个。",
    "各地要把稳定就业放在更加突出的位置，完善政策落实的督查机制，定期通报进展情况。",
    "支持龙头企业牵头组建创新联合体，承担省级重大科技专项，带动上下游企业协同发展。",
    "对按期完成年度任务的县（市、区），省级财政给予资金奖补；对进度滞后的，由省有关部门约谈。",
    "加强队伍建设，健全培训体系，推动公共服务资源向乡镇和村延伸，逐步缩小城乡差距。",
    "鼓励金融机构开发中长期信贷产品，扩大制造业贷款投放，降低小微企业综合融资成本。",
    "统筹推进老旧管网改造和智慧化监测，优先安排安全隐患突出的小区，分年度实施完成。",
)
PARAGRAPHS = tuple(
    first + second + third
    for first, second, third in zip(
        SENTENCES, SENTENCES[2:] + SENTENCES[:2], SENTENCES[4:] + SENTENCES[:4], strict=True
    )
)


def wrapped(paragraph: str, *, width: int = 28, first: int = 0) -> list[str]:
    """Broken every ``width`` characters, the first line ``first`` characters earlier."""
    starts = [0, *range(width - first, len(paragraph), width)]
    return [paragraph[a:b] for a, b in pairwise([*starts, len(paragraph)])]


def joined(text: str) -> list[str]:
    """The paragraphs that the layout makes of a text."""
    items = arrange(read(text)).items
    return [item.text.strip() for item in items if isinstance(item, Paragraph)]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_paragraph_a_line_stays_as_it_is(between: str) -> None:
    lines = [
        *PARAGRAPHS,
        "积极扩大产业投资需求",
        PARAGRAPHS[0],
        "推动城乡协调发展，提升治理水平",
        PARAGRAPHS[1],
    ]
    assert joined(between.join(lines)) == lines


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_hand_broken_text_without_indent_is_joined(between: str) -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, first=2)]
    assert joined(between.join(lines)) == list(PARAGRAPHS)


def test_hand_broken_text_with_indents_is_joined_at_full_lines_that_end_a_sentence() -> None:
    # Its second line ends with the sentence and is full; nothing but the indent tells.
    full = "推进" * 24 + "落实到位。" + "。".join(SENTENCES)
    assert len(full.split("。")[0]) + 1 == 53
    paragraphs = [*PARAGRAPHS, full, *PARAGRAPHS]
    lines = [
        "　　" * (not n) + line for p in paragraphs for n, line in enumerate(wrapped(p, first=2))
    ]
    assert joined("\n".join(lines)) == paragraphs


def test_blank_lines_between_paragraphs_tell_where_they_end() -> None:
    exact = "建立" * 13 + "台账。"
    exact = exact[-28:]
    paragraphs = [PARAGRAPHS[0], exact, PARAGRAPHS[1], exact, *PARAGRAPHS[2:]]
    text = "\n\n".join("\n".join(wrapped(p)) for p in paragraphs)
    assert joined(text) == paragraphs


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("全省要深入实施创新驱动发展战略。统筹推进教育科技", "人才一体化发展。"),
        ("优先发展生物医药、新材料、智能装备、绿色食品、节能环保、现代", "物流等产业。"),
        ("组织实施《云岭省质量强省建设", "纲要》明确的任务。"),
        ("支持符合条件的企业（含", "民营企业）申报。"),
        ("培育领军企业20家", "，专精特新企业100家。"),
        ("稳步扩大规模", "。"),
        ("云岭省人民政府关于印发三年行动计划", "的通知"),
        ("完善帮扶机制，落实落细各项政策措施。", "（省民政厅牵头，省财政厅配合）"),
    ],
)
def test_line_that_breaks_off_goes_on_in_a_text_of_whole_paragraphs(above: str, below: str) -> None:
    assert joined(f"{above}\n\n{below}\n{PARAGRAPHS[0]}") == [above + below, PARAGRAPHS[0]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("一、总体要求", "以高质量发展为主题，统筹发展和安全。"),
        ("（一）坚持统筹推进，突出重点领域", "面向传统产业，完善支持政策。"),
        ("积极稳妥推进以人为核心的新型城镇化", "今年要抓好三件事。"),
        ("云岭省人民政府关于推进产业发展的意见", "各市人民政府：为做好这项工作。"),
        ("云岭省教育厅", "2024年3月5日"),
        ("2024年3月5日", "云岭省技能提升行动方案"),
        ("各市人民政府，省有关部门，各高等学校", "为贯彻落实中央部署，制定本方案。"),
        ("省级统筹，市县落实。（省财政厅负责）", "加强资金管理。"),
        ("重点支持以下领域", "1.新能源汽车产业集群建设。"),
        ("附件1", "云岭省重点任务分工表"),
        ("主要开展以下几个方面的工作，逐项明确责任单位和完成时限", "①编制年度计划。"),
    ],
)
def test_heading_title_and_signature_stay_alone(above: str, below: str) -> None:
    assert joined(f"{above}\n{below}\n{PARAGRAPHS[0]}") == [above, below, PARAGRAPHS[0]]


def test_heading_in_a_hand_broken_text_stays_alone() -> None:
    lines: list[str] = []
    expected: list[str] = []
    for number, paragraph in zip("一二三四五六七", PARAGRAPHS, strict=True):
        heading = f"{number}、健全工作推进机制"
        lines += [heading, *wrapped(paragraph, first=2)]
        expected += [heading, paragraph]
    assert joined("\n".join(lines)) == expected


def test_mark_at_the_start_of_a_broken_line_is_no_new_paragraph() -> None:
    body = (
        "各单位按照任务清单逐项抓好落实，清单详见本通知所附的文件即" + "附件2《重点任务分工表》。"
    )
    assert body[28:].startswith("附件2") or body[29:].startswith("附件2")
    lines = [*wrapped(PARAGRAPHS[0]), body[: body.index("附件2")], body[body.index("附件2") :]]
    text = "\n".join([*lines, *(x for p in PARAGRAPHS[1:] for x in wrapped(p))])
    assert body in joined(text)


def test_unit_bracket_closes_its_paragraph_in_a_hand_broken_text() -> None:
    first = "加快补齐公共服务短板，完善县乡村三级网络。（省教育厅负责）"
    second = "提升基层治理能力，推动资源下沉，减轻村级组织负担，落实好减负措施。"
    text = "\n".join([first, *wrapped(second), *(x for p in PARAGRAPHS for x in wrapped(p))])
    assert joined(text)[:2] == [first, second]


def test_narrow_and_wide_signs_of_a_scan_count_as_printed() -> None:
    lines = [
        line.replace("，", ",") if n % 2 else line
        for n, line in enumerate(x for p in PARAGRAPHS for x in wrapped(p, first=2))
    ]
    assert [p.replace(",", "，") for p in joined("\n\n".join(lines))] == list(PARAGRAPHS)


def test_long_paragraph_is_joined_in_reasonable_time() -> None:
    """One paragraph of 7,000 lines: a step for each line, not one for each pair of them."""
    line = "推进产业发展、教育培训、社会治理、公共服务体系建设，完善机"
    assert joined("\n".join([line] * 7000)) == [line * 7000]


def test_lines_of_one_length_are_no_broken_text_where_they_are_names_or_sentences() -> None:
    names = [f"云岭省{sign}原职业技术学院产业学院" for sign in "东西南北中上下前后左右"]
    assert joined("\n".join(names)) == names
    items = [f"加快建设第{sign}批省级公共实训基地项目；" for sign in "一二三四五六七八九十"]
    assert joined("\n".join(items)) == items
    paragraphs = [PARAGRAPHS[0][:99] + "。" for _ in range(20)]
    assert joined("\n".join(paragraphs)) == paragraphs
