"""Measures ways to extract on the dev or the test documents, by the project's own evaluation:
the rules, the model, both, and a baseline of patterns with jieba's part-of-speech tags.

``python -m extractors.training.measure --data FOLDER --part dev --way rules --way model …`` prints
a table for each; the test part is for the figures of the model card, not for choosing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.model.commitment import Commitment, Ledger
from extractors.assemble import assembled
from extractors.confidence import BOTH, RULES
from extractors.evaluation.gate import table
from extractors.evaluation.misses import MissKind, misses
from extractors.evaluation.reliability import Judged, expected_error
from extractors.evaluation.score import Figures, evaluate, total
from extractors.evaluation.ways import WAYS, Way, way
from extractors.learned.installed import SHIPPED
from extractors.learned.ner import Ner
from extractors.training.annotated import Annotated, read_annotated, split
from extractors.training.documents import document_of


def by_document(path: Path, part: str) -> dict[str, list[Annotated]]:
    """The annotated paragraphs of the documents of a part (train, dev, test), by title."""
    annotated = read_annotated(path)
    parts = split(annotated)
    found: dict[str, list[Annotated]] = {}
    for each in annotated:
        if parts[each.document] == part:
            found.setdefault(each.document, []).append(each)
    return found


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of all documents together, and the confidence of every commitment."""

    figures: dict[str, Figures]
    judged: tuple[Judged, ...]


def measure(
    how: Way,
    documents: dict[str, list[Annotated]],
    lines: dict[str, str],
    *,
    confidence: str = RULES,
) -> Measured:
    """What it comes to on the documents; ``lines`` are the annotated lines by paragraph,
    ``confidence`` the weights that confidence is made with (rules, both)."""
    figures, judged = [], []
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        for title, paragraphs in documents.items():
            gold.write_text("\n".join(lines[a.paragraph.id] for a in paragraphs), encoding="utf-8")
            document = document_of(title, [a.paragraph.text for a in paragraphs])
            made = assembled(document, list(how(document)), way=confidence)
            found = tuple(_readable(each.commitment) for each in made)
            figures.append(evaluate(gold, Ledger(document, found)))
            wrong = {
                miss.predicted.id
                for miss in misses(gold, Ledger(document, found))
                if miss.predicted and miss.kind is not MissKind.ROLES
            }
            judged += [
                Judged(each.commitment.confidence, each.commitment.id not in wrong, each.facts)
                for each in made
            ]
    return Measured(total(figures), tuple(judged))


# Words that name no day by themselves.
_RELATIVE = re.compile(r"今年|明年|后年|今明|全年|本年|当年|年底|年末|年内|半年|季度")


def _readable(commitment: Commitment) -> Commitment:
    """今年, 年底前: paragraphs alone leave their day open; the annotation has none to compare."""
    due = commitment.deadline
    if due is None:
        return commitment
    open_ended = not (due.start or due.end or due.period)
    relative = _RELATIVE.search(due.raw) and not re.search(r"\d{4}", due.raw) and not due.period
    return replace(commitment, deadline=None) if open_ended or relative else commitment


def lines_of(path: Path) -> dict[str, str]:
    """The lines of the annotated file by the id of their paragraph."""
    lines = [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    return {str(json.loads(line)["id"]): line for line in lines}


def main(words: Sequence[str] | None = None) -> None:
    """One table a way."""
    from extractors.learned.shipped import shipped

    parser = argparse.ArgumentParser(prog="python -m extractors.training.measure")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--part", choices=["train", "dev", "test"], default="dev")
    parser.add_argument("--way", action="append", choices=sorted(WAYS), required=True)
    parser.add_argument("--model", type=Path, help="folder with models.toml; else the shipped")
    options = parser.parse_args(words)
    ner = Ner(*shipped(options.model or SHIPPED))
    path = options.data / "annotated" / "paragraphs.jsonl"
    documents, lines = by_document(path, options.part), lines_of(path)
    for name in options.way:
        weighed = BOTH if name == BOTH else RULES
        found = measure(way(name, ner), documents, lines, confidence=weighed)
        sys.stdout.write(f"{name} ({options.part}, {len(documents)} documents)\n")
        sys.stdout.write(table(found.figures) + "\n")
        sys.stdout.write(f"ECE {expected_error(found.judged):.4f}\n")


if __name__ == "__main__":
    main()
