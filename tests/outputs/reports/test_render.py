"""The HTML report: complete, self-contained, and nothing of a document runs in it."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import html

from corpus.model.change import Comparison
from outputs.reports import render


def _page(*comparisons: Comparison) -> html.HtmlElement:
    return html.document_fromstring(render.comparisons(comparisons).decode("utf-8"))


def _text(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", "", element.text_content())


def test_every_change_is_a_row_and_carried_over_is_folded_at_the_end(
    comparison: Comparison,
) -> None:
    page = _page(comparison)
    assert len(page.xpath("//tr[contains(@class, 'change')]")) == len(comparison.changes)
    groups = page.xpath("//*[contains(@class, 'group') and .//table]")
    assert [group.tag for group in groups] == ["section", "section", "section", "details"]
    assert len(groups[-1].xpath(".//tr[contains(@class, 'change')]")) == 2


def test_a_row_has_both_quotations_their_pages_and_what_differs(comparison: Comparison) -> None:
    page = _page(comparison)
    (row,) = page.xpath("//tr[@data-kinds='raised']")
    prior, new = row.xpath("./td[@data-heading='原文件' or @data-heading='新文件']")
    assert prior.xpath("string(.//blockquote//del)") == "70"
    assert new.xpath("string(.//blockquote//ins)") == "80"
    assert "第4页" in _text(prior)
    assert "第3页" in _text(new)
    assert "目标值由70所左右提高到80所左右" in _text(row)


def test_filters_count_what_they_keep(comparison: Comparison) -> None:
    page = _page(comparison)
    for by in ("kinds", "fields"):
        buttons = page.xpath(f"//*[@data-by='{by}']/button")
        assert buttons
        for button in buttons:
            rows = page.xpath(f"//tr[contains(@class, 'change')]/@data-{by}")
            kept = sum(button.get("value") in row.split() for row in rows)
            assert kept == int(button.xpath("string(.//*[@class='count'])"))
            assert button.get("aria-pressed") == "false"


def test_without_script_all_is_shown_and_no_dead_button_stands(comparison: Comparison) -> None:
    page = _page(comparison)
    assert not page.xpath("//tr[@hidden]")
    assert all(
        button.get("hidden") is not None or button.xpath("ancestor::*[@hidden]")
        for button in page.xpath("//button")
    )


def test_heads_doubts_and_absence_are_shown(comparison: Comparison) -> None:
    text = _text(_page(comparison))
    assert "云政〔2021〕18号" in text
    assert "2024年3月1日" in text
    assert "存疑未能确定指标名称" in text
    assert "新文件中未找到对应内容" in text
    assert "原文件列入对照6项=变更3+不再提及1+延续2" in text


def test_several_comparisons_have_ids_of_their_own(comparison: Comparison) -> None:
    ids = _page(comparison, comparison).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_it_needs_nothing_from_outside(comparison: Comparison) -> None:
    page = _page(comparison)
    assert not page.xpath("//@src | //link | //@href | //iframe | //object | //form")
    style = page.xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style
    assert page.get("lang") == "zh-CN"


def test_the_policy_admits_exactly_its_own_script_and_style(comparison: Comparison) -> None:
    content = render.comparisons([comparison]).decode("utf-8")
    policy = html.document_fromstring(content).xpath("string(//meta[@http-equiv]/@content)")
    for tag in ("style", "script"):
        inside = content.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_nothing_of_a_document_becomes_markup(
    hostile_comparison: Comparison, comparison: Comparison, hostile: str
) -> None:
    content = render.comparisons([hostile_comparison]).decode("utf-8")
    page = html.document_fromstring(content)
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //i | //@onerror")
    assert "{{7*7}}" in content
    assert hostile in page.xpath("string(//blockquote)")
    allowed = {element.tag for element in _page(comparison).iter() if isinstance(element.tag, str)}
    found = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert found <= allowed | {"p"}


@pytest.mark.parametrize("bad", ["\ud800", "\x00", "\ufffe"])
def test_broken_characters_do_not_break_the_page(
    comparison: Comparison, commitment, bad: str
) -> None:
    from corpus.model.change import Change, ChangeKind

    change = Change(ChangeKind.DROPPED, (), commitment(f"建成{bad}站点"), None)
    made = render.comparisons([Comparison(comparison.priors, comparison.new, (change,))])
    assert "站点" in made.decode("utf-8")
