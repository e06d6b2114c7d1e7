"""Runs the commands that the READMEs show and writes what they print below them, so that no output
in there is made up: ``$ taizhang documents`` is followed by what it really said.

``python docs/rerun.py README.md README.zh-CN.md``. The commands of one file run one after another
in a folder of their own that holds the sample documents. ``<!-- lines: 12 -->`` above a block says
how many lines of each output are shown; a table is cut between two rows.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_NEEDED = ("corpus/samples/documents", "corpus/gold")
_BLOCK = re.compile(
    r"(?:(?<=\n)[ ]*<!-- lines: (?P<most>\d+) -->\n)?"
    r"(?P<open>(?P<indent>[ ]*)```console\n)(?P<body>.*?)(?P<close>[ ]*```\n)",
    re.DOTALL,
)
_COMMAND = re.compile(r"^ *\$ (?P<command>.+)$", re.MULTILINE)
_COLUMNS = "100"
_SECONDS = 300


def commands(text: str) -> Iterator[str]:
    """Every command that a README shows with its output."""
    for block in _BLOCK.finditer(text):
        for command in _COMMAND.finditer(block["body"]):
            yield command["command"]


def rerun(text: str, folder: Path) -> str:
    """The text with every output anew."""
    for needed in _NEEDED:
        shutil.copytree(_ROOT / needed, folder / needed)

    def written(block: re.Match[str]) -> str:
        most = int(block["most"]) if block["most"] else None
        lines: list[str] = []
        for found in _COMMAND.finditer(block["body"]):
            lines += [f"$ {found['command']}", *shortened(_output(found["command"], folder), most)]
        body = "".join(f"{block['indent']}{line}".rstrip() + "\n" for line in lines)
        before = block[0][: block.start("open") - block.start()]
        return f"{before}{block['open']}{body}{block['close']}"

    return _BLOCK.sub(written, text)


def shortened(lines: Sequence[str], most: int | None) -> list[str]:
    """The first lines and … where there are more."""
    if most is None or len(lines) <= most:
        return list(lines)
    kept = list(lines[:most])
    borders = [place for place, line in enumerate(kept) if line.startswith("+-")]
    if borders and lines[most].startswith(("|", "+-")):
        kept = kept[: borders[-1] + 1]
    return [*kept, "…"]


def _output(command: str, folder: Path) -> list[str]:
    """What a person sees: standard output and error together, whatever the exit status."""
    environ = {name: value for name, value in os.environ.items() if "TAIZHANG" not in name}
    environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"
    environ["COLUMNS"] = _COLUMNS
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=_SECONDS,
    )
    return ran.stdout.decode("utf-8").splitlines()


def main(names: Sequence[str]) -> None:
    for name in names:
        path = _ROOT / name
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(rerun(path.read_text("utf-8"), Path(folder)), "utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
