"""The same text on other pages: typed in lines of another width with page numbers between them, or
printed as PDF by a browser in another size. What it promises is the same."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
_HEADING = re.compile(r"[一二三四五六七八九十]+、.{2,40}$|附件\d*")
_NEVER_FIRST = "，。；：、）》”%"


def typed(text: str, *, width: int, page: int) -> str:
    """Lines of ``width`` characters, ``page`` of them on a page, paragraphs begin two further in;
    a row of a table stays one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if "\t" in paragraph or _HEADING.match(paragraph):
            lines.append(paragraph)
        else:
            lines += _broken(f"　　{paragraph}", width)
    pages = [lines[at : at + page] for at in range(0, len(lines), page)]
    numbered = [[*each, f"— {number} —"] for number, each in enumerate(pages, start=1)]
    return "\n".join(line for each in _with_heads(numbered) for line in each)


def _with_heads(pages: list[list[str]]) -> list[list[str]]:
    """The head of a table again where a page begins within it."""
    head = None
    for page in pages:
        if head is not None and "\t" in page[0]:
            page.insert(0, head)
        for line, before in zip(page, ["", *page], strict=False):
            if "\t" in line and "\t" not in before and head is None:
                head = line
    return pages


def _broken(paragraph: str, width: int) -> list[str]:
    """No line begins with a comma or a closing bracket."""
    lines: list[str] = []
    while paragraph:
        at = width
        while at < len(paragraph) and paragraph[at] in _NEVER_FIRST:
            at += 1
        lines.append(paragraph[:at])
        paragraph = paragraph[at:]
    return lines


def printed(text: str, folder: Path, *, points: float, margin: int) -> bytes:
    """A4, as a browser prints it: text layer, ruled table, its own line and page breaks."""
    if BROWSER is None:
        raise FileNotFoundError("chromium")
    source, made = folder / "page.html", folder / "page.pdf"
    source.write_text(_page(text, points, margin), encoding="utf8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={made}", source.as_uri()], check=True, capture_output=True
    )
    return made.read_bytes()


def _page(text: str, points: float, margin: int) -> str:
    body: list[str] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t"))
            rows.append(f"<tr>{cells}</tr>")
            continue
        if rows:
            body.append(f"<table>{''.join(rows)}</table>")
            rows = []
        heading = not body or _HEADING.match(line)
        body.append(f"<p{' class=h' if heading else ''}>{html.escape(line)}</p>")
    style = (
        f"@page{{size:A4;margin:{margin}mm}}body{{font:{points}pt/1.7 serif}}"
        "p{text-indent:2em;margin:0}.h{text-indent:0;text-align:center;font-weight:bold}"
        "table{border-collapse:collapse;width:100%}td{border:1px solid;padding:2pt}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(body)}"
