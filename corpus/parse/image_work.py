"""Pictures of pages read in processes beside this one, in order, few of them in memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.model.document import Page, Seal, TextSource
from corpus.model.errors import UnreadableFile
from corpus.parse.limits import Clock
from corpus.parse.ocr.engine import OcrOptions
from corpus.parse.pages_told import tell
from corpus.parse.pdf_sheets import Sheet
from corpus.parse.worker import Held
from corpus.parse.workers import Job, Lost, processors, run

if TYPE_CHECKING:
    from corpus.parse.image import Picture

Read = tuple[Sheet, Page, tuple[Seal, ...]]
_POINTS = 72.0


def read_pictures(
    found: Iterable[tuple[Picture, int]], clock: Clock, *, total: int = 0
) -> Iterator[Read]:
    """What stands on each picture; the page says why where nothing could be read. ``total`` is how
    many there are, where that is known."""
    given: list[tuple[int, float, float]] = []
    asked = _asked(found, clock, given)
    job = Job("corpus.parse.image_work:read_picture", b"", clock.limits)
    for index, answer in enumerate(run(job, asked, seconds=clock.left)):
        clock.check()
        if total:
            tell(index + 1, total)
        if isinstance(answer, Lost):
            yield _lost(answer, clock, *given[index])
        else:
            yield answer


def _asked(
    found: Iterable[tuple[Picture, int]], clock: Clock, given: list[tuple[int, float, float]]
) -> Iterator[tuple[Any, ...]]:
    """Tasks, the second picture looked at before the first is given away: one that is alone has all
    processors. ``given`` keeps number and size of each."""
    options = OcrOptions(seconds_per_page=clock.limits.page_seconds)
    many = replace(options, threads=1)
    one = replace(options, threads=processors(clock.limits))
    waiting: tuple[Picture, int] | None = None
    several = False
    for picture, number in found:
        if waiting is not None:
            several = True
            yield (*waiting, clock.source, many)
        width, height = (side / picture.per_point for side in picture.image.size)
        given.append((number, width, height))
        waiting = shrunk(picture, options), number
    if waiting is not None:
        yield (*waiting, clock.source, many if several else one)


def shrunk(picture: Picture, options: OcrOptions) -> Picture:
    """No finer than what recognition can use: it is sent from one process to another."""
    factor = options.dpi / _POINTS / picture.per_point
    if factor >= 1:
        return picture
    width, height = picture.image.size
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return replace(picture, image=picture.image.resize(size), per_point=picture.per_point * factor)


def _lost(lost: Lost, clock: Clock, number: int, width: float, height: float) -> Read:
    if lost.kind == "ocr_missing":
        zh, en = (
            lost.zh.removeprefix(f"{clock.source}："),
            lost.en.removeprefix(f"{clock.source}: "),
        )
        raise UnreadableFile(clock.source, "ocr_missing", zh=zh, en=en)
    return Sheet(number, height), Page(number, width, height, TextSource.OCR, str(lost)), ()


def read_picture(
    held: Held, picture: Picture, number: int, source: str, options: OcrOptions
) -> Read:
    """In a process of its own: a page from its picture."""
    from corpus.parse.image import recognised
    from corpus.parse.pdf_work import prepare

    prepare(options, None)
    return recognised(picture, number, source=source, options=options)
