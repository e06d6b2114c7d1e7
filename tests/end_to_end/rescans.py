"""Edited copies as offices get them: printed, signed, put on the scanner, read by recognition, and
compared with what the digital original says (到2025年 on paper is 到2025年 in the file)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.variants import Variant, drawn, packed, picture
from corpus.compare import compare
from corpus.model.change import Change, ChangeKind
from corpus.model.commitment import Ledger
from corpus.model.document import BlockKind, Document, Table
from corpus.parse import parse
from extractors.evaluation.score import Figures
from extractors.run import extract
from tests.end_to_end.edited_copies import EditedText, Said, edited, otherwise, said
from tests.end_to_end.pages import printed

# A good office scanner: a little askew, a little grain.
MILD = Variant(200, skew=0.5, noise=4)
_POINTS, _MARGIN = 15.0, 26


@dataclass(frozen=True, slots=True)
class Rescan:
    """One edited copy: what should be said of it, what was, and the changes themselves."""

    expected: frozenset[Said]
    said: frozenset[Said]
    changes: tuple[Change, ...]

    @property
    def figures(self) -> Figures:
        """Of what should be said."""
        return Figures(len(self.expected & self.said), len(self.said), len(self.expected))

    @property
    def directions(self) -> Figures:
        """Of the changes reported under the right commitment and field."""
        wanted = {each[:3]: each[3] for each in self.expected if each[2]}
        ways = [each[3] == wanted[each[:3]] for each in self.said if each[:3] in wanted]
        return Figures(sum(ways), len(ways), len(ways))


def typescript(document: Document) -> str:
    """Its text as somebody would type it: a paragraph or a row of a table a line."""
    tables = {table.span: table for table in document.tables}
    lines: list[str] = []
    for block in document.blocks:
        if block.span in tables:
            lines += _rows(document, tables[block.span])
        elif block.kind is not BlockKind.FURNITURE:
            lines.append(_joined(document.text[block.span.start : block.span.end]))
    return "\n".join(line for line in lines if line.strip())


def original(text: str, folder: Path) -> Ledger:
    """What the digital file of a text says."""
    return extract(parse(printed(text, folder, points=12.0, margin=22), source="original.pdf"))


def scan(text: str, folder: Path, seed: int) -> Ledger:
    """What a scan of the text says, printed in another size, on other pages."""
    return extract(parse(scanned(text, folder, seed), source=f"scan-{seed}.pdf"))


def scanned(text: str, folder: Path, seed: int) -> bytes:
    """A PDF of pictures of its pages, 200 dots an inch."""
    pages = drawn(printed(text, folder, points=_POINTS, margin=_MARGIN), MILD.dpi)
    pictures = [
        picture(page, MILD, np.random.default_rng([seed, n])) for n, page in enumerate(pages)
    ]
    return packed(pictures, MILD)


def rescan(text: str, prior: Ledger, folder: Path, seed: int) -> Rescan:
    """A copy with edits, in other words and order, scanned and compared with ``prior``."""
    plain = extract(parse(text.encode(), source="plain.txt"))
    copy = edited(plain, seed)
    new = scan(otherwise(copy.text, seed), folder, seed)
    found = compare([prior], new).changes
    return Rescan(
        frozenset(_as_in(prior, plain, copy)), frozenset(said(found, copy)), reported(found)
    )


def unchanged(text: str, prior: Ledger, folder: Path, seed: int) -> tuple[Change, ...]:
    """What is reported of a scan of the same text."""
    return reported(compare([prior], scan(text, folder, seed)).changes)


def reported(changes: Iterable[Change]) -> tuple[Change, ...]:
    """All but what was carried over."""
    return tuple(change for change in changes if change.kind is not ChangeKind.CARRIED_OVER)


def _rows(document: Document, table: Table) -> list[str]:
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        words = document.text[cell.span.start : cell.span.end]
        rows.setdefault(cell.row, {})[cell.column] = _joined(words)
    return ["\t".join(row[column] for column in sorted(row)) for _, row in sorted(rows.items())]


def _joined(words: str) -> str:
    return words.replace("\n", "").replace("\t", "")


def _as_in(prior: Ledger, plain: Ledger, copy: EditedText) -> set[Said]:
    """What is expected, by the ids of the digital file: the text was edited as it was typed."""
    same = compare([plain], replace(prior)).changes
    ids = {each.prior.id: each.new.id for each in same if each.prior and each.new}
    return {(kind, ids.get(row, row), *rest) for kind, row, *rest in copy.expected}
