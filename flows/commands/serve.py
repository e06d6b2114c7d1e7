"""``serve``: the web application on the library, with the pipeline run in a process beside it,
or by Prefect's server.

A file that brings the reader down takes that process with it, never the pages.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model.errors import SettingsError
from flows.channels import channels
from flows.commands.bars import working
from flows.commands.output import note
from flows.settings import Settings, load, prepare_prefect
from flows.stack.keeper import end_with_parent
from flows.stack.record import api_of

if TYPE_CHECKING:
    from corpus.store.records import Outcome
    from outputs.review.library import Library
    from outputs.review.runs import Report, StartRun, Upload
    from outputs.review.site import Site

_PATIENCE = 10.0  # seconds that a run has to stop when asked to
_TICK = 0.3


def serve(home: Path | None, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    from outputs.review.app import create_app

    settings = load(home)
    with _site(settings, host) as site:
        note(f"请在浏览器中打开 | open in a browser: {_address(host, port)}")
        uvicorn.run(
            create_app(site), host=host, port=port, log_level="warning", server_header=False
        )


@contextmanager
def _site(settings: Settings, host: str) -> Iterator[Site]:
    from flows.suggest import suggest
    from outputs.review.library import Library
    from outputs.review.runs import Runs
    from outputs.review.site import Site, SiteOptions, is_loopback

    settings.home.mkdir(parents=True, exist_ok=True)
    library = Library(settings.database, settings.home)
    loopback = is_loopback(host)
    if not loopback and not library.accounts.any():
        library.close()
        raise SettingsError(
            f"{host} 可从其他机器访问，请先用 taizhang user add 建立账号",
            f"other machines can reach {host}; make an account first with `taizhang user add`",
        )
    _catch_up(library)
    runs = Runs(runner(settings), lambda: library.refresh(now=True))
    try:
        options = SiteOptions(loopback=loopback)
        ways = channels(settings.notify)
        key = _secret(settings.home)
        yield Site(library, runs, key, options, suggest=suggest, channels=ways)
    finally:
        runs.close()
        library.close()


def _catch_up(library: Library) -> None:
    with working("整理台账 | bringing the ledgers up to date"):
        library.refresh(now=True)


def _address(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"


def _secret(home: Path) -> bytes:
    """What signs form tokens; kept, so that a page outlives a restart."""
    path = home / "web.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as out:
        made = secrets.token_bytes(32)
        out.write(made)
    return made


def runner(settings: Settings) -> StartRun:
    """How the application has its runs done: by Prefect's server where one is there (`taizhang up`,
    PREFECT_API_URL), else in a process of ours."""

    def start_run(
        uploads: Sequence[Upload], report: Report, stop: threading.Event
    ) -> Sequence[Outcome]:
        api = os.environ.get("PREFECT_API_URL") or api_of(settings.home)
        if api:
            from flows.commands.through_server import through_server

            return through_server(api, settings)(uploads, report, stop)
        context = multiprocessing.get_context("spawn")
        mine, its = context.Pipe(duplex=False)
        given = [(upload.name, str(upload.path)) for upload in uploads]
        process = context.Process(target=_run, args=(given, settings, its), daemon=False)
        process.start()
        its.close()
        try:
            return _watch(mine, report, stop)
        finally:
            _end(process)
            mine.close()

    return start_run


def _watch(pipe: Connection, report: Report, stop: threading.Event) -> Sequence[Outcome]:
    """Pass on what the process reports until it is done or to be stopped."""
    from outputs.review.runs import RunBrokenError

    while not stop.is_set():
        if not pipe.poll(_TICK):
            continue
        try:
            kind, said = pipe.recv()
        except EOFError:
            raise RunBrokenError(
                "处理进程意外退出，可能是内存不足或文件损坏；请重试，或逐份上传找出问题文件"
                " | the process ended unexpectedly: out of memory or a damaged file; try again, "
                "or one file at a time"
            ) from None
        if kind == "step":
            report(*said)
        elif kind == "done":
            outcomes: Sequence[Outcome] = said
            return outcomes
        else:
            raise RunBrokenError(said)
    raise RunBrokenError("已按您的要求停止 | stopped as you asked")


def _end(process: BaseProcess) -> None:
    """See the process off; one that does not listen is killed with all that it started."""
    if process.is_alive():
        process.join(_TICK)
    if process.is_alive():
        process.terminate()
        process.join(_PATIENCE)
    if process.is_alive() and process.pid is not None:
        os.killpg(process.pid, signal.SIGKILL)
        process.join(_PATIENCE)


def _run(given: Sequence[tuple[str, str]], settings: Settings, pipe: Connection) -> None:
    """In the process: the whole flow over the files, under the names that people gave them."""
    os.setsid()
    # Told to stop, leave by the front door, so that Prefect's local API is closed, too.
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    # A web application that was killed outright leaves no run behind that nobody sees.
    end_with_parent(signal.SIGTERM)
    prepare_prefect(settings)
    from flows.pipeline import run
    from flows.progress import reporting

    def tell(*step: Any) -> None:
        pipe.send(("step", step))

    try:
        with tempfile.TemporaryDirectory(prefix="taizhang-") as folder, reporting(tell):
            paths = [_named(Path(folder), number, *each) for number, each in enumerate(given)]
            pipe.send(("done", run(paths, str(settings.home), settings.database)))
    except Exception as error:
        # The other side of the pipe tells it to a person.
        reason = f"程序出错：{type(error).__name__} | internal error: {error}"
        pipe.send(("broken", reason))


def _leave() -> None:
    raise SystemExit(1)


def _named(folder: Path, number: int, name: str, kept: str) -> str:
    """A link to the kept bytes, in a folder of its own, called as the file was."""
    place = folder / f"{number:04}" / name
    if Path(name).name != name or name in ("", ".", ".."):
        raise ValueError(f"not the name of a file: {name!r}")
    place.parent.mkdir()
    place.symlink_to(Path(kept).absolute())
    return str(place)
