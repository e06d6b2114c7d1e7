"""Pages against what they say: characters, digits, table cells, commitments, and time a page.

    python benchmarks/parse.py ../shared/documents/pdf [NAME ...] [--variants NAME ...]
        [--quick] [--digital] [--timed 3] [--share 3 --seed 1] [--notes]
        [--write docs/bench-parse.md]

The folder holds NNN-digital*.pdf and scans of the same pages, NNN-*.pdf, as its README lists them;
``benchmarks/variants.py`` makes more; all variants of all pages take hours, so ``--share`` measures
of each variant so many pages on end, where they begin drawn by the ``--seed``. Digital files are
held against the text as it was typeset, scans against the digital file of the same document, so
that both sides are in the same order. Time is told beside that of the bare libraries on the same
pages in turn, in the processor's seconds: pdfplumber's ``extract_words`` and ``find_tables``,
RapidOCR with its classifier on.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.parse_score import Score, flows_compared, fold, misplaced
from benchmarks.variants import VARIANTS, colourless, made
from corpus.parse.document import document_of
from corpus.parse.flow import Flow, FlowTable
from corpus.parse.ocr.engine import OcrOptions, engine
from corpus.parse.ocr.page import read_page
from corpus.parse.ocr.render import opened
from corpus.parse.pdf import read

# Files that show one thing each, for a run of a few minutes.
QUICK = ("001-scan_200", "003-fax_200", "003-stamp_200", "003-grey_of_stamp_200")
_BEGIN, _END = "<!-- figures begin -->", "<!-- figures end -->"
_WHOLE = re.compile(r"\d{3}s?-(digital|digital-type3)")


@dataclass
class Run:
    """Where the files are, which engine is the bare one, and what was measured so far."""

    folder: Path
    timed: int
    bare: Any
    share: int = 0
    seed: int = 1
    scans: dict[str, Score] = field(default_factory=dict)
    ratios: dict[bool, list[tuple[float, float]]] = field(
        default_factory=lambda: {False: [], True: []}
    )


def contents_of(run: Run, name: str) -> tuple[bytes, bytes]:
    """A file of the folder, or a variant made of one; and the digital file of the same pages."""
    path = run.folder / f"{name}.pdf"
    document, _, variant = name.partition("-")
    digital = (run.folder / f"{document}-digital.pdf").read_bytes()
    if path.is_file():
        return path.read_bytes(), digital
    if variant.startswith("grey_of_"):
        return colourless((run.folder / f"{document}-{variant[8:]}.pdf").read_bytes()), digital
    digital = drawn_pages(run, name, digital)
    return made(digital, f"{document}-digital", variant), digital


def drawn_pages(run: Run, name: str, content: bytes) -> bytes:
    """The pages of a variant that are measured: all, or as many as asked for, on end."""
    import pypdfium2

    whole = pypdfium2.PdfDocument(content)
    if not run.share or run.share >= len(whole):
        return content
    chance = random.Random(f"{run.seed} {name}")
    first = chance.randrange(len(whole) - run.share + 1)
    part, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    part.import_pages(whole, list(range(first, first + run.share)))
    part.save(file)
    return file.getvalue()


@lru_cache(maxsize=1)
def truth_of(content: bytes) -> tuple[Flow, Any]:
    """The digital file read, and its commitments."""
    flow = read(content, source="digital.pdf")
    return flow, _rows(flow, content)


def _rows(flow: Flow, content: bytes) -> Any:
    from extractors.evaluation.pairing import predicted_row
    from extractors.run import extract

    ledger = extract(document_of(flow, content, source="file.pdf"))
    return [predicted_row(commitment) for commitment in ledger.commitments]


def measured(run: Run, name: str) -> Score:
    """One scan against the digital file of the same document."""
    from extractors.evaluation.score import figures

    content, digital = contents_of(run, name)
    truth, rows = truth_of(digital)
    flow = read(content, source=f"{name}.pdf")
    score = flows_compared(truth, flow, name)
    told = figures(rows, _rows(flow, content)) if rows else {}
    score.same = {label: told[label] for label in ("value", "unit", "row") if told}
    _time_scan(run, content, score)
    return score


def _time_scan(run: Run, content: bytes, score: Score) -> None:
    """Processor seconds a page, ours and the bare engine's in turn on the same picture; the clock
    on the wall would tell how busy the machine is."""
    options = OcrOptions()
    with opened(content, options) as drawn:
        for number in _spread(score.pages, run.timed):
            image = drawn.image(number)
            per_point = image.shape[1] / drawn.document[number - 1].get_width()
            start = time.process_time()
            page = read_page(
                image, number=number, per_point=per_point, engine=engine(options), options=options
            )
            middle = time.process_time()
            run.bare(image, use_det=True, use_cls=True, use_rec=True)
            ours, bare = middle - start, time.process_time() - middle
            score.seconds.append(ours)
            score.bare_seconds.append(bare)
            run.ratios[bool(page.seals)].append((ours, bare))


def _spread(pages: int, wanted: int) -> list[int]:
    """Page numbers from all over a file."""
    count = min(pages, wanted)
    return sorted({1 + (index * pages) // count for index in range(count)})


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


DIGITAL_HEAD = (
    "| digital file | pages | characters | wrong | cells right | CPU s/page | bare pdfplumber"
    " | ratio |\n|" + " --- |" * 8
)
HEAD = (
    "| scan | pages | characters | error | digits wrong | not marked | doubts (idle) | cells wrong"
    " | value, unit, row F1 | CPU s/page | bare | ratio |\n|" + " --- |" * 12
)


def digital_row(run: Run, path: Path) -> str:
    """The line of a digital file."""
    content = path.read_bytes()
    plain(content)
    start = time.process_time()
    flow = read(content, source=path.name)
    middle = time.process_time()
    plain(content)
    ours, bare = middle - start, time.process_time() - middle
    total, wrong = "–", "–"
    if _WHOLE.fullmatch(path.stem):
        truth = run.folder / "truth" / f"{path.stem.split('-')[0]}.txt"
        pages = truth.read_text(encoding="utf-8").replace("\x01", "").split("\f")
        total, wrong = map(str, misplaced(flow, pages))
    return (
        f"| {path.stem} | {len(flow.pages)} | {total} | {wrong} | {_cells_right(run, path, flow)}"
        f" | {ours / len(flow.pages):.3f} | {bare / len(flow.pages):.3f} | {ours / bare:.2f} |"
    )


def _cells_right(run: Run, path: Path, flow: Flow) -> str:
    """How many cells below the heads are as in the typed text beside the folder, NNN.txt."""
    source = run.folder.parent / f"{path.stem[:3]}.txt"
    if not source.is_file():
        return "–"
    typed = [
        fold(re.sub(r"</?u>", "", cell))
        for line in source.read_text(encoding="utf-8").splitlines()
        if "\t" in line and not line.startswith("序")
        for cell in line.split("\t")
    ]
    found = [
        fold(cell.text)
        for table in flow.items
        if isinstance(table, FlowTable)
        for cell in table.cells
        if cell.row >= table.header_rows
    ]
    right = sum(min(typed.count(text), found.count(text)) for text in set(typed))
    return f"{right} of {len(typed)}" if typed else "–"


def plain(content: bytes) -> None:
    """What pdfplumber by itself needs for the words and tables of all pages."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.find_tables()
            page.close()


def row(name: str, score: Score) -> str:
    """The line of a scan in the table of results."""
    ours = sum(score.seconds) / max(1, len(score.seconds))
    bare = sum(score.bare_seconds) / max(1, len(score.bare_seconds))
    times = f"{ours:.2f} | {bare:.2f} | {ours / bare:.2f}" if bare else "– | – | –"
    return (
        f"| {name} | {score.pages} | {score.characters}"
        f" | {100 * score.wrong / max(1, score.characters):.3f} %"
        f" | {score.wrong_digits} of {score.digits} | {score.unmarked}"
        f" | {score.doubts} ({score.idle_doubts}) | {score.wrong_cells} of {score.cells}"
        f" | {score.f1()} | {times} |"
    )


# What the names of scans begin with, document and dash aside, and what they have in common.
_KINDS = {
    "clean, skewed and turned": ("scan", "clean", "skew", "rot", "garbled", "no-unicode"),
    "fax": ("fax",),
    "noisy": ("bad",),
    "stamped": ("stamp",),
    "the same stamped pages in grey": ("grey_of_stamp",),
    "other stamped pages in grey": ("grey_stamp", "grey_heavy"),
    "tables half ruled and unruled": ("half", "unruled"),
}


def _kinds(run: Run) -> Iterator[str]:
    """All scans of one kind counted together."""
    for kind, beginnings in _KINDS.items():
        whole = Score()
        for name, score in run.scans.items():
            if name.partition("-")[2].startswith(beginnings):
                whole.add(score)
        if whole.pages:
            yield row(kind, whole)


def _summary(run: Run) -> Iterator[str]:
    for sealed, pairs in run.ratios.items():
        if pairs:
            ours, bare = (sum(times) for times in zip(*pairs, strict=True))
            what = "with seals" if sealed else "without seals"
            yield f"{len(pairs)} pages {what}: {ours / bare:.2f} × bare RapidOCR."
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"Peak memory {peak:.0f} MB, our engine and the bare one together."


def written(path: Path, rows: Sequence[str]) -> None:
    """Put the figures between the marks of the file; what people wrote around them stays."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    figures = "\n".join(rows)
    path.write_text(f"{before}{_BEGIN}\n\n{figures}\n\n{_END}{after}", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="scans, also made ones: 004-skew_300")
    parser.add_argument("--variants", nargs="*", choices=["all", *VARIANTS], default=[])
    parser.add_argument("--quick", action="store_true", help="a few scans, no digital files")
    parser.add_argument("--digital", action="store_true", help="digital files only")
    parser.add_argument("--timed", type=int, default=3, help="pages of each scan to time; 0: none")
    parser.add_argument("--share", type=int, default=0, help="pages of each variant; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="where the pages of a share begin")
    parser.add_argument("--notes", action="store_true", help="print every difference")
    parser.add_argument("--write", type=Path, help="file whose figures are replaced")
    return parser.parse_args()


def names_of(options: argparse.Namespace) -> list[str]:
    """The scans to measure: those named, or all of the folder and the variants asked for."""
    if options.digital:
        return []
    if options.names or options.quick:
        return list(options.names or QUICK)
    files = sorted(path.stem for path in options.folder.glob("*.pdf"))
    scans = [name for name in files if "digital" not in name]
    stamped = [name for name in scans if "-stamp_" in name]
    grey = [name.replace("-stamp_", "-grey_of_stamp_") for name in stamped]
    documents = sorted({name[:3] for name in files if re.fullmatch(r"\d{3}-digital", name)})
    variants = list(VARIANTS) if "all" in options.variants else options.variants
    return scans + grey + [f"{d}-{variant}" for d in documents for variant in variants]


def main() -> None:
    """Measure the named scans, or all of the folder."""
    options = _options()
    bare = bare_engine() if options.timed else None
    run = Run(options.folder, options.timed, bare, options.share, options.seed)
    rows: list[str] = []

    def tell(line: str) -> None:
        rows.append(line)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    if not (options.names or options.quick):
        tell(DIGITAL_HEAD)
        for path in sorted(options.folder.glob("*-digital*.pdf")):
            tell(digital_row(run, path))
        tell("")
    tell(HEAD)
    for name in names_of(options):
        run.scans[name] = measured(run, name)
        tell(row(name, run.scans[name]))
        if options.notes:
            sys.stdout.write("".join(f"  {note}\n" for note in run.scans[name].notes))
    for line in (*_kinds(run), "", *_summary(run)):
        tell(line)
    if options.write:
        written(options.write, rows)


if __name__ == "__main__":
    main()
