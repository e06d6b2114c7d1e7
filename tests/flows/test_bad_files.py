"""What can't be read is said in one line, in two languages, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


def _pdf(*, pages: int = 1, encrypted: bool = False) -> bytes:
    """A small PDF with one line of Latin type on each page."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(pages))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    stream = "BT /F1 12 Tf 72 700 Td (By 2025 build 70 canteens.) Tj ET"
    for n in range(pages):
        objects[10 + 2 * n] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {11 + 2 * n} 0 R>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream"
    trailer = "/Root 1 0 R"
    if encrypted:
        secret = "5a" * 32
        objects[4] = f"<</Filter/Standard/V 1/R 2/O<{secret}>/U<{secret}>/P -4>>"
        trailer += "/Encrypt 4 0 R/ID[<00><00>]"
    return _file(objects, trailer)


def _file(objects: dict[int, str], trailer: str) -> bytes:
    out = "%PDF-1.4\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    rows = [
        f"{places[n]:010d} 00000 n \n" if n in places else "0000000000 65535 f \n"
        for n in range(size)
    ]
    out += f"xref\n0 {size}\n{''.join(rows)}trailer\n<</Size {size}{trailer}>>\n"
    return f"{out}startxref\n{start}\n%%EOF\n".encode("latin-1")


_NOTICE = (
    "云岭省人民政府关于印发云岭省社区养老服务规划的通知\n云政发〔2021〕3号\n\n各市人民政府：\n\n"
    "到2025年，新建社区食堂70所左右。（省财政厅负责）\n\n2021年3月1日\n"
)

_UNREADABLE: dict[str, Callable[[], bytes]] = {
    "truncated.pdf": lambda: _pdf(pages=3)[:200],
    "encrypted.pdf": lambda: _pdf(encrypted=True),
    "no-pages.pdf": lambda: _pdf(pages=0),
    "empty.pdf": lambda: b"",
    "empty.txt": lambda: b"",
    "binary.pdf": lambda: bytes(range(256)) * 40,
    "rubbish.txt": lambda: bytes((i * 167 + i * i * 31) % 256 for i in range(9000)),
    "blank.txt": lambda: b" \n\t\n",
    "zip.docx": lambda: b"PK\x03\x04" + b"\x00" * 200,
}


def _taizhang(work: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", *words],
        cwd=work,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", sorted(_UNREADABLE))
def test_unreadable_file_is_one_line_and_writes_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(_UNREADABLE[name]())
    found = _taizhang(tmp_path, "extract", name, "--format", "json", "-o", "out.json")
    assert (found.returncode, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    chinese, _, english = line.partition(" | ")
    assert name in chinese
    assert name in english
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_bytes(_NOTICE.encode(encoding))
    found = _taizhang(tmp_path, "extract", "通知.txt", "--format", "json")
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout)["commitments"][0]["target"]["raw"] == "70所左右"


def test_quick_look_does_without_prefect_and_the_library(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(_NOTICE, "utf-8")
    script = (
        "import sys\nfrom flows.cli import main\ntry:\n    main()\nfinally:\n"
        "    sys.stderr.write(str([m for m in ('prefect', 'sqlalchemy') if m in sys.modules]))"
    )
    words = ["extract", "通知.txt"]
    found = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert found.stderr == "[]"
    assert [path.name for path in tmp_path.iterdir()] == ["通知.txt"]


@pytest.mark.usefixtures("prefect")
def test_good_files_of_a_folder_go_through(tmp_path: Path) -> None:
    from corpus.store import open_store
    from corpus.store.records import Result
    from flows.pipeline import run

    make: dict[str, Callable[[], bytes]] = {
        **_UNREADABLE,
        "通知.txt": lambda: _NOTICE.encode("gbk"),
    }
    paths = []
    for name, content in make.items():
        paths.append(str(tmp_path / name))
        (tmp_path / name).write_bytes(content())
    url = f"sqlite:///{tmp_path / 'library' / 'taizhang.db'}"

    first = run(paths, str(tmp_path / "library"), url)
    again = run(paths, str(tmp_path / "library"), url)

    results = {outcome.source: outcome.result for outcome in first}
    assert results == {**dict.fromkeys(_UNREADABLE, Result.FAILED), "通知.txt": Result.DONE}
    assert all(outcome.reason for outcome in first if outcome.result is Result.FAILED)
    assert [o.result for o in again] == [o.result for o in first]
    assert all(outcome.unchanged for outcome in again)
    with open_store(url) as store:
        assert [entry.source for entry in store.entries()] == ["通知.txt"]
