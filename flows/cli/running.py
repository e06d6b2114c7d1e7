"""What runs by itself or for others: crawls, the web application, its accounts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.options import (
    Home,
    UserAction,
    UserRole,
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
