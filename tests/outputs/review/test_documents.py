"""文件: the list, its search and filters, and the page of one document."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.store.desk_records import Paper
from outputs import wording
from outputs.review.library import Library
from outputs.review.lineage import draw

_TITLES = re.compile(r'<th scope="row"><a href="/documents/(d-\w+)">([^<]+)</a>')


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"plan-2021.pdf", "plan-2023.pdf", "tasks-2022.pdf", "web-2022.html"}),
        ("?q=云政发〔2023〕9号", {"plan-2023.pdf"}),
        ("?q=云政发[2023]9号", {"plan-2023.pdf"}),
        ("?q=老旧小区改造", {"web-2022.html"}),
        ("?q=７２个", {"web-2022.html"}),
        ("?q=养老+2023年调整", {"plan-2023.pdf"}),
        ("?q=100%25没有的话", set()),
        ("?year=2022", {"tasks-2022.pdf", "web-2022.html"}),
        ("?issuer=青禾市", {"web-2022.html"}),
        ("?issuer=_", set()),
        ("?state=done", set()),
        ("?state=open&year=2021", {"plan-2021.pdf"}),
    ],
)
def test_list_shows_what_the_filter_says(
    browser: Callable, library: Library, query: str, found: set[str]
) -> None:
    text = browser().see(f"/documents{query}")
    shown = {
        library.store.document(i, lines=False).provenance.source for i, _ in _TITLES.findall(text)
    }
    assert shown == found
    assert f"共 {len(found)} 条" in text


def test_filter_is_told_in_words(browser: Callable) -> None:
    text = browser().see("/documents?q=养老&year=2023&state=open")
    assert "筛选：含“养老”、2023 年成文、有待核。共 1 条" in html.unescape(text)


@pytest.mark.parametrize("query", ["?year=二〇二三", "?page=0", "?state=x", "?page=" + "9" * 30])
def test_filter_that_is_none_is_refused_in_words(browser: Callable, query: str) -> None:
    answer = browser().get(f"/documents{query}")
    assert answer.status_code == 400
    assert "网址中的参数不正确" in answer.text


def test_document_page_shows_header_sections_and_every_row(
    browser: Callable, library: Library, plan: str
) -> None:
    text = html.unescape(browser().see(f"/documents/{plan}"))
    rows = library.review(plan).rows
    assert len(rows) > 20
    for words in ("云政发〔2023〕9号", "云岭省人民政府", "2023年4月10日", "一、进展与目标"):
        assert words in text
    for row in rows:
        assert f'id="row-{row.commitment.id}"' in text


def test_every_box_of_every_row_is_drawn_on_its_page(
    browser: Callable, library: Library, plan: str
) -> None:
    text = browser().see(f"/documents/{plan}")
    sheets = text.split('<figure class="sheet" id="page-')[1:]
    drawn = set()
    for sheet in sheets:
        page = int(sheet.partition('"')[0])
        for rows, x, y in re.findall(r'data-rows="([^"]+)" x="([\d.]+)" y="([\d.]+)"', sheet):
            drawn |= {(row, page, float(x), float(y)) for row in rows.split()}
    wanted = {
        (row.commitment.id, box.page, round(box.x0, 1), round(box.top, 1))
        for row in library.review(plan).rows
        for box in row.commitment.evidence.boxes
    }
    assert drawn == wanted


def test_text_without_pages_is_shown_whole_with_its_quotations_marked(
    browser: Callable, library: Library
) -> None:
    document_id = library.store.find_document("web-2022.html")
    text = browser().see(f"/documents/{document_id}")
    shown: dict[str, str] = {}
    for rows, words in re.findall(r'data-rows="([^"]+)"[^>]*>([^<]*)</mark>', text):
        for row in rows.split():
            shown[row] = shown.get(row, "") + html.unescape(words)
    for row in library.review(document_id).rows:
        quote = "".join(row.commitment.evidence.quote.split())
        assert "".join(shown[row.commitment.id].split()) == quote


def test_row_is_shown_with_quotation_place_and_rules(
    browser: Callable, library: Library, plan: str
) -> None:
    row = library.review(plan).rows[3].commitment
    text = html.unescape(browser().see(f"/documents/{plan}/rows/{row.id}"))
    assert wording.one_line(row.evidence.quote) in text
    assert wording.place(row.evidence) in text
    assert all(rule in text for rule in row.rules)


def test_picture_is_the_page_upright_and_of_its_shape(
    browser: Callable, library: Library, plan: str
) -> None:
    answer = browser().get(f"/documents/{plan}/pages/2.png")
    page = library.store.document(plan, lines=False).pages[1]
    image = Image.open(io.BytesIO(answer.content))
    assert answer.headers["content-type"] == "image/png"
    assert image.width / image.height == pytest.approx(page.width / page.height, rel=0.01)
    assert image.convert("L").getextrema()[0] < 100


@pytest.mark.parametrize("page", ["0", "6", "-1", "99999999999999999999"])
def test_picture_of_no_page_is_not_there(browser: Callable, plan: str, page: str) -> None:
    assert browser().get(f"/documents/{plan}/pages/{page}.png").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/documents/d-none", "/documents/d-none/rows/c-1", "/nothing", "/documents/d-none/original"],
)
def test_what_is_not_there_is_said_in_words(browser: Callable, address: str) -> None:
    answer = browser().get(address)
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


def test_original_is_a_download_under_its_name(
    browser: Callable, library: Library, home: Path
) -> None:
    document_id = library.store.find_document("web-2022.html")
    answer = browser().get(f"/documents/{document_id}/original")
    sha256 = library.store.document(document_id, lines=False).provenance.sha256
    assert answer.content == library.file(sha256).read_bytes()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="web-2022.html"')
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_ledger_opens_as_a_workbook_with_the_same_rows(
    browser: Callable, library: Library, plan: str
) -> None:
    answer = browser().get(f"/documents/{plan}/ledger.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("任务编号") + 1
    ids = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
    assert ids == [commitment.id for commitment in library.review(plan).commitments]
    assert "%E4%BA%91" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("unit=财政厅", "plan-2023.pdf", "web-2022.html"),
        ("since=2023-01-01", "plan-2023.pdf", "plan-2021.pdf"),
        ("since=2021-01-01&until=2021-12-31", "plan-2021.pdf", "plan-2023.pdf"),
    ],
)
def test_list_is_filtered_by_unit_and_days_of_issue(
    browser: Callable, query: str, found: str, missing: str
) -> None:
    text = browser().see(f"/documents?{query}")
    assert found in text
    assert missing not in text


def test_quality_of_every_page_is_told(browser: Callable, plan: str, library: Library) -> None:
    text = browser().see(f"/documents/{plan}/quality")
    pages = library.store.document(plan, lines=False).pages
    assert text.count("文本层") == len(pages) > 1
    assert "可信" in text


def _paper(key: str) -> Paper:
    return Paper(key, f"规划{key}", None, "", None, f"{key}.pdf", "", 1, 0, 0, 0, 0)


def test_lineage_is_drawn_from_left_to_right() -> None:
    papers = {key: _paper(key) for key in ("a", "b", "c")}
    relations = [
        Related(Relation("b", "a", "earlier_plan", 1.0), False),
        Related(Relation("c", "b", "earlier_plan", 1.0), False),
        Related(Relation("c", "a", "cited", 0.5), False),
    ]
    drawing = draw(papers, [*relations, *relations], "b")
    assert drawing is not None
    places = {box.paper.id: box.x for box in drawing.boxes}
    assert places["a"] < places["b"] < places["c"]
    assert len(drawing.arrows) == 3
    assert [box.paper.id for box in drawing.boxes if box.here] == ["b"]
    assert draw(papers, [], "b") is None


def test_lineage_in_a_circle_is_drawn_too() -> None:
    papers = {key: _paper(key) for key in ("a", "b")}
    circle = [
        Related(Relation("b", "a", "cited", 1.0), False),
        Related(Relation("a", "b", "cited", 1.0), False),
    ]
    drawing = draw(papers, circle, "a")
    assert drawing is not None
    assert drawing.width < 1_000
