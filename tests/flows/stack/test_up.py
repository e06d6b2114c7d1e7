"""`taizhang up` from nothing: the first upload is extracted within a minute, no second is let in,
what is killed comes back and does its work once, and stopping leaves no process."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from corpus.store import open_store
from flows.settings import Settings, load
from flows.stack import record

pytestmark = pytest.mark.stack
_SECONDS = 60.0
_MANY, _SEED = 200, 20262
_PLACES = (
    "青禾 白泉 石门 松溪 云台 长岭 河湾 桐山 金沙 平湖 "
    "东桥 南坪 西塘 北亭 柳林 梅城 竹溪 枫桥 兰台 菊潭"
)
_MATTERS = (
    "校舍改造 食堂改造 操场建设 宿舍建设 图书配备 饮水改造 供暖改造 厕所改造 围墙修缮 照明改造"
)
_PROGRAMS = ("worker --home", "prefect server", "serve --home")
_NOTICE = (
    "云岭省教育厅关于做好校舍改造工作的通知\n\n各市教育局：\n\n"
    "到2027年，全省完成校舍改造{}所左右（省教育厅牵头，省财政厅配合）。\n\n"
    "云岭省教育厅\n2026年3月5日\n"
)


def _until(condition: Callable[[], object], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def _allowed() -> float:
    """A minute of this machine: where others have its processors, as much longer."""
    return _SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _below(home: Path) -> list[str]:
    """Commands of all processes that work on that library."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            environ = (entry / "environ").read_bytes()
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(home).encode() in environ or str(home) in words:
            found.append(f"{entry.name} {words}")
    return [each for each in found if each.partition(" ")[2]]


@contextmanager
def _up(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "flows.cli", "up", "--home", str(home)]
    out = (home.parent / "up.txt").open("wb")
    process = subprocess.Popen(command, cwd=Path(__file__).parents[3], stdout=out, stderr=out)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(90)
        out.close()


@contextmanager
def _page(address: str, path: str) -> Iterator[tuple[httpx.Client, str]]:
    """A browser on a page, and what its forms are signed with."""
    own = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=address, trust_env=False, timeout=60, headers=own) as client:
        page = client.get(path).text
        token = re.search(r'data-csrf="([0-9a-f]+)"', page)
        assert token is not None, page[:500]
        yield client, token[1]


def _upload(address: str, texts: dict[str, str]) -> None:
    files = [("files", (name, text.encode())) for name, text in texts.items()]
    with _page(address, "/upload") as (client, token):
        answer = client.post("/upload", data={"csrf": token}, files=files)
        assert answer.status_code == 303, answer.text[:500]


def _extracted(settings: Settings, *, at_least: int) -> bool:
    with open_store(settings.database) as store:
        ledgers = list(store.ledgers())
    return len(ledgers) >= at_least and all(ledger.commitments for ledger in ledgers)


def _stages(settings: Settings) -> list[str]:
    """Everything that was ever done to the one document."""
    with open_store(settings.database) as store:
        (entry,) = store.entries()
        return [each.stage.value for each in store.stages(entry.sha256)]


def _done(settings: Settings) -> list[tuple[str, str]]:
    """Every stage of every file that was ever done: file and stage."""
    with open_store(settings.database) as store:
        return [
            (entry.sha256, each.stage.value)
            for entry in store.entries()
            for each in store.stages(entry.sha256)
        ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(tmp_path / "library", {})


def _web(home: Path) -> str | None:
    found = record.read(home)
    part = found.parts.get("web") if found else None
    return found.web if found and part and part.state == "good" else None


def _good(home: Path) -> bool:
    found = record.read(home)
    return found is not None and {p.state for p in found.parts.values()} == {"good"}


def _process_of(home: Path, words: str) -> int:
    """The program itself, not its keeper."""
    found = [each for each in _below(home) if words in each and "keeper" not in each]
    return int(found[0].partition(" ")[0])


def test_from_nothing_to_the_first_upload_and_down_again(
    settings: Settings, record_testsuite_property: Callable[[str, object], None]
) -> None:
    home, began = settings.home, time.monotonic()
    with _up(home) as process:
        _until(lambda: _web(home), _allowed(), "web")
        web = _web(home)
        assert web is not None
        assert web.startswith("http://127.0.0.1:")
        _upload(web, {"校舍改造通知.txt": _NOTICE.format(300)})
        _until(lambda: _extracted(settings, at_least=1), _allowed(), "extracted")
        took = time.monotonic() - began
        record_testsuite_property("seconds", took)
        assert took < _allowed()

        refused = subprocess.run(
            [sys.executable, "-m", "flows.cli", "up", "--home", str(home)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert refused.returncode == 2
        assert f"已由进程 {process.pid} 启动" in refused.stderr

        _until(lambda: _good(home), _allowed(), "all good")
        assert len(_below(home)) >= 7
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(90) == 0
        record_testsuite_property("seconds to stop", time.monotonic() - before)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        record_testsuite_property("processor seconds", used.ru_utime + used.ru_stime)
    assert _below(home) == []
    assert not record.is_up(home)
    logs = {path.name for path in (home / "logs").iterdir()}
    assert {"up.log", "server.log", "web.log", "worker.log"} <= logs


@pytest.mark.parametrize("words", _PROGRAMS)
def test_what_is_killed_comes_back_and_the_upload_is_done_once(
    settings: Settings, words: str
) -> None:
    home = settings.home
    with _up(home) as process:
        _until(lambda: _good(home), 3 * _allowed(), "all good")
        web = _web(home)
        assert web is not None
        _upload(web, {"校舍改造通知.txt": _NOTICE.format(300)})
        _until(lambda: any("prefect.engine" in each for each in _below(home)), 60, "a run")
        os.kill(_process_of(home, words), signal.SIGKILL)
        _until(lambda: not _good(home), 60, "noticed")
        _until(lambda: _extracted(settings, at_least=1), 3 * _allowed(), "extracted")
        _until(lambda: _good(home), 3 * _allowed(), "back again")
        _until(lambda: "compare" in _stages(settings), 3 * _allowed(), "compared")
        assert sorted(_stages(settings)) == ["compare", "extract", "parse"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(90) == 0
    assert _below(home) == []


def _notices() -> dict[str, str]:
    """Two hundred of twenty counties: no two say the same, as the notices of one office do not."""
    return {
        f"{place}{matter}.txt": f"{place}县教育局关于做好{matter}工作的通知\n\n各中小学校：\n\n"
        f"到2027年，{place}县完成{matter}{number + 20}所左右（县教育局牵头，县财政局配合）。\n\n"
        f"{place}县教育局\n2026年3月5日\n"
        for place in _PLACES.split()
        for number, matter in enumerate(_MATTERS.split())
    }


def test_two_hundred_uploads_are_done_once_whatever_is_killed_meanwhile(
    settings: Settings,
) -> None:
    """Each program three times, in an order and at points drawn by a seed; more often than five
    times in a row a program is given up. ``test_kill`` has the twenty points of one ingest."""
    home, chosen = settings.home, random.Random(_SEED)
    points = sorted(chosen.sample(range(_MANY, 3 * _MANY - _MANY // 4), 3 * len(_PROGRAMS)))
    order = chosen.sample(_PROGRAMS * 3, len(points))
    with _up(home) as process:
        _until(lambda: _good(home), 3 * _allowed(), "all good")
        web = _web(home)
        assert web is not None
        _upload(web, _notices())
        for point, words in zip(points, order, strict=True):
            _until(lambda: len(_done(settings)) >= point, 10 * _allowed(), f"{point} done")  # noqa: B023
            os.kill(_process_of(home, words), signal.SIGKILL)
            _until(lambda: not _good(home), 60, "noticed")
            _until(lambda: _good(home), 3 * _allowed(), "back again")
        _until(lambda: len(_done(settings)) >= 3 * _MANY, 10 * _allowed(), "all done")
        process.send_signal(signal.SIGTERM)
        assert process.wait(90) == 0
    done = _done(settings)
    assert len(done) == len(set(done)) == 3 * _MANY
    with open_store(settings.database) as store:
        assert store.sizes()["documents"] == store.sizes()["commitments"] == _MANY
    assert _below(home) == []


def test_run_is_stopped_from_the_page_and_nobody_else_may_ask(settings: Settings) -> None:
    home = settings.home
    with _up(home):
        _until(lambda: _good(home), 3 * _allowed(), "all good")
        found = record.read(home)
        assert found is not None
        stranger = httpx.post(f"{found.api}/flow_runs/filter", json={}, trust_env=False)
        assert stranger.status_code == 401
        texts = {f"通知{number}.txt": _NOTICE.format(number) for number in range(100, 180)}
        _upload(found.web, texts)
        _until(lambda: any("prefect.engine" in each for each in _below(home)), 120, "a run")
        with _page(found.web, "/runs/1") as (client, token):
            assert client.post("/runs/1/cancel", data={"csrf": token}).status_code == 303
        _until(lambda: not any("prefect.engine" in e for e in _below(home)), 120, "stopped")
        _until(lambda: "已停止" in httpx.get(f"{found.web}runs/1").text, 120, "told")
    assert _below(home) == []


def test_nothing_is_left_when_up_itself_is_killed(settings: Settings) -> None:
    home = settings.home
    with _up(home) as process:
        _until(lambda: _web(home), _allowed(), "web")
        process.kill()
        process.wait()
        _until(lambda: _below(home) == [], 60, "all gone")
    # Whoever comes next is not kept out.
    assert not record.is_up(home)
