"""How much of a file is read before it is refused: a ZIP of 42 KB that unpacks to petabytes, a
picture that says it has 50,000 × 50,000 pixels, a PDF of 100,000 pages.

The defaults let through what offices send (a scanned yearbook of 2,000 pages, an A0 map at
300 dpi) and keep what doesn't belong there from taking the machine.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from corpus.model.errors import UnreadableFile

_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. Sizes in bytes; ``seconds`` of the clock for all of it.

    ``unpacked`` counts what all parts of a ZIP hold together, ``part`` one of them; ``ratio`` is
    unpacked to packed, asked only of parts over ``_SMALL``. ``nesting`` counts ZIPs inside of ZIPs,
    ``tables`` tables inside of tables, ``objects`` what one page prints. ``page_seconds`` is for
    one page, ``memory`` for one of the processes that read pages, ``workers`` is how many of these
    there may be; 0 for two where there are as many processors.
    """

    file: int = 500 * _MEGA
    pages: int = 5_000
    pixels: int = 170 * _MEGA
    entries: int = 20_000
    part: int = 200 * _MEGA
    unpacked: int = 1_000 * _MEGA
    ratio: int = 200
    nesting: int = 3
    tables: int = 12
    objects: int = 500_000
    seconds: float = 1_800.0
    page_seconds: float = 120.0
    memory: int = 3_000 * _MEGA
    workers: int = 0

    def check_file(self, size: int, source: str) -> None:
        """Refuse a file that is too big to be read."""
        if size > self.file:
            raise too_big(
                source,
                "file",
                zh=f"文件有 {_mb(size)} MB，超过上限 {_mb(self.file)} MB，请拆分后再试",
                en=f"a file of {_mb(size)} MB, over the limit of {_mb(self.file)}; split it",
            )

    def check_pages(self, count: int, source: str) -> None:
        """Refuse a file of too many pages."""
        if count > self.pages:
            raise too_big(
                source,
                "pages",
                zh=f"文件有 {count} 页以上，超过上限 {self.pages} 页，请拆分后再试",
                en=f"{count} pages or more, over the limit of {self.pages}; split the file",
            )

    def check_pixels(self, width: int, height: int, source: str) -> None:
        """Refuse a picture by what its head says, before anything of it is decoded."""
        if width * height > self.pixels:
            raise too_big(
                source,
                "pixels",
                zh=f"图片为 {width}×{height} 像素，超过上限 {self.pixels // _MEGA} 百万像素"
                "，请降低分辨率后再试",
                en=f"a picture of {width}×{height} pixels, over the limit of"
                f" {self.pixels // _MEGA} million; scan it at a lower resolution",
            )


DEFAULT = Limits()


def too_big(source: str, which: str, *, zh: str, en: str) -> UnreadableFile:
    """The error of a file that is over a bound; its reason names which."""
    return UnreadableFile(source, f"too_big_{which}", zh=zh, en=en)


@dataclass(frozen=True, slots=True)
class Clock:
    """Asked between two pages or parts, so that no file is read for longer than allowed."""

    source: str
    limits: Limits = DEFAULT
    started: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds that are left of the file's time."""
        return self.started + self.limits.seconds - time.monotonic()

    def check(self) -> None:
        """Refuse to go on once the time is over."""
        if self.left < 0:
            raise too_slow(self.source, self.limits)


def too_slow(source: str, limits: Limits) -> UnreadableFile:
    """The error of a file that took longer than it may."""
    seconds = f"{limits.seconds:g}"
    return UnreadableFile(
        source,
        "too_slow",
        zh=f"{seconds} 秒内没有读完，已停止；请拆分文件，或另存为 PDF 后再试",
        en=f"not read within {seconds} seconds and stopped; split the file, or save it as PDF",
    )


def _mb(size: int) -> str:
    return f"{size / _MEGA:.0f}"
