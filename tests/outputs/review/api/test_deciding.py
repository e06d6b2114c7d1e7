"""Decisions, uploads and runs by program: as on the pages, with the same refusals."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from outputs.review.library import Library

Program = Callable[..., TestClient]


@pytest.fixture
def row(library: Library, plan: str) -> str:
    """The address of a row with a target."""
    rows = library.review(plan).rows
    found = next(each.commitment for each in rows if each.commitment.target)
    return f"/api/documents/{plan}/rows/{found.id}"


def _target(low: str) -> dict[str, str]:
    return {"raw": f"{low}所", "low": low, "unit": "所", "bound": "exactly", "basis": "level"}


def test_correction_stands_with_its_history_and_is_undone(program: Program, row: str) -> None:
    reviewer = program("reviewer", "张敏")
    body = {"verdict": "correct", "field": "target", "number": 0, "value": _target("91")}
    made = reviewer.post(f"{row}/decisions", json=body | {"reason": "照原文"})
    assert made.status_code == 201, made.text
    assert (made.json()["after"], made.json()["reason"]) == ("91所", "照原文")
    told = reviewer.get(row).json()
    assert told["commitment"]["target"]["low"] == 91
    assert told["machine"]["target"]["low"] != 91
    assert [each["reviewer"] for each in told["commitment"]["marks"]] == ["张敏"]
    assert (told["number"], len(told["decisions"])) == (1, 1)
    undone = reviewer.post(f"{row}/decisions", json={"verdict": "undo", "number": 1})
    assert undone.status_code == 201
    told = reviewer.get(row).json()
    assert told["commitment"]["target"] == told["machine"]["target"]
    assert [each["stands"] for each in told["decisions"]] == [False, False]


def test_who_comes_second_is_told(program: Program, row: str) -> None:
    first, second = program("reviewer", "张敏"), program("reviewer", "李伟")
    body = {"verdict": "accept", "number": 0}
    assert first.post(f"{row}/decisions", json=body).status_code == 201
    late = second.post(f"{row}/decisions", json=body)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "overtaken")
    assert "张敏" in late.json()["error"]["zh"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verdict": "perhaps", "number": 0},
        {"verdict": "add", "number": 0},
        {"verdict": "accept", "number": -1},
        {"verdict": "accept"},
        {"verdict": "reject", "number": 0},
        {"verdict": "correct", "number": 0},
        {"verdict": "undo", "number": 0},
        {"verdict": "correct", "field": "target", "number": 0, "value": {"low": "许多"}},
        {"verdict": "correct", "field": "deadline", "number": 0, "value": {"end": "2025-02-30"}},
        {"verdict": "correct", "field": "target", "number": 0, "value": {"low": 9}},
        {"verdict": "accept", "number": 0, "reason": "x" * 501},
    ],
)
def test_decision_that_makes_no_sense_is_refused(
    program: Program, library: Library, plan: str, row: str, body: dict[str, Any]
) -> None:
    answer = program("reviewer").post(f"{row}/decisions", json=body)
    assert answer.status_code == 422
    assert library.decisions.of_document(plan) == []


def test_missed_row_is_added(program: Program, library: Library, plan: str) -> None:
    reviewer = program("reviewer", "张敏")
    text = library.store.document(plan, lines=False).text
    start = text.index("养老")
    body = {"start": start, "end": start + 12, "reason": "漏抽"}
    made = reviewer.post(f"/api/documents/{plan}/rows", json=body)
    assert made.status_code == 201, made.text
    told = reviewer.get(f"/api/documents/{plan}/rows/{made.json()['subject_id']}").json()
    assert (told["state"], told["machine"]) == ("added", None)
    assert told["commitment"]["evidence"]["text"] == text[start : start + 12]
    beyond = {"start": len(text), "end": len(text) + 5}
    assert reviewer.post(f"/api/documents/{plan}/rows", json=beyond).status_code == 422
    turned = {"start": 9, "end": 3}
    assert reviewer.post(f"/api/documents/{plan}/rows", json=turned).status_code == 422


def test_change_is_confirmed_and_dismissed_with_a_reason(program: Program) -> None:
    reviewer = program("reviewer")
    (found,) = reviewer.get("/api/changes", params={"limit": 1}).json()["items"]
    address = f"/api/documents/{found['document_id']}/changes/{found['key']}"
    body = {"state": "rejected", "number": 0}
    assert reviewer.post(f"{address}/decisions", json=body).status_code == 422
    assert reviewer.post(f"{address}/decisions", json=body | {"reason": "误判"}).status_code == 201
    told = reviewer.get(address).json()
    assert (told["state"], told["number"]) == ("rejected", 1)
    late = reviewer.post(f"{address}/decisions", json={"state": "accepted", "number": 0})
    assert late.status_code == 409
    back = reviewer.post(f"{address}/decisions", json={"state": "open", "number": 1})
    assert back.status_code == 201
    assert reviewer.get(address).json()["state"] == "open"


def test_upload_is_looked_at_run_and_told(program: Program) -> None:
    uploader = program("uploader")
    content = "云岭省商务厅关于夜间消费的通知\n\n到2026年，建成夜间消费集聚区30个。\n".encode()
    files = [("files", ("夜间消费.txt", content)), ("files", ("空.pdf", b""))]
    told = uploader.post("/api/uploads", files=files)
    assert told.status_code == 202, told.text
    assert [each["accepted"] for each in told.json()["files"]] == [True, False]
    address = f"/api/runs/{told.json()['run']['id']}"
    for _ in range(200):
        run = uploader.get(address).json()
        if run["state"] not in ("waiting", "running"):
            break
        time.sleep(0.05)
    assert (run["state"], run["outcomes"][0]["result"]) == ("finished", "done")
    document = run["outcomes"][0]["document_id"]
    rows = uploader.get("/api/rows", params={"document": document}).json()["items"]
    assert [each["commitment"]["target"]["low"] for each in rows] == [30]
    assert uploader.post(f"{address}/cancel").json()["state"] == "finished"
    assert [each["id"] for each in uploader.get("/api/runs").json()] == [run["id"]]


@pytest.mark.parametrize(
    "given",
    [
        {"data": {"files": "no file"}},
        {"json": {"files": []}},
        {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"", "headers": {"Content-Type": "multipart/form-data"}},
        {},
    ],
)
def test_upload_without_files_is_refused(program: Program, given: dict[str, Any]) -> None:
    assert program("uploader").post("/api/uploads", **given).status_code in (400, 422)
