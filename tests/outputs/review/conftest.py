"""A library of the sample documents, made once, and applications on copies of it.

The files are read and extracted as the flow does it, without Prefect: what the pages show is what
a user of the samples sees.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from corpus.compare import compare
from corpus.intake import take
from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.model.commitment import Ledger
from corpus.store import open_store
from corpus.store.records import Compared, Outcome, Result, Stage, StageRecord, StoredFile
from extractors.run import extract
from outputs.review import access
from outputs.review.app import create_app
from outputs.review.library import Library
from outputs.review.runs import Report, Runs, Upload
from outputs.review.site import Site, SiteOptions

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples" / "documents"
TODAY = date(2025, 6, 1)
PASSWORD = "云岭省的密码2025"
_CSRF = re.compile(r'data-csrf="([0-9a-f]{64})"')


def stage(sha256: str, name: Stage, version: str = "1") -> StageRecord:
    """The record of a stage that is done."""
    moment = datetime.now(UTC)
    return StageRecord(sha256, name, version, Result.DONE, moment, moment)


def take_in(database: str, home: Path, file: Path, version: str = "1") -> Ledger:
    """Take one file in, as far as its ledger."""
    from corpus.parse import parse

    taken = take(file, home)
    document = parse(taken.kept.read_bytes(), source=file.name)
    found = extract(document)
    with open_store(database) as store:
        store.save_file(StoredFile(taken.sha256, file.name, taken.size))
        store.save_document(document, stage(taken.sha256, Stage.PARSE, version))
        store.save_ledger(found, stage(taken.sha256, Stage.EXTRACT, version))
    return found


@pytest.fixture
def staged() -> Callable[..., StageRecord]:
    return stage


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a library of all samples, the two plans compared."""
    home = tmp_path_factory.mktemp("library")
    database = _url(home)
    ledgers = {file.name: take_in(database, home, file) for file in sorted(SAMPLES.iterdir())}
    prior, new = ledgers["plan-2021.pdf"], ledgers["plan-2023.pdf"]
    with open_store(database) as store:
        store.save_comparisons(
            new.document.id,
            [Compared(compare([prior], new), copies=False)],
            stage(new.document.provenance.sha256, Stage.COMPARE),
        )
        # Without it nothing is left of the comparison once a decision has it made anew.
        related = Related(
            Relation(new.document.id, prior.document.id, "same_title", 1.0), same_work=False
        )
        store.save_relations(
            new.document.id, checked=[prior.document.id], found=[related], version="1"
        )
    library = Library(database, home)
    library.refresh(now=True)
    library.close()
    return home


def _url(home: Path) -> str:
    return f"sqlite:///{home / 'taizhang.db'}"


@pytest.fixture
def home(sample_library: Path, tmp_path: Path) -> Path:
    """A copy of that library, to be changed."""
    copied = tmp_path / "library"
    shutil.copytree(sample_library, copied)
    return copied


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    made = Library(_url(home), home)
    made.refresh(now=True)
    yield made
    made.close()


@pytest.fixture
def plan(library: Library) -> str:
    """Id of the plan of 2023."""
    return library.store.find_document("plan-2023.pdf")


@pytest.fixture
def row(library: Library, plan: str) -> str:
    """Id of a row with a target that no other row quotes the same words as."""
    rows = library.review(plan).rows
    quotes = [r.commitment.evidence.quote for r in rows]
    return next(
        r.commitment.id
        for r in rows
        if r.commitment.target and quotes.count(r.commitment.evidence.quote) == 1
    )


@pytest.fixture
def plain_run(library: Library) -> Callable[..., Sequence[Outcome]]:
    """Runs uploads in this process: read, extract, report every stage."""

    def run(uploads: Sequence[Upload], report: Report, stop: threading.Event) -> Sequence[Outcome]:
        outcomes = []
        for name in Stage:
            report(name, 0, len(uploads))
        for number, upload in enumerate(uploads, start=1):
            folder = library.home / "in" / str(number)
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(upload.path, folder / upload.name)
            found = take_in(_url(library.home), library.home, folder / upload.name)
            _compare(library, found)
            outcomes.append(Outcome(upload.name, Result.DONE, upload.sha256, found.document.id))
            for name in Stage:
                report(name, number, len(uploads))
        return outcomes

    return run


def _compare(library: Library, new: Ledger) -> None:
    """Against the documents of the same number, as the flow does it."""
    number = new.document.official.document_number
    earlier = library.desk.same_number(number, new.document.id) if number else []
    if earlier:
        priors = [library.store.ledger(each.id) for each in earlier]
        library.store.save_comparisons(
            new.document.id,
            [Compared(compare(priors, new), copies=False)],
            stage(new.document.provenance.sha256, Stage.COMPARE),
        )


@pytest.fixture
def site(library: Library, plain_run: Callable[..., Sequence[Outcome]]) -> Iterator[Site]:
    runs = Runs(plain_run, lambda: library.refresh(now=True))
    yield Site(library, runs, b"s" * 32, SiteOptions(), today=lambda: TODAY)
    runs.close()


class Browser(TestClient):
    """Somebody at a browser: cookies are kept, forms bear the token of the page last seen."""

    csrf = ""

    def see(self, address: str) -> str:
        """The text of a page that must be there."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        found = _CSRF.search(answer.text)
        if found:
            self.csrf = found[1]
        return answer.text

    def submit(self, address: str, status: int = 303, **fields: object) -> str:
        """Post a form as its page would; the address it leads to, or the text it answers."""
        answer = self.post(address, data={"csrf": self.csrf, **fields}, follow_redirects=False)
        assert answer.status_code == status, answer.text
        return answer.headers.get("location") or answer.text


@pytest.fixture
def browser(site: Site) -> Callable[..., Browser]:
    """Makes browsers; ``name`` signs in under an account of that ``role``."""

    def make(
        name: str | None = None, role: str = "reviewer", address: str = "127.0.0.1"
    ) -> Browser:
        app = create_app(site)
        made = Browser(app, base_url="http://127.0.0.1", client=(address, 50_000))
        if name is not None:
            if site.library.accounts.named(name) is None:
                access.new_account(site.library.accounts, name, PASSWORD, role)
            made.see("/sign-in")
            made.submit("/sign-in", name=name, password=PASSWORD)
            made.see("/documents")
        return made

    return make


# A real browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's chromium; what needs it is skipped, by name, where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        made = engine.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The address of the application on a port of this machine."""
    import uvicorn

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(site), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def window(chromium: Chromium, served: str) -> Iterator[Callable[..., Page]]:
    """Opens windows, each with cookies of its own; a script error on any page fails the test."""
    contexts = []
    errors: list[str] = []

    def make(width: int = 1440, height: int = 900, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=served, viewport={"width": width, "height": height}, locale="zh-CN", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.extend(_refusals(line)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


def _refusals(line: Any) -> list[str]:
    """What the page's own policy had to keep out."""
    return [line.text] if "Content Security Policy" in line.text else []
