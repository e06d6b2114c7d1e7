"""A quick look at documents, without a library: ``taizhang extract 通知.pdf``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.options import (
    AsComparison,
    AsLedger,
    ComparisonFormat,
    File,
    LedgerFormat,
    NerModel,
    Out,
    ParseFormat,
    ReportFormat,
    Way,
    written_as,
)


@app.command(help="抽取一份文件的台账。\n\nThe ledger of one document.")
def extract(
    file: File, format: AsLedger = None, out: Out = None, ner_model: NerModel = None
) -> None:
    from flows.commands.quick import extract_file

    extract_file(file, written_as(format, out, LedgerFormat), out, ner_model=ner_model)


@app.command(
    help="查看一份文件是怎样读出的：文字、表格、逐页质量。\n\nHow a file was read, page by page."
)
def parse(
    file: File,
    format: Annotated[
        ParseFormat | None,
        typer.Option(help="输出格式，默认看 -o 的后缀，否则为文本。 Output format."),
    ] = None,
    out: Out = None,
) -> None:
    from flows.commands.parse import parse_file

    asked = written_as(format, out, ParseFormat)
    parse_file(file, asked if asked in set(ParseFormat) else ParseFormat.TEXT, out)


@app.command(help="比对前序文件与新文件（放在最后）。\n\nWhat changed; the new file comes last.")
def diff(
    files: Annotated[
        list[Path], typer.Argument(metavar="PRIOR... NEW", help="前序文件……新文件。 Priors, new.")
    ],
    format: AsComparison = None,
    out: Out = None,
) -> None:
    from flows.commands.quick import diff_files

    if len(files) < 2:
        raise typer.BadParameter("至少要两个文件 | name a prior file and a new one")
    diff_files(files[:-1], files[-1], written_as(format, out, ComparisonFormat), out)


@app.command(help="用人工标注评测抽取结果。\n\nScore an extraction against annotated gold.")
def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="标注文件（JSONL）或文件夹。 The annotation, or a folder.")
    ],
    file: Annotated[
        Path, typer.Argument(help="对应的文件或文件夹。 Its document, or the folder of them.")
    ],
    misses: Annotated[
        bool,
        typer.Option("--misses/--no-misses", help="列出漏抽、多抽和不同之处。 List what differs."),
    ] = False,
    way: Annotated[
        list[Way] | None,
        typer.Option(help="评测哪种方式，可多次；报告默认全部。 Which ways; a report has all."),
    ] = None,
    format: Annotated[
        ReportFormat | None,
        typer.Option(help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
    ] = None,
    out: Out = None,
    ner_model: NerModel = None,
) -> None:
    from flows.commands.evaluate import evaluate_files

    evaluate_files(
        gold, file, written_as(format, out, ReportFormat), out,
        ways=[str(each) for each in way or ()], ner_model=ner_model, misses=misses,
    )  # fmt: skip
