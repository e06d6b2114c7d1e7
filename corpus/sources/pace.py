"""When the next request may go: so long after the last one, a little later by chance, and only in
the hours that are set (22:00–06:00).
"""

from __future__ import annotations

from random import Random

from corpus.sources.clock import Clock
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Manners


class Pace:
    """Keeps the distance between the requests to one site, all its hosts together."""

    def __init__(self, manners: Manners, clock: Clock, random: Random) -> None:
        self._manners = manners
        self._clock = clock
        self._random = random
        self._last: float | None = None
        self._asked = 0

    @property
    def asked(self) -> int:
        """How many requests have been let go."""
        return self._asked

    def wait(self, url: str, *, delay: float = 0.0) -> None:
        """Return when the next request may go; ``delay`` is what robots.txt asks for. NotFetched
        where none may go any more."""
        self._check(url)
        gap = max(1 / self._manners.rate, delay)
        gap *= 1 + self._manners.jitter * self._random.random()
        if self._last is not None:
            left = self._last + gap - self._clock.monotonic()
            if left > 0:
                self._clock.sleep(left)
            self._check(url)
        self._last = self._clock.monotonic()
        self._asked += 1

    def _check(self, url: str) -> None:
        if self._asked >= self._manners.requests:
            raise NotFetched(url, "budget", note=str(self._manners.requests))
        if not self._manners.open_at(self._clock.now()):
            raise NotFetched(url, "hours")
