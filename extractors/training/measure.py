"""Measures ways to extract on the dev or the test documents, by the project's own evaluation:
the rules, the model, both, and a baseline of patterns with jieba's part-of-speech tags.

``python -m extractors.training.measure --data FOLDER --part dev --way rules --way model …`` prints
a table for each; the test part is for the figures of the model card, not for choosing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.model.document import Document
from corpus.model.finding import Finding
from extractors.assemble import assemble
from extractors.evaluation.gate import table
from extractors.evaluation.gold import read_gold
from extractors.evaluation.pairing import Row, annotated_row, predicted_row
from extractors.evaluation.score import Figures, total
from extractors.evaluation.score import figures as score
from extractors.training.annotated import Annotated, read_annotated, split
from extractors.training.documents import document_of

Way = Callable[[Document], Sequence[Finding]]


def by_document(path: Path, part: str) -> dict[str, list[Annotated]]:
    """The annotated paragraphs of the documents of a part (train, dev, test), by title."""
    annotated = read_annotated(path)
    parts = split(annotated)
    found: dict[str, list[Annotated]] = {}
    for each in annotated:
        if parts[each.document] == part:
            found.setdefault(each.document, []).append(each)
    return found


def measure(
    way: Way, documents: dict[str, list[Annotated]], lines: dict[str, str]
) -> dict[str, Figures]:
    """Figures of all documents together; ``lines`` are the annotated lines by paragraph."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        for title, paragraphs in documents.items():
            gold.write_text("\n".join(lines[a.paragraph.id] for a in paragraphs), encoding="utf-8")
            document = document_of(title, [a.paragraph.text for a in paragraphs])
            annotated = [annotated_row(each) for each in read_gold(gold)]
            found = assemble(document, list(way(document)))
            figures.append(score(annotated, [_readable(predicted_row(each)) for each in found]))
    return total(figures)


def _readable(row: Row) -> Row:
    """今年, 年底前: paragraphs without a date of issue leave their day open, on both sides."""
    due = row.due
    return replace(row, due=None) if due and not (due.start or due.end or due.period) else row


def lines_of(path: Path) -> dict[str, str]:
    """The lines of the annotated file by the id of their paragraph."""
    lines = [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    return {str(json.loads(line)["id"]): line for line in lines}


def main(words: Sequence[str] | None = None) -> None:
    """One table a way."""
    from extractors.training.ways import WAYS

    parser = argparse.ArgumentParser(prog="python -m extractors.training.measure")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--part", choices=["train", "dev", "test"], default="dev")
    parser.add_argument("--way", action="append", choices=sorted(WAYS), required=True)
    parser.add_argument("--model", type=Path, help="folder with models.toml; else the shipped")
    options = parser.parse_args(words)
    path = options.data / "annotated" / "paragraphs.jsonl"
    documents, lines = by_document(path, options.part), lines_of(path)
    for name in options.way:
        figures = measure(WAYS[name](options.model), documents, lines)
        sys.stdout.write(f"{name} ({options.part}, {len(documents)} documents)\n")
        sys.stdout.write(table(figures) + "\n")


if __name__ == "__main__":
    main()
