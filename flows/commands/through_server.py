"""Runs of the web application through Prefect's server, by the name of their deployment: somebody
else does them, on this machine or on another, and the pages show how far it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows.server import Server, ServerError
from flows.settings import Settings
from flows.stack.secret import known
from flows.uploads import outcome, progress

if TYPE_CHECKING:
    from corpus.store.records import Outcome
    from outputs.review.runs import Report, StartRun, Upload

UPLOAD = "taizhang-upload/upload"


def through_server(api: str, settings: Settings) -> StartRun:
    """How runs are done where a server is there."""

    def start_run(
        uploads: Sequence[Upload], report: Report, stop: threading.Event
    ) -> Sequence[Outcome]:
        from outputs.review.runs import RunBrokenError

        try:
            with Server(api, auth=known(settings.home)) as server:
                given = [[upload.name, upload.sha256] for upload in uploads]
                parameters = {"home": str(settings.home), "store_url": settings.database}
                run_id = server.start(UPLOAD, {"uploads": given, **parameters})
                return _followed(server, run_id, report, stop)
        except ServerError as error:
            raise RunBrokenError(
                f"Prefect 服务没有响应，请稍后重试 | Prefect's server does not answer: {error}"
            ) from error

    return start_run


def _followed(
    server: Server, run_id: str, report: Report, stop: threading.Event
) -> Sequence[Outcome]:
    from outputs.review.runs import RunBrokenError

    asked, seen = False, set()
    for kind, name, message in server.over(run_id):  # noqa: B007 - the last one is told
        if stop.is_set() and not asked:
            server.cancel(run_id)
            asked = True
        for bar in server.artifacts(run_id, "progress"):
            step = progress(bar["description"] or "")
            if step is not None and step not in seen:
                seen.add(step)
                report(*step)
    if kind == "COMPLETED":
        table = server.artifacts(run_id, "table", key="upload")[-1]
        return [outcome(row) for row in server.rows(table)]
    if kind == "CANCELLED":
        raise RunBrokenError("已按您的要求停止 | stopped as you asked")
    raise RunBrokenError(f"运行中断（{name}）：{message} | the run broke off ({name})")
