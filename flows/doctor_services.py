"""What runs beside the library (体检): the database server, Prefect's server, its workers, the last
backup, who is told when something fails. Nothing is started and nobody is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from corpus.model.errors import PolicyError
from flows.health import Check, State
from flows.settings import Settings

_OLD = timedelta(days=8)  # a week, and a night on which it failed
_OLDEST_POSTGRESQL = 12


def database(settings: Settings) -> Iterator[Check]:
    """PostgreSQL: reachable, of which version, and able to hold Chinese; no extension is needed."""
    if not settings.database.startswith("postgresql"):
        return
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError

    subject = "数据库 PostgreSQL"
    try:
        engine = create_engine(settings.database, connect_args={"connect_timeout": 5})
        with engine.connect() as connection:
            version = connection.scalar(text("SHOW server_version_num")) or "0"
            encoding = connection.scalar(text("SHOW server_encoding"))
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        yield Check(subject, State.BAD, f"无法连接 can't connect: {type(error).__name__}")
        return
    major, minor = divmod(int(version), 10_000)
    good = major >= _OLDEST_POSTGRESQL and encoding == "UTF8"
    told = f"{major}.{minor}，{encoding}"
    needed = f"需要 needed: {_OLDEST_POSTGRESQL}+、UTF8"
    yield Check(subject, State.GOOD if good else State.BAD, told if good else f"{told}；{needed}")


def programs(settings: Settings) -> Iterator[Check]:
    """`taizhang up` on this library, or a server that is set; then its workers."""
    from flows.stack import record
    from flows.stack.programs import answers, workers
    from flows.stack.secret import known

    up = record.read(settings.home) if record.is_up(settings.home) else None
    if up is not None:
        bad = [name for name, part in up.parts.items() if part.state != "good"]
        told = f"{up.web}，进程 process {up.pid}"
        yield Check(
            "一键启动 taizhang up",
            State.BAD if bad else State.GOOD,
            f"{told}；异常 not working: {', '.join(bad)}" if bad else told,
        )
    api = os.environ.get("PREFECT_API_URL") or (up.api if up else None)
    if api is None:
        yield Check(
            "Prefect 服务 server", State.LACKING, "未启动，按需在进程内运行 none: runs are local"
        )
        return
    reached = answers(api)
    yield Check(
        "Prefect 服务 server",
        State.GOOD if reached else State.BAD,
        api if reached else f"{api} 没有响应 does not answer",
    )
    names = workers(api, known(settings.home)) if reached else []
    yield Check(
        "工作进程 workers",
        State.GOOD if names else State.BAD,
        "、".join(names) or "没有，上传和定时都不会处理 none: nothing is done",
    )


def backups(settings: Settings) -> Iterator[Check]:
    """When the library was last backed up, and whether that archive is still there."""
    from flows.backup import last_backup

    subject = "最近备份 last backup"
    found = last_backup(settings.home)
    if found is None:
        yield Check(subject, State.LACKING, "还没有 none yet; taizhang backup")
        return
    path, created = found
    told = f"{created.astimezone():%Y-%m-%d %H:%M}，{path}"
    if not path.exists():
        yield Check(subject, State.BAD, f"{told}，文件已不在 the file is gone")
    elif datetime.now(UTC) - created > _OLD:
        yield Check(subject, State.BAD, f"{told}，已过期 too old")
    else:
        yield Check(subject, State.GOOD, told)


def notices(settings: Settings) -> Iterator[Check]:
    """Who is told when a run fails."""
    from flows.notify import check, ways

    subject = "失败通知 notices"
    try:
        check(settings.notify)
    except PolicyError as error:
        yield Check(subject, State.BAD, str(error))
        return
    found = ways(settings.notify)
    yield Check(
        subject,
        State.GOOD if found else State.LACKING,
        "、".join(found) or "未设置 not set: notify.mail_to, notify.webhook",
    )
