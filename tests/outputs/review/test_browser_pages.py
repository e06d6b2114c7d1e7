"""Every page in a real browser: wide and narrow, light and dark, for those who see it and those who
hear it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.store.desk_records import ChangeFilter
from outputs.review.library import Library

pytestmark = pytest.mark.browser

_ROOT = Path(__file__).parents[3]


# AXE_CORE is where axe.min.js is, where it is not installed in the project.
_AXE = Path(os.environ.get("AXE_CORE", _ROOT / "node_modules" / "axe-core" / "axe.min.js"))


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_scrolls_sideways(
    window: Callable, plan: str, library: Library, width: int
) -> None:
    key = library.desk.changes(ChangeFilter()).items[0].key
    row = library.review(plan).rows[0].commitment.id
    page = window(width)
    for address in _addresses(plan, row, key):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, address


def _addresses(plan: str, row: str, key: str) -> list[str]:
    return [
        "/",
        "/documents",
        f"/documents/{plan}?row={row}",
        f"/documents/{plan}?row={row}&view=text",
        f"/documents/{plan}/add?quote=坚持实事求是、尽力而为",
        f"/documents/{plan}/quality",
        "/queue",
        "/changes",
        f"/documents/{plan}/changes/{key}",
        "/deadlines",
        "/deadlines?month=2025-12",
        "/deadlines?by=unit",
        "/subscriptions",
        "/upload",
        "/accounts",
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_of_wcag(
    window: Callable, plan: str, library: Library, scheme: str, width: int
) -> None:
    if not _AXE.exists():
        pytest.skip("axe-core is not installed (npm install --no-save axe-core)")
    key = library.desk.changes(ChangeFilter()).items[0].key
    row = library.review(plan).rows[0].commitment.id
    page = window(width, color_scheme=scheme)
    found = {}
    for address in _addresses(plan, row, key):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(_AXE.read_text("utf-8"))
        result = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
        for each in result["violations"]:
            places = [node["html"][:160] for node in each["nodes"][:3]]
            found[f"{address} {each['id']}"] = places
    assert found == {}
