"""Options and arguments that several commands share, and what they can be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.commands.output import check as refuse
from flows.commands.output import chosen


class LedgerFormat(StrEnum):
    """What a ledger can be written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


class ListFormat(StrEnum):
    """What a list of documents can be written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class ComparisonFormat(StrEnum):
    """What changes of documents can be written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"


class ChangeFormat(StrEnum):
    """What other tables can be written as: lineage, history, levels, checks."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


class ReportFormat(StrEnum):
    """What an evaluation can be written as."""

    TABLE = "table"
    HTML = "html"
    MD = "md"


class ParseFormat(StrEnum):
    """What a parsed document can be written as."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class Way(StrEnum):
    """The ways of ``extractors.evaluation.ways``, which the command line starts without."""

    BASELINE = "baseline"
    RULES = "rules"
    MODEL = "model"
    MODEL_BY_DISTANCE = "model-by-distance"
    BOTH = "both"


class BackfillRunner(StrEnum):
    """The runners of ``flows.runners``, which the command line starts without."""

    PROCESSES = "processes"
    POOL = "pool"
    DASK = "dask"


class UserAction(StrEnum):
    """What can be done about an account."""

    ADD = "add"
    PASSWORD = "password"
    ROLE = "role"
    DISABLE = "disable"
    ENABLE = "enable"
    LIST = "list"


class UserRole(StrEnum):
    """The roles of ``outputs.review.access``, which the command line starts without."""

    VIEWER = "viewer"
    UPLOADER = "uploader"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


File = Annotated[
    Path, typer.Argument(help="文件（PDF、扫描件、图片、Word、OFD、HTML、文本）。 A document.")
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="写入文件。 Write to this file.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="台账库位置，默认 ./library。 Where the library is."),
]
NerModel = Annotated[
    str | None,
    typer.Option(
        "--ner-model",
        metavar="MODEL",
        help="模型：none 只用规则，commitment-ner 随附模型，或文件夹、模型名。 "
        "none: rules alone; commitment-ner; a folder or hub name.",
    ),
]
AsLedger = Annotated[
    LedgerFormat | None,
    typer.Option("--format", help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
]
AsChanges = Annotated[
    ChangeFormat | None,
    typer.Option("--format", help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
]
AsList = Annotated[
    ListFormat | None,
    typer.Option("--format", help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
]
AsComparison = Annotated[
    ComparisonFormat | None,
    typer.Option("--format", help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
]
OneDocument = Annotated[
    str | None,
    typer.Option(
        help="只看一份：编号、文号、标题或文件名。 One document: id, number, title, file."
    ),
]


Wanted = Annotated[
    str,
    typer.Argument(
        metavar="DOC", help="库中文件：编号、文号、标题或文件名。 Id, number, title or file name."
    ),
]
FileOrWanted = Annotated[
    str,
    typer.Argument(
        metavar="FILE|DOC", help="文件，或库中文件。 A file, or a document of the library."
    ),
]


def written_as(asked: StrEnum | None, out: Path | None, known: type[StrEnum]) -> str:
    """The format asked for, or that of the file's name; refused where it can't be delivered."""
    names: tuple[Any, ...] = tuple(known)
    format = chosen(asked, out, names)
    refuse(format, out)
    return str(format)
