"""Annotated paragraphs by document, and which documents are held out.

A line is that of ``extractors.evaluation.gold`` with the title of its document:
``{"id": "7", "doc": "…规划", "text": "到2025年…", "tagged": "<d c=\\"1\\">到2025年</d>…"}``. A tag
that can't be placed, or a text that differs from the tagged one, stops the reading with its line.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model.errors import GoldError
from extractors.evaluation.gold import Paragraph, read_paragraphs

HELD_OUT = Path(__file__).with_name("held_out.txt")
_SHINGLE = 12
# Documents that share a tenth of the shorter one are editions of one text (第八版, 第九版).
_SAME_FAMILY = 0.1
_SHARES = (("test", 0.2), ("dev", 0.32))


@dataclass(frozen=True, slots=True)
class Annotated:
    """A paragraph and the title of the document that it is from."""

    document: str
    paragraph: Paragraph


def read_annotated(path: Path) -> list[Annotated]:
    """Every paragraph of the file, in order; GoldError where one is broken or names no document."""
    paragraphs = read_paragraphs(path)
    lines = [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    found = []
    for line, paragraph in zip(lines, paragraphs, strict=True):
        title = json.loads(line).get("doc")
        if not isinstance(title, str) or not title:
            raise GoldError(
                f"{path.name} 中段落 {paragraph.id} 缺少 doc",
                f"{path.name}: paragraph {paragraph.id} has no doc",
            )
        found.append(Annotated(title, paragraph))
    return found


def families(paragraphs: Iterable[Annotated]) -> list[list[str]]:
    """Titles of documents, those together that share much of their text; families never split."""
    texts: dict[str, set[str]] = defaultdict(set)
    for each in paragraphs:
        texts[each.document] |= _shingles(each.paragraph.text)
    family = {title: {title} for title in texts}
    for one, other in itertools.combinations(texts, 2):
        shorter = min(len(texts[one]), len(texts[other]))
        if shorter and len(texts[one] & texts[other]) >= _SAME_FAMILY * shorter:
            joined = family[one] | family[other]
            family.update(dict.fromkeys(joined, joined))
    return sorted({tuple(sorted(each)): sorted(each) for each in family.values()}.values())


def _shingles(text: str) -> set[str]:
    return {text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)}


def split(paragraphs: Sequence[Annotated]) -> Mapping[str, str]:
    """``train``, ``dev`` or ``test`` by title. Families go in the order of a hash of their first
    title: to test until it holds its share of the tags, then to dev, the rest to train."""
    weight = Counter(each.document for each in paragraphs for _ in each.paragraph.tags)
    part: dict[str, str] = {}
    seen = 0
    for family in sorted(families(paragraphs), key=lambda titles: _digest(titles[0])):
        share = seen / weight.total()
        name = next((name for name, stop in _SHARES if share < stop), "train")
        part.update(dict.fromkeys(family, name))
        seen += sum(weight[title] for title in family)
    return part


def _digest(title: str) -> str:
    return hashlib.sha256(title.encode("utf-8")).hexdigest()


def read_held_out(path: Path = HELD_OUT) -> frozenset[str]:
    """Titles of the test documents, one a line: neither training nor tuning reads them."""
    return frozenset(path.read_text(encoding="utf-8").split("\n")) - {""}
