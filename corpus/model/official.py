"""The elements of an official document (GB/T 9704—2012): 发文字号, 标题, 主送机关, 成文日期 …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NUMBER = re.compile(r"(?P<code>[^〔〕]{1,24})〔(?P<year>\d{4})〕(?P<serial>\d{1,5})号")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号: issuer code, year, serial. 豫政〔2021〕2号 is ("豫政", 2021, 2)."""

    issuer_code: str
    year: int
    serial: int

    @classmethod
    def of(cls, text: str | None) -> DocumentNumber | None:
        """The parts of a number as headers have it; None for orders and what is no number."""
        match = _NUMBER.fullmatch(text or "")
        return cls(match["code"], int(match["year"]), int(match["serial"])) if match else None

    def __str__(self) -> str:
        return f"{self.issuer_code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """Another document that this one names: 《…》（豫政〔2019〕23号)."""

    title: str
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class OfficialHeader:
    """What the letterhead, the signature and the imprint say. Absent is None or empty.

    ``document_number`` has its brackets as 〔〕; ``title`` has no breaks and no inner blanks.
    The number of an order (令) stands as it is cited: 国务院令第707号.
    """

    title: str | None = None
    document_number: str | None = None
    issuers: tuple[str, ...] = ()
    main_recipients: tuple[str, ...] = ()
    date_of_issue: date | None = None
    date_printed: date | None = None
    annexes: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    copy_number: str | None = None
    classification: str | None = None
    urgency: str | None = None
    index_number: str | None = None
    signers: tuple[str, ...] = ()  # 签发人
    printed_by: str | None = None  # 印发机关
    disclosure: str | None = None  # 此件公开发布, 依申请公开, 内部资料
