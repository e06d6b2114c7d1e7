"""``doctor``: what is installed, configured and reachable, and how large the library is."""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.commands.output import deliver
from flows.settings import load

_GOOD, _BAD = 0, 1


def show_health(home: Path | None) -> int:
    """A table of all checks; 0 where nothing that is needed is wrong, 1 otherwise."""
    from flows.doctor import State, diagnose
    from outputs.exports.grid import Grid

    words = {State.GOOD: "正常", State.LACKING: "未装/未设", State.BAD: "有问题"}
    checks = diagnose(load(home))
    grid = Grid(("项目", 30), ("结果", 9), ("说明", 0))
    for check in checks:
        grid.add(check.subject, words[check.state], check.detail)
    width = max(100, shutil.get_terminal_size().columns)
    deliver(("\n".join(grid.lines(width)) + "\n").encode("utf-8", "replace"), None)
    return _BAD if any(check.state is State.BAD for check in checks) else _GOOD
