"""A listing (沿革, 检查, 上下级对照, 指标沿革) as one HTML file that needs nothing else.

The picture comes first, the table that says the same below it. No script at all.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from outputs import wording
from outputs.exports.listing import Listing
from outputs.records import Cell
from outputs.reports.render import environment, own, policy


def page(listing: Listing) -> bytes:
    """The whole page."""
    style = own("changes.css") + own("listing.css")
    made = (
        environment()
        .get_template("listing.html")
        .render(
            listing=listing,
            headers=[column.header for column in listing.columns],
            rows=[
                ([_shown(column.read(row)) for column in listing.columns], listing.doubtful(row))
                for row in listing.rows
            ],
            style=style,
            policy=policy(style),
        )
    )
    return made.encode("utf-8", "replace")


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return wording.day(cell)
    return wording.figure(cell) if isinstance(cell, Decimal) else str(cell)
