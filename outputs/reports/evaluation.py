"""An evaluation (评测报告) as one HTML page that needs nothing else, or as Markdown: the figures of
several ways side by side, and every 漏抽, 多抽 and difference in its sentence.

What was measured is not known here; whoever measured hands over tables and cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from outputs.reports.render import environment, own, policy

_SIZE, _EDGE = 260, 34


@dataclass(frozen=True, slots=True)
class Table:
    """Figures; the first cell of a row is its heading, ``note`` says how to read them."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One difference: what was said, and the sentence cut at the words that it is about."""

    where: str
    said: str
    before: str
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Cases:
    """Differences of one kind: 漏抽 missed（3）."""

    title: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Everything about one way, or about all of them."""

    title: str
    tables: tuple[Table, ...] = ()
    figure: Markup = field(default_factory=Markup)
    cases: tuple[Cases, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole report."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]


def html(evaluation: Evaluation) -> bytes:
    """The whole page."""
    style = own("changes.css") + own("listing.css") + own("evaluation.css")
    made = (
        environment()
        .get_template("evaluation.html")
        .render(evaluation=evaluation, style=style, policy=policy(style))
    )
    return made.encode("utf-8", "replace")


def markdown(evaluation: Evaluation) -> bytes:
    """The same as text with tables."""
    lines = [f"# {_plain(evaluation.title)}", ""]
    lines += [f"{_plain(line)}  " for line in evaluation.lead]
    for section in evaluation.sections:
        lines += ["", f"## {_plain(section.title)}"]
        for table in section.tables:
            lines += ["", f"### {_plain(table.title)}", "", *_table(table)]
        for group in section.cases:
            lines += ["", f"### {_plain(group.title)}", ""]
            lines += [_case(case) for case in group.cases]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def reliability(points: Sequence[tuple[float, float, int]], title: str) -> Markup:
    """How often commitments of a confidence are right: (confidence, share right, how many) each;
    on the diagonal confidence is what it says."""
    side = _SIZE - 2 * _EDGE

    def at(x: float, y: float) -> tuple[str, str]:
        return f"{_EDGE + x * side:.1f}", f"{_EDGE + (1 - y) * side:.1f}"

    line = " ".join(",".join(at(x, y)) for x, y, _ in points)
    dots = Markup("").join(
        Markup('<circle class="dot" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
            *at(x, y),
            f"{3 + min(count, 400) / 80:.1f}",
            f"置信度 {x:.2f}，正确 {y:.0%}，{count} 条",
        )
        for x, y, count in points
    )
    (left, top), (right, bottom) = at(0, 1), at(1, 0)
    return Markup(
        '<figure class="reliability"><figcaption>{}</figcaption>'
        '<svg role="img" viewBox="0 0 {} {}" width="{}"><title>{}</title>'
        '<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<line class="edge dashed" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<polyline class="trend" points="{}"/>{}'
        '<text class="tick" x="{}" y="{}">置信度 confidence</text>'
        '<text class="tick" x="4" y="20">正确率 right</text></svg></figure>'
    ).format(
        title, _SIZE, _SIZE, _SIZE, title, left, bottom, right, bottom, left, top, left, bottom,
        left, bottom, right, top, line, dots, _SIZE // 3, _SIZE - 8,
    )  # fmt: skip


def _table(table: Table) -> list[str]:
    rows = [table.headers, tuple("---" for _ in table.headers), *table.rows]
    lines = ["| " + " | ".join(_plain(cell) for cell in row) + " |" for row in rows]
    return [*lines, "", _plain(table.note)] if table.note else lines


def _case(case: Case) -> str:
    words = f"**{_plain(case.words)}**" if case.words else ""
    quote = f"{_plain(case.before)}{words}{_plain(case.after)}"
    return f"- {_plain(case.where)} {_plain(case.said)}  \n  “{quote}”"


def _plain(text: str) -> str:
    """Nothing a document says is markup."""
    shown = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_|<>[]#" else sign for sign in shown)
