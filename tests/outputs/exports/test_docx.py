"""The Word files: layout of official papers, a head row on every page, every change with both
quotations; words of a document stay words."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.mark import Mark
from outputs.exports import docx as exporter
from outputs.records import Links

_LINKS = Links(
    row=lambda commitment: f"http://127.0.0.1/rows/{commitment.id}",
    change=lambda change, document: f"http://127.0.0.1/{document.id}/{change.kind.value}",
)


def _opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def _rows(table: Table) -> list[list[str]]:
    """The rows of changes or commitments: no head, no name of a group."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return [cells for cells in rows if cells[0].isdigit()]


def test_paper_lies_on_its_side_and_its_head_row_is_repeated(comparison: Comparison) -> None:
    paper = _opened(exporter.comparisons([comparison]))
    section = paper.sections[0]
    # Kept in twentieths of a point.
    assert section.page_width == pytest.approx(Mm(297), abs=1_000)
    assert section.page_height == pytest.approx(Mm(210), abs=1_000)
    (table,) = paper.tables
    heads = [
        [cell.text for cell in row.cells]
        for row in table.rows
        if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
    ]
    assert heads == [["序号", "原文件", "新文件", "变化", "依据"]]
    assert paper.paragraphs[0].text == "新旧对照表"
    fonts = paper.paragraphs[0].runs[0]._r.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "方正小标宋简体"


def test_every_change_stands_there_once_with_both_quotations(comparison: Comparison) -> None:
    (table,) = _opened(exporter.comparisons([comparison])).tables
    rows = _rows(table)
    assert [row[0] for row in rows] == [str(n + 1) for n in range(len(comparison.changes))]
    text = "\n".join("\n".join(row) for row in rows)
    for change in comparison.changes:
        for side in filter(None, (change.prior, change.new)):
            assert "".join(side.evidence.quote.split()) in "".join(text.split())
    (dropped,) = [row for row in rows if "不再提及" in row[3]]
    assert dropped[2] == "新文件中未找到对应内容"
    raised = next(row for row in rows if "由70所左右提高到80所左右" in row[3])
    assert "第4页" in raised[4]
    assert "第3页" in raised[4]


def test_what_differs_is_struck_out_and_underlined(comparison: Comparison) -> None:
    (table,) = _opened(exporter.comparisons([comparison])).tables
    row = next(row for row in table.rows if "由70所左右提高到80所左右" in row.cells[3].text)
    struck = [r.text for p in row.cells[1].paragraphs for r in p.runs if r.font.strike]
    under = [r.text for p in row.cells[2].paragraphs for r in p.runs if r.font.underline]
    assert "70" in "".join(struck)
    assert "80" in "".join(under)


def test_links_lead_back_to_the_evidence(comparison: Comparison, ledger: Ledger) -> None:
    for content, count in (
        (exporter.comparisons([comparison], links=_LINKS), len(comparison.changes)),
        (exporter.ledgers([ledger], links=_LINKS), len(ledger.commitments)),
    ):
        paper = _opened(content)
        links = paper.element.body.findall(f".//{qn('w:hyperlink')}")
        targets = [paper.part.rels[link.get(qn("r:id"))].target_ref for link in links]
        assert len(targets) == count
        assert all(target.startswith("http://127.0.0.1/") for target in targets)


def test_row_of_a_ledger_says_what_is_a_persons(ledger: Ledger) -> None:
    mark = Mark("target", "correct", "张敏", datetime(2025, 6, 1, 12, tzinfo=UTC))
    row = replace(ledger.commitments[0], marks=(mark,))
    (table,) = _opened(exporter.ledgers([replace(ledger, commitments=(row,))])).tables
    ((number, task, indicator, value, deadline, units, basis),) = _rows(table)
    assert (number, indicator, deadline) == ("1", "社区养老服务中心", "到2025年")
    assert "人工审核：张敏于2025年6月1日修改目标值" in task
    assert value.startswith("70所左右")
    assert "云岭省民政厅" in units
    assert basis.startswith("第4页")


def test_hostile_words_are_words(
    hostile_comparison: Comparison, hostile_ledger: Ledger, hostile: str
) -> None:
    for content in (
        exporter.comparisons([hostile_comparison]),
        exporter.ledgers([hostile_ledger]),
    ):
        paper = _opened(content)
        cells = [c.text for table in paper.tables for row in table.rows for c in row.cells]
        assert any(hostile in "".join(cell.split("\n")) for cell in cells)
        assert not paper.element.body.findall(f".//{qn('w:hyperlink')}")


def test_characters_that_xml_lacks_are_left_out(ledger: Ledger) -> None:
    bad = replace(ledger.commitments[0], task="建成\x00\x0b养老\ud800中心")
    (table,) = _opened(exporter.ledgers([replace(ledger, commitments=(bad,))])).tables
    assert _rows(table)[0][1] == "建成养老中心"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(comparison: Comparison, tmp_path: Path) -> None:
    file = tmp_path / "新旧对照.docx"
    file.write_bytes(exporter.comparisons([comparison], links=_LINKS))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "新旧对照.pdf").read_bytes().startswith(b"%PDF")
