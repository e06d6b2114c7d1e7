"""The bounds of what one file may take, from the settings: ``[limits]`` pages = 2000.

Sizes are given in megabytes and millions of pixels there, as people know them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from corpus.model.errors import SettingsError
from corpus.parse.limits import DEFAULT, Limits

_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """``file_mb`` and ``unpacked_mb`` bound a file and what a ZIP holds, ``pages`` its pages,
    ``megapixels`` one picture, ``seconds`` all of it and ``page_seconds`` one page, ``memory_mb``
    each process that reads pages; ``workers`` of these at once, 0 for two where
    there are two processors (each takes up to half a gigabyte)."""

    file_mb: int = DEFAULT.file // _MEGA
    unpacked_mb: int = DEFAULT.unpacked // _MEGA
    pages: int = DEFAULT.pages
    megapixels: int = DEFAULT.pixels // _MEGA
    seconds: float = DEFAULT.seconds
    page_seconds: float = DEFAULT.page_seconds
    memory_mb: int = DEFAULT.memory // _MEGA
    workers: int = DEFAULT.workers

    def limits(self) -> Limits:
        """The same as the readers take it; SettingsError for what lets nothing through."""
        for each in fields(self):
            value = getattr(self, each.name)
            if value < 0 or (value == 0 and each.name != "workers"):
                raise SettingsError(
                    f"设置 limits.{each.name} 应大于 0，现为 {value}",
                    f"the setting limits.{each.name} must be over 0; it is {value}",
                )
        return Limits(
            file=self.file_mb * _MEGA,
            unpacked=self.unpacked_mb * _MEGA,
            pages=self.pages,
            pixels=self.megapixels * _MEGA,
            seconds=self.seconds,
            page_seconds=self.page_seconds,
            memory=self.memory_mb * _MEGA,
            workers=self.workers,
        )


def limits() -> Limits:
    """The bounds that are set."""
    from flows.settings import load

    return load().limits.limits()
