"""``parse``: how a file was read, page by page, without the library."""

from __future__ import annotations

from pathlib import Path

from corpus.intake import read
from flows.commands.bars import working
from flows.commands.output import deliver


def parse_file(file: Path, format: str, out: Path | None) -> None:
    """The document of one file with the record of every page."""
    content = read(file)

    from corpus.parse import parse_apart
    from flows.limits import limits
    from outputs.reports.parse_view import written

    with working(f"解析 {file.name}"):
        document = parse_apart(content, source=file.name, limits=limits())
    deliver(written(document, content, format), out)
