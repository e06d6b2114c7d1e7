"""The words of the pages: Chinese in templates and code, other languages from Babel catalogues.

``_("文件")`` is 文件 for a reader of Chinese and Documents for one of English. The catalogues are
read as they are written (``locale/en/LC_MESSAGES/review.po``), once, when first asked for; ``make
messages`` brings them up to what the pages say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, dates, numbers
from babel.messages.pofile import read_po

LANGUAGES = {"zh": "中文", "en": "English"}
DEFAULT = "zh"
_LOCALES = {"zh": "zh_Hans_CN", "en": "en"}

# Numbers that are names: nobody writes the year 2,026.
_PLAIN = frozenset({"year", "month"})

Translate = Callable[..., str]


def N_(text: str) -> str:  # noqa: N802 - what gettext calls it
    """Marks a text that is put through ``_`` elsewhere."""
    return text


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is."""
    return Path(__file__).parent / "locale" / language / "LC_MESSAGES" / "review.po"


@dataclass(frozen=True, slots=True)
class Words:
    """What to say for a message: for one, and for the other numbers as the language counts."""

    forms: tuple[str, ...]

    def of(self, plural: int) -> str:
        """The form of that number; most messages have one for all."""
        return self.forms[min(plural, len(self.forms) - 1)]


@cache
def catalogue(language: str) -> Mapping[str, Words]:
    """What has words in the language, by its Chinese."""
    with catalogue_path(language).open("rb") as file:
        read = read_po(file, locale=language, domain="review")
    found = {}
    for message in read:
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = strings(message.string)
        if key and all(forms):
            found[key] = Words(forms)
    return found


def strings(string: Any) -> tuple[str, ...]:
    """All forms of a translation; empty where there is none yet."""
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])


@cache
def translator(language: str) -> Translate:
    """A function from Chinese words, with {names} to fill in, to those of the language; numbers
    are filled in as the language writes them, and what {n} counts as it counts."""
    words = {} if language == DEFAULT else catalogue(language)
    locale = _locale(language)

    def translate(chinese: str, **values: object) -> str:
        count = values.get("n")
        plural = locale.plural_form(count) if isinstance(count, int) else "other"
        known = words.get(chinese)
        text = known.of(0 if plural == "one" else 1) if known else chinese
        if not values:
            return text
        return text.format(**{name: _shown(language, name, v) for name, v in values.items()})

    return translate


def _shown(language: str, name: str, value: object) -> object:
    return number(language, value) if isinstance(value, int) and name not in _PLAIN else value


def number(language: str, value: int | float) -> str:
    """300,000."""
    return numbers.format_decimal(value, locale=_locale(language))


def share(language: str, value: float) -> str:
    """87%."""
    return numbers.format_percent(value, locale=_locale(language))


def day(language: str, value: date) -> str:
    """2026年11月25日, Nov 25, 2026."""
    local = _local(value) if isinstance(value, datetime) else value
    return dates.format_date(local, "medium", locale=_locale(language))


def moment(language: str, value: datetime) -> str:
    """2026年11月25日 09:30, Nov 25, 2026 09:30, by the clock of the server."""
    clock = dates.format_time(_local(value), "HH:mm", locale=_locale(language))
    return f"{day(language, value)} {clock}"


def _local(value: datetime) -> datetime:
    """SQLite gives moments back without saying that they are UTC."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone()
