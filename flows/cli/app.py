"""The application that the commands register with."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="taizhang",
    help="台账：政策文件的目标任务及其变化。\n\n"
    "The ledger of what policy documents promise, by when, by whom, and what changed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
