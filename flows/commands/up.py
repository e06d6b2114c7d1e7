"""``up``: Prefect's server, a worker with the schedules and the web application at once."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from dataclasses import replace
from pathlib import Path

from corpus.model.errors import SettingsError
from flows.commands.output import deliver, note
from flows.settings import Settings, load
from flows.stack import record
from flows.stack.programs import Places, environment, parts, places
from flows.stack.record import PartRecord, UpRecord
from flows.stack.supervisor import PartState, Supervisor

_NAMES = {"server": "Prefect 服务 server", "web": "网页应用 web", "worker": "工作进程 worker"}
_WORDS = {
    "waiting": "等待",
    "starting": "启动中",
    "good": "正常",
    "silent": "无响应",
    "back_off": "将重启",
    "given_up": "已放弃",
    "stopped": "已停止",
}
_GOOD, _BAD = 0, 1


def up(
    home: Path | None, *, host: str, port: int | None, server_host: str, server_port: int | None
) -> int:
    """Start everything and look after it until told to stop; 1 where something was given up."""
    settings = load(home)
    with record.only_one(settings.home):
        where = places(host, port, server_host, server_port)
        _prepare_library(settings, host)
        return _supervise(settings, where)


def show_up(home: Path | None) -> int:
    """How everything stands; 1 where it is not up or not all of it works."""
    from outputs.exports.grid import Grid

    settings = load(home)
    found = record.read(settings.home) if record.is_up(settings.home) else None
    if found is None:
        note(f"{settings.home} 没有启动，请运行 taizhang up | is not up; run `taizhang up`")
        return _BAD
    grid = Grid(("部分", 22), ("状态", 8), ("自", 25), ("重启", 6), ("进程", 8), ("说明", 0))
    for name, part in found.parts.items():
        pid = str(part.pid or "")
        state = _WORDS[part.state]
        grid.add(_NAMES[name], state, part.since, str(part.restarts), pid, part.words)
    head = (
        f"网页 web: {found.web}\n"
        f"Prefect: {found.api.removesuffix('/api')}\n"
        f"Prefect 口令 sign-in: {settings.home / 'prefect.key'}\n"
        f"日志 logs: {settings.home / 'logs'}\n"
    )
    width = max(100, shutil.get_terminal_size().columns)
    deliver((head + "\n".join(grid.lines(width)) + "\n").encode("utf-8", "replace"), None)
    good = all(part.state == PartState.GOOD for part in found.parts.values())
    return _GOOD if good else _BAD


def _prepare_library(settings: Settings, host: str) -> None:
    """What can't work is told before anything is started; the tables are made by one alone."""
    from corpus.store.accounts import Accounts
    from corpus.store.engine import connect
    from flows.notify import check
    from outputs.review.site import is_loopback

    check(settings.notify)
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    engine = connect(settings.database)
    try:
        if not is_loopback(host) and not Accounts(engine).any():
            raise SettingsError(
                f"{host} 可从其他机器访问，请先用 taizhang user add 建立账号",
                f"other machines can reach {host}; make an account first with `taizhang user add`",
            )
    finally:
        engine.dispose()


def _supervise(settings: Settings, where: Places) -> int:
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: told.set())
    journal = _Journal(settings, where)
    supervisor = Supervisor(
        parts(settings, where), settings.home / "logs", environment(settings, where), journal.told
    )
    journal.supervisor = supervisor
    note("正在启动，首次约需半分钟；按 Ctrl-C 停止 | starting; Ctrl-C stops everything")
    supervisor.run(told.wait)
    note("已全部停止 | everything has stopped")
    return _BAD if journal.gave_up else _GOOD


class _Journal:
    """Says what happens on standard error, in logs/up.log and in the record; what was given up is
    told to whoever the settings name."""

    def __init__(self, settings: Settings, where: Places) -> None:
        from flows.stack.keeper import log_file

        self.supervisor: Supervisor | None = None
        self.gave_up = False
        self._settings, self._where = settings, where
        self._log = log_file(settings.home / "logs" / "up.log")
        self._record = UpRecord(os.getpid(), record.now(), where.web, where.api)
        self._greeted = False

    def told(self, name: str, state: PartState, words: str) -> None:
        """One part has come into another state."""
        self._log.info("%s %s", name, words)
        if state is not PartState.STARTING:
            note(f"{_NAMES[name]}：{words}")
        self._write(name, state, words)
        if name == "web" and state is PartState.GOOD and not self._greeted:
            self._greeted = True
            note(f"请在浏览器中打开 | open in a browser: {self._where.web}")
        if state is PartState.GIVEN_UP:
            self.gave_up = True
            self._notify(name, words)

    def _write(self, name: str, state: PartState, words: str) -> None:
        running = self.supervisor.running[name] if self.supervisor else None
        part = PartRecord(
            state.value,
            words,
            record.now(),
            running.pid if running else None,
            running.restarts if running else 0,
        )
        self._record = replace(self._record, parts={**self._record.parts, name: part})
        record.write(self._settings.home, self._record)

    def _notify(self, name: str, words: str) -> None:
        from flows.notify import Notice, notify

        text = f"{words}\n{self._settings.home / 'logs' / name}.log"
        notice = Notice(f"[台账] {_NAMES[name]} 已放弃重启 given up", text, state="given_up")
        for error in notify(notice, self._settings.notify):
            self._log.info("%s", error)
