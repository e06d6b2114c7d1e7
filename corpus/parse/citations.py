"""Documents that a text names: 《河南省人民政府关于…的通知》（豫政〔2019〕23号）."""

from __future__ import annotations

import re

from corpus.model.official import CitedDocument
from corpus.model.view import tidy
from corpus.parse.marks import is_title_end, number_in

_CITED = re.compile(
    r"《(?P<title>[^《》〈〉]{0,200}(?:[《〈][^《》〈〉]{0,200}[》〉][^《》〈〉]{0,200}){0,5})》"
    r"(?P<behind>\([^()]{4,40}\))?"
)
_LAW = re.compile(r"(?:法|条例|宪法|\d{4}|行动|总体|建议|协定|公约)$")


def cited_documents(text: str, *, own_title: str | None = None) -> tuple[CitedDocument, ...]:
    """Every document that is named by title, once, in the order of the text."""
    found: dict[str, CitedDocument] = {}
    for match in _CITED.finditer(tidy(text).text):
        title, number = match["title"], number_in(match["behind"] or "")
        if title == own_title or not (number or is_title_end(title) or _LAW.search(title)):
            continue
        known = found.get(title)
        if known is None or (known.document_number is None and number):
            found[title] = CitedDocument(title, number)
    return tuple(found.values())
