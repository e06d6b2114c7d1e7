"""Windows cover a long text once, each read whole."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.learned.windows import together, windows


@pytest.mark.parametrize("length", [0, 1, 20, 21, 25, 30, 31, 59, 60, 61, 400])
def test_windows_keep_every_character_once(length: int) -> None:
    found = windows(length, longest=20)
    kept = [at for w in found for at in range(w.kept_from, w.kept_to)]
    assert kept == list(range(length))
    assert all(w.end - w.start <= 20 for w in found)
    assert all(w.start <= w.kept_from and w.kept_to <= w.end for w in found)


def test_windows_believe_no_edge_inside_the_text() -> None:
    for window in windows(100, longest=20):
        assert window.kept_from == 0 or window.kept_from - window.start >= 5
        assert window.kept_to == 100 or window.end - window.kept_to >= 4


def test_together_puts_the_rows_in_their_places() -> None:
    text = np.arange(75).reshape(75, 1)
    parts = [(w, text[w.start : w.end]) for w in windows(75, longest=20)]
    assert (together(parts) == text).all()
