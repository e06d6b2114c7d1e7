"""Who may do what, in a real browser: roles, tokens, and documents that are up to no good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from corpus.model.commitment import Ledger
from corpus.store.records import Stage, StoredFile
from outputs.review import access
from outputs.review.library import Library

pytestmark = pytest.mark.browser

_PASSWORD = "云岭省的密码2025"


def test_viewer_reads_and_changes_nothing_and_a_wrong_token_is_refused(
    window: Callable, library: Library, plan: str, row: str
) -> None:
    access.new_account(library.accounts, "王芳", _PASSWORD, "viewer")
    access.new_account(library.accounts, "张敏", _PASSWORD, "reviewer")
    page = window()
    page.goto(f"/documents/{plan}?row={row}")
    page.fill('[name="name"]', "王芳")
    page.fill('[name="password"]', "不是这个密码2025")
    page.click("form.stack button")
    assert "账号名或密码不正确" in page.inner_text("main")
    page.fill('[name="password"]', _PASSWORD)
    page.click("form.stack button")
    page.wait_for_selector("#panel .row-panel")
    assert page.locator("#decide, .add-link, [data-do='edit']").count() == 0
    page.goto("/upload")
    assert "没有“上传”权限" in page.inner_text("main")
    page.click("button:has-text('退出')")
    page.fill('[name="name"]', "张敏")
    page.fill('[name="password"]', _PASSWORD)
    page.click("form.stack button")
    page.goto(f"/documents/{plan}?row={row}")
    page.evaluate(
        "() => { document.body.dataset.csrf = '0'.repeat(64);"
        " document.querySelectorAll('[name=csrf]').forEach(each => { each.value = '0'; }); }"
    )
    page.click('[data-do="accept-row"]')
    page.wait_for_selector("#panel .notice.warn")
    assert "页面已过期或请求来源不符" in page.inner_text("#panel")
    assert library.decisions.of_document(plan) == []


def test_token_is_made_shown_once_used_and_revoked(window: Callable, served: str) -> None:
    page = window()
    page.goto("/accounts")
    page.fill("input[name=name]", "赵琳")
    page.fill("input[name=password]", _PASSWORD)
    page.click("button[value=add]")
    page.wait_for_url("**/sign-in**")
    page.fill("input[name=name]", "赵琳")
    page.fill("input[name=password]", _PASSWORD)
    page.click("main button")
    page.wait_for_selector("nav[aria-label=主导航]")
    page.goto("/accounts")
    form = page.locator("form[action='/accounts/tokens'].filters")
    form.locator("input[name=name]").fill("报表系统")
    form.locator("select[name=role]").select_option("viewer")
    form.locator("button").click()
    secret = page.inner_text(".secret")
    assert _asked(served, secret) == 200
    page.goto("/accounts")
    assert page.locator(".secret").count() == 0
    line = page.locator("tr", has_text="报表系统").filter(has=page.locator("button[value=revoke]"))
    assert "赵琳" in line.inner_text()
    assert "从未" not in line.inner_text()
    line.locator("button[value=revoke]").click()
    page.wait_for_selector("text=已撤销")
    assert _asked(served, secret) == 401


def _asked(served: str, secret: str) -> int:
    """What a program with that token is answered."""
    request = Request(f"{served}/api/overview", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_nothing_that_a_document_says_runs(
    window: Callable, library: Library, hostile: str, hostile_ledger: Ledger, staged: Callable
) -> None:
    document = replace(hostile_ledger.document, text=hostile * 20, pages=())
    evidence = document.cite(hostile_ledger.commitments[0].evidence.span)
    row = replace(hostile_ledger.commitments[0], evidence=evidence)
    sha256 = document.provenance.sha256
    library.store.save_file(StoredFile(sha256, hostile, 1))
    library.store.save_document(document, staged(sha256, Stage.PARSE))
    library.store.save_ledger(Ledger(document, (row,)), staged(sha256, Stage.EXTRACT))
    library.refresh(now=True)
    page = window()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for address in ("/documents", f"/documents/{document.id}", "/queue", "/deadlines", "/"):
        page.goto(address)
        assert page.locator("img[src='x']").count() == 0
    page.goto(f"/documents/{document.id}")
    page.locator(".rows-table tbody tr").first.click()
    page.wait_for_selector("#panel .row-panel")
    assert ran == []
