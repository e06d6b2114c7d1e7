"""Extracting anew after new rules or another model: only the documents whose ledger an earlier
version made, and a report of what changed because of the extractor and not because of a document.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from corpus.intake import place, write_whole
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.errors import PolicyError
from corpus.rereading import NotReread, Reextraction, Rereading, RereadKind, differences
from corpus.store import Store, codec, open_store
from corpus.store.engine import connect
from corpus.store.records import Stage
from corpus.store.versions import Made, made
from flows.compare import compare
from flows.notify_hooks import UNATTENDED
from flows.outcome import Key
from flows.parse import parse
from flows.progress import counted
from flows.upload import shown_progress
from flows.versions import extract_version, parse_version

_FOLDER = "re-extract"
_KINDS = {
    RereadKind.FOUND: "新抽出 found now",
    RereadKind.LOST: "不再抽出 found no longer",
    RereadKind.OTHERWISE: "读法不同 read otherwise",
}


def affected(store_url: str) -> list[Made]:
    """The documents whose ledger is of another version than today's."""
    engine = connect(store_url)
    try:
        return [each for each in made(engine) if each.extracted != extract_version()]
    finally:
        engine.dispose()


def re_extract(home: str, store_url: str, *, dry_run: bool = False) -> Reextraction:
    """Read all of those anew; the report is kept, and nothing else on a dry run."""
    started = datetime.now(UTC)
    found = affected(store_url)
    once = _in_memory if dry_run else _into_library
    rereadings: list[Rereading] = []
    failed: list[NotReread] = []
    with open_store(store_url) as store:
        for each in counted(Stage.EXTRACT, found):
            before = store.ledger(each.document_id)
            try:
                after = once(store, each, home, store_url)
            except Exception as error:
                # One document's failure is told and never stops the rest.
                failed.append(NotReread(before.document.provenance.source, _reason(error)))
                continue
            rereadings.append(_compared(each, before, after))
    if found and not dry_run:
        compare(store_url)
    return Reextraction(
        started,
        datetime.now(UTC),
        extract_version(),
        dry_run,
        len(found),
        tuple(rereadings),
        tuple(failed),
    )


@task(task_run_name="re-extract {sha256}")
def re_extract_document(document_id: str, sha256: str, store_url: str) -> int:
    """One document by today's version, also where that version has read it once before and another
    one since; how many commitments."""
    started = datetime.now(UTC)
    with open_store(store_url) as store:
        ledger = _extracted(store.document(document_id))
        record = Key(sha256, Stage.EXTRACT, extract_version()).record(started)
        store.save_ledger(ledger, record)
    return len(ledger.commitments)


@flow(name="taizhang-re-extract", validate_parameters=False, persist_result=False, **UNATTENDED)
def re_extract_flow(home: str, store_url: str, dry_run: bool = False) -> State[Reextraction]:
    """Read anew what new rules or another model concern; the report is kept."""
    with shown_progress(0, (Stage.EXTRACT, Stage.COMPARE)):
        report = re_extract(home, store_url, dry_run=dry_run)
    keep(report, Path(home))
    create_markdown_artifact(key="re-extract", markdown=summary(report), description="重新抽取")
    return Completed(name="Incomplete" if report.failed else "Completed", data=report)


def run(home: str, store_url: str, *, dry_run: bool) -> Reextraction:
    """The flow, and its report."""
    state = re_extract_flow(home, store_url, dry_run, return_state=True)
    return cast(Reextraction, state.result())


def keep(report: Reextraction, home: Path) -> Path:
    """Keep the report beside the library: 20270302T013000.json."""
    name = f"{report.started:%Y%m%dT%H%M%S%f}{'-dry' if report.dry else ''}.json"
    path = home / _FOLDER / name
    write_whole(path, codec.dumps(report).encode("utf-8"))
    return path


def last(home: Path) -> Reextraction | None:
    """The newest report that was kept."""
    kept = sorted((home / _FOLDER).glob("*.json"))
    return codec.loads(kept[-1].read_text("utf-8"), Reextraction) if kept else None


def summary(report: Reextraction) -> str:
    """For the page of the run."""
    rows = [each for reading in report.rereadings for each in reading.differences]
    counts = {kind: sum(each.kind is kind for each in rows) for kind in RereadKind}
    same = sum(each.same for each in report.rereadings)
    return "\n".join(
        [
            f"# 重新抽取 {report.version}{'（试算，未保存）' if report.dry else ''}",
            "",
            "| 项目 | 数量 |",
            "| --- | --- |",
            f"| 受影响的文件 documents concerned | {report.documents} |",
            f"| 其中未能重读 not read anew | {len(report.failed)} |",
            f"| 任务未变 rows the same | {same} |",
            *(f"| {_KINDS[kind]} | {number} |" for kind, number in counts.items()),
            *(f"\n{each.source}：{each.reason}" for each in report.failed),
        ]
    )


def _into_library(store: Store, each: Made, home: str, store_url: str) -> Ledger:
    if each.parsed != parse_version():
        step = parse([each.sha256], home, store_url)[each.sha256]
        if step.failed:
            raise _NotParsed(step.record.reason or "")
    re_extract_document(each.document_id, each.sha256, store_url)
    return store.ledger(each.document_id)


def _in_memory(store: Store, each: Made, home: str, _store_url: str) -> Ledger:
    document = store.document(each.document_id)
    if each.parsed != parse_version():
        from corpus.parse import parse as parse_content

        content = place(Path(home), each.sha256).read_bytes()
        document = parse_content(content, source=document.provenance.source)
    return _extracted(document)


def _extracted(document: Document) -> Ledger:
    from extractors.learned.choice import chosen
    from extractors.run import extract
    from flows.model import ner_choice

    return extract(document, ner=chosen(ner_choice()))


def _compared(each: Made, before: Ledger, after: Ledger) -> Rereading:
    found, same, confidence = differences(before, after)
    document = before.document
    return Rereading(
        each.document_id,
        document.provenance.source,
        document.official.title or "",
        each.extracted,
        extract_version(),
        document.text == after.document.text,
        same,
        confidence,
        found,
    )


class _NotParsed(PolicyError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"无法重新解析：{reason}", f"can't be parsed anew: {reason}")


def _reason(error: Exception) -> str:
    if isinstance(error, PolicyError):
        return str(error)
    return f"程序出错 | internal error: {type(error).__name__}: {error}"
