"""From bytes to Document: nothing is lost, nothing doubled, and every span points into the text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model.document import BlockKind, Document
from corpus.model.errors import UnreadableFile
from corpus.model.geometry import Span
from corpus.parse import parse

LINES = st.sampled_from(
    [
        "",
        "   ",
        "— 3 —",
        "云政办〔2024〕12号",
        "关于推进技能提升的意见",
        "各市人民政府，省人民政府各部门：",
        "一、总体要求",
        "（一）指导思想。以高质量发展为主题。",
        "1.5万亩高标准农田",
        "　　到2027年，全省新增产业技术工人12万人，建成区域性公共实训基",
        "地6个，每个设区市至少建成1个。",
        "（省教育厅牵头，省财政厅配合）",
        "附件：1.重点任务分工表",
        "附件1",
        "序号\t工作任务\t责任单位",
        "1\t编制规划\t省教育厅",
        "\t建立台账\t",
        "云岭省人民政府办公厅",
        "2024年3月5日",
        "抄送：省委各部门，省军区。",
        "首页 > 政务公开 > 正文",
        "《云岭省发展规划",
        "①编制年度计划",
        "\f第二页",
    ]
)
# Anything that people type; # and < would be marks of converters.
FREE = st.text(
    st.sampled_from(
        "发展规划第一二章节附件：，。、；（）()《》〔〕“”〈〉—-.·"
        "0123２０年月日号 \u3000\tabA%％①㎡…"
    ),
    max_size=40,
)


def document(text: str) -> Document:
    return parse(text.encode(), source="a.txt")


def signs(text: str) -> Counter[str]:
    return Counter(sign for sign in text if not sign.isspace())


def inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES | FREE, max_size=30))
def test_every_sign_of_a_file_stands_once_in_the_text(lines: list[str]) -> None:
    source = "\n".join([*lines, "推进发展。"])
    assert signs(document(source).text) == signs(source)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES | FREE, max_size=30))
def test_every_layer_points_into_the_text(lines: list[str]) -> None:
    found = document("\n".join([*lines, "推进发展。"]))
    blocks = found.blocks
    assert all(inside(block.span, found.text) for block in blocks)
    # Blocks follow each other, one break between each two, and cover the text.
    ends = [block.span.end + 1 for block in blocks]
    assert [block.span.start for block in blocks] == [0, *ends[:-1]]
    assert ends[-1] == len(found.text) + 1
    assert all((block.level > 0) == (block.kind is BlockKind.HEADING) for block in blocks)
    furniture = [block.kind is BlockKind.FURNITURE for block in blocks]
    assert furniture == sorted(furniture)
    for table in found.tables:
        assert inside(table.span, found.text)
        for cell in table.cells:
            assert table.span.start <= cell.span.start <= cell.span.end <= table.span.end
            assert "\t" not in found.text[cell.span.start : cell.span.end]
        assert 0 <= table.header_rows < max(1, table.rows)
    for index, section in enumerate(found.sections):
        assert inside(section.span, found.text)
        assert section.span.start == section.heading.start
        assert section.heading.end <= section.span.end
        assert section.parent is None or section.parent < index
        assert found.section_path(section.heading)[-1] == section.title


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES | FREE, max_size=20))
def test_same_bytes_are_the_same_document(lines: list[str]) -> None:
    source = "\n".join([*lines, "推进发展。"])
    assert document(source) == document(source)


def test_document_knows_its_file() -> None:
    content = "关于推进发展的意见\n各市人民政府：\n推进发展。".encode()
    found = parse(content, source="发展意见.txt")
    assert found.provenance.source == "发展意见.txt"
    assert found.provenance.media_type == "text/plain"
    assert found.id == parse(content, source="别名.txt").id
    assert found.id != parse(content + b"\n", source="发展意见.txt").id
    assert [page.number for page in found.pages] == [1]


def test_furniture_stands_at_the_end_and_no_quotation_runs_through_it() -> None:
    text = (
        "推进产业发展，完善政策体系，到2027年建成实训基地6个，培育技工\n— 1 —\n12万人。\n二、保障\n"
    )
    found = document(text)
    assert found.text.endswith("\n— 1 —")
    assert "培育技工\n12万人" in found.text


def test_paragraph_in_the_old_encoding_of_offices_is_read() -> None:
    found = parse("到2027年，新增技工12万人。".encode("gb18030"), source="a.txt")
    assert found.text == "到2027年，新增技工12万人。"


@pytest.mark.parametrize("content", [b"", b"\n \n", "— 1 —\n— 2 —".encode()])
def test_file_without_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as raised:
        parse(content, source="空.txt")
    assert raised.value.reason == "empty"


def test_file_of_one_table_is_a_document() -> None:
    found = document("序号\t工作任务\n1\t编制规划\n")
    assert found.text == "序号\t工作任务\n1\t编制规划"
    assert [block.kind for block in found.blocks] == [BlockKind.TABLE]
