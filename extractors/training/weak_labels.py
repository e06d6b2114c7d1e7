"""Third step: what the project's rules read in unlabelled prose, as labels of little trust.

``python -m extractors.training.weak_labels --run FOLDER --data FOLDER`` writes weak.jsonl. Only
what ended in a commitment is a label: a time that governs nothing is none for an annotator either.
With ``--model FOLDER`` an earlier model drops the numbers that it takes for told, not promised.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.model.commitment import Commitment
from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from extractors.evaluation.stated import stated
from extractors.learned.labels import LabelledSpan, kind_of
from extractors.learned.ner import Ner
from extractors.learned.shipped import shipped
from extractors.nlp.passages import Passage, passages
from extractors.training.annotated import read_annotated, read_held_out
from extractors.training.documents import document_of
from extractors.training.examples import Example, Linked
from extractors.training.progress import say
from extractors.training.prose import HeldOut, read_prose, unseen

# Where two findings overlap, the rarer and surer one is kept.
_ORDER = (
    Label.QUANTITY, Label.DEADLINE, Label.UNIT, Label.BOUND, Label.PER, Label.BASE, Label.ACTION,
    Label.INDICATOR,
)  # fmt: skip


def weak_examples(
    document: Document, findings: Sequence[Finding], commitments: Sequence[Commitment], title: str
) -> Iterator[Example]:
    """One for each paragraph of the document, with or without labels."""
    kept = stated(findings, commitments)
    kept.sort(key=lambda f: _ORDER.index(f.label))
    for number, passage in enumerate(passages(document)):
        if passage.row is not None or len(passage.view.text) < 8:
            continue
        spans: list[LabelledSpan] = []
        for finding in kept:
            if finding.evidence.span in passage.span:
                span = _in_view(passage, finding)
                if not any(span.start < s.end and s.start < span.end for s in spans):
                    spans.append(span)
        linked = tuple(Linked(span, ()) for span in sorted(spans))
        yield Example(title, str(number), passage.view.text, linked)


def _in_view(passage: Passage, finding: Finding) -> LabelledSpan:
    origin, span = passage.view.origin, finding.evidence.span
    role = finding.value.role if isinstance(finding.value, UnitMention) else None
    start, end = bisect_left(origin, span.start), bisect_left(origin, span.end)
    return LabelledSpan(start, max(end, start + 1), kind_of(finding.label, role))


def read_weak(path: Path) -> list[Example]:
    """What this step wrote."""
    with path.open(encoding="utf-8") as lines:
        return [_read(json.loads(line)) for line in lines]


def _read(fields: dict[str, object]) -> Example:
    spans: Sequence[tuple[int, int, str]] = fields["spans"]  # type: ignore[assignment]
    linked = tuple(Linked(LabelledSpan(*span), ()) for span in spans)
    return Example(str(fields["doc"]), str(fields["id"]), str(fields["text"]), linked)


def _written(example: Example) -> str:
    spans = [[s.span.start, s.span.end, s.span.kind] for s in example.spans]
    fields = {"doc": example.document, "id": example.id, "text": example.text, "spans": spans}
    return json.dumps(fields, ensure_ascii=False)


def main(words: Sequence[str] | None = None) -> None:
    """Goes on behind the last document written, where it was interrupted."""
    from extractors.assemble import assemble
    from extractors.run import find

    parser = argparse.ArgumentParser(prog="python -m extractors.training.weak_labels")
    parser.add_argument("--run", type=Path, required=True, help="the folder of this run")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--model", type=Path, help="folder with models.toml of an earlier model")
    options = parser.parse_args(words)
    ner = Ner(*shipped(options.model)) if options.model else None
    annotated = read_annotated(options.data / "annotated" / "paragraphs.jsonl")
    titles = read_held_out()
    held_out = HeldOut.of(titles, (a.paragraph.text for a in annotated if a.document in titles))
    documents = list(unseen(read_prose(options.data / "policies.jsonl.gz"), held_out))
    path, done = options.run / "weak.jsonl", options.run / "weak.done"
    finished = int(done.read_text()) if done.exists() else 0
    for number, prose in enumerate(documents):
        if number < finished:
            continue
        document = document_of(prose.title, prose.paragraphs)
        findings = find(document, RULES, ner=ner)
        examples = weak_examples(document, findings, assemble(document, findings), prose.title)
        lines = [_written(example) for example in examples]
        with path.open("a" if number else "w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
        done.write_text(str(number + 1))
        say("weak", document=number + 1, of=len(documents), paragraphs=len(lines))


RULES = ("numeric_target", "due_date", "duty", "unit_brackets")

if __name__ == "__main__":
    main()
