"""Where the pages of a PDF are read: a few with a text layer here and at once, many of them and all
that are read from their pictures in processes beside this one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.model.document import Page
from corpus.model.errors import PolicyError
from corpus.parse.limits import Clock
from corpus.parse.ocr.engine import ENGINES, OcrMissing, OcrOptions
from corpus.parse.ocr.pdf_pages import Read
from corpus.parse.pages_told import tell
from corpus.parse.pdf_page import PageRead, lost, read_page
from corpus.parse.pdf_sheets import Sheet
from corpus.parse.worker import Held
from corpus.parse.workers import Job, Lost, processors, run

# A page takes a tenth of a second, a process half a second to start.
_MANY = 40


def opened(content: bytes) -> Any:
    """The file as pdfplumber has it."""
    import pdfplumber

    return pdfplumber.open(io.BytesIO(content))


def texts(content: bytes, pages: Sequence[Any], clock: Clock) -> Iterator[PageRead]:
    """All pages from their text layers; one that takes too long, or takes its process down, stays
    with the reason."""
    limits = clock.limits
    if len(pages) < _MANY or processors(limits) < 2:
        for page in pages:
            clock.check()
            yield read_page(page, seconds=max(0.1, min(limits.page_seconds, clock.left)))
        return
    job = Job("corpus.parse.pdf_work:text_of", content, limits)
    asked = ((number, limits.page_seconds) for number in range(len(pages)))
    for page, answer in zip(pages, run(job, asked, seconds=clock.left), strict=True):
        clock.check()
        known = Page(page.page_number, float(page.width), float(page.height))
        yield lost(known, str(answer)) if isinstance(answer, Lost) else answer


def text_of(held: Held, index: int, seconds: float) -> PageRead:
    """In a process of its own: a page from its text layer."""
    if "text" not in held.opened:
        held.opened["text"] = opened(held.content)
    return read_page(held.opened["text"].pages[index], seconds=seconds)


@dataclass(frozen=True, slots=True)
class PictureReader:
    """Reads pages from how they look, in processes beside this one."""

    content: bytes
    clock: Clock
    options: OcrOptions

    def read(self, pages: Sequence[Page]) -> Iterator[Read]:
        """The pages given; a failure says why one is not read. OcrMissing where nothing can."""
        options = in_process(self.options, len(pages), self.clock)
        asked = ((page, options, ENGINES.get(options.engine)) for page in pages)
        answers = self._run("picture_of", asked) if pages else iter(())
        for done, (page, answer) in enumerate(zip(pages, answers, strict=True), 1):
            self.clock.check()
            tell(done, len(pages))
            if isinstance(answer, Lost):
                yield Sheet(page.number, page.height), replace(page, failure=str(answer)), ()
            else:
                yield answer

    def hidden_text(self, numbers: Sequence[int]) -> set[int]:
        """Which of the pages have a text that is not what one sees."""
        if not numbers:
            return set()
        asked = (([number], self.options) for number in numbers)
        found: set[int] = set()
        for answer in self._run("hides_text", asked):
            self.clock.check()
            # A page that can't be looked at keeps its text layer.
            found |= set() if isinstance(answer, Lost) else answer
        return found

    def _run(self, name: str, asked: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
        job = Job(f"corpus.parse.pdf_work:{name}", self.content, self.clock.limits)
        for answer in run(job, asked, seconds=self.clock.left):
            raise_missing(answer, self.options)
            yield answer


def in_process(options: OcrOptions, pages: int, clock: Clock) -> OcrOptions:
    """One thread for each of several processes; a page that is alone has all of them."""
    count = processors(clock.limits)
    threads = max(1, count // max(1, min(count, pages)))
    seconds = min(options.seconds_per_page, clock.limits.page_seconds)
    return replace(options, threads=threads, seconds_per_page=seconds)


def raise_missing(answer: Any, options: OcrOptions) -> None:
    """Say here what a process found missing: it costs all pages, not one."""
    if not isinstance(answer, Lost):
        return
    if answer.kind == "OcrMissing":
        raise OcrMissing(options.engine, answer.missing)
    if answer.kind == "PolicyError" and options.engine not in ENGINES:
        raise PolicyError(answer.zh, answer.en)


def picture_of(held: Held, page: Page, options: OcrOptions, engine: str | None) -> Read:
    """In a process of its own: a page from its picture."""
    from corpus.parse.ocr.pdf_pages import recognised

    prepare(options, engine)
    ((_, read),) = recognised(held.content, [page], options)
    return read


def hides_text(held: Held, numbers: Sequence[int], options: OcrOptions) -> set[int]:
    """In a process of its own: which of the pages have a text that is not what one sees."""
    from corpus.parse.ocr.pdf_pages import hidden_text

    return hidden_text(held.content, numbers, options)


def prepare(options: OcrOptions, engine: str | None) -> None:
    """What recognition needs to know here: engines added at run time, and how many threads."""
    if engine is not None:
        ENGINES.setdefault(options.engine, engine)
    try:
        import cv2
    except ImportError as error:
        raise OcrMissing(options.engine, error.name or str(error)) from error
    cv2.setNumThreads(options.threads)
