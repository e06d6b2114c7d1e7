"""``extract`` and ``diff``: a quick look, without Prefect and without the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.intake import read
from corpus.model.commitment import Ledger
from flows.commands.bars import working
from flows.commands.output import deliver


def extract_file(file: Path, format: str, out: Path | None, *, ner_model: str | None) -> None:
    """The ledger of one file."""
    from outputs.exports import export_ledgers

    deliver(export_ledgers([ledger_of(file, ner_model)], format), out)


def diff_files(priors: Sequence[Path], new: Path, format: str, out: Path | None) -> None:
    """What changed from the prior files to the new one."""
    from itertools import pairwise

    from corpus.compare import compare
    from corpus.compare.slips import with_originals
    from outputs.exports import export_comparison

    ledgers = [ledger_of(file) for file in (*priors, new)]
    earlier = (compare([before], after) for before, after in pairwise(ledgers[:-1]))
    comparison = with_originals(compare(ledgers[:-1], ledgers[-1]), earlier)
    deliver(export_comparison(comparison, format), out)


def ledger_of(file: Path, ner_model: str | None = None) -> Ledger:
    """Read and extract one file, with the model that was asked for or that the settings choose."""
    content = read(file)

    from corpus.parse import parse_apart
    from extractors.learned.choice import chosen
    from extractors.run import extract
    from flows.limits import limits
    from flows.model import ner_choice

    ner = chosen(ner_choice(ner_model))

    with working(f"解析 {file.name}"):
        document = parse_apart(content, source=file.name, limits=limits())
    with working(f"抽取 {file.name}"):
        return extract(document, ner=ner)
