"""Old office files: converted where LibreOffice is, named with its package where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse import office
from corpus.parse.flow import FlowLine, FlowTable
from corpus.parse.formats import read
from corpus.parse.limits import Limits
from tests.corpus.parse.docx_files import cell, docx, levels, lists, numbered, paragraph, row, table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
needs_office = pytest.mark.skipif(
    office.program() is None, reason=f"LibreOffice is not installed ({office.PACKAGE})"
)


@pytest.mark.parametrize(
    ("content", "source"), [(OLE, "a.doc"), (OLE, "a.wps"), (b"{\\rtf1 x}", "a.rtf")]
)
def test_missing_office_is_named_with_its_package(
    content: bytes, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnreadableFile) as raised:
        read(content, source=source)
    assert raised.value.reason == "no_office"
    assert "libreoffice-writer-nogui" in raised.value.zh
    assert "libreoffice-writer-nogui" in raised.value.en


def test_office_without_its_word_processor_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("soffice", "soffice.bin"):
        (tmp_path / name).touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.program() is None
    (tmp_path / "libswlo.so").touch()
    assert office.program() == str(tmp_path / "soffice")


def test_hanging_office_is_stopped_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n/bin/sleep 60 & echo $! > {child}\n/bin/sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as raised:
        read(OLE, source="a.doc", limits=Limits(seconds=0.5))
    assert raised.value.reason == "too_slow"
    assert time.monotonic() - started < 10
    assert not _runs(int(child.read_text()))


def _runs(process: int) -> bool:
    """True while the process does anything; one that was killed may wait to be buried."""
    for _ in range(50):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_office_that_makes_nothing_says_the_file_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile) as raised:
        read(OLE, source="a.doc")
    assert raised.value.reason == "damaged"


@needs_office
@pytest.mark.parametrize(("format", "sign"), [("doc", "、"), ("odt", "、"), ("rtf", ".")])
def test_old_formats_read_as_the_new_one_does(format: str, sign: str, tmp_path: Path) -> None:
    # LibreOffice writes no other sign than those of ASCII behind the numbers of an RTF list.
    body = (
        paragraph("云岭省特色农业发展规划")
        + numbered("总体要求")
        + numbered("到2027年，建成示范基地20个。", 1)
        + table(row(cell("任务"), cell("单位")), row(cell("扩大种植"), cell("农业厅")))
        + paragraph("附则")
    )
    described = ("chineseCountingThousand", f"%1{sign}"), ("decimal", "%2.")
    numbering = levels(*described) + lists(n1="0")
    given = tmp_path / "given.docx"
    given.write_bytes(docx(body, numbering=numbering))
    made = given.with_suffix(f".{format}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office.program() or "", profile, "--headless", "--convert-to", format]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(given)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    flow = read(made.read_bytes(), source=made.name)
    lines = ["".join(item.text.split()) for item in flow.items if isinstance(item, FlowLine)]
    assert lines == [
        "云岭省特色农业发展规划",
        f"一{sign}总体要求",
        "1.到2027年，建成示范基地20个。",
        "附则",
    ]
    (found,) = [item for item in flow.items if isinstance(item, FlowTable)]
    assert [c.text for c in found.cells] == ["任务", "单位", "扩大种植", "农业厅"]
