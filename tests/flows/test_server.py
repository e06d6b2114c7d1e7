"""Runs by the name of their deployment at a server: begun, followed, cancelled, resumed."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from corpus.store.records import Outcome, Result, Stage
from flows.deployments import POOL, register
from flows.server import Server, ServerError
from flows.settings import Settings, load
from flows.uploads import linked, outcome, progress, row
from flows.worker import resume

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(tmp_path / "library", {})


@pytest.fixture
def api() -> str:
    from prefect.settings import get_current_settings

    found = get_current_settings().api.url
    assert found is not None
    return found


@pytest.fixture
def server(api: str, settings: Settings) -> Server:
    register(settings)
    return Server(api, patience=5.0)


def _begin(server: Server, run_id: str, kind: str = "RUNNING") -> None:
    server._ask("POST", f"/flow_runs/{run_id}/set_state", {"state": {"type": kind}, "force": True})


def test_run_is_begun_by_name_and_cancelled(server: Server) -> None:
    run_id = server.start("taizhang-upload/upload", {"uploads": [["a.txt", "0" * 64]]})
    assert server.state(run_id)[0] == "SCHEDULED"
    server.cancel(run_id)
    assert [state[0] for state in server.over(run_id)] == ["CANCELLED"]
    server.cancel(run_id)
    assert server.state(run_id)[0] == "CANCELLED"


def test_run_that_somebody_does_is_asked_to_stop(server: Server) -> None:
    run_id = server.start("taizhang-upload/upload", {"uploads": []})
    _begin(server, run_id)
    server.cancel(run_id)
    assert server.state(run_id)[0] == "CANCELLING"


def test_what_was_interrupted_is_done_again_but_not_for_ever(server: Server, api: str) -> None:
    run_id = server.start("taizhang-upload/upload", {"uploads": []})
    tries = 0
    while server.state(run_id)[0] == "SCHEDULED":
        _begin(server, run_id)
        tries += 1
        assert run_id in resume(api)
        assert tries < 20
    assert server.state(run_id)[0] == "FAILED"
    assert tries > 1
    assert run_id not in resume(api)


def test_run_that_was_ended_with_its_worker_is_done_anew(server: Server, api: str) -> None:
    run_id = server.start("taizhang-upload/upload", {"uploads": []})
    _begin(server, run_id)
    _begin(server, run_id, "CRASHED")
    assert run_id in resume(api)
    assert server.state(run_id)[0] == "SCHEDULED"


def test_run_that_was_to_stop_is_not_done_again(server: Server, api: str) -> None:
    run_id = server.start("taizhang-upload/upload", {"uploads": []})
    _begin(server, run_id)
    server.cancel(run_id)
    resume(api)
    assert server.state(run_id)[0] == "CANCELLED"


def test_what_is_not_there_is_told(api: str) -> None:
    with pytest.raises(ServerError, match="no deployment"):
        Server(api, patience=0.1).start("taizhang/nothing", {})
    with pytest.raises(ServerError, match="does not answer"):
        Server("http://127.0.0.1:1/api", patience=0.1).state("x")


def test_progress_and_outcomes_come_back_as_they_were(server: Server, settings: Settings) -> None:
    from prefect import flow
    from prefect.artifacts import create_table_artifact
    from prefect.runtime import flow_run

    from flows.progress import tell
    from flows.upload import shown_progress

    outcomes = [
        Outcome("甲.txt", Result.DONE, "a" * 64, "d-1"),
        Outcome("乙.pdf", Result.PARTIAL, "b" * 64, "d-2", Stage.PARSE, "第 2 页未能读出", 2),
        Outcome("丙.pdf", Result.FAILED, None, None, Stage.INGEST, "没有这个文件", None),
        Outcome("丁.txt", Result.DONE, "c" * 64, "d-3", unchanged=True),
    ]

    @flow
    def uploading() -> str:
        with shown_progress(4):
            inner()
        create_table_artifact(key="upload", table=[row(each) for each in outcomes])
        return str(flow_run.id)

    @flow
    def inner() -> None:
        tell("parse", 3, 4)
        time.sleep(0.6)
        tell("parse", 4, 4)

    run_id = uploading()
    bars = [progress(each["description"]) for each in server.artifacts(run_id, "progress")]
    assert ("parse", 4, 4) in bars
    assert ("extract", 0, 4) in bars
    (table,) = server.artifacts(run_id, "table", key="upload")
    assert [outcome(each) for each in server.rows(table)] == outcomes


def test_web_application_follows_its_run_and_stops_it(
    settings: Settings, server: Server, api: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from flows.commands.serve import runner
    from outputs.review.runs import RunBrokenError, Upload

    monkeypatch.setenv("PREFECT_API_URL", api)
    stop = threading.Event()
    threading.Timer(1.5, stop.set).start()
    upload = Upload("甲.txt", "0" * 64, tmp_path / "kept")
    # Nobody works here: the run waits until it is stopped.
    with pytest.raises(RunBrokenError, match="停止"):
        runner(settings)([upload], lambda *_: None, stop)
    newest = server.runs(["CANCELLED"])[0]
    assert newest["parameters"]["uploads"] == [["甲.txt", "0" * 64]]
    assert newest["work_pool_name"] == POOL


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/b", "..", ".", ""])
def test_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        linked(tmp_path, 1, name, tmp_path, "0" * 64)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - what is there, whatever it is
