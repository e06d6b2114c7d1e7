"""The lists of the API: filters, pages that add up to the whole, shapes of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.store.desk_records import ChangeFilter, DocumentFilter, RowFilter
from outputs import contract
from outputs.review.library import Library

Program = Callable[..., TestClient]


def _all(program: TestClient, address: str, **query: Any) -> Iterator[dict[str, Any]]:
    """Every item, page by page."""
    cursor = ""
    while True:
        answer = program.get(address, params={**query, "cursor": cursor})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield from page["items"]
        cursor = page["next"]
        if cursor is None:
            return


@pytest.mark.parametrize("size", [1, 7, 200])
def test_pages_of_rows_add_up_to_the_ledgers(program: Program, library: Library, size: int) -> None:
    limit = max(size, 3)
    found = list(_all(program("viewer"), "/api/rows", limit=limit))
    wanted = library.desk.entries(RowFilter(state="standing"), size=1_000).items
    assert sorted(each["commitment"]["id"] for each in found) == sorted(
        each.commitment.id for each in wanted
    )
    places = [(each["document_id"], each["commitment"]["evidence"]["start"]) for each in found]
    assert places == sorted(places)


def test_row_is_told_as_the_contract_has_it(program: Program, library: Library) -> None:
    (first,) = program("viewer").get("/api/rows", params={"limit": 1}).json()["items"]
    row = next(
        each.commitment
        for each in library.desk.entries(RowFilter(), size=1_000).items
        if each.commitment.id == first["commitment"]["id"]
    )
    told = contract.commitment(row)
    assert {name: first["commitment"][name] for name in told} == told
    assert first["link"].startswith("http://127.0.0.1/documents/")


def test_deadlines_come_by_day_and_end(program: Program, library: Library) -> None:
    found = list(_all(program("viewer"), "/api/deadlines", limit=5))
    days = [each["commitment"]["deadline"]["end"] for each in found]
    assert days == sorted(days)
    wanted = library.desk.entries(RowFilter(state="standing", due="dated"), size=1_000)
    assert len(found) == wanted.total > 5


def test_filters_are_those_of_the_pages(program: Program, library: Library, plan: str) -> None:
    viewer = program("viewer")
    found = list(_all(viewer, "/api/rows", unit="财政厅", document=plan))
    wanted = library.desk.entries(RowFilter(unit="财政厅", document=plan), size=1_000)
    assert len(found) == wanted.total > 0
    assert list(_all(viewer, "/api/rows", q="没有这样的词")) == []
    early = list(_all(viewer, "/api/rows", due_before="2024-01-01"))
    assert early
    assert all(each["commitment"]["deadline"]["end"] < "2024-01-01" for each in early)


def test_pages_of_documents_and_changes_add_up(program: Program, library: Library) -> None:
    viewer = program("viewer")
    papers = list(_all(viewer, "/api/documents", limit=1))
    listed = library.desk.papers(DocumentFilter(), size=1_000).items
    assert sorted(each["id"] for each in papers) == sorted(each.id for each in listed)
    changes = list(_all(viewer, "/api/changes", limit=2))
    wanted = library.desk.changes(ChangeFilter(), size=1_000).items
    assert [each["key"] for each in changes] == [each.key for each in wanted]
    (lowered, *_rest) = viewer.get("/api/changes", params={"label": "lowered"}).json()["items"]
    assert "lowered" in lowered["labels"]


def test_document_lineage_queue_and_overview(program: Program, library: Library, plan: str) -> None:
    viewer = program("viewer")
    document = viewer.get(f"/api/documents/{plan}").json()
    assert document["document"]["document_number"] == "云政发〔2023〕9号"
    assert sum(document["states"].values()) == len(library.review(plan).rows)
    assert viewer.get(f"/api/documents/{plan}/lineage").json()["about"]
    queue = viewer.get("/api/queue", params={"limit": 3}).json()
    assert [each["state"] for each in queue] == ["open"] * 3
    counts = viewer.get("/api/overview").json()
    assert sum(counts["due"].values()) == sum(counts["years"].values()) == counts["rows"]
    assert sum(counts["change_labels"].values()) == counts["changes"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/documents/d-none",
        "/api/documents/x%00y",
        "/api/documents/%ED%A0%80/lineage",
        "/api/documents/d-none/rows/c-1",
        "/api/documents/d-none/changes/x-1",
        "/api/documents/d-none/decisions",
        "/api/runs/99",
        "/api/nothing",
        "/api/documents/x%0Ay/lineage",
    ],
)
def test_what_is_not_there_is_told_in_both_languages(program: Program, address: str) -> None:
    answer = program("administrator").get(address)
    assert answer.status_code == 404
    error = answer.json()["error"]
    assert error["code"] == "not_found"
    assert error["zh"]
    assert error["en"]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "many"},
        {"state": "perhaps"},
        {"due_before": "2025-13-01"},
        {"due_before": "0.0"},
        {"q": "x" * 201},
        {"unit": "a\0b"},
        {"cursor": "nonsense"},
        {"cursor": "W10="},
        {"cursor": "WzEsMl0="},
        {"cursor": "令牌"},
    ],
)
def test_bad_filter_is_refused(program: Program, query: dict[str, Any]) -> None:
    answer = program("viewer").get("/api/rows", params=query)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad_request"


def test_description_is_there_for_all_and_says_so_in_chinese_first(program: Program) -> None:
    told = program("viewer").get("/api/openapi.json").json()
    assert told["info"]["title"] == "台账接口 | taizhang API"
    for path in told["paths"].values():
        for operation in path.values():
            assert " | " in operation["summary"]
            assert "429" in operation["responses"]
            assert operation["security"]
