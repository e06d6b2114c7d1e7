"""The change report (新旧对照) as one HTML file that needs nothing else and prints on A4.

Nothing a document says can run: every text is escaped, and the page's own policy admits only the
one script and the one style sheet that it was made with.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus.model.change import Comparison
from outputs.labels import Label
from outputs.records import Links
from outputs.reports.page import ReportView, report


def comparisons(comparisons: Sequence[Comparison], *, links: Links | None = None) -> bytes:
    """One page for one or several comparisons."""
    views = [report(comparison, links) for comparison in comparisons]
    style, script = own("changes.css"), own("changes.js")
    page = (
        environment()
        .get_template("changes.html")
        .render(
            title=_title(views),
            reports=views,
            style=style,
            script=script,
            policy=policy(style, script),
            Label=Label,
        )
    )
    # Characters that HTML can't hold (lone surrogates of a damaged text layer) become ?.
    return page.encode("utf-8", "replace")


def _title(views: Sequence[ReportView]) -> str:
    if len(views) != 1:
        return f"新旧对照（{len(views)} 份文件）"
    return f"新旧对照：{views[0].documents[-1].title}"


def environment() -> Environment:
    """Templates in which every text is escaped."""
    return Environment(
        loader=PackageLoader("outputs.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def own(name: str) -> Markup:
    """A file of ours to stand in the page as it is."""
    text = files("outputs.reports").joinpath("templates", name).read_text("utf-8")
    return Markup(text)


def policy(style: str, script: str = "") -> str:
    """Content-Security-Policy: these two texts by their hash, and nothing from anywhere."""
    scripts = _hash(script) if script else "'none'"
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {scripts}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
