"""``python -m flows.cli``: the command line where it is not on the path."""

from __future__ import annotations

from flows.cli import main

main()
