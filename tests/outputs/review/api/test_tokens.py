"""Tokens: shown once, kept as hashes, never more than their account; and who may write without."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from outputs.review import access
from outputs.review.access import AccountError, Role
from outputs.review.library import Library
from outputs.review.tokens import MOST_WRONG, digest, new_token, role_of

Program = Callable[..., TestClient]


def test_token_is_kept_as_its_hash_only(program: Program, library: Library) -> None:
    secret = program("viewer").headers["authorization"].removeprefix("Bearer ")
    (kept,) = library.accounts.tokens.all()
    assert (kept.name, kept.account, kept.role) == ("测试", "程序-viewer", "viewer")
    with library.store.paging._sessions() as session:
        (row,) = session.execute(text("SELECT * FROM api_tokens")).all()
    assert secret not in str(row)
    assert hashlib.sha256(secret.encode()).hexdigest() in row


def test_use_is_noted_and_revocation_works_at_once(program: Program, library: Library) -> None:
    viewer = program("viewer")
    assert viewer.get("/api/overview").status_code == 200
    (kept,) = library.accounts.tokens.all()
    assert kept.used is not None
    assert datetime.now(UTC) - kept.used < timedelta(minutes=1)
    library.accounts.tokens.revoke(kept.id)
    answer = viewer.get("/api/overview")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_expired_token_is_void(program: Program, library: Library) -> None:
    access.new_account(library.accounts, "掌门", "云岭省的密码2025", "administrator")
    account = library.accounts.named("掌门")
    assert account is not None
    past = datetime.now(UTC) - timedelta(seconds=1)
    secret = "tz_" + "a" * 43
    kept = library.accounts.tokens
    kept.add(account.id, "旧", digest(secret), role="viewer", expires=past)
    viewer = program("viewer")
    viewer.headers["Authorization"] = f"Bearer {secret}"
    assert viewer.get("/api/overview").status_code == 401


def test_token_falls_with_its_account(program: Program, library: Library) -> None:
    reviewer = program("reviewer", "张敏")
    (kept,) = library.accounts.tokens.all()
    assert role_of(kept) is Role.REVIEWER
    access.change_account(library.accounts, "张敏", role="viewer")
    (kept,) = library.accounts.tokens.all()
    assert role_of(kept) is Role.VIEWER
    access.change_account(library.accounts, "张敏", disabled=True)
    assert reviewer.get("/api/overview").status_code == 401


@pytest.mark.parametrize(
    ("name", "account", "role", "days"),
    [
        ("周报", "李伟", "viewer", 1),
        ("周报", "张敏", "administrator", 1),
        ("周报", "张敏", "king", 1),
        ("", "张敏", None, 1),
        ("周" * 81, "张敏", None, 1),
        ("周报", "张敏", None, 0),
        ("周报", "张敏", None, 2_000),
    ],
)
def test_token_that_makes_no_sense_is_refused(
    library: Library, name: str, account: str, role: str | None, days: int
) -> None:
    access.new_account(library.accounts, "张敏", "云岭省的密码2025", "reviewer")
    with pytest.raises(AccountError):
        new_token(library.accounts, account, name, role=role, days=days)
    assert library.accounts.tokens.all() == []


def test_wrong_tokens_are_slowed_down_and_right_ones_are_not(
    program: Program, library: Library
) -> None:
    viewer = program("viewer")
    wrong = {"Authorization": "Bearer tz_" + "x" * 43}
    seen = [viewer.get("/api/overview", headers=wrong) for _ in range(MOST_WRONG + 1)]
    assert [each.status_code for each in seen] == [401] * MOST_WRONG + [429]
    assert int(seen[-1].headers["retry-after"]) > 0
    assert viewer.get("/api/overview").status_code == 200
    tried = [line for line in library.accounts.log() if line.action == "token_failed"]
    assert len(tried) == MOST_WRONG


@pytest.mark.parametrize("header", ["", "Bearer", "Basic eDp5", "Bearer 令牌".encode(), "tz_x"])
def test_header_that_is_no_token_is_no_session_either(
    browser: Callable[..., Any], header: str | bytes
) -> None:
    member = browser("张敏")
    assert member.get("/api/overview").status_code == 200
    assert member.get("/api/overview", headers={"Authorization": header}).status_code == 401


def test_session_may_read_and_writes_with_the_form_token_only(
    browser: Callable[..., Any], library: Library, plan: str
) -> None:
    member = browser("张敏")
    row = library.review(plan).rows[0].commitment.id
    address = f"/api/documents/{plan}/rows/{row}/decisions"
    body = {"verdict": "accept", "field": "row", "number": 0}
    assert member.get(f"/api/documents/{plan}").status_code == 200
    assert member.post(address, json=body).status_code == 403
    assert member.post(address, json=body, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    assert library.decisions.of_document(plan) == []
    told = member.post(address, json=body, headers={"X-CSRF-Token": member.csrf})
    assert (told.status_code, told.json()["reviewer"]) == (201, "张敏")


def test_token_writes_without_and_other_sites_never_do(
    program: Program, library: Library, plan: str
) -> None:
    reviewer = program("reviewer")
    row = library.review(plan).rows[0].commitment.id
    address = f"/api/documents/{plan}/rows/{row}/decisions"
    body = {"verdict": "accept", "field": "row", "number": 0}
    foreign = reviewer.post(address, json=body, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert foreign.json()["error"]["zh"]
    assert reviewer.post(address, json=body).status_code == 201


# What each role may do: method, address, the least role
_DOORS = [
    ("GET", "/api/rows", Role.VIEWER),
    ("GET", "/api/documents/{plan}/decisions", Role.VIEWER),
    ("POST", "/api/documents/{plan}/rows", Role.REVIEWER),
    ("POST", "/api/documents/{plan}/rows/{row}/decisions", Role.REVIEWER),
    ("POST", "/api/documents/{plan}/changes/x-1/decisions", Role.REVIEWER),
    ("POST", "/api/uploads", Role.UPLOADER),
    ("GET", "/api/runs", Role.UPLOADER),
    ("POST", "/api/runs/1/cancel", Role.UPLOADER),
    ("POST", "/api/runs/1/retry", Role.UPLOADER),
]


@pytest.mark.parametrize(("method", "door", "needed"), _DOORS)
def test_door_opens_for_tokens_of_its_role_and_those_above(
    program: Program, library: Library, plan: str, method: str, door: str, needed: Role
) -> None:
    row = library.review(plan).rows[0].commitment.id
    address = door.format(plan=plan, row=row)
    for role in Role:
        answer = program(role.value).request(method, address, json={} if method == "POST" else None)
        assert (answer.status_code == 403) is not role.may(needed)
    nobody = program("viewer")
    del nobody.headers["Authorization"]
    assert nobody.request(method, address).status_code in (401, 403)


def test_administrator_makes_and_revokes_tokens_on_the_page(
    browser: Callable[..., Any], library: Library
) -> None:
    chief = browser("掌门", "administrator")
    made = chief.submit(
        "/accounts/tokens", 200, do="add", name="周报", account="掌门", role="viewer", days="30"
    )
    assert "tz_" in made
    assert "tz_" not in chief.see("/accounts")
    (kept,) = library.accounts.tokens.all()
    assert (kept.name, kept.role) == ("周报", "viewer")
    chief.submit("/accounts/tokens", do="revoke", number=str(kept.id))
    assert library.accounts.tokens.all()[0].revoked is not None
    done = [line.action for line in library.accounts.log()]
    assert done[:2] == ["token_revoke", "token_add"]
    chief.submit("/accounts/tokens", 400, do="revoke", number="99")
    assert browser("张敏").post("/accounts/tokens").status_code == 403
