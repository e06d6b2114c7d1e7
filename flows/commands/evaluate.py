"""``evaluate``: one annotated document, or a folder of them, extracted in one way or several and
scored; on the terminal, or as a report with every difference in its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.intake import read
from corpus.model.errors import SettingsError
from flows.commands.bars import working
from flows.commands.output import deliver

if TYPE_CHECKING:
    from extractors.evaluation.misses import Miss
    from extractors.evaluation.reliability import Judged
    from extractors.evaluation.side_by_side import Evaluated, Scored
    from outputs.reports.evaluation import Case, Cases, Evaluation, Section, Table

ALL = ("baseline", "rules", "model", "both")
_NAMES = {
    "baseline": "基线：模式与词性 baseline",
    "rules": "规则 rules",
    "model": "模型 model",
    "model-by-distance": "模型、按距离关联 model by distance",
    "both": "规则与模型 both",
}
_SPAN_NOTE = "完全一致：两端与种类都相同；相交：与同种类的标注有共同文字。"


def evaluate_files(
    gold: Path,
    file: Path,
    format: str,
    out: Path | None,
    *,
    ways: Sequence[str] = (),
    ner_model: str | None = None,
    misses: bool = False,
) -> None:
    """Figures of every way asked for; without one, of the way that the settings choose."""
    pairs = _pairs(gold, file)
    report = format in ("html", "md")
    names = tuple(dict.fromkeys(ways)) or (ALL if report else (_default(ner_model),))
    evaluated = _evaluated(pairs, names, ner_model)
    if report:
        from outputs.reports.evaluation import html, markdown

        made = evaluation(evaluated, names)
        deliver(html(made) if format == "html" else markdown(made), out)
        return
    lines = [line for name in names for line in _shown(evaluated, name, names, misses=misses)]
    deliver(("\n".join(lines) + "\n").encode("utf-8"), out)


def _pairs(gold: Path, file: Path) -> list[tuple[Path, Path]]:
    """An annotation and its document; of folders, those that are called alike."""
    if not gold.is_dir():
        return [(gold, file)]
    from extractors.evaluation.gate import documents_of

    if not file.is_dir():
        raise SettingsError(
            f"{gold} 是文件夹，{file} 也应是文件夹", f"{gold} is a folder; {file} must be one, too"
        )
    found = [
        (each, one) for each in sorted(gold.glob("*.jsonl")) for one in documents_of(each, file)
    ]
    if not found:
        raise SettingsError(f"{gold} 中没有标注文件（*.jsonl）", f"no *.jsonl in {gold}")
    return found


def _default(ner_model: str | None) -> str:
    from extractors.learned.choice import RULES_ALONE
    from flows.model import ner_choice

    return "rules" if ner_choice(ner_model).source == RULES_ALONE else "both"


def _evaluated(
    pairs: Sequence[tuple[Path, Path]], names: Sequence[str], ner_model: str | None
) -> list[Evaluated]:
    from corpus.parse import parse
    from extractors.evaluation.side_by_side import evaluated
    from extractors.evaluation.ways import way
    from flows.model import ner_of

    ner = ner_of(ner_model)
    ways = {name: way(name, ner) for name in names}
    found = []
    for gold, file in pairs:
        with working(f"评测 {file.name}"):
            found.append(evaluated(gold, parse(read(file), source=file.name), ways))
    return found


def _shown(
    documents: Sequence[Evaluated], name: str, names: Sequence[str], *, misses: bool
) -> Iterator[str]:
    from extractors.evaluation.side_by_side import together
    from outputs.exports.grid import Grid, printable

    scored = together(documents, name)
    if len(names) > 1:
        yield _NAMES[name]
    grid = Grid(("项目 label", 0), ("精确率 P", 10), ("召回率 R", 10), ("F1", 8))
    for label, figures in scored.figures.items():
        grid.add(label, *_three(figures.precision, figures.recall, figures.f1))
    yield from grid.lines(60)
    if misses:
        from flows.commands.misses import listing

        yield from (printable(line) for line in listing(_ordered(scored.misses)))


def _ordered(misses: Sequence[Miss]) -> list[Miss]:
    """Kind by kind also where several documents come together."""
    from extractors.evaluation.misses import MissKind

    order = list(MissKind)
    return sorted(misses, key=lambda miss: order.index(miss.kind))


def evaluation(documents: Sequence[Evaluated], names: Sequence[str]) -> Evaluation:
    """The report: all ways side by side, by type of document, then way by way."""
    from extractors.evaluation.side_by_side import together
    from outputs.reports.evaluation import Evaluation, Section

    scored = {name: together(documents, name) for name in names}
    lost = [f"{each.source} {paragraph}" for each in documents for paragraph in each.lost]
    lead = (
        f"{len(documents)} 份文件 | {len(documents)} documents："
        + "、".join(d.source for d in documents),
        f"未能在文件中定位的标注段落 {len(lost)} 段，跨度一致率不含它们"
        f" | {len(lost)} annotated paragraphs have no place in their document",
    )
    first = Section("总览 overview", (_fields(scored), *_types(documents, names), _spans(scored)))
    sections = (first, *(_section(name, each) for name, each in scored.items()))
    return Evaluation("抽取评测 Evaluation", lead, sections)


def _fields(scored: Mapping[str, Scored]) -> Table:
    from extractors.evaluation.reliability import expected_error
    from extractors.evaluation.score import LABELS
    from outputs.reports.evaluation import Table

    rows = [
        (
            _NAMES[name],
            *(f"{each.figures[label].f1:.3f}" for label in LABELS),
            f"{expected_error(each.judged):.3f}",
        )
        for name, each in scored.items()
    ]
    return Table(
        "F1 按字段 by field", ("方式 way", *LABELS, "ECE"), tuple(rows),
        "row 为整行全对；ECE 为置信度与正确率的平均差距，越小越可信。",
    )  # fmt: skip


def _types(documents: Sequence[Evaluated], names: Sequence[str]) -> Iterator[Table]:
    """Only where there is more than one type."""
    from extractors.evaluation.side_by_side import together
    from outputs.reports.evaluation import Table

    ordered = sorted(documents, key=lambda each: each.type)
    groups = [(kind, list(same)) for kind, same in groupby(ordered, key=lambda each: each.type)]
    if len(groups) < 2:
        return
    rows = [
        (kind, str(len(same)), *(f"{together(same, n).figures['row'].f1:.3f}" for n in names))
        for kind, same in groups
    ]
    headers = ("文种 type", "份数", *(_NAMES[name] for name in names))
    yield Table("整行 F1 按文种 rows by type of document", headers, tuple(rows))


def _spans(scored: Mapping[str, Scored]) -> Table:
    from outputs.reports.evaluation import Table

    labels = list(next(iter(scored.values())).spans)
    rows = [
        (
            label,
            *(
                f"{each.spans[label].exact:.3f} / {each.spans[label].overlap:.3f}"
                for each in scored.values()
            ),
        )
        for label in labels
    ]
    headers = ("标签 label", *(_NAMES[name] for name in scored))
    title = "F1 按标签，完全一致 / 相交 by label, exact / overlapping"
    return Table(title, headers, tuple(rows), _SPAN_NOTE)


def _section(name: str, scored: Scored) -> Section:
    from extractors.evaluation.score import LABELS
    from outputs.reports.evaluation import Section, Table, reliability

    rows = [
        (
            label,
            *_three(figures.precision, figures.recall, figures.f1),
            f"{figures.right}/{figures.predicted}/{figures.annotated}",
        )
        for label, figures in ((label, scored.figures[label]) for label in LABELS)
    ]
    table = Table(
        "各项 fields", ("项目 label", "精确率 P", "召回率 R", "F1", "正确/抽取/标注"), tuple(rows)
    )
    picture = reliability(_points(scored.judged), "置信度与正确率 reliability")
    return Section(_NAMES[name], (table,), picture, tuple(_cases(scored.misses)))


def _points(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    from extractors.evaluation.reliability import reliability

    return [(each.confidence, each.right, each.count) for each in reliability(judged)]


def _cases(misses: Sequence[Miss]) -> Iterator[Cases]:
    from flows.commands.misses import HEADS
    from outputs.reports.evaluation import Cases

    for kind, same in groupby(_ordered(misses), key=lambda miss: miss.kind):
        group = [_case(miss) for miss in same]
        yield Cases(f"{HEADS[kind]}（{len(group)}）", tuple(group))


def _case(miss: Miss) -> Case:
    from flows.commands.misses import about, place, said
    from outputs.reports.evaluation import Case

    quote, words = about(miss)
    before, found, after = quote.partition(words) if words else (quote, "", "")
    return Case(place(miss), said(miss), before, found, after)


def _three(*figures: float) -> tuple[str, ...]:
    return tuple(f"{figure:.3f}" for figure in figures)
