"""Every word of the pages is in both languages, and an English page holds no Chinese of ours."""

from __future__ import annotations

import ast
import html
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import outputs.review
from outputs import labels, wording
from outputs.review.words import catalogue, translator

_HOME = Path(outputs.review.__file__).parent
_SAID = re.compile(
    r"""(?<![\w.])(?:_|words)\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*[,)]"""
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Words that begin an address or a key and are put together at run time.
_TABLES = re.compile(r"(?:_WORDS|^_NAVIGATION|^STATES)$")


def _said() -> Iterator[str]:
    """What templates and code say in ``_("…")``, and what stands in tables of words."""
    for path in (*_HOME.rglob("*.html"), *_HOME.rglob("*.py")):
        for match in _SAID.finditer(path.read_text("utf-8")):
            yield match[1] or match[2]
    for path in _HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and _TABLES.search(getattr(node.targets[0], "id", "")):
                for leaf in ast.walk(node.value):
                    if isinstance(leaf, ast.Constant) and _CHINESE.search(str(leaf.value)):
                        yield leaf.value
    yield from (label.zh for label in labels.Label)
    yield from wording.SEVERITIES.values()
    yield from wording.BOUNDS.values()
    yield from (f"周{day}" for day in "一二三四五六日")


def test_every_word_has_its_english() -> None:
    wanted = {word for word in _said() if _CHINESE.search(word)}
    assert len(wanted) > 200
    assert wanted - set(catalogue()) == set()


@pytest.mark.parametrize("chinese", sorted(catalogue()))
def test_both_languages_are_filled_in_alike(chinese: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert names(catalogue()[chinese]) == names(chinese)


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
