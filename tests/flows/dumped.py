"""The content of a library in a form that two libraries can be compared by: no numbers of rows, no
times, and nothing of who did what in which order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, text

from corpus.store import open_store

# What must be nought in any library that is whole, whatever happened to those who made it.
BROKEN = {
    "document without a reading": (
        "SELECT count(*) FROM documents d WHERE NOT EXISTS (SELECT 1 FROM bodies b"
        " WHERE b.document_id = d.id AND b.superseded IS NULL)"
    ),
    "document with two readings": (
        "SELECT count(*) FROM (SELECT document_id FROM bodies WHERE superseded IS NULL"
        " GROUP BY document_id HAVING count(*) > 1) twice"
    ),
    "document with two extractions": (
        "SELECT count(*) FROM (SELECT document_id FROM extractions WHERE superseded IS NULL"
        " GROUP BY document_id HAVING count(*) > 1) twice"
    ),
    "extraction without its record": (
        "SELECT count(*) FROM extractions e JOIN documents d ON d.id = e.document_id"
        " WHERE NOT EXISTS (SELECT 1 FROM stages s WHERE s.sha256 = d.sha256"
        " AND s.stage = 'extract' AND s.version = e.version)"
    ),
    "reading without its record": (
        "SELECT count(*) FROM bodies b JOIN documents d ON d.id = b.document_id"
        " WHERE NOT EXISTS (SELECT 1 FROM stages s WHERE s.sha256 = d.sha256"
        " AND s.stage = 'parse' AND s.version = b.version)"
    ),
    "record of a reading without the reading": (
        "SELECT count(*) FROM stages s WHERE s.stage = 'parse' AND s.result <> 'failed'"
        " AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.sha256 = s.sha256)"
    ),
    "record of an extraction without the extraction": (
        "SELECT count(*) FROM stages s WHERE s.stage = 'extract' AND s.result <> 'failed'"
        " AND NOT EXISTS (SELECT 1 FROM documents d JOIN extractions e ON e.document_id = d.id"
        " WHERE d.sha256 = s.sha256)"
    ),
    "stage done twice": (
        "SELECT count(*) FROM (SELECT sha256 FROM stages GROUP BY sha256, stage, version"
        " HAVING count(*) > 1) twice"
    ),
    "something done again": (
        "SELECT (SELECT count(*) FROM bodies WHERE superseded IS NOT NULL)"
        " + (SELECT count(*) FROM extractions WHERE superseded IS NOT NULL)"
        " + (SELECT count(*) FROM comparisons WHERE superseded IS NOT NULL)"
    ),
    "extraction not in the index": (
        "SELECT count(*) FROM commitments c JOIN extractions e ON e.id = c.extraction_id"
        " WHERE e.superseded IS NULL AND NOT EXISTS (SELECT 1 FROM index_commitments i"
        " WHERE i.row_id = c.row_id)"
    ),
    "gap in a ledger": (
        "SELECT count(*) FROM (SELECT extraction_id FROM commitments GROUP BY extraction_id"
        " HAVING count(*) <> max(position) + 1) gaps"
    ),
    "claim that nobody gave back": "SELECT count(*) FROM claims",
}


def broken(url: str) -> dict[str, int]:
    """What is not whole, and how much of it."""
    with create_engine(url).connect() as connection:
        found = {name: connection.scalar(text(query)) for name, query in BROKEN.items()}
    return {name: count for name, count in found.items() if count}


def dumped(url: str) -> dict[str, Any]:
    """By file name everything that the library says of the document."""
    with open_store(url) as store:
        return {
            entry.source: {
                "document": store.document(entry.id),
                "ledger": store.ledger(entry.id).commitments,
                "relations": store.relations(entry.id),
                "comparisons": store.comparisons(entry.id),
                "stages": [
                    (record.stage, record.version, record.result, record.reason)
                    for record in store.stages(entry.sha256)
                    if record.stage != "compare"
                ],
            }
            for entry in store.entries()
        }
