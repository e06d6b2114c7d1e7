"""Prefect's local API once for all flow tests, and stages with a reader and rules of our own.

A flow test shows what happens to files, not what is read in them: the reader here takes
“标题：…” lines for the header and every other line for a commitment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Block, BlockKind, Document, Page, Provenance
from corpus.model.errors import UnreadableFile
from corpus.model.geometry import Span
from corpus.model.ids import fingerprint, short_id
from corpus.model.official import OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target
from flows.settings import load, prepare_prefect

_LINE = re.compile(
    r"到(?P<year>\d{4})年，(?P<indicator>\D+)达到(?P<amount>\d+)所（(?P<unit>\S+)负责）"
)


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Starts the API, which takes some seconds."""
    prepare_prefect(load(tmp_path_factory.mktemp("prefect"), {}))
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@dataclass
class Worked:
    """How often each stage really worked, by file name."""

    parsed: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Worked:
    """Puts the plain reader and rule below in place of the real ones, and counts."""
    counted = Worked()

    def read(content: bytes, *, source: str, limits: object = None) -> Document:
        counted.parsed.append(source)
        return _read(content, source)

    def find(document: Document, *, ner: object = None) -> Ledger:
        counted.extracted.append(document.provenance.source)
        return _found(document)

    monkeypatch.setattr("corpus.parse.parse", read, raising=False)
    monkeypatch.setattr("corpus.parse.parse_apart", read, raising=False)
    monkeypatch.setattr("extractors.run.extract", find)
    return counted


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan of that name, number and date, with a line for every (indicator, amount)."""

    def write(
        name: str, *, title: str = "云岭省养老服务规划", number: str, issued: str, **amounts: int
    ) -> Path:
        lines = [f"标题：{title}", f"文号：{number}", f"日期：{issued}"]
        lines += [
            f"到2025年，{indicator}达到{amount}所（云岭省财政厅负责）"
            for indicator, amount in amounts.items()
        ]
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
        return path

    return write


def _read(content: bytes, source: str) -> Document:
    if not content or b"\0" in content:
        raise UnreadableFile(source, "empty", zh="文件是空的，请重新取得", en="empty; get it anew")
    text = content.decode("utf-8")
    fields = dict(re.findall(r"^(标题|文号|日期)：(.+)$", text, re.MULTILINE))
    lost = "未识别" if "缺页" in text else None
    return Document(
        short_id("d", fingerprint(content)),
        text,
        Provenance(source, fingerprint(content), "text/plain"),
        (Page(1), Page(2, failure=lost)),
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        official=OfficialHeader(
            title=fields.get("标题"),
            document_number=fields.get("文号"),
            date_of_issue=date.fromisoformat(fields["日期"]) if "日期" in fields else None,
        ),
    )


def _found(document: Document) -> Ledger:
    if "抽取出错" in document.text:
        raise RuntimeError("rule broke")
    return Ledger(document, tuple(_commitment(document, m) for m in _LINE.finditer(document.text)))


def _commitment(document: Document, match: re.Match[str]) -> Commitment:
    quantity = Quantity(Decimal(match["amount"]), Decimal(match["amount"]), "所")
    end = date(int(match["year"]), 12, 31)
    return Commitment(
        short_id("c", document.id, str(match.start())),
        (),
        match[0],
        None,
        match["indicator"],
        Target(match["amount"] + "所", quantity, Bound.EXACTLY),
        Deadline(f"到{match['year']}年", DeadlineKind.BY, None, end),
        (ResponsibleUnit(match["unit"], match["unit"], Role.RESPONSIBLE, registered=True),),
        document.cite(Span(match.start(), match.end())),
        0.9,
    )


def _library() -> ModuleType:
    """The module beside this one: tests are no package."""
    path = Path(__file__).with_name("dumped.py")
    spec = spec_from_file_location("dumped", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def dumped() -> Callable[[str], dict[str, Any]]:
    """The content of a library, without numbers of rows and times."""
    found: Callable[[str], dict[str, Any]] = _library().dumped
    return found


@pytest.fixture(scope="session")
def broken() -> Callable[[str], dict[str, int]]:
    """What of a library is not whole."""
    found: Callable[[str], dict[str, int]] = _library().broken
    return found
