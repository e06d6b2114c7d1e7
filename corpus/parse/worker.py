"""What runs in a process that reads pages for another one: takes a task, does it, answers.

It is started by ``workers`` and never imported by what reads documents. It ends by itself when
nobody has asked for a minute, when who started it is gone, and, by the kernel's alarm, when a task
takes longer than it may and nobody is left to kill it.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import math
import pickle
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from corpus.model.errors import PolicyError

IDLE_SECONDS = 60.0
_HEAD = struct.Struct(">Q")
# The alarm is for when nobody else stops the process, so it comes after the others' patience.
_GRACE = 15


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without an answer. ``kind`` is crashed, too_slow, memory, the reason of a file that
    can't be read, or the name of the error; ``missing`` a package that is not installed."""

    kind: str
    zh: str
    en: str
    missing: str = ""

    def __str__(self) -> str:
        return f"{self.zh} | {self.en}"


@dataclass(frozen=True, slots=True)
class Told:
    """How far a task is, said before its answer."""

    step: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """``job`` is module:function, called with the file that the worker holds and ``arguments``.

    ``content`` is that file where the worker does not hold it yet; b"" makes it forget the last.
    """

    job: str
    arguments: tuple[Any, ...]
    seconds: float
    content: bytes | None = None


@dataclass(slots=True)
class Held:
    """The file that tasks are about, and what jobs have opened of it."""

    content: bytes = b""
    opened: dict[str, Any] = field(default_factory=dict)
    connection: socket.socket | None = None

    def tell(self, *step: int) -> None:
        """Say how far the task is."""
        if self.connection is not None:
            send(self.connection, Told(step))

    def close(self) -> None:
        """Let go of all that was opened."""
        for thing in self.opened.values():
            # What is broken may well not close; it is let go anyway.
            with suppress(Exception):
                thing.close()
        self.opened.clear()


def send(connection: socket.socket, thing: Any) -> None:
    """One thing, its length before it."""
    packed = pickle.dumps(thing, protocol=5)
    connection.sendall(_HEAD.pack(len(packed)))
    connection.sendall(packed)


def receive(connection: socket.socket) -> Any:
    """One thing; EOFError where the other end is gone."""
    (length,) = _HEAD.unpack(_exactly(connection, _HEAD.size))
    return pickle.loads(_exactly(connection, length))


def _exactly(connection: socket.socket, length: int) -> bytearray:
    found = bytearray(length)
    view, place = memoryview(found), 0
    while place < length:
        got = connection.recv_into(view[place:])
        if not got:
            raise EOFError
        place += got
    return found


def main(descriptor: int, memory: int) -> None:
    """Answer tasks until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound(memory)
    connection = socket.socket(fileno=descriptor)
    held = Held()
    while True:
        connection.settimeout(IDLE_SECONDS)
        try:
            task: Task = receive(connection)
        except (EOFError, TimeoutError, ConnectionError):
            return
        connection.settimeout(None)
        if task.content is not None:
            held.close()
            held = Held(task.content, connection=connection)
        if task.job:
            signal.alarm(math.ceil(task.seconds) + _GRACE)
            answer = _answer(task, held)
            signal.alarm(0)
            _reply(connection, answer)
            del answer
            _give_back()


def _give_back() -> None:
    """Hand the memory of the page back: glibc keeps some hundred megabytes of what pictures and
    models took, and a process is there for hundreds of pages."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _bound(memory: int) -> None:
    """No more memory than allowed: an allocation over it fails, and costs a page."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY or memory < hard:
        # Some systems have no such bound; the page's pixels and time are bounded anyway.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))


def _answer(task: Task, held: Held) -> Any:
    try:
        module, _, name = task.job.partition(":")
        job: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return job(held, *task.arguments)
    except PolicyError as error:
        kind, missing = (
            getattr(error, "reason", type(error).__name__),
            getattr(error, "missing", ""),
        )
        return Lost(kind, error.zh, error.en, missing)
    except MemoryError:
        return Lost("memory", "本页需要的内存超过上限", "the page takes more memory than allowed")
    # Damaged pages raise anything from inside of the readers; it costs this page alone.
    except Exception as error:
        logging.getLogger(__name__).warning("%s failed", task.job, exc_info=True)
        name = type(error).__name__
        return Lost(name, f"读取本页时出错（{name}）", f"reading the page failed ({name})")


def _reply(connection: socket.socket, answer: Any) -> None:
    try:
        send(connection, answer)
    except ConnectionError:
        raise SystemExit from None
