"""The words of the pages: Chinese in templates and code, English from one catalogue.

``_("文件")`` is 文件 for a reader of Chinese and Documents for one of English; a test holds the
catalogue to what the pages say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LANGUAGES = {"zh": "中文", "en": "English"}
DEFAULT = "zh"

Translate = Callable[..., str]


@cache
def catalogue() -> dict[str, str]:
    """English by Chinese."""
    text = files("outputs.review").joinpath("english.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


def translator(language: str) -> Translate:
    """A function from Chinese words, with {names} to fill in, to those of the language."""

    def translate(chinese: str, **values: object) -> str:
        words = catalogue().get(chinese, chinese) if language == "en" else chinese
        return words.format(**values) if values else words

    return translate
