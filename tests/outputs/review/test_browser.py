"""The application in a real browser: what scripts, styles and the keyboard do together."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.model.geometry import Span
from corpus.model.review import RowState
from corpus.store.desk_records import ChangeFilter
from flows.suggest import suggest
from outputs.review import access
from outputs.review.library import Library
from outputs.review.site import Site

pytestmark = pytest.mark.browser

_PASSWORD = "云岭省的密码2025"
_NOTICE = (
    "云岭省教育厅关于做好校舍改造工作的通知\n\n各市教育局：\n\n"
    "到2027年，全省完成校舍改造300所左右（省教育厅牵头，省财政厅配合）。\n\n"
    "云岭省教育厅\n2026年3月5日\n"
)


def _panel(page: Any) -> str:
    text: str = page.inner_text("#panel")
    return text


def _state(library: Library, plan: str, row: str) -> RowState:
    return next(r.state for r in library.review(plan).rows if r.commitment.id == row)


def test_choosing_a_row_marks_its_place_on_the_page_and_the_other_way_round(
    window: Callable, plan: str, library: Library
) -> None:
    page = window()
    page.goto(f"/documents/{plan}")
    rows = page.locator(".rows-table tbody tr")
    rows.nth(9).click()
    chosen = rows.nth(9).get_attribute("data-row")
    page.wait_for_selector(f'#panel [data-row="{chosen}"]')
    marks = page.locator("rect.mark.chosen")
    boxes = next(r for r in library.review(plan).rows if r.commitment.id == chosen)
    assert marks.count() >= len(boxes.commitment.evidence.boxes)
    assert marks.first.is_visible()
    other = page.locator("rect.mark:not(.chosen)").first
    wanted = (other.get_attribute("data-rows") or "").split()
    other.scroll_into_view_if_needed()
    other.click()
    page.wait_for_selector(f'#panel [data-row="{wanted[0]}"]')
    assert page.locator("tr.chosen").get_attribute("data-row") == wanted[0]
    assert f"row={wanted[0]}" in page.url


def test_value_is_corrected_and_the_correction_undone(
    window: Callable, plan: str, library: Library, row: str
) -> None:
    page = window()
    page.goto(f"/documents/{plan}?row={row}")
    field = page.locator('.field[data-field="target"]')
    before = page.locator(f"#row-{row}").inner_text()
    field.locator('[data-do="edit"]').click()
    field.locator('[name="raw"]').fill("99所左右")
    field.locator('[name="low"]').fill("九十九")
    field.locator("form button").click()
    page.wait_for_selector('#panel [role="alert"]')
    assert "不是数字" in _panel(page)
    assert field.locator('[name="raw"]').input_value() == "99所左右"
    field.locator('[name="low"]').fill("99")
    field.locator('[name="bound"]').select_option("about")
    field.locator('[name="high"]').fill("")
    field.locator("form button").click()
    page.wait_for_selector('#panel .history:has-text("修改目标值")')
    assert "99所左右" in page.locator(f"#row-{row}").inner_text()
    page.locator('[data-do="undo"]').click()
    page.wait_for_selector('#panel .history:has-text("撤销")')
    assert page.locator(f"#row-{row}").inner_text() == before
    assert len(library.decisions.of_subject(plan, row)) == 2


def test_row_is_reviewed_with_the_keyboard_alone(
    window: Callable, plan: str, library: Library
) -> None:
    page = window()
    page.goto(f"/documents/{plan}")
    page.keyboard.press("j")
    page.wait_for_selector("#panel .row-panel")
    first = page.locator("tr.chosen").get_attribute("data-row")
    page.keyboard.press("a")
    page.wait_for_selector(f"#row-{first}.accepted")
    page.keyboard.press("u")
    page.wait_for_selector(f"#row-{first}.open")
    page.keyboard.press("j")
    page.wait_for_function(f"document.querySelector('tr.chosen').dataset.row !== '{first}'")
    second = page.locator("tr.chosen").get_attribute("data-row")
    page.wait_for_selector(f'#panel [data-row="{second}"]')
    page.keyboard.press("1")
    page.keyboard.press("s")
    page.wait_for_selector("#panel .history")
    assert [d.field.value for d in library.decisions.of_subject(plan, second)] == ["indicator"]
    with page.expect_navigation():
        page.keyboard.press("n")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_row_is_rejected_only_with_a_reason(
    window: Callable, plan: str, library: Library, row: str
) -> None:
    page = window()
    page.goto(f"/documents/{plan}?row={row}")
    page.keyboard.press("x")
    page.wait_for_selector('#panel [role="alert"]')
    assert _state(library, plan, row) is RowState.OPEN
    page.fill('#decide [name="reason"]', "是现状，不是目标")
    page.click('[data-do="reject-row"]')
    page.wait_for_selector(f"#row-{row}.rejected")
    assert _state(library, plan, row) is RowState.REJECTED


def test_missed_row_is_added_by_choosing_words(
    window: Callable, plan: str, library: Library
) -> None:
    page = window()
    page.goto(f"/documents/{plan}?view=text")
    page.evaluate(
        """() => {
          const part = Array.from(document.querySelectorAll('.text span[data-start]'))
            .find(each => each.textContent.includes('坚持实事求是'));
          const at = part.firstChild.data.indexOf('坚持实事求是');
          const range = document.createRange();
          range.setStart(part.firstChild, at);
          range.setEnd(part.firstChild, at + 6);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.wait_for_selector(".add:not([hidden])")
    page.keyboard.press("m")
    page.wait_for_selector("#panel .adding form")
    page.click('#panel [data-do="save"]')
    page.wait_for_selector('#panel [role="alert"]')
    assert "指标和措施至少填写一项" in _panel(page)
    page.fill('#panel [name="action.value"]', "坚持原则")
    with page.expect_navigation():
        page.click('#panel [data-do="save"]')
    page.wait_for_selector("tr.added.chosen")
    assert "view=text" in page.url
    added = next(r for r in library.review(plan).rows if r.state is RowState.ADDED)
    assert added.commitment.evidence.quote == "坚持实事求是"


def test_missed_row_is_added_by_dragging_over_the_page(
    window: Callable, plan: str, library: Library, site: Site
) -> None:
    site.suggest = suggest
    document = library.store.document(plan)
    quoted = [row.commitment.evidence.span for row in library.review(plan).rows]
    free = [line for line in document.lines if not any(line.span.overlaps(s) for s in quoted)]
    line = next(line for line in free if line.box.page == 2 and len(line.span) > 20)
    page = window()
    page.goto(f"/documents/{plan}")
    paper = page.locator(f'.paper[data-page="{line.box.page}"]')
    paper.scroll_into_view_if_needed()
    page.evaluate(
        "top => { const pane = document.querySelector('.source');"
        " const svg = document.querySelector('.paper[data-page=\"2\"] svg');"
        " pane.scrollTop += svg.getBoundingClientRect().top - pane.getBoundingClientRect().top"
        " + top * svg.getBoundingClientRect().height / svg.viewBox.baseVal.height - 200; }",
        line.box.top,
    )
    box = paper.bounding_box()
    scale = box["width"] / document.pages[line.box.page - 1].width
    y = box["y"] + (line.box.top + line.box.bottom) / 2 * scale
    page.mouse.move(box["x"] + (line.edges[3] + 2) * scale, y)
    page.mouse.down()
    page.mouse.move(box["x"] + line.edges[6] * scale, y, steps=3)
    page.mouse.move(box["x"] + (line.edges[11] - 2) * scale, y, steps=3)
    page.wait_for_selector("rect.picking", state="attached")
    page.mouse.up()
    page.wait_for_selector("#panel .adding form")
    wanted = Span(line.span.start + 3, line.span.start + 11)
    assert page.input_value('[name="start"]') == str(wanted.start)
    assert page.input_value('[name="end"]') == str(wanted.end)
    page.fill('#panel [name="indicator.value"]', "补录的指标")
    with page.expect_navigation():
        page.click('#panel [data-do="save"]')
    page.wait_for_selector("tr.added.chosen")
    page.wait_for_selector("rect.mark.chosen", state="attached")
    added = next(r for r in library.review(plan).rows if r.state is RowState.ADDED)
    assert added.commitment.evidence == document.cite(wanted)
    assert added.commitment.indicator == "补录的指标"


def test_page_is_made_larger_and_fits_again(window: Callable, plan: str) -> None:
    page = window()
    page.goto(f"/documents/{plan}")
    before = page.locator(".paper").first.bounding_box()["width"]
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.inner_text(".zoom output") == "150%"
    assert page.locator(".paper").first.bounding_box()["width"] > 1.4 * before
    page.reload()
    assert page.inner_text(".zoom output") == "150%"
    page.keyboard.press("0")
    assert page.locator(".paper").first.bounding_box()["width"] == pytest.approx(before, abs=2)
    with page.expect_navigation():
        page.keyboard.press("v")
    assert page.locator(".text p").count() > 10


def test_every_key_that_does_something_is_in_the_help(window: Callable) -> None:
    page = window()
    page.goto("/documents")
    page.keyboard.press("?")
    told = {each.strip() for each in page.locator("#help kbd").all_inner_texts()}
    script = (Path(__file__).parents[3] / "outputs/review/static/review.js").read_text("utf-8")
    table = script[script.index("var keys = {") : script.index("};", script.index("var keys = {"))]
    keys = set(re.findall(r'(?:^|[ {,])"?(\S)"?: function', table, re.MULTILINE))
    assert len(keys) > 12
    assert keys - {"?", "="} <= told


def test_two_reviewers_do_not_overwrite_each_other(
    window: Callable, plan: str, library: Library, row: str
) -> None:
    pages = []
    for name in ("张敏", "李伟"):
        access.new_account(library.accounts, name, _PASSWORD, "reviewer")
        page = window()
        page.goto(f"/documents/{plan}?row={row}")
        page.fill('[name="name"]', name)
        page.fill('[name="password"]', _PASSWORD)
        page.click("form.stack button")
        page.wait_for_selector(f'#panel [data-row="{row}"]')
        pages.append(page)
    first, second = pages
    first.keyboard.press("a")
    first.wait_for_selector(f"#row-{row}.accepted")
    second.click('.field[data-field="target"] [data-do="reject"]')
    second.wait_for_selector('#panel [role="alert"]')
    assert "“张敏”已于" in _panel(second)
    assert len(library.decisions.of_subject(plan, row)) == 1


def test_upload_shows_progress_and_ends_at_the_ledger(window: Callable, tmp_path: Path) -> None:
    file = tmp_path / "校舍改造通知.txt"
    file.write_text(_NOTICE, "utf-8")
    page = window()
    page.goto("/upload")
    page.set_input_files("#files", file)
    assert page.inner_text(".picked-files") == file.name
    page.click(".drop button")
    page.wait_for_selector("#run .state.finished")
    page.click("#run table a")
    page.wait_for_selector(".rows-table tbody tr")
    assert "300所左右" in page.inner_text(".rows-table")
    page.locator("mark.mark").first.click()
    page.wait_for_selector("#panel .row-panel")


def test_change_is_found_seen_on_both_pages_and_confirmed(
    window: Callable, library: Library
) -> None:
    page = window()
    page.goto("/changes?label=lowered")
    page.click("table.compare th a")
    page.wait_for_selector(".sides svg.crop")
    assert page.locator(".sides svg.crop image").count() == 2
    page.click('button[value="accepted"]')
    page.wait_for_selector(".state.accepted")
    entry = library.desk.changes(ChangeFilter(label="lowered")).items[0]
    assert entry.state is RowState.ACCEPTED


def test_changed_document_is_chosen_as_a_new_version_and_its_change_confirmed(
    window: Callable, tmp_path: Path, library: Library
) -> None:
    first, second = tmp_path / "校舍改造通知.txt", tmp_path / "校舍改造通知（修订）.txt"
    numbered = _NOTICE.replace("\n\n各市", "\n\n云教发〔2026〕12号\n\n各市", 1)
    first.write_text(numbered, "utf-8")
    second.write_text(numbered.replace("300所", "280所"), "utf-8")
    page = window()
    page.goto("/upload")
    page.set_input_files("#files", first)
    page.click(".drop button")
    page.wait_for_selector("#run .state.finished")
    page.goto("/upload")
    page.set_input_files("#files", second)
    page.click(".drop button")
    page.wait_for_selector("#choose")
    assert "文号与库中文件相同" in page.inner_text("form:has(#choose)")
    page.click("form:has(#choose) .main")
    page.wait_for_selector("#run .state.finished")
    page.click("#run a:has-text('处变化')")
    page.click("table.compare th a")
    page.wait_for_selector(".sides")
    assert "280所" in page.inner_text(".sides")
    page.keyboard.press("a")
    page.wait_for_selector(".head .state.accepted")
    entry = library.desk.changes(ChangeFilter(state="accepted")).items[0]
    assert entry.labels[0] == "lowered"


def test_export_opens_with_the_rows_that_the_page_shows(window: Callable) -> None:
    page = window(accept_downloads=True)
    page.goto("/deadlines?unit=财政厅&year=2025")
    shown = page.locator("table.list tbody tr").count()
    page.click("summary:has-text('导出')")
    with page.expect_download() as caught:
        page.click("text=XLSX")
    sheet = load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes())).worksheets[0]
    assert sheet.max_row - 1 == shown > 0
