"""Pictures of every page, wide and narrow, light and dark: ``make screenshots``, to be looked at.

Not a test by its name, so that it runs only when asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.model.review import ReviewedField, Verdict
from corpus.store.desk_records import ChangeFilter
from corpus.store.subscriptions import SubscriptionKind
from outputs.review import deciding
from outputs.review.digest import ALONE
from outputs.review.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples" / "documents"
pytestmark = pytest.mark.browser

_FOLDER = Path(__file__).parents[3] / "screenshots"
_HEIGHTS = {1440: 900, 390: 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", list(_HEIGHTS))
def test_take(window: Callable, library: Library, plan: str, width: int, scheme: str) -> None:
    rows = library.review(plan).rows
    _decide(library, plan)
    library.subscriptions.add(ALONE, SubscriptionKind.UNIT, "财政厅")
    library.subscriptions.add(ALONE, SubscriptionKind.ALL, "")
    key = library.desk.changes(ChangeFilter(label="lowered")).items[0].key
    web = library.store.find_document("web-2022.html")
    pages = {
        "overview": "/",
        "documents": "/documents",
        "document": f"/documents/{plan}?row={rows[3].commitment.id}",
        "document-text": f"/documents/{web}?row={library.review(web).rows[1].commitment.id}",
        "add": f"/documents/{plan}/add?quote=坚持实事求是、尽力而为",
        "quality": f"/documents/{plan}/quality",
        "queue": "/queue",
        "changes": "/changes",
        "change": f"/documents/{plan}/changes/{key}",
        "deadlines": "/deadlines",
        "calendar": "/deadlines?month=2025-12",
        "units": "/deadlines?by=unit",
        "subscriptions": "/subscriptions",
        "upload": "/upload",
        "accounts": "/accounts",
        "not-there": "/nothing",
        "english": "/language/en?next=/",
    }
    page = window(width, _HEIGHTS[width], color_scheme=scheme)
    _FOLDER.mkdir(exist_ok=True)
    for name, address in pages.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        path = _FOLDER / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=path, full_page=width < 1000 or name != "document")
    _choosing(page, width, scheme)


def _choosing(page: Page, width: int, scheme: str) -> None:
    """What an upload of known files asks, and the drawers of a document."""
    page.goto("/upload")
    page.set_input_files("#files", [SAMPLES / "web-2022.html", SAMPLES / "plan-2021.pdf"])
    page.click(".drop button")
    page.wait_for_selector("#choose")
    page.screenshot(path=_FOLDER / f"upload-choice-{width}-{scheme}.png", full_page=True)


def _decide(library: Library, plan: str) -> None:
    """So that every state is in the picture."""
    rows = library.review(plan).rows
    for row, verdict, field, form in (
        (rows[0], Verdict.ACCEPT, ReviewedField.ROW, {}),
        (rows[1], Verdict.REJECT, ReviewedField.ROW, {"reason": "是现状，不是目标"}),
        (rows[3], Verdict.CORRECT, ReviewedField.INDICATOR, {"value": "护理型床位占比"}),
        (rows[3], Verdict.ACCEPT, ReviewedField.TARGET, {}),
    ):
        number = len(library.decisions.of_subject(plan, row.commitment.id))
        deciding.decide(
            library, row, who="张敏", verdict=verdict, field=field, number=number, form=form
        )
