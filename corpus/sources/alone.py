"""One crawl of a host at a time into a library, whoever starts it: a schedule or a person."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus.model.errors import PolicyError


class CrawlUnderWay(PolicyError):
    """Another crawl has the ``host``."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} 正在抓取之中，请等它结束后再试",
            f"a crawl of {host} is under way; try again when it has ended",
        )
        self.host = host


@contextmanager
def alone(home: Path, hosts: Iterable[str]) -> Iterator[None]:
    """Hold all those hosts; CrawlUnderWay where one is held already. A crash lets go of them."""
    folder = home / "crawl"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        for host in sorted(hosts):
            lock = held.enter_context((folder / f"{_safe(host)}.lock").open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CrawlUnderWay(host) from error
        yield


def _safe(host: str) -> str:
    return re.sub(r"[^a-z0-9.-]", "_", host)
