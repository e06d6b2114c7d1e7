"""Every word of the pages is in both languages, and an English page holds no Chinese of ours."""

from __future__ import annotations

import html
import io
import re
import string
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outputs import labels, wording
from outputs.review import messages, words
from outputs.review.words import catalogue, catalogue_path, translator

_CATALOGUE = catalogue("en")


def test_catalogue_has_all_that_the_pages_say_and_nothing_else() -> None:
    found = messages.messages()
    assert len(found) > 200
    assert {label.zh for label in labels.Label} <= found
    assert set(wording.SEVERITIES.values()) <= found
    assert set(_CATALOGUE) == found, "run `make messages` and fill in what is new"


def test_catalogue_is_as_make_messages_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "review.po"
    copy.write_bytes(catalogue_path("en").read_bytes())
    monkeypatch.setattr(messages, "catalogue_path", lambda _language: copy)
    assert messages.update("en") == []
    assert copy.read_text("utf-8") == catalogue_path("en").read_text("utf-8")


@pytest.mark.parametrize("chinese", sorted(_CATALOGUE))
def test_both_languages_are_filled_in_alike(chinese: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    *one, many = _CATALOGUE[chinese].forms
    assert names(many) == names(chinese)
    # What is said of one may leave the number out.
    assert all(names(text) <= names(chinese) for text in one)


def test_messages_are_found_where_an_expression_chooses_them() -> None:
    template = """{{ _("甲") if a else _('乙') }}{{ _({"x": "丙"}[x]) }}{{ _("共 {n} 项", n=1) }}"""
    found = [each[2] for each in messages.in_template(io.BytesIO(template.encode()), (), (), {})]
    assert sorted(map(str, found)) == sorted(["甲", "乙", "丙", str(("共 {n} 项", "共 {n} 项"))])


def test_messages_of_code_are_calls_and_tables() -> None:
    code = 'A_WORDS = {1: "甲"}\nb = "乙"\nc = visitor.words("丙")\nd = N_("丁")\n'
    found = [each[2] for each in messages.in_code(io.BytesIO(code.encode()), (), (), {})]
    assert sorted(map(str, found)) == sorted(["甲", "丙", "丁"])


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 document"),
        ("en", 0, "0 documents"),
        ("en", 10_000, "10,000 documents"),
        ("zh", 1, "1 份文件"),
        ("zh", 10_000, "10,000 份文件"),
    ],
)
def test_numbers_count_and_are_written_as_the_language_does(
    language: str, count: int, said: str
) -> None:
    assert translator(language)("{n} 份文件", n=count) == said


def test_years_are_not_written_as_numbers() -> None:
    assert translator("en")("{year} 年到期", year=2026) == "due in 2026"


def test_days_and_moments_are_written_as_the_language_does() -> None:
    assert words.day("zh", date(2026, 1, 5)) == "2026年1月5日"
    assert words.day("en", date(2026, 1, 5)) == "Jan 5, 2026"
    noon = datetime(2026, 1, 5, 12, 7, tzinfo=UTC)
    assert words.moment("en", noon) == f"Jan 5, 2026 {noon.astimezone():%H:%M}"
    assert words.moment("en", noon.replace(tzinfo=None)) == words.moment("en", noon)
    assert words.share("zh", 0.876) == "88%"


def test_english_page_has_no_chinese_but_what_documents_say(browser: Callable) -> None:
    guest = browser()
    guest.get("/language/en?next=/documents")
    for address in ("/upload", "/accounts", "/queue", "/deadlines?q=none", "/changes?q=none"):
        text = html.unescape(guest.see(address))
        assert '<html lang="en">' in text
        body = re.sub(r"<tbody>.*?</tbody>|<title>.*?</title>", "", text, flags=re.DOTALL)
        found = set(re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<[^>]+>", " ", body)))
        assert found <= {"中文"}, address


def test_language_is_kept_and_leads_back_to_the_page(browser: Callable) -> None:
    guest = browser()
    answer = guest.get("/language/en?next=/deadlines?unit=a", follow_redirects=False)
    assert answer.headers["location"] == "/deadlines?unit=a"
    assert "Deadlines" in guest.see("/deadlines")
    assert guest.get("/language/xx").status_code == 404
    guest.get("/language/zh")
    assert "时限" in guest.see("/deadlines")


def test_words_without_english_stay_as_they_are() -> None:
    assert translator("en")("云岭省") == "云岭省"
    assert translator("zh")("共 {total} 条", total=3) == "共 3 条"
