"""What a reviewer corrects is on the pages of changes soon after, without a run."""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi.testclient import TestClient

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.store.desk_records import ChangeFilter
from outputs.review.app import create_app
from outputs.review.library import Library
from outputs.review.renewing import Renewer
from outputs.review.site import Site


def _lowered(library: Library) -> tuple[str, str]:
    """The document and the row of a change that asks less than before."""
    entry = library.desk.changes(ChangeFilter(label="lowered")).items[0]
    new = entry.change.new
    assert new is not None
    return entry.document_id, new.id


def _related(library: Library, document_id: str) -> None:
    prior = library.store.find_document("plan-2021.pdf")
    found = Related(Relation(document_id, prior, "same_title", 1.0), same_work=False)
    library.store.save_relations(document_id, checked=[prior], found=[found], version="1")


def _correct(browser: Callable, library: Library, document_id: str, row: str) -> None:
    _related(library, document_id)
    before = next(
        c.prior
        for each in library.comparisons(document_id)
        for c in each.changes
        if c.prior and c.new and c.new.id == row
    )
    assert before.target is not None
    browser("张敏").submit(
        f"/documents/{document_id}/rows/{row}",
        do="correct:target",
        number="0",
        raw="",
        low=str(before.target.quantity.low),
        unit=before.target.quantity.unit,
        bound=before.target.bound.value,
        basis=before.target.basis.value,
        per=before.target.per or "",
        base=before.target.base or "",
    )


def _labels(library: Library, row: str) -> set[str]:
    found = library.desk.changes(ChangeFilter(carried=True), size=1_000).items
    return {label for e in found if e.change.new and e.change.new.id == row for label in e.labels}


def test_correction_to_the_prior_value_is_no_change_any_more(
    browser: Callable, library: Library
) -> None:
    document_id, row = _lowered(library)
    _correct(browser, library, document_id, row)
    assert "lowered" in _labels(library, row)
    renewer = Renewer(library)
    assert renewer.look() == [document_id]
    assert "lowered" not in _labels(library, row)
    assert renewer.look() == []


def test_decision_about_a_change_that_is_none_any_more_is_told(
    browser: Callable, library: Library
) -> None:
    document_id, row = _lowered(library)
    (key,) = [
        e.key
        for e in library.desk.changes(ChangeFilter(), size=1_000).items
        if e.change.new and e.change.new.id == row
    ]
    member = browser("张敏")
    member.submit(f"/documents/{document_id}/changes/{key}", do="accepted", number="0")
    address = f"/api/documents/{document_id}"
    assert member.get(address).json()["lost"] == []
    _correct(browser, library, document_id, row)
    Renewer(library).look()
    (lost,) = member.get(address).json()["lost"]
    assert (lost["kind"], lost["subject_id"], lost["reviewer"]) == ("lost", key, "张敏")
    page = member.see(f"/documents/{document_id}")
    assert "所审核的变化现已不在的意见（1）" in page
    assert f'href="/documents/{document_id}/changes/{key}"' in page


def test_change_of_a_list_that_is_some_seconds_old_says_that_it_is_gone(
    browser: Callable, library: Library
) -> None:
    document_id, row = _lowered(library)
    entry = library.desk.changes(ChangeFilter(label="lowered")).items[0]
    address = f"/documents/{document_id}/changes/{entry.key}"
    late = browser("李芳")
    late.see(address)
    _correct(browser, library, document_id, row)
    Renewer(library).look()
    answer = late.get(address)
    assert answer.status_code == 410
    assert "这处变化现已不在" in answer.text
    assert f'href="/changes?document={document_id}"' in answer.text
    assert "您的意见没有记录" not in answer.text
    assert "您的意见没有记录" in late.submit(address, 409, do="accepted", number="0")
    assert library.decisions.of_subject(document_id, entry.key) == []


def test_change_of_no_document_and_no_key_is_not_there(browser: Callable, plan: str) -> None:
    guest = browser()
    assert guest.get("/documents/d-0000000000/changes/x-0123456789").status_code == 404
    assert guest.get(f"/documents/{plan}/changes/nothing").status_code == 404


def test_served_application_does_so_by_itself_and_stops(
    browser: Callable, library: Library, site: Site
) -> None:
    document_id, row = _lowered(library)
    _correct(browser, library, document_id, row)
    with TestClient(create_app(site)):
        end = time.monotonic() + 30
        while "lowered" in _labels(library, row) and time.monotonic() < end:
            time.sleep(0.1)
    assert "lowered" not in _labels(library, row)
