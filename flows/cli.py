"""The command line: ``taizhang extract 通知.pdf``, ``taizhang diff 旧.pdf 新.pdf`` …

Only options and help stand here; what a command does, and what that needs to import, is in
``flows.commands``, so that ``taizhang --help`` is quick.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.model.errors import PolicyError
from flows.commands.output import check as refuse
from flows.commands.output import chosen, note

_USAGE = 2

app = typer.Typer(
    name="taizhang",
    help="台账：政策文件的目标任务及其变化。\n\n"
    "The ledger of what policy documents promise, by when, by whom, and what changed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class LedgerFormat(StrEnum):
    """What a ledger can be written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class ChangeFormat(StrEnum):
    """What changes can be written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


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
AsLedger = Annotated[
    LedgerFormat | None,
    typer.Option("--format", help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
]
AsChanges = Annotated[
    ChangeFormat | None,
    typer.Option("--format", help="输出格式，默认看 -o 的后缀，否则为表格。 Output format."),
]
OneDocument = Annotated[
    str | None,
    typer.Option(
        help="只看一份：编号、文号、标题或文件名。 One document: id, number, title, file."
    ),
]


@app.command(help="抽取一份文件的台账。\n\nThe ledger of one document.")
def extract(file: File, format: AsLedger = None, out: Out = None) -> None:
    from flows.commands.quick import extract_file

    extract_file(file, _format(format, out, LedgerFormat), out)


@app.command(help="比对前序文件与新文件（放在最后）。\n\nWhat changed; the new file comes last.")
def diff(
    files: Annotated[
        list[Path], typer.Argument(metavar="PRIOR... NEW", help="前序文件……新文件。 Priors, new.")
    ],
    format: AsChanges = None,
    out: Out = None,
) -> None:
    from flows.commands.quick import diff_files

    if len(files) < 2:
        raise typer.BadParameter("至少要两个文件 | name a prior file and a new one")
    diff_files(files[:-1], files[-1], _format(format, out, ChangeFormat), out)


@app.command(help="文件入库：解析、抽取、比对。\n\nTake files and folders into the library.")
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹。 Files or folders.")
    ],
    home: Home = None,
) -> None:
    from flows.commands.ingest import ingest_paths

    raise typer.Exit(ingest_paths(paths, home))


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
    chosen_format = _format(format, out, LedgerFormat)
    show_ledger(home, chosen_format, out, unit=unit, due_before=day, document=document)


@app.command(help="查看库中文件与前序文件相比的变化。\n\nWhat changed against the prior documents.")
def changes(
    document: OneDocument = None, format: AsChanges = None, out: Out = None, home: Home = None
) -> None:
    from flows.commands.library import show_changes

    show_changes(home, _format(format, out, ChangeFormat), out, document=document)


@app.command(help="列出已入库的文件。\n\nThe documents of the library.")
def documents(format: AsLedger = None, out: Out = None, home: Home = None) -> None:
    from flows.commands.library import show_documents

    show_documents(home, _format(format, out, LedgerFormat), out)


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


@app.command(help="文件沿革：替代、接续、印发、依据、引用。\n\nWhat a document is to the others.")
def lineage(document: Wanted, format: AsChanges = None, out: Out = None, home: Home = None) -> None:
    from flows.commands.across import show_lineage

    show_lineage(document, home, _format(format, out, ChangeFormat), out)


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

    show_history(indicator, home, _format(format, out, ChangeFormat), out)


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
    chosen_format = _format(format, out, ChangeFormat)
    compare_across(files[:-1], files[-1], home, chosen_format, out)


@app.command(help="检查一份文件是否前后一致。\n\nWhere a document doesn't agree with itself.")
def check(
    document: FileOrWanted, format: AsChanges = None, out: Out = None, home: Home = None
) -> None:
    from flows.commands.across import check_one

    check_one(document, home, _format(format, out, ChangeFormat), out)


@app.command(help="用人工标注评测抽取结果。\n\nScore an extraction against annotated gold.")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="标注文件（JSONL）。 The annotation.")],
    file: File,
    misses: Annotated[
        bool,
        typer.Option("--misses/--no-misses", help="列出漏抽、多抽和不同之处。 List what differs."),
    ] = False,
) -> None:
    from flows.commands.quick import evaluate_file

    evaluate_file(gold, file, misses=misses)


Site = Annotated[str, typer.Argument(metavar="SITE", help="站点名。 The name of a site.")]
source = typer.Typer(
    help="抓取的站点。\n\nThe sites that are crawled.", no_args_is_help=True, add_completion=False
)
app.add_typer(source, name="source", short_help="抓取的站点。 The sites that are crawled.")


@app.command(
    help="抓取一个站点，新文件和变更入库。\n\nCrawl a site; what is new goes into the library."
)
def crawl(
    site: Site,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y"],
            metavar="DATE",
            help="只抓取该日及以后发布的。 Only what was published on this day or later.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="只读列表，不抓取文章。 Read the lists, fetch no article."),
    ] = False,
    home: Home = None,
) -> None:
    from flows.commands.crawl import crawl_site

    day: date | None = since.date() if since else None
    raise typer.Exit(crawl_site(site, home, since=day, dry_run=dry_run))


@app.command(help="查看抓取台账。\n\nWhat was asked of which site when, and what came of it.")
def crawl_log(
    site: Annotated[str | None, typer.Option(help="只看一个站点。 One site only.")] = None,
    last: Annotated[int, typer.Option(min=1, help="最近多少条。 So many of the last.")] = 50,
    home: Home = None,
) -> None:
    from flows.commands.crawl import show_crawl_log

    show_crawl_log(home, site=site, last=last)


@app.command(help="体检：组件、设置、台账库、站点。\n\nWhat is installed, configured and there.")
def doctor(home: Home = None) -> None:
    from flows.commands.doctor import show_health

    raise typer.Exit(show_health(home))


@source.command("check", help="试读站点的列表和一篇文章。\n\nRead a list and an article of a site.")
def source_check(site: Site, home: Home = None) -> None:
    from flows.commands.crawl import check_source

    raise typer.Exit(check_source(site, home))


@app.command(help="启动网页应用：上传、审核、变化、时限。\n\nServe the web application.")
def serve(
    host: Annotated[
        str, typer.Option(help="监听地址；默认只供本机使用。 Where to listen.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。 The port.", min=1, max=65535)] = 8000,
    home: Home = None,
) -> None:
    from flows.commands.serve import serve as serve_pages

    serve_pages(home, host, port)


@app.command(help="管理网页应用的账号。\n\nAccounts of the web application.")
def user(
    action: Annotated[
        UserAction,
        typer.Argument(help="新增、改密码、改角色、停用、启用、列出。 What to do."),
    ],
    name: Annotated[str | None, typer.Argument(help="账号名。 Name of the account.")] = None,
    role: Annotated[
        UserRole, typer.Option(help="角色：只读、上传、审核、管理。 What the account may do.")
    ] = UserRole.REVIEWER,
    home: Home = None,
) -> None:
    from flows.commands.user import change_user

    change_user(home, action.value, name, role.value)


# In the list of commands, too, both languages are shown.
for _command in app.registered_commands:
    _command.short_help = (_command.help or "").replace("\n\n", " ")


def main() -> None:
    """Run the command line; what a user can do something about is one line and status 2."""
    for stream in (sys.stdout, sys.stderr):
        # Under LANG=C Python would refuse to print Chinese.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except PolicyError as error:
        note(" ".join(str(error).split()))
        sys.exit(_USAGE)
    except BrokenPipeError:
        # Whoever read us has enough; nothing may be written when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _format(asked: StrEnum | None, out: Path | None, known: type[StrEnum]) -> str:
    names: tuple[Any, ...] = tuple(known)
    format = chosen(asked, out, names)
    refuse(format, out)
    return str(format)
