"""How many pages a PDF has, counted before any of them is opened: 100,000 take minutes."""

from __future__ import annotations

import io
import re

from corpus.parse.limits import Limits

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def check_pages(content: bytes, *, source: str, limits: Limits) -> None:
    """Refuse a PDF that has, or says it has, more pages than allowed."""
    limits.check_pages(sum(1 for _ in _PAGE.finditer(content)), source)
    limits.check_pages(_promised(content), source)


def _promised(content: bytes) -> int:
    """How many pages the file says it has; 0 where it is too damaged to say."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import dict_value, resolve1

    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        said = resolve1(dict_value(document.catalog.get("Pages")).get("Count"))
    # A damaged file can raise anything from inside pdfminer; its reader then says what is wrong.
    except Exception:
        return 0
    return said if isinstance(said, int) else 0
