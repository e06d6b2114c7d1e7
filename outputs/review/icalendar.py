"""Deadlines as an iCalendar feed (RFC 5545): an all-day event for each that has a last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from corpus.store.desk_records import Entry
from outputs import wording
from outputs.review.links import link

_LONGEST = 75  # bytes of a line


def feed(entries: Iterable[Entry], *, base: str) -> bytes:
    """A calendar; ``base`` is where the application answers."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//taizhang//deadlines//ZH",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:台账时限",
    ]
    for entry in entries:
        lines += _event(entry, base, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode("utf-8")


def _event(entry: Entry, base: str, stamp: str) -> Iterator[str]:
    commitment = entry.commitment
    if commitment.deadline is None or commitment.deadline.end is None:
        return
    due = commitment.deadline.end
    units = wording.units(commitment)
    parts = (wording.one_line(commitment.evidence.quote), units, entry.title)
    yield "BEGIN:VEVENT"
    yield f"UID:{commitment.id}.{entry.document_id}@taizhang"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(wording.gist(commitment))}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(part for part in parts if part))}"
    yield f"URL:{base}{link(f'/documents/{entry.document_id}', row=commitment.id)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Text in which nothing of a document can end the line or begin a property."""
    kept = "".join(c for c in text if c == "\n" or c.isprintable())
    kept = kept.encode("utf-8", "replace").decode("utf-8").replace("\\", "\\\\")
    return kept.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes; no character is cut."""
    part, size = "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LONGEST:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
