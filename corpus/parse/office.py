"""Old office files (DOC, WPS, RTF, ODT): made into DOCX by LibreOffice, where that is installed.

LibreOffice runs in a folder of its own, with a profile of its own that forbids macros and links to
the outside, for a bounded time, and is stopped with all that it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.model.errors import UnreadableFile
from corpus.parse.archive_parts import damaged, encrypted
from corpus.parse.flow import Flow
from corpus.parse.limits import DEFAULT, Limits, too_slow

PACKAGE = "libreoffice-writer-nogui"
_PROGRAMS = ("soffice", "libreoffice")
# Longer than the longest document takes; a hanging one is stopped here.
_SECONDS = 180.0
_SUFFIXES = {"ole": ".doc", "rtf": ".rtf", "odt": ".odt", "word-xml": ".xml"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read(content: bytes, *, source: str, limits: Limits = DEFAULT, first: bool = False) -> Flow:
    """The lines and tables of an old office file."""
    from corpus.parse import docx

    made = converted(content, source=source, limits=limits)
    return docx.read(made, source=source, limits=limits, first=first)


def program() -> str | None:
    """Where LibreOffice is, if it is there with its word processor."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        return None
    folder = Path(found).resolve().parent
    # Debian installs the office without Writer, too; it then says of any text that it is damaged.
    lacks = (folder / "soffice.bin").exists() and not (folder / "libswlo.so").exists()
    return None if lacks else found


def kind_of_ole(content: bytes, *, source: str) -> str:
    """ole for text, sheet or slides; the names of the streams inside tell."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise encrypted(source)
    if holds("WordDocument"):
        return "ole"
    if holds("Workbook"):
        return "sheet"
    return "slides" if holds("PowerPoint Document") else "ole"


def converted(content: bytes, *, source: str, limits: Limits = DEFAULT) -> bytes:
    """The same document as DOCX; UnreadableFile where LibreOffice is missing or can't read it."""
    office = program()
    if office is None:
        raise _missing(source)
    with tempfile.TemporaryDirectory(prefix="taizhang-office-") as name:
        folder = Path(name)
        given = folder / f"document{_suffix(content, source)}"
        given.write_bytes(content)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        _run(office, given, folder, source, limits)
        made = folder / "made" / "document.docx"
        if not made.is_file():
            raise damaged(source)
        limits.check_file(made.stat().st_size, source)
        return made.read_bytes()


def _suffix(content: bytes, source: str) -> str:
    from corpus.parse.formats import detect

    return _SUFFIXES.get(detect(content, source=source), ".doc")


def _run(office: str, given: Path, folder: Path, source: str, limits: Limits) -> None:
    """Run LibreOffice over one file, in a group of processes that ends with it."""
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "made"),
        str(given),
    ]
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment | {"HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            running.wait(timeout=min(_SECONDS, limits.seconds))
        except subprocess.TimeoutExpired as error:
            raise too_slow(source, limits) from error
        finally:
            _stop(running)


def _stop(running: subprocess.Popen[bytes]) -> None:
    """End what is left of the group: soffice starts others that outlive it."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _missing(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "no_office",
        zh=f"旧版 Word、WPS 或 RTF 文件需要 LibreOffice 转换，请安装 Debian 软件包 {PACKAGE}"
        "，或另存为 DOCX、PDF 后再试",
        en=f"old Word, WPS and RTF files are converted by LibreOffice; install the Debian package"
        f" {PACKAGE}, or save it as DOCX or PDF",
    )
