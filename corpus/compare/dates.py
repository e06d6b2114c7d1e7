"""When a document was made, for putting versions in order."""

from __future__ import annotations

import re
from datetime import date

from corpus.model.document import Document

_YEAR_OF_NUMBER = re.compile(r"[〔\[(（【](\d{4})[〕\])）】]")


# What is made once a year bears its year: 2024年云岭省政府工作报告. A plan's year is its end.
_YEARLY = re.compile(
    r"((?:19|20)\d\d)年度?(?!.*(?:规划|方案|目标)).*(?:工作报告|公报|要点|总结|执行情况)"
)


def date_of(document: Document) -> date | None:
    """成文日期, else 印发日期; None where neither is known."""
    return document.official.date_of_issue or document.official.date_printed


def year_of(document: Document) -> int | None:
    """Of its date, else of its number (豫政〔2021〕2号 is of 2021), else of a yearly title."""
    made = date_of(document)
    if made is not None:
        return made.year
    match = _YEAR_OF_NUMBER.search(document.official.document_number or "") or _YEARLY.search(
        document.official.title or ""
    )
    return int(match[1]) if match else None


def dated(document: Document) -> tuple[int, date]:
    """Key that puts later documents after earlier ones, those without any date first."""
    made = date_of(document)
    return (year_of(document) or 0, made or date.min)


def is_later(document: Document, than: Document) -> bool:
    """True where both dates are known, by the day or at least by the year, and the first is
    later."""
    days = date_of(document), date_of(than)
    if days[0] is not None and days[1] is not None:
        return days[0] > days[1]
    years = year_of(document), year_of(than)
    return years[0] is not None and years[1] is not None and years[0] > years[1]
