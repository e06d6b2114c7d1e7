"""A worker: takes runs of ``upload``, ``crawl-SITE``, ``backup`` … from Prefect's server.

Any number of them on other machines may take runs of one library; the first of them to come back
after a crash has what was interrupted done anew (nothing of it is done twice).
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

from corpus.model.errors import SettingsError
from flows.settings import Settings, config_file
from flows.stack.secret import known

_log = logging.getLogger(__name__)
# A run that is ended with its worker still says at the server that it crashed. What failed by an
# error of its own is FAILED and stays so.
_INTERRUPTED = ["PENDING", "RUNNING", "CANCELLING", "CRASHED"]
_ATTEMPTS = 10
_PATIENCE, _TICK = 180.0, 0.5


def work(settings: Settings, *, name: str, limit: int) -> None:
    """Until told to stop. Prefect's server must be known by PREFECT_API_URL, or by ``up``."""
    prepare(settings)
    import anyio
    from prefect.workers.process import ProcessWorker  # noqa: F401 - while the server starts

    import flows.reextract
    import flows.upload  # noqa: F401
    from flows.deployments import POOL, register
    from flows.stack.programs import workers

    api = os.environ["PREFECT_API_URL"]
    _await(api)
    names = register(settings)
    _log.warning("%s: %s", api, ", ".join(names))
    auth = known(settings.home)
    # Of a worker that was killed a second ago the server still says that it is there.
    if not set(workers(api, auth)) - {name}:
        resume(api, auth)
    anyio.run(_start, POOL, name, limit)


def prepare(settings: Settings) -> None:
    """What the processes of the runs are to find in their environment."""
    from flows.stack.record import api_of

    api = os.environ.get("PREFECT_API_URL") or api_of(settings.home)
    if api is None:
        raise SettingsError(
            "没有 Prefect 服务：请先运行 taizhang up，或设置 PREFECT_API_URL",
            "there is no Prefect server: run `taizhang up`, or set PREFECT_API_URL",
        )
    os.environ["PREFECT_API_URL"] = api
    if (auth := known(settings.home)) is not None:
        os.environ["PREFECT_API_AUTH_STRING"] = auth
    os.environ["TAIZHANG_HOME"] = str(settings.home)
    # Runs begin in a folder of their own.
    if (config := config_file()) is not None:
        os.environ["TAIZHANG_CONFIG"] = str(config)
    # Runs are started by the name "python": it is to be the one that has the program.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    os.environ.setdefault("PREFECT_HOME", str(settings.prefect_home))
    # The default of ten seconds is long for somebody who has just uploaded a file.
    os.environ.setdefault("PREFECT_WORKER_QUERY_SECONDS", "1")
    os.environ.setdefault("PREFECT_WORKER_HEARTBEAT_SECONDS", "5")


def _await(api: str) -> None:
    """Until the server answers: it may be starting at the same time as we."""
    from flows.stack.programs import answers

    end = time.monotonic() + _PATIENCE
    while not answers(api):
        if time.monotonic() > end:
            raise SettingsError(
                f"Prefect 服务 {api} 没有响应", f"Prefect's server {api} does not answer"
            )
        time.sleep(_TICK)


def resume(api: str, auth: str | None = None) -> list[str]:
    """Runs that had begun when a worker, the server or both were gone: once more from the start."""
    from flows.server import Server

    with Server(api, auth=auth) as server:
        found = server.runs(_INTERRUPTED)
        for run in found:
            if run["state"]["type"] == "CANCELLING":
                server.settle(run["id"], "CANCELLED")
            elif run["run_count"] >= _ATTEMPTS:
                # What brings the worker down each time must not do so for ever.
                server.settle(run["id"], "FAILED")
            else:
                server.again(run["id"])
    return [str(run["id"]) for run in found]


def default_name(home: Path) -> str:
    """Of this machine and library: a worker that comes back is the same one."""
    return f"{socket.gethostname()} {home.name}".replace("/", "-").replace("%", "-")


async def _start(pool: str, name: str, limit: int) -> None:
    from prefect.workers.process import ProcessWorker

    worker = ProcessWorker(pool, name=name, limit=limit)
    await worker.start(printer=_say)


def _say(*words: Any) -> None:
    _log.warning("%s", " ".join(map(str, words)))
