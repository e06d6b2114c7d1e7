"""What runs by itself or for others: crawls, the web application, its accounts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.options import (
    AsChanges,
    ChangeFormat,
    Home,
    NerModel,
    Out,
    UserAction,
    UserRole,
    written_as,
)

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


@app.command(
    help="一条命令启动全部：服务、工作进程、定时、网页。\n\nStart server, worker and web pages."
)
def up(
    host: Annotated[
        str, typer.Option(help="网页监听地址；默认只供本机。 Where the pages listen.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(help="网页端口，默认 8000 起空闲的。 8000 or next free.", min=1, max=65535),
    ] = None,
    server_host: Annotated[
        str, typer.Option(help="Prefect 监听地址；默认只供本机。 Where Prefect listens.")
    ] = "127.0.0.1",
    server_port: Annotated[
        int | None,
        typer.Option(help="Prefect 端口，默认 4200 起。 4200 or next free.", min=1, max=65535),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="只看运行状态。 Only tell how it stands.")
    ] = False,
    home: Home = None,
) -> None:
    from flows.commands.up import show_up
    from flows.commands.up import up as start_all

    if status:
        raise typer.Exit(show_up(home))
    raise typer.Exit(
        start_all(home, host=host, port=port, server_host=server_host, server_port=server_port)
    )


@app.command(help="工作进程：从 Prefect 服务领取任务。\n\nTake runs from Prefect's server.")
def worker(
    name: Annotated[str | None, typer.Option(help="名称，默认取自机器和台账库。 Its name.")] = None,
    limit: Annotated[
        int, typer.Option(min=1, max=64, help="同时运行多少个。 So many runs at once.")
    ] = 2,
    home: Home = None,
) -> None:
    from flows.commands.worker import start_worker

    start_worker(home, name=name, limit=limit)


@app.command(help="备份整个台账库。\n\nBack the whole library up into one archive.")
def backup(
    to: Annotated[
        Path | None,
        typer.Argument(metavar="[TO]", help="文件或文件夹，默认按设置。 A file or folder."),
    ] = None,
    home: Home = None,
) -> None:
    from flows.commands.backup import back_up_to

    raise typer.Exit(back_up_to(to, home))


@app.command(help="从备份恢复台账库。\n\nPut a library back from a backup.")
def restore(
    archive: Annotated[Path, typer.Argument(metavar="FROM", help="备份文件。 The backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="覆盖现有台账库。 In place of what is there.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="只核对备份是否完好。 Only check the backup.")
    ] = False,
    home: Home = None,
) -> None:
    from flows.commands.backup import restore_from

    restore_from(archive, home, replace=replace, check=check)


@app.command(help="规则或模型更新后，重新抽取受影响的文件。\n\nRead anew what new rules concern.")
def re_extract(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只出报告，不改台账。 Report, change nothing.")
    ] = False,
    last: Annotated[
        bool, typer.Option("--last", help="只看上次的报告。 Only the last report.")
    ] = False,
    format: AsChanges = None,
    out: Out = None,
    home: Home = None,
    ner_model: NerModel = None,
) -> None:
    from flows.commands.reextract import re_extract_library
    from flows.model import use_model

    chosen_format = written_as(format, out, ChangeFormat)
    if not last:
        use_model(ner_model)
    raise typer.Exit(re_extract_library(home, chosen_format, out, dry_run=dry_run, last=last))


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
