"""The library: what goes into it, and what it says: ``taizhang ledger --unit 省财政厅``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.options import (
    AsChanges,
    AsComparison,
    AsLedger,
    AsList,
    BackfillRunner,
    ChangeFormat,
    ComparisonFormat,
    FileOrWanted,
    Home,
    LedgerFormat,
    ListFormat,
    NerModel,
    OneDocument,
    Out,
    Wanted,
    written_as,
)


@app.command(help="文件入库：解析、抽取、比对。\n\nTake files and folders into the library.")
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹。 Files or folders.")
    ],
    home: Home = None,
    ner_model: NerModel = None,
) -> None:
    from flows.commands.ingest import ingest_paths
    from flows.model import use_model

    use_model(ner_model)
    raise typer.Exit(ingest_paths(paths, home))


@app.command(help="大批文件补录，可中断续做。\n\nMany files by many workers; goes on where it was.")
def backfill(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="文件或文件夹。 Files or folders."),
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", help="文件清单，每行一个路径。 A file with a path on each line."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="本机工作进程数。 Worker processes here.")
    ] = 2,
    batch: Annotated[
        int, typer.Option(min=1, max=1000, help="每批多少份。 Documents of a batch.")
    ] = 20,
    runner: Annotated[
        BackfillRunner, typer.Option(help="由谁处理：本机进程、工作池、Dask。 Who does the work.")
    ] = BackfillRunner.PROCESSES,
    home: Home = None,
    ner_model: NerModel = None,
) -> None:
    from flows.commands.backfill import backfill_paths
    from flows.model import use_model

    use_model(ner_model)
    status = backfill_paths(
        paths or (), home, listed=listed, workers=workers, batch=batch, runner=runner.value
    )
    raise typer.Exit(status)


@app.command(help="查看台账，可按单位、时限、文件筛选。\n\nThe ledger of the library, filtered.")
def ledger(
    unit: Annotated[
        str | None, typer.Option(help="责任单位：河南省财政厅，或 财政厅。 A responsible unit.")
    ] = None,
    due_before: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y"],
            metavar="DATE",
            help="完成时限早于该日（不含该日）。 Due before this day.",
        ),
    ] = None,
    document: OneDocument = None,
    format: AsLedger = None,
    out: Out = None,
    home: Home = None,
) -> None:
    from flows.commands.library import show_ledger

    day: date | None = due_before.date() if due_before else None
    chosen_format = written_as(format, out, LedgerFormat)
    show_ledger(home, chosen_format, out, unit=unit, due_before=day, document=document)


@app.command(help="查看库中文件与前序文件相比的变化。\n\nWhat changed against the prior documents.")
def changes(
    document: OneDocument = None, format: AsComparison = None, out: Out = None, home: Home = None
) -> None:
    from flows.commands.library import show_changes

    show_changes(home, written_as(format, out, ComparisonFormat), out, document=document)


@app.command(help="列出已入库的文件。\n\nThe documents of the library.")
def documents(format: AsList = None, out: Out = None, home: Home = None) -> None:
    from flows.commands.library import show_documents

    show_documents(home, written_as(format, out, ListFormat), out)


@app.command(help="文件沿革：替代、接续、印发、依据、引用。\n\nWhat a document is to the others.")
def lineage(document: Wanted, format: AsChanges = None, out: Out = None, home: Home = None) -> None:
    from flows.commands.across import show_lineage

    show_lineage(document, home, written_as(format, out, ChangeFormat), out)


@app.command(help="一个指标在全库中的沿革。\n\nEvery value of an indicator over the library.")
def history(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="指标名称。 The name of an indicator.")
    ],
    format: AsChanges = None,
    out: Out = None,
    home: Home = None,
) -> None:
    from flows.commands.across import show_history

    show_history(indicator, home, written_as(format, out, ChangeFormat), out)


@app.command(help="上下级对照，下级文件放在最后。\n\nSuperior documents and a lower one, last.")
def compare_levels(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="SUPERIOR... LOWER",
            help="上级文件……下级文件（文件，或库中文件）。 Superiors, lower; files or documents.",
        ),
    ],
    format: AsChanges = None,
    out: Out = None,
    home: Home = None,
) -> None:
    from flows.commands.across import compare_across

    if len(files) < 2:
        raise typer.BadParameter("至少要两个文件 | name a superior document and a lower one")
    chosen_format = written_as(format, out, ChangeFormat)
    compare_across(files[:-1], files[-1], home, chosen_format, out)


@app.command(help="检查一份文件是否前后一致。\n\nWhere a document doesn't agree with itself.")
def check(
    document: FileOrWanted, format: AsChanges = None, out: Out = None, home: Home = None
) -> None:
    from flows.commands.across import check_one

    check_one(document, home, written_as(format, out, ChangeFormat), out)
