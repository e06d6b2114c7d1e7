"""What was read, over the page: everything of the document is text there and nothing of it runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from corpus.model.document import Document, Page, Seal, TextSource
from corpus.model.geometry import Box
from corpus.parse import parse
from corpus.parse.document import document_of
from corpus.parse.flow import Flow, FlowLine, LineCorrection, LineDoubt
from outputs.reports.parse_view import as_data, as_html, written

SAMPLES = Path(__file__).parents[3] / "corpus/samples/documents"
EVIL = "<script>alert(1)</script>到2025年“达到70%”。</title><img src=x onerror=y>"


def scanned(text: str = "到2025年覆盖率达到70%以上。") -> Document:
    line = FlowLine(
        text,
        1,
        Box(1, 80, 100, 80 + 16 * len(text), 116),
        tuple(80.0 + 16 * n for n in range(len(text) + 1)),
        16.0,
        source=TextSource.OCR,
        confidence=0.72,
        doubts=(LineDoubt(1, 5, ("2025", "2026"), "两次识别的数字不一致"),),
        corrections=(LineCorrection(0, 1, "剑"),),
    )
    page = Page(1, 595, 842, TextSource.OCR)
    lost = Page(2, 595, 842, TextSource.OCR, "读取本页超过 5 秒，已停止 | took too long")
    seal = Seal(Box(1, 300, 500, 420, 620))
    flow = Flow((line,), (page, lost), "image/png", seals=(seal,))
    return document_of(flow, b"scan", source="扫描<b>.png")


@pytest.fixture(scope="module")
def tasks() -> tuple[Document, bytes]:
    content = (SAMPLES / "tasks-2022.pdf").read_bytes()
    return parse(content, source="tasks-2022.pdf"), content


def html(document: Document, content: bytes = b"") -> str:
    return as_html(document, content).decode()


def test_every_line_stands_on_the_page_and_beside_it(tasks: tuple[Document, bytes]) -> None:
    document, content = tasks
    page = html(document, content)
    for number in range(len(document.lines)):
        assert f'id="b{number}" href="#t{number}"' in page
        assert f'id="t{number}" href="#b{number}"' in page
    assert page.count("data:image/png;base64,") == len(document.pages)
    cells = sum(bool(document.boxes(cell.span)) for t in document.tables for cell in t.cells)
    assert page.count('<rect class="cell"') >= cells


def test_page_needs_nothing_from_anywhere(tasks: tuple[Document, bytes]) -> None:
    page = html(*tasks)
    policy = unescape(page.split('Content-Security-Policy" content="')[1].split('"')[0])
    assert policy.startswith("default-src 'none';")
    assert policy.endswith("img-src data:")
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?!data:|#)[a-z]*:?//""", page)
    assert page.count("<script>") == 1
    assert all(
        each.startswith(("data:image/png;base64,", "#"))
        for each in re.findall(r'(?:src|href)="([^"]*)', page)
    )


def test_what_a_document_says_never_runs() -> None:
    document = scanned(EVIL)
    page = html(document)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "扫描<b>" not in page


def test_doubts_corrections_seals_and_lost_pages_are_told() -> None:
    page = html(scanned())
    assert "另读作 2026" in page
    assert "原识别为 剑" in page
    assert '<rect class="doubt"' in page
    assert '<rect class="seal"' in page
    assert "读取本页超过 5 秒，已停止" in page
    assert "未读出" in page
    assert "0.72" in page


def test_page_without_a_picture_is_drawn_from_its_words() -> None:
    page = html(scanned())
    assert '<text class="redrawn"' in page
    assert "data:image" not in page


def test_web_page_is_shown_as_text() -> None:
    content = (SAMPLES / "web-2022.html").read_bytes()
    page = html(parse(content, source="web-2022.html"), content)
    assert "<svg" not in page
    assert "<th>责任单位</th>" in re.sub(r'<span class="line plain">|</span>', "", page)


def test_json_has_the_places_of_everything(tasks: tuple[Document, bytes]) -> None:
    document, content = tasks
    made = json.loads(written(document, content, "json"))
    assert made == json.loads(json.dumps(as_data(document), default=str))
    text = made["text"]
    assert text == document.text
    for line, known in zip(made["lines"], document.lines, strict=True):
        assert (line["start"], line["end"], line["page"]) == (
            known.span.start,
            known.span.end,
            known.box.page,
        )
    for table in made["tables"]:
        for cell in table["cells"]:
            assert cell["text"] == text[cell["start"] : cell["end"]]
            assert bool(cell["boxes"]) == bool(cell["text"].strip())
    assert [page["quality"]["grade"] for page in made["pages"]] == ["good"] * len(document.pages)


def test_text_begins_with_header_and_quality(tasks: tuple[Document, bytes]) -> None:
    document, content = tasks
    made = written(document, content, "text").decode()
    head, _, body = made.partition("\n\n")
    assert "文号：云教职成〔2022〕17号" in head
    assert "第1页　文本层　良好" in head
    assert body == f"{document.text}\n"


def test_turned_page_is_drawn_upright(tasks: tuple[Document, bytes]) -> None:
    import base64
    import io

    from PIL import Image

    document, content = tasks
    pages = (replace(document.pages[0], turned=90), *document.pages[1:])
    page = html(replace(document, pages=pages), content)
    first, second = re.findall(r"data:image/png;base64,([^\"]+)", page)[:2]
    sizes = [Image.open(io.BytesIO(base64.b64decode(each))).size for each in (first, second)]
    assert sizes[0] == sizes[1][::-1]
