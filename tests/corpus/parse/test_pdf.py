"""PDF files read from end to end; the files are written here, object by object."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.model.document import TextSource
from corpus.model.errors import UnreadableFile
from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.ocr import engine as engines
from corpus.parse.ocr.engine import OcrOptions
from corpus.parse.pdf import read as read_pdf
from tests.corpus.parse.pdf_files import HEIGHT, PROSE, Maker

SHARED = Path(__file__).parents[4] / "shared" / "documents"


@pytest.fixture(autouse=True)
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that finds nothing: what optical recognition reads is tested elsewhere."""
    monkeypatch.setitem(engines.ENGINES, "blind", "tests.corpus.parse.ocr.engines:Blind")


def read(content: bytes, *, source: str) -> Flow:
    return read_pdf(content, source=source, ocr=OcrOptions(engine="blind"))


def texts(flow: Flow) -> list[str]:
    return [item.text for item in flow.items if isinstance(item, FlowLine)]


def tables(flow: Flow) -> list[FlowTable]:
    return [item for item in flow.items if isinstance(item, FlowTable)]


def rows(table: FlowTable) -> list[list[str]]:
    count = max(c.row + c.row_span for c in table.cells)
    return [[c.text for c in table.cells if c.row == row] for row in range(count)]


def refusal(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(content, source="x.pdf")
    assert "\n" not in caught.value.zh + caught.value.en
    return caught.value


def test_lines_have_text_place_size_and_page() -> None:
    maker = Maker().prose().page().text("⼈⺠政府办公厅", y=200, size=22)
    flow = read(maker.prose(y=300).make(), source="x.pdf")
    line = next(i for i in flow.items if isinstance(i, FlowLine) and i.page == 2)
    assert (line.text, line.size) == ("人民政府办公厅", 22)
    assert line.box is not None
    assert line.edges == tuple(80 + 22 * n for n in range(8))
    assert line.box.top < 200 < line.box.bottom
    assert [(p.number, p.width, p.height, p.failure) for p in flow.pages] == [
        (1, 595, HEIGHT, None),
        (2, 595, HEIGHT, None),
    ]


def test_title_in_the_middle_of_the_type_area_is_centred() -> None:
    flow = read(Maker().text("关于试点工作的通知", x=216, y=60).prose().make(), source="x.pdf")
    marks = [i.centred for i in flow.items if isinstance(i, FlowLine)]
    assert marks == [True, False, False, False, False]


def test_table_over_two_pages_is_one_and_page_numbers_stay_lines() -> None:
    columns, head = [80.0, 120.0, 350.0, 500.0], ["序号", "工作任务", "责任单位"]
    maker = Maker().prose(2).grid(columns, [200, 240, 280], [head, ["1", "编制规划。", "教育局"]])
    maker.text("— 1 —", x=280, y=790, size=14).page()
    maker.grid(columns, [80, 120, 160], [head, ["2", "建立台账。", "财政局"]])
    maker.prose(2, y=300).text("— 2 —", x=280, y=790, size=14)
    flow = read(maker.make(), source="x.pdf")
    (table,) = tables(flow)
    assert rows(table) == [head, ["1", "编制规划。", "教育局"], ["2", "建立台账。", "财政局"]]
    assert table.header_rows == 1
    furniture = [i.text for i in flow.items if isinstance(i, FlowLine) and i.furniture]
    assert furniture == head
    assert "— 1 —" in texts(flow)


def test_row_in_a_box_left_open_at_the_page_end_is_one_row() -> None:
    columns, maker = [80.0, 120.0, 350.0, 500.0], Maker().prose(2)
    maker.grid(columns, [200, 240], [["序号", "工作任务", "责任单位"]])
    for x in columns:
        maker.rule(x, 240, x, 300)
    maker.fill(columns, [240], [["1", "编制规划。", "教育局"]]).page()
    for x in columns:
        maker.rule(x, 80, x, 120)
    maker.fill(columns, [80], [["", "每年评估。", ""]])
    maker.grid(columns, [120, 160], [["2", "建立台账。", "财政局"]]).prose(2, y=300)
    (table,) = tables(read(maker.make(), source="x.pdf"))
    assert rows(table)[1:] == [
        ["1", "编制规划。每年评估。", "教育局"],
        ["2", "建立台账。", "财政局"],
    ]


def test_merged_cells_have_spans() -> None:
    maker = Maker().prose(2)
    for y in (200, 280, 240):
        maker.rule(80 if y != 240 else 180, y, 400, y)
    for x in (80, 180, 300, 400):
        maker.rule(x, 200 if x != 300 else 240, x, 280)
    maker.fill([80, 180], [200], [["目标", "年度"]]).fill([180, 300], [240], [["今年", "明年"]])
    (table,) = tables(read(maker.make(), source="x.pdf"))
    spans = {c.text: (c.row, c.column, c.row_span, c.column_span, c.merged) for c in table.cells}
    assert spans == {
        "目标": (0, 0, 2, 1, True),
        "年度": (0, 1, 1, 2, True),
        "今年": (1, 1, 1, 1, False),
        "明年": (1, 2, 1, 1, False),
    }


def test_page_border_and_letterhead_rule_are_no_tables() -> None:
    maker = Maker().prose()
    for y in (40, 800, 300):
        maker.rule(40, y, 555, y)
    for x in (40, 555):
        maker.rule(x, 40, x, 800)
    flow = read(maker.make(), source="x.pdf")
    assert tables(flow) == []
    assert len(texts(flow)) == 4


def test_one_row_of_boxes_is_read_as_lines() -> None:
    maker = Maker().prose(2).grid([80, 200, 320], [200, 230], [["甲方签字", "乙方签字"]])
    flow = read(maker.make(), source="x.pdf")
    assert tables(flow) == []
    assert texts(flow)[2:] == ["甲方签字　乙方签字"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_pdf"),
        ("这是一个文本文件".encode(), "not_pdf"),
        (b"\xd0\xcf\x11\xe0" * 400, "not_pdf"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
        (Maker().prose().make()[:-30], "truncated"),
        (Maker().make(), "no_text"),
        (Maker().prose().make(password=b"secret"), "encrypted"),
        (Maker().image().page().image().make(), "no_text"),
        (Maker().image().text("扫描应用 创建").make(), "no_text"),
        (Maker(mapped=False).prose().make(), "not_recognised"),
    ],
)
def test_unreadable_files_say_why(content: bytes, reason: str) -> None:
    error = refusal(content)
    assert (error.source, error.reason) == ("x.pdf", reason)


def test_characters_of_another_code_are_rubbish() -> None:
    shifted = PROSE.encode("gbk").decode("big5", "replace").replace("\ufffd", "")
    assert refusal(Maker().prose(text=shifted * 2).make()).reason == "not_recognised"


def test_traditional_characters_are_no_rubbish() -> None:
    text = "經濟部應積極輔導產業轉型升級，強化國際競爭力，各部會依權責辦理。"
    assert len(texts(read(Maker().prose(text=text).make(), source="x.pdf"))) == 4


def test_a_list_of_names_is_not_taken_for_rubbish() -> None:
    names = "王伟李芳张娜刘洋陈静杨帆赵磊黄敏周涛吴倩徐鹏孙婷马超朱琳"
    assert len(texts(read(Maker().prose(text=names).make(), source="x.pdf"))) == 4


def test_file_with_an_owner_password_only_is_read() -> None:
    assert len(texts(read(Maker().prose().make(password=b""), source="x.pdf"))) == 4


def test_blank_scanned_page_among_others_is_no_failure() -> None:
    maker = Maker().prose().page().image().page().prose()
    flow = read(maker.make(), source="x.pdf")
    assert [page.failure for page in flow.pages] == [None, None, None]


def test_scanned_page_that_shows_something_unreadable_is_marked() -> None:
    maker = Maker().prose().page().image()
    for y in range(100, 700, 40):
        maker.rule(60, y, 520, y)
    flow = read(maker.page().prose().make(), source="x.pdf")
    first, second, third = (page.failure for page in flow.pages)
    assert (first, third) == (None, None)
    assert second is not None
    assert "未能识别" in second


def test_scan_is_refused_where_no_engine_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "absent", "no_such_package_here:Engine")
    absent = OcrOptions(engine="absent")
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(Maker().image().make(), source="x.pdf", ocr=absent)
    assert caught.value.reason == "ocr_missing"
    assert "pip install rapidocr" in caught.value.zh
    mixed = Maker().prose().page().image().page().prose().make()
    failures = [page.failure for page in read_pdf(mixed, source="x.pdf", ocr=absent).pages]
    assert [bool(failure) for failure in failures] == [False, True, False]
    assert "pip install rapidocr" in str(failures[1])


def test_rubbish_of_one_page_is_left_out() -> None:
    lost = "\ue123\ue456\ue789\ue222\ue333\ue444\ue555" + PROSE
    flow = read(Maker().prose().page().prose(text=lost).page().prose().make(), source="x.pdf")
    assert {i.page for i in flow.items if isinstance(i, FlowLine)} == {1, 3}
    assert flow.pages[1].failure is not None


def test_page_whose_content_breaks_off_is_marked() -> None:
    content = Maker().prose().page().prose(30).page().prose().make()
    streams = list(re.finditer(rb"FlateDecode >>\nstream\n", content))
    middle = streams[1].end() + 40
    broken = content[:middle] + b"\xff" * 60 + content[middle + 60 :]
    flow = read(broken, source="x.pdf")
    assert [bool(page.failure) for page in flow.pages] == [False, True, False]


def test_text_over_a_page_image_came_from_recognition() -> None:
    flow = read(Maker().image().prose().make(), source="x.pdf")
    assert flow.pages[0].source is TextSource.OCR
    assert {i.source for i in flow.items if isinstance(i, FlowLine)} == {TextSource.OCR}


def folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("戶", "户")


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return path


def page_signs(flow: Flow) -> dict[int, list[str]]:
    pages: dict[int, list[str]] = {page.number: [] for page in flow.pages}
    for item in flow.items:
        cells = [item] if isinstance(item, FlowLine) else [x for c in item.cells for x in c.lines]
        for line in cells:
            pages[line.page] += folded(line.text)
    return {number: sorted(signs) for number, signs in pages.items()}


DIGITAL = [
    "000-digital",
    "000-digital-type3",
    "001-digital",
    "002-digital",
    "002s-digital",
    "003-digital",
    "004-digital",
]


@pytest.mark.parametrize("name", DIGITAL)
def test_every_character_of_a_typeset_document_is_read_on_its_page(name: str) -> None:
    flow = read(shared(f"pdf/{name}.pdf").read_bytes(), source=name)
    truth = shared(f"pdf/truth/{name.split('-')[0]}.txt").read_text(encoding="utf-8").split("\f")
    found = page_signs(flow)
    for number, text in enumerate(truth, 1):
        assert found[number] == sorted(folded(text.replace("\x01", "")))


TABLES = ["002-digital", "002-digital-word", "002s-digital", "003-digital", "003-digital-word"]


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_the_annexes_is_read(name: str) -> None:
    flow = read(shared(f"pdf/{name}.pdf").read_bytes(), source=name)
    source = shared(f"{name[:3]}.txt").read_text(encoding="utf-8")
    wanted = [
        tuple(folded(re.sub(r"</?u>", "", cell)) for cell in line.split("\t"))
        for line in source.splitlines()
        if "\t" in line and not line.startswith("序")
    ]
    found = [
        tuple(folded(cell) for cell in row)
        for table in tables(flow)
        for row in rows(table)[table.header_rows :]
    ]
    assert found == wanted


def test_edges_fit_every_line_of_a_typeset_document() -> None:
    flow = read(shared("pdf/002-digital.pdf").read_bytes(), source="002")
    for item in flow.items:
        if isinstance(item, FlowLine):
            assert item.edges is not None
            assert len(item.edges) == len(item.text) + 1
            assert all(a <= b for a, b in pairwise(item.edges))


@pytest.mark.parametrize("name", ["003-no-unicode", "003-garbled-font"])
def test_untrustworthy_text_layers_are_refused(name: str) -> None:
    assert refusal(shared(f"pdf/{name}.pdf").read_bytes()).reason == "not_recognised"
