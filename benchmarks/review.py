"""How long the pages of the web application take at the server, on a big library.

    PYTHONPATH=. python benchmarks/review.py LIBRARY [--rounds 5] [--docs]

Every address is asked in turn, once to warm up and then ``rounds`` times, by one client in the same
process: what is measured is everything between the request and the last byte, without a network.
``--docs`` writes the table into docs/bench-review.md.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from fastapi.testclient import TestClient

from benchmarks.review_library import database
from corpus.store.desk_records import ChangeFilter, DocumentFilter, RowFilter
from outputs.review.access import new_account
from outputs.review.app import create_app
from outputs.review.library import Library
from outputs.review.links import link
from outputs.review.runs import Runs
from outputs.review.site import Site

DOCS = Path(__file__).parents[1] / "docs" / "bench-review.md"
_BEGIN, _END = "<!-- measured -->", "<!-- /measured -->"
# Words of the synthetic library: in most rows, in some, in a few, in none.
_WHO, _PASSWORD = "测量", "云岭省的密码2026"
_WORDS = (("common", "建设"), ("frequent", "养老"), ("rare", "残疾人冷链"), ("absent", "量子纠缠"))


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds; ``kind`` is page, search or download; ``busy`` is time of the processor, which
    other work on the machine does not stretch."""

    address: str
    kind: str
    size: int
    first: float
    times: tuple[float, ...]
    busy: float

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.times)

    @property
    def most(self) -> float:
        """Nineteen in twenty are below."""
        return sorted(self.times)[min(len(self.times) - 1, round(len(self.times) * 0.95))]


def addresses(library: Library, today: date) -> Iterator[tuple[str, str]]:
    """(kind, address) of every page, with and without the filters that people use."""
    yield from (("page", each) for each in ("/", "/queue", "/queue/next", "/upload", "/accounts"))
    yield from (("page", each) for each in _documents(library))
    yield from (("page", each) for each in _deadlines(library, today))
    yield from (("page", each) for each in _changes(library))
    for path in ("/documents", "/deadlines", "/changes"):
        for _, word in _WORDS:
            yield "search", link(path, q=word)
        yield "search", link(path, q="建设 养老")
        yield "search", link(path, q="老")
    yield "search", link("/deadlines", q="养老", unit="财政厅")
    yield "search", link("/deadlines", q="养老", page=5)
    yield from (("download", each) for each in _downloads(library))


def _documents(library: Library) -> Iterator[str]:
    papers = library.desk.papers(DocumentFilter(), size=10_000).items
    pages = -(-len(papers) // 50)
    yield from (link("/documents", page=n) for n in ("", 2, pages // 2, pages))
    yield link("/documents", issuer="人民政府")
    yield link("/documents", year=2021)
    yield from (link("/documents", state=state) for state in ("open", "done", "conflict"))
    by_rows = sorted(papers, key=lambda paper: paper.rows)
    for paper in (by_rows[len(by_rows) // 2], by_rows[-1]):
        address = f"/documents/{paper.id}"
        yield address
        row = library.desk.entries(RowFilter(document=paper.id), size=1).items[0].commitment.id
        yield link(address, row=row)
        yield f"{address}/rows/{row}"
    for paper in papers:
        if paper.source.endswith(".pdf"):
            yield f"/documents/{paper.id}"
            yield link(f"/documents/{paper.id}", view="text")
            yield f"/documents/{paper.id}/pages/1.png"
            yield f"/documents/{paper.id}/pages/1/lines.json"


def _deadlines(library: Library, today: date) -> Iterator[str]:
    total = library.desk.entries(RowFilter(state="standing"), size=1).total
    yield from (link("/deadlines", page=n) for n in ("", 2, total // 100, total // 50))
    for light in ("overdue", "soon", "later", "undated"):
        yield link("/deadlines", light=light)
    for state in ("open", "accepted", "corrected", "rejected"):
        yield link("/deadlines", state=state)
    yield link("/deadlines", state="open", light="overdue", page=20)
    yield link("/deadlines", year=today.year)
    yield link("/deadlines", month=f"{today:%Y-%m}")
    yield link("/deadlines", month=f"{today.year}-12")
    unit = library.desk.unit_counts(1)[0][0]
    yield from (link("/deadlines", unit=each) for each in (unit, "财政厅", "厅", "无此单位"))
    yield link("/deadlines", unit="财政厅", light="overdue")
    yield link("/deadlines.ics", unit=unit)


def _changes(library: Library) -> Iterator[str]:
    total = library.desk.changes(ChangeFilter(), size=1).total
    yield from (link("/changes", page=n) for n in ("", 2, total // 100, total // 50))
    for label in ("lowered", "postponed", "dropped", "added"):
        yield link("/changes", label=label)
    yield link("/changes", severity="grave")
    yield from (link("/changes", state=state) for state in ("open", "accepted", "rejected"))
    yield link("/changes", label="lowered", severity="grave", state="open")
    yield from (link("/changes", unit=each) for each in ("财政厅", "无此单位"))
    change = library.desk.changes(ChangeFilter(), size=1).items[0]
    yield link("/changes", document=change.document_id)
    yield f"/documents/{change.document_id}/changes/{change.key}"


def _downloads(library: Library) -> Iterator[str]:
    unit = library.desk.unit_counts(1)[0][0]
    yield from (link(f"/export/ledger.{each}", unit=unit) for each in ("csv", "xlsx", "json"))
    document = library.desk.changes(ChangeFilter(), size=1).items[0].document_id
    yield from (link(f"/export/changes.{each}", document=document) for each in ("csv", "xlsx"))
    yield f"/documents/{document}/ledger.xlsx"


def measure(library: Library, today: date, rounds: int) -> list[Measured]:
    """All of them; an address that doesn't answer stops it."""
    runs = Runs(lambda *_: (), lambda: None)
    site = Site(library, runs, b"0" * 32, today=lambda: today)
    found = []
    with TestClient(
        create_app(site), base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)
    ) as client:
        _sign_in(client, library)
        for kind, address in addresses(library, today):
            size, first = _ask(client, address)
            began = time.process_time()
            times = tuple(_ask(client, address)[1] for _ in range(rounds))
            busy = (time.process_time() - began) * 1000 / rounds
            found.append(Measured(address, kind, size, first, times, busy))
            sys.stderr.write(f"{found[-1].median:7.0f} {busy:7.0f}  {unquote(address)}\n")
    return found


def _sign_in(client: TestClient, library: Library) -> None:
    """As an administrator, who may see every page."""
    if library.accounts.named(_WHO) is None:
        new_account(library.accounts, _WHO, _PASSWORD, "administrator")
    form = client.get("/sign-in").text
    csrf = form.partition('data-csrf="')[2].partition('"')[0]
    client.post("/sign-in", data={"csrf": csrf, "name": _WHO, "password": _PASSWORD})


def _ask(client: TestClient, address: str) -> tuple[int, float]:
    start = time.perf_counter()
    answer = client.get(address, follow_redirects=False)
    taken = (time.perf_counter() - start) * 1000
    away = answer.headers.get("location", "").startswith("/sign-in")
    if answer.status_code >= 400 or away:
        raise SystemExit(f"{address}: {answer.status_code}")
    return len(answer.content), taken


def table(found: list[Measured]) -> str:
    """Markdown, the slowest of each kind first."""
    lines = []
    for kind in ("page", "search", "download"):
        mine = sorted((m for m in found if m.kind == kind), key=lambda m: -m.most)
        middle = statistics.median(m.median for m in mine)
        lines += [
            f"\n{kind}: {len(mine)} addresses; median of medians {middle:.0f} ms, slowest 95 %: "
            f"{mine[0].most:.0f} ms",
            "",
            "| median ms | 95 % ms | first ms | processor ms | kB | address |",
            "| ---: | ---: | ---: | ---: | ---: | --- |",
        ]
        lines += [
            f"| {m.median:.0f} | {m.most:.0f} | {m.first:.0f} | {m.busy:.0f} | "
            f"{m.size / 1000:.0f} | "
            f"`{unquote(m.address)}` |"
            for m in mine
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--docs", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    library = Library(database(options.home), options.home)
    library.refresh(now=True)
    opened = time.perf_counter() - start
    said = table(measure(library, date(2026, 6, 1), options.rounds))
    library.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = f"\nOpened in {opened:.1f} s; peak of the process {peak:.0f} MB.\n{said}"
    if options.docs:
        text = DOCS.read_text("utf-8")
        before, after = text.partition(_BEGIN)[0], text.partition(_END)[2]
        DOCS.write_text(f"{before}{_BEGIN}\n{said}{_END}{after}", "utf-8")
    sys.stdout.write(said)


if __name__ == "__main__":
    main()
