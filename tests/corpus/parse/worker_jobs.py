"""Jobs for the processes of ``workers``: what goes well, crashes, hangs, eats memory."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from corpus.model.errors import UnreadableFile
from corpus.parse.worker import Held


def double(held: Held, number: int) -> int:
    return 2 * number


def size_and_process(held: Held, number: int) -> tuple[int, int]:
    return len(held.content), os.getpid()


def act(held: Held, what: str) -> Any:
    """``what`` is the name of a function below."""
    return globals()[what]()


def fine() -> str:
    return "fine"


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(0)


def hang() -> None:
    """Inside of C, where Python can't be interrupted: the engine of regular expressions."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def fail() -> None:
    raise ValueError("a damaged page")


def refuse() -> None:
    raise UnreadableFile("x.pdf", "damaged", zh="文件已损坏", en="the file is damaged")


def eat() -> int:
    return len(bytearray(4_000_000_000))


def start_and_hang() -> None:
    """Leaves the number of its child where the test finds it, and waits for ever."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(os.environ["TAIZHANG_TEST_CHILD"]).write_text(str(child.pid))
    time.sleep(600)


def whole_crash(held: Held, *_: Any) -> None:
    crash()


def whole_fail(held: Held, *_: Any) -> float:
    return 1 / 0


def whole_hang_in_c(held: Held, *_: Any) -> None:
    """No exception of Python gets into this."""
    import ctypes

    ctypes.PyDLL(None).sleep(100)


def tells(held: Held, total: int) -> str:
    for done in range(1, total + 1):
        held.tell(done, total)
    return "done"
