"""Makes the sample PDFs from their print sources: sources/plan-2021.html → documents/plan-2021.pdf.

``python -m corpus.samples.make`` prints each source with chromium. Debian has what it needs:
chromium, fonts-lxgw-wenkai (OFL) and fonts-droid-fallback (Apache-2.0), both of which may be
embedded and are TrueType, so that chromium embeds subsets of them; OpenType fonts with PostScript
outlines (Noto CJK) it takes apart into Type 3 fonts four times the size. The PDFs are committed, so
only a change of a source or of the style sheet asks for it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).parent
_SOURCES = _HERE / "sources"
_DOCUMENTS = _HERE / "documents"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
_INSTALL = "apt-get install chromium fonts-lxgw-wenkai fonts-droid-fallback"
_SECONDS = 120


def browser() -> str | None:
    """Where chromium is, if it is there."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def sources() -> list[Path]:
    """The pages that are printed."""
    return sorted(_SOURCES.glob("*.html"))


def print_pdf(source: Path, pdf: Path, *, chromium: str) -> None:
    """Prints one source; CalledProcessError where chromium can't."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            chromium,
            *_FLAGS,
            f"--user-data-dir={profile}",
            f"--print-to-pdf={pdf}",
            source.resolve().as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def main() -> int:
    """Every source anew; 2 where chromium is missing."""
    chromium = browser()
    if chromium is None:
        sys.stderr.write(
            f"未找到 chromium，请先安装（{_INSTALL}） | "
            f"chromium is missing; install it ({_INSTALL})\n"
        )
        return 2
    for source in sources():
        pdf = _DOCUMENTS / f"{source.stem}.pdf"
        print_pdf(source, pdf, chromium=chromium)
        sys.stdout.write(f"{pdf.name}\t{pdf.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
