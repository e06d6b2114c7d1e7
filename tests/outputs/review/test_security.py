"""Headers, other sites, sizes, and hostile text in every place that a document can put it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.model.commitment import Ledger
from corpus.store.records import Stage, StoredFile
from outputs.review.library import Library
from outputs.review.links import local
from outputs.review.security import attachment


def test_every_answer_bears_the_policy(browser: Callable) -> None:
    for address in ("/documents", "/nothing", "/static/review.js", "/documents?page=0"):
        headers = browser().get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_cookie_is_kept_from_scripts_and_other_sites(browser: Callable) -> None:
    cookie = browser().get("/documents").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pages_have_no_inline_script_or_style_and_load_nothing_from_elsewhere(
    browser: Callable, plan: str
) -> None:
    for address in ("/documents", f"/documents/{plan}"):
        text = browser().see(address)
        assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text) == []
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', text) == []


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/changes?unit=a", "/changes?unit=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_only_our_own_addresses_are_gone_back_to(address: str, where: str) -> None:
    assert local(address) == where


def test_name_of_a_download_can_break_no_header() -> None:
    made = attachment('通知"\r\nX: 1;%../..\\<b>.pdf')
    assert "\r" not in made
    assert "\n" not in made
    assert re.fullmatch(r"attachment; filename=\"[^\"\\/]+\"; filename\*=UTF-8''[\w.%~-]+", made)


def test_hostile_text_of_a_document_marks_up_nothing(
    browser: Callable, library: Library, hostile: str, hostile_ledger: Ledger, staged: Callable
) -> None:
    document = replace(hostile_ledger.document, text=hostile * 20, pages=())
    evidence = document.cite(hostile_ledger.commitments[0].evidence.span)
    row = replace(hostile_ledger.commitments[0], evidence=evidence)
    sha256 = document.provenance.sha256
    library.store.save_file(StoredFile(sha256, hostile, 1))
    library.store.save_document(document, staged(sha256, Stage.PARSE))
    library.store.save_ledger(Ledger(document, (row,)), staged(sha256, Stage.EXTRACT))
    library.refresh(now=True)
    guest = browser()
    for address in (
        "/documents",
        f"/documents?q={hostile[:40]}",
        f"/documents/{document.id}",
        f"/documents/{document.id}?row={row.id}",
        f"/documents/{document.id}/rows/{row.id}",
    ):
        text = guest.see(address)
        assert "<img src=x" not in text
        assert "alert(1)</script>" not in text
        assert "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", text)
