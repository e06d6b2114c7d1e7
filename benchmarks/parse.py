"""Scanned pages against what they say: characters, digits, table cells, and time a page.

    python benchmarks/parse.py ../shared/documents/pdf [NAME ...] [--pages 3] [--write docs/…md]

The folder holds NNN-digital.pdf and scans of the same pages, NNN-*.pdf, as its README lists them.
What the digital file says is taken for true (the tests hold it against the typed text), so that
both sides are in the same order. Time is told beside that of RapidOCR as it comes, its classifier
on, on the same pictures, page by page in turn, in seconds of the processor.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.ocr.engine import OcrOptions, engine
from corpus.parse.ocr.page import read_page
from corpus.parse.ocr.render import opened
from corpus.parse.pdf import read

_FOLDED = str.maketrans({**dict.fromkeys("—–-－―─", "-"), **dict.fromkeys("“”‘’＂'", '"')})


@dataclass
class Score:
    """Counts of one file."""

    characters: int = 0
    wrong: int = 0
    digits: int = 0
    wrong_digits: int = 0
    unmarked: int = 0
    doubts: int = 0
    idle_doubts: int = 0
    cells: int = 0
    wrong_cells: int = 0
    pages: int = 0
    seconds: list[float] = field(default_factory=list)
    bare_seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Text:
    """Folded characters, and for each whether it is in doubt."""

    signs: str
    doubted: tuple[bool, ...]


def fold(text: str) -> str:
    """One form for what looks the same: widths, dashes, quotation marks; no blanks."""
    folded = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    return re.sub(r"\s", "", folded.replace("〔", "[").replace("〕", "]"))


def page_texts(flow: Flow) -> dict[int, Text]:
    """What each page says, line by line in reading order."""
    signs: dict[int, list[str]] = {page.number: [] for page in flow.pages}
    flags: dict[int, list[bool]] = {page.number: [] for page in flow.pages}
    for line in _lines(flow):
        for place, sign in enumerate(line.text):
            doubted = any(doubt.start <= place < doubt.end for doubt in line.doubts)
            for folded in fold(sign):
                signs[line.page].append(folded)
                flags[line.page].append(doubted)
    return {page: Text("".join(signs[page]), tuple(flags[page])) for page in signs}


def _lines(flow: Flow) -> Iterator[FlowLine]:
    for item in flow.items:
        if isinstance(item, FlowLine):
            yield item
        else:
            for cell in item.cells:
                yield from cell.lines


def cells(flow: Flow) -> dict[tuple[int, int, int], str]:
    """Text of each cell by table, row and column."""
    tables = [item for item in flow.items if isinstance(item, FlowTable)]
    return {
        (number, cell.row, cell.column): fold(cell.text)
        for number, table in enumerate(tables)
        for cell in table.cells
    }


def compare(true: Text, told: Text, score: Score, name: str) -> None:
    """Add a page to the counts."""
    score.characters += len(true.signs)
    score.digits += sum(map(str.isdigit, true.signs))
    matcher = SequenceMatcher(None, true.signs, told.signs, autojunk=False)
    bad: set[int] = set()
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        score.wrong += max(b - a, d - c)
        here, there = true.signs[a:b], told.signs[c:d]
        digits = max(sum(map(str.isdigit, here)), sum(map(str.isdigit, there)))
        score.wrong_digits += digits
        near = range(max(0, c - 1), min(len(told.doubted), d + 1))
        marked = any(told.doubted[i] for i in near)
        bad.update(near)
        score.unmarked += 0 if marked else digits
        score.notes.append(
            f"{name}: {true.signs[max(0, a - 6) : a]}[{here}|{there}]{true.signs[b : b + 6]}"
            + (" (marked)" if marked else "")
        )
    runs = re.finditer("1+", "".join("1" if d else "0" for d in told.doubted))
    for run in runs:
        score.doubts += 1
        if not bad.intersection(range(*run.span())):
            score.idle_doubts += 1
            start, end = run.span()
            score.notes.append(f"{name}: idle doubt {told.signs[max(0, start - 6) : end + 4]}")


def timed(content: bytes, pages: Sequence[int], score: Score, bare: Any) -> None:
    """Processor seconds a page, ours and the bare engine's in turn on the same picture; the
    clock on the wall would tell how busy the machine is."""
    options = OcrOptions()
    reader = engine(options)
    with opened(content, options) as drawn:
        for number in pages:
            image = drawn.image(number)
            per_point = image.shape[1] / drawn.document[number - 1].get_width()
            start = time.process_time()
            read_page(image, number=number, per_point=per_point, engine=reader, options=options)
            middle = time.process_time()
            bare(image, use_det=True, use_cls=True, use_rec=True)
            score.seconds.append(middle - start)
            score.bare_seconds.append(time.process_time() - middle)


def bare_engine() -> Any:
    """RapidOCR with its own settings, but for the threads."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": OcrOptions().threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def measured(folder: Path, name: str, *, most: int, bare: Any) -> Score:
    """One scan against the digital file of the same document."""
    score = Score()
    content = (folder / f"{name}.pdf").read_bytes()
    digital = folder / f"{name.split('-')[0]}-digital.pdf"
    truth = read(digital.read_bytes(), source=digital.name)
    flow = read(content, source=name)
    true, told = page_texts(truth), page_texts(flow)
    for page in true:
        compare(true[page], told.get(page, Text("", ())), score, f"{name} p{page}")
    wanted, found = cells(truth), cells(flow)
    score.cells = len(wanted)
    score.wrong_cells = sum(found.get(place) != text for place, text in wanted.items())
    score.pages = len(flow.pages)
    if bare is not None:
        timed(content, [page.number for page in flow.pages][:most], score, bare)
    return score


HEAD = (
    "| scan | pages | characters | error | digits wrong | not marked | doubts (idle) | cells wrong"
    " | CPU s/page | bare | ratio |\n|" + " --- |" * 11
)


def row(name: str, score: Score) -> str:
    """The line of a file in the table of results."""
    ours = sum(score.seconds) / max(1, len(score.seconds))
    bare = sum(score.bare_seconds) / max(1, len(score.bare_seconds))
    ratio = f"{ours / bare:.2f}" if bare else "–"
    return (
        f"| {name} | {score.pages} | {score.characters}"
        f" | {100 * score.wrong / max(1, score.characters):.3f} %"
        f" | {score.wrong_digits} of {score.digits} | {score.unmarked}"
        f" | {score.doubts} ({score.idle_doubts}) | {score.wrong_cells} of {score.cells}"
        f" | {ours:.2f} | {bare:.2f} | {ratio} |"
    )


def main() -> None:
    """Measure the named scans, or all of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--pages", type=int, default=4, help="pages of each file to time; 0: none")
    parser.add_argument("--write", type=Path, help="file for the table of results")
    parser.add_argument("--notes", action="store_true", help="print every difference")
    options = parser.parse_args()
    scans = sorted(p.stem for p in options.folder.glob("*.pdf") if "digital" not in p.stem)
    bare = bare_engine() if options.pages else None
    rows = [HEAD]
    for name in options.names or scans:
        score = measured(options.folder, name, most=options.pages, bare=bare)
        rows.append(row(name, score))
        sys.stdout.write(rows[-1] + "\n")
        if options.notes:
            sys.stdout.write("".join(f"  {note}\n" for note in score.notes))
        sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"peak memory {peak:.0f} MB\n")
    if options.write:
        options.write.write_text("\n".join([*rows, "", f"Peak memory {peak:.0f} MB.", ""]))


if __name__ == "__main__":
    main()
