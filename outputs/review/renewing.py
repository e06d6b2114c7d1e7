"""Comparisons follow what reviewers decide while the application runs: 70所 corrected to 80所 is on
the pages of changes some seconds later, without a run of the pipeline, and nobody waits for it."""

from __future__ import annotations

import logging
import threading
import time

from corpus.comparing import renew_one
from outputs.review.library import Library

_SECONDS = 2.0  # between two looks at whether anybody decided
_SHARE = 10  # comparing takes at most one part in so many of the time
_log = logging.getLogger(__name__)


class Renewer:
    """A thread beside the pages."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen = -1
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="renewer", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Let the one that is being compared be finished, and no other."""
        self._stop.set()
        self._thread.join()

    def look(self) -> list[str]:
        """Compare anew what the newest decisions concern; the documents it was."""
        newest = self._library.decisions.newest()
        if newest == self._seen:
            return []
        store = self._library.store
        renewed: list[str] = []
        for document_id, kept in store.corrected.outdated().items():
            if self._stop.is_set():
                return renewed
            started = time.monotonic()
            if self._one(document_id, kept):
                renewed.append(document_id)
            self._stop.wait((time.monotonic() - started) * (_SHARE - 1))
        self._seen = newest
        if renewed:
            self._library.refresh(now=True)
        return renewed

    def _one(self, document_id: str, kept: tuple[int, ...]) -> bool:
        try:
            return renew_one(self._library.store, document_id, kept)
        except Exception:
            # One document's failure never stops the rest; the next run of the pipeline tells it.
            _log.exception("comparing %s anew", document_id)
            return False

    def _work(self) -> None:
        while not self._stop.wait(_SECONDS):
            try:
                self.look()
            except Exception:
                # The database may be away for a while; the thread must live on.
                _log.exception("looking for comparisons to be made anew")
