"""Kill -9 at twenty random points of an ingest: begun again, every file is done exactly once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.store import open_store
from corpus.store.records import Result, Stage

pytestmark = pytest.mark.workers

_FILES, _KILLS, _SEED = 200, 20, 20261
_STAGES = tuple(stage.value for stage in Stage)
_SCRIPT = Path(__file__).with_name("ingesting.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Plans in pairs, the later with other numbers."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(_FILES):
        subject, year = number // 2, 2021 + 2 * (number % 2)
        lines = [
            f"标题：云岭省第{subject}号水库规划",
            f"文号：云政发〔{year}〕{subject + 1}号",
            f"日期：{year}-03-0{subject % 9 + 1}",
            *(
                f"到2025年，{name}达到{number + at + 1}所（云岭省水利厅负责）"
                for at, name in enumerate(("闸门", "泵站", "观测点"))
            ),
        ]
        (folder / f"{number:03}.txt").write_text("\n".join(lines), "utf-8")
    return folder


class Server:
    """Starts one process after the other and listens to what they say."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[2])
        self._process = subprocess.Popen(
            [sys.executable, str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": root},
        )

    def take_in(self, home: Path, url: str, folder: Path) -> Iterator[list[str]]:
        """Every line until the process has ended; the first is its number."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{home} {url} {folder}\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            yield line.split()
            if line.startswith("ended"):
                return
        pytest.fail("the server of processes is gone")

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def _points() -> list[tuple[str, int, float]]:
    """Stage, how many of two hundred files of it are done, and how long after that: seeded, in
    their order."""
    chosen = random.Random(_SEED)
    places = sorted(chosen.sample(range(len(_STAGES) * _FILES), _KILLS))
    return [(_STAGES[place // _FILES], place % _FILES, chosen.uniform(0, 0.02)) for place in places]


def _killed_at(steps: Iterator[list[str]], stage: str, number: int, delay: float) -> None:
    """Kill it there; its end was that signal. What an earlier run has finished is not counted
    again, so that the point is a share of what is left."""
    pid = int(next(steps)[1])
    for told, done, total in steps:
        there = told == stage and int(done) * _FILES >= number * int(total)
        if _STAGES.index(told) > _STAGES.index(stage) or there:
            time.sleep(delay)
            os.kill(pid, signal.SIGKILL)
            break
    assert [words[1] for words in steps if words[0] == "ended"] == [str(int(signal.SIGKILL))]


def test_everything_is_done_exactly_once_whenever_it_was_killed(
    server: Server,
    folder: Path,
    database: str,
    tmp_path: Path,
    dumped: Callable[[str], dict[str, object]],
    broken: Callable[[str], dict[str, int]],
) -> None:
    home = tmp_path / "library"
    for point in _points():
        _killed_at(server.take_in(home, database, folder), *point)

    last = list(server.take_in(home, database, folder))

    assert last[-1] == ["ended", "0"]
    assert broken(database) == {}
    with open_store(database) as store:
        assert store.sizes()["documents"] == _FILES
        assert store.sizes()["commitments"] == 3 * _FILES
        runs = store.runs()
    assert [run.finished is not None for run in runs] == [False] * _KILLS + [True]
    assert [outcome.result for outcome in runs[-1].outcomes] == [Result.DONE] * _FILES
    for path in folder.iterdir():
        digest = sha256(path.read_bytes()).hexdigest()
        kept = home / "files" / digest[:2] / digest[2:4] / digest
        assert kept.read_bytes() == path.read_bytes()

    never_killed = f"sqlite:///{tmp_path / 'other' / 'taizhang.db'}"
    assert list(server.take_in(tmp_path / "other", never_killed, folder))[-1] == ["ended", "0"]
    assert dumped(database) == dumped(never_killed)
