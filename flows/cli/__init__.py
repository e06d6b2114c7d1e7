"""The command line: ``taizhang extract 通知.pdf``, ``taizhang diff 旧.pdf 新.pdf`` …

Only options and help stand here; what a command does, and what that needs to import, is in
``flows.commands``, so that ``taizhang --help`` is quick. Commands are listed in the order in which
these modules name them.
"""

from __future__ import annotations

import os
import sys

from corpus.model.errors import PolicyError
from flows.cli import documents, library, library_wide, running, tokens
from flows.cli.app import app
from flows.commands.output import note

__all__ = ["app", "documents", "library", "library_wide", "main", "running", "tokens"]

_USAGE = 2

# In the list of commands, too, both languages are shown.
for _command in app.registered_commands:
    _command.short_help = (_command.help or "").replace("\n\n", " ")


def main() -> None:
    """Run the command line; what a user can do something about is one line and status 2."""
    for stream in (sys.stdout, sys.stderr):
        # Under LANG=C Python would refuse to print Chinese.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except PolicyError as error:
        note(" ".join(str(error).split()))
        sys.exit(_USAGE)
    except BrokenPipeError:
        # Whoever read us has enough; nothing may be written when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
