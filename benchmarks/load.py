"""Many people at once in the web application: they browse, search, review, decide, upload.

    PYTHONPATH=. python benchmarks/load.py LIBRARY [--users 20] [--seconds 300]

The application runs as it is served, in a process of its own on a copy of nothing: decisions and
uploads stay in the library. Every user has an account and a session. A wrong status, a time-out or
an error of the database ends in the list of errors, and in exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_PASSWORD = "云岭省的密码2026"
_TIMEOUT = 30.0
_CSRF = re.compile(r'data-csrf="([0-9a-f]{64})"')
_ROW = re.compile(r'id="row-(c-[0-9a-z]+)"')
_NUMBER = re.compile(r'name="number" value="(\d+)"')
_DOCUMENT = re.compile(r'href="/documents/(d-[0-9a-z]+)')
_CHANGE = re.compile(r'href="(/documents/d-[0-9a-z]+/changes/x-[0-9a-z]+)"')
_WORDS = ("养老", "建设", "托育服务", "冷链", "不低于", "财政", "老", "量子纠缠")
_LISTS = (
    "/", "/documents", "/deadlines", "/changes", "/queue", "/deadlines?light=overdue",
    "/deadlines?unit=财政厅", "/changes?label=lowered", "/documents?state=open",
    "/deadlines?month=2026-06", "/documents?page=40", "/deadlines?page=300", "/changes?page=60",
)  # fmt: skip
# 409 is how the second of two reviewers is told that the first was faster; 422 a refused form.
_RIGHT = {200, 303, 409, 422}
# A change of a list some seconds old may be gone: somebody rejected its row meanwhile, and the
# documents were compared anew. The page says so (410); anywhere else it would be an error.
_GONE = 410


@dataclass(slots=True)
class Tally:
    """Seconds of every answer by what was done, what went wrong, and how many were told that a
    change is there no more."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    gone: int = 0

    def table(self) -> str:
        """A line for each kind of request."""
        lines = [
            "| what | answers | median ms | 95 % ms | longest ms |",
            "| --- | ---: | ---: | ---: | ---: |",
        ]
        for what, times in sorted(self.times.items()):
            found = sorted(time * 1000 for time in times)
            late = found[min(len(found) - 1, round(len(found) * 0.95))]
            middle = statistics.median(found)
            lines.append(f"| {what} | {len(found)} | {middle:.0f} | {late:.0f} | {found[-1]:.0f} |")
        return "\n".join(lines)


class User:
    """Somebody at a browser; ``chance`` decides what they do next."""

    def __init__(self, client: httpx.AsyncClient, name: str, tally: Tally) -> None:
        self._client, self._name, self._tally = client, name, tally
        self._chance = random.Random(name)
        self._csrf = ""
        self._at = ""
        self._uploads = 0

    async def sign_in(self) -> None:
        """What all do before the clock starts: passwords are meant to take their time."""
        await self._get("sign in", "/sign-in")
        await self._post("sign in", "/sign-in", name=self._name, password=_PASSWORD)

    async def work(self, until: float) -> None:
        """Everything but an upload once, then one thing after the other."""
        doings: dict[Callable[[], Coroutine[None, None, None]], int] = {
            self._browse: 40, self._search: 20, self._open: 15, self._decide: 20,
            self._confirm: 4, self._upload: 1,
        }  # fmt: skip
        for doing in list(doings)[:-1]:
            await self._do(doing)
        while time.monotonic() < until:
            await self._do(self._chance.choices(list(doings), list(doings.values()))[0])

    async def _do(self, doing: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            await doing()
        except httpx.HTTPError as error:
            self._tally.errors.append(f"{doing.__name__}: {type(error).__name__} {error}")
        await asyncio.sleep(self._chance.uniform(0.2, 1.5))

    async def _browse(self) -> None:
        await self._get("list", self._chance.choice(_LISTS))

    async def _search(self) -> None:
        path = self._chance.choice(("/documents", "/deadlines", "/changes"))
        await self._get("search", f"{path}?q={self._chance.choice(_WORDS)}")

    async def _open(self) -> None:
        page = self._chance.randrange(1, 200)
        found = _DOCUMENT.findall(await self._get("list", f"/documents?page={page}"))
        found = found or _DOCUMENT.findall(await self._get("list", "/documents"))
        if found:
            await self._get("document", f"/documents/{self._chance.choice(found)}")

    async def _decide(self) -> None:
        """The next of the queue: accepted, now and then rejected."""
        rows = _ROW.findall(await self._get("next", "/queue/next", follow=True))
        if not rows:
            return
        address = f"{self._at}/rows/{self._chance.choice(rows)}"
        number = _NUMBER.search(await self._get("row", address))
        if number:
            verdict = "accept" if self._chance.random() < 0.9 else "reject"
            fields = {"do": f"{verdict}:row", "number": number[1], "reason": "与原文核对"}
            await self._post("decide", address, **fields)

    async def _confirm(self) -> None:
        found = _CHANGE.findall(await self._get("list", "/changes?state=open"))
        if found:
            address = self._chance.choice(found)
            number = _NUMBER.search(await self._get("change", address))
            if number:
                await self._post("confirm", address, do="accepted", number=number[1], reason="")

    async def _upload(self) -> None:
        """A small file; most users never do."""
        self._uploads += 1
        text = f"关于{self._name}的通知\n到2027年，新建养老服务中心{self._uploads}个以上。\n"
        name = f"{self._name}-{self._uploads}-{time.time():.0f}.txt"
        files = {"files": (name, (text + name).encode(), "text/plain")}
        await self._post("upload", "/upload", files=files)

    async def _get(self, what: str, address: str, *, follow: bool = False) -> str:
        start = time.monotonic()
        answer = await self._client.get(address, follow_redirects=follow)
        return self._noted(what, address, answer, start)

    async def _post(self, what: str, address: str, *, files: object = None, **given: str) -> str:
        start = time.monotonic()
        fields = {"csrf": self._csrf, **given}
        answer = await self._client.post(address, data=fields, files=files)  # type: ignore[arg-type]
        return self._noted(what, address, answer, start)

    def _noted(self, what: str, address: str, answer: httpx.Response, start: float) -> str:
        self._tally.times[what].append(time.monotonic() - start)
        gone = what == "change" and answer.status_code == _GONE
        self._tally.gone += gone
        if answer.status_code not in _RIGHT and not gone:
            told = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())[-120:]
            self._tally.errors.append(f"{what} {address}: {answer.status_code} {told}")
        found = _CSRF.search(answer.text)
        self._csrf = found[1] if found else self._csrf
        self._at = answer.url.path
        return answer.text


async def load(base: str, users: list[str], seconds: float) -> Tally:
    """All users at once, for so long."""
    tally = Tally()
    clients = [httpx.AsyncClient(base_url=base, timeout=_TIMEOUT) for _ in users]
    try:
        people = [User(c, name, tally) for c, name in zip(clients, users, strict=True)]
        await asyncio.gather(*(each.sign_in() for each in people))
        until = time.monotonic() + seconds
        await asyncio.gather(*(each.work(until) for each in people))
    finally:
        for client in clients:
            await client.aclose()
    return tally


def accounts(database: str, home: Path, users: int) -> list[str]:
    """Accounts of so many reviewers who may upload, made where they are missing."""
    from outputs.review.access import new_account
    from outputs.review.library import Library

    library = Library(database, home)
    names = [f"审核员{number:02}" for number in range(users)]
    for name in names:
        if library.accounts.named(name) is None:
            new_account(library.accounts, name, _PASSWORD, "reviewer")
    library.close()
    return names


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """The address of the application and the id of its process, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "flows.cli", "serve", "--home", str(home), "--port", str(port)]
    server = subprocess.Popen(command)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, server)
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _wait(base: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            raise SystemExit(f"the application ended with {server.returncode}")
        try:
            httpx.get(f"{base}/sign-in", timeout=5)
        except httpx.TransportError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the application does not answer")


def peak_memory(pid: int) -> float:
    """Most megabytes that a process ever held."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def main() -> int:
    """Serve, load, print."""
    from benchmarks.review_library import database

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    options = parser.parse_args()
    names = accounts(database(options.home), options.home, options.users)
    began = time.monotonic()
    with served(options.home) as (base, pid):
        started = time.monotonic() - began
        tally = asyncio.run(load(base, names, options.seconds))
        peak = peak_memory(pid)
    answers = sum(map(len, tally.times.values()))
    sys.stdout.write(
        f"{options.users} users, {options.seconds:.0f} s: {answers} answers, "
        f"{len(tally.errors)} errors, {tally.gone} changes gone; "
        f"started in {started:.1f} s, peak {peak:.0f} MB\n\n"
        f"{tally.table()}\n" + "".join(f"{error}\n" for error in tally.errors[:50])
    )
    return 1 if tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
