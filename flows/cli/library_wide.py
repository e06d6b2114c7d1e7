"""Beyond one document: who else in the library promises the same."""

from __future__ import annotations

from flows.cli.app import app
from flows.cli.options import AsChanges, ChangeFormat, FileOrWanted, Home, Out, written_as


@app.command(
    help="库中其他文件的同类承诺。\n\nWho else in the library promises what this document does."
)
def counterparts(
    document: FileOrWanted, format: AsChanges = None, out: Out = None, home: Home = None
) -> None:
    from flows.commands.across import show_counterparts

    show_counterparts(document, home, written_as(format, out, ChangeFormat), out)
