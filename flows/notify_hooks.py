"""What the flows tell people when they end badly: failed and crashed runs, and those that nobody
started by hand and that fell short of something (``Incomplete``)."""

from __future__ import annotations

import logging
import os
from typing import Any

from flows.notify import Notice, notify
from flows.settings import load

_log = logging.getLogger(__name__)


def tell_failure(flow: Any, run: Any, state: Any) -> None:
    """A run failed or crashed."""
    _tell(flow, run, state, "运行失败 run failed")


def tell_shortfall(flow: Any, run: Any, state: Any) -> None:
    """A run came to its end, but not everything in it went well."""
    if state.name == "Incomplete":
        _tell(flow, run, state, "运行未全部完成 run fell short")


def _tell(flow: Any, run: Any, state: Any, what: str) -> None:
    address = _page(str(run.id))
    text = f"{flow.name} · {run.name}\n状态 state: {state.name}\n{state.message or ''}".strip()
    notice = Notice(f"[台账] {what}：{run.name}", text, str(run.id), state.name, address)
    for error in notify(notice, load().notify):
        # The run's own log is where it is looked for next.
        _log.error("%s", error)


def _page(run_id: str) -> str:
    """The page of the run at Prefect's server, where there is one."""
    api = os.environ.get("PREFECT_API_URL", "")
    return f"{api.removesuffix('/api')}/runs/flow-run/{run_id}" if api else ""


# For people at the web application, what became of their files stands on the page.
HOOKS: dict[str, Any] = {"on_failure": [tell_failure], "on_crashed": [tell_failure]}
UNATTENDED: dict[str, Any] = {**HOOKS, "on_completion": [tell_shortfall]}
