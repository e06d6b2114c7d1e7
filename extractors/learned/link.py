"""Which spans make one commitment: of 到2025年|建设|70所|…学校|，引进|500名|人才|,
建设 goes with 70所 and 引进 with 500名, 到2025年 with both.

Every quantity is the anchor of a commitment, and so is every action that no quantity claims. A
small network, trained on the annotated paragraphs, says of each anchor and span how likely they
belong together, from where they stand; ``by_distance`` is the plain rule that it has to beat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model.finding import Label
from extractors.learned.labels import KINDS, LabelledSpan
from extractors.nlp.clauses import Clauses, cut

if TYPE_CHECKING:
    import numpy as np

_MANY = (Label.UNIT,)
_SCALE = 40.0


@dataclass(frozen=True, slots=True)
class Link:
    """A commitment: its anchor and what belongs to it, in the order of the text."""

    anchor: LabelledSpan
    members: tuple[LabelledSpan, ...]

    def of(self, label: Label) -> list[LabelledSpan]:
        """Members of that label."""
        return [span for span in self.members if span.label is label]


@dataclass(frozen=True, slots=True)
class Scene:
    """A paragraph with its spans, and what stands between them."""

    text: str
    spans: tuple[LabelledSpan, ...]
    clauses: Clauses
    depth: tuple[int, ...]

    @classmethod
    def of(cls, text: str, spans: Sequence[LabelledSpan]) -> Scene:
        """Cut once for all pairs."""
        depth, deep = [], 0
        for sign in text:
            deep = deep + 1 if sign == "(" else max(0, deep - 1) if sign == ")" else deep
            depth.append(deep)
        return cls(text, tuple(sorted(spans)), cut(text), tuple(depth))

    def between(self, one: LabelledSpan, other: LabelledSpan) -> str:
        """The text from the end of the first to the start of the second."""
        first, second = sorted((one, other))
        return self.text[first.end : second.start]


Linker = Callable[[Scene, LabelledSpan, Sequence[LabelledSpan]], "np.ndarray"]


def candidates(scene: Scene, anchor: LabelledSpan) -> list[LabelledSpan]:
    """What may belong to the anchor: anything but another quantity or, for a duty, its verb."""
    duty = anchor.label is not Label.QUANTITY
    own = (Label.ACTION, Label.QUANTITY, Label.BOUND, Label.PER, Label.BASE)
    barred = own if duty else (Label.QUANTITY,)
    return [span for span in scene.spans if span != anchor and span.label not in barred]


def features(scene: Scene, anchor: LabelledSpan, span: LabelledSpan) -> list[float]:
    """What the network sees of a pair; nothing of the words, only of where they stand."""
    between = scene.between(anchor, span)
    signs = {sign: between.count(sign) for sign in ",:;。、()"}
    inside = [s for s in scene.spans if _lies_between(s, anchor, span)]
    before = span.start < anchor.start
    clause, part, sentence = (
        same(anchor.start) == same(span.start)
        for same in (scene.clauses.clause, scene.clauses.part, scene.clauses.sentence)
    )
    rivals = [s for s in scene.spans if s.label is span.label and s != span]
    nearer = sum(abs(s.start - anchor.start) < abs(span.start - anchor.start) for s in rivals)
    same_side = [s for s in rivals if (s.start < anchor.start) == before]
    ahead = sum(abs(s.start - anchor.start) < abs(span.start - anchor.start) for s in same_side)
    opens = scene.clauses.sentence(span.start).start
    values = [
        float(before), float(clause), float(part), float(sentence), min(len(between), 120) / _SCALE,
        float(not between), float(len(between) <= 2),
        *(min(count, 3) / 2 for count in signs.values()),
        *(min(sum(s.label is label for s in inside), 3) / 2 for label in Label),
        min(nearer, 3) / 2, min(ahead, 3) / 2, float(not rivals), float(not same_side),
        float(scene.depth[span.start] > 0), float(scene.depth[anchor.start] > 0),
        min(span.start - opens, 40) / _SCALE, float(opens == span.start),
        float(scene.clauses.sentence(anchor.start).start == opens), float(opens == 0),
        min(len(scene.text) - span.end, 40) / _SCALE,
        float(anchor.label is Label.QUANTITY), float(anchor.label is Label.ACTION),
    ]  # fmt: skip
    return [*values, *(float(span.kind == kind) for kind in KINDS)]


def _lies_between(span: LabelledSpan, one: LabelledSpan, other: LabelledSpan) -> bool:
    first, second = sorted((one, other))
    return first.end <= span.start and span.end <= second.start


@dataclass(frozen=True, slots=True)
class Network:
    """Two layers; what ``link.npz`` holds."""

    hidden: np.ndarray
    hidden_bias: np.ndarray
    out: np.ndarray
    out_bias: np.ndarray

    def __call__(
        self, scene: Scene, anchor: LabelledSpan, spans: Sequence[LabelledSpan]
    ) -> np.ndarray:
        """How likely each span belongs to the anchor."""
        import numpy as np

        seen = np.array([features(scene, anchor, span) for span in spans], dtype=np.float64)
        inner = np.maximum(seen @ self.hidden + self.hidden_bias, 0.0)
        return np.asarray(1.0 / (1.0 + np.exp(-(inner @ self.out + self.out_bias)))).ravel()


def by_distance(scene: Scene, anchor: LabelledSpan, spans: Sequence[LabelledSpan]) -> np.ndarray:
    """The rule: what stands in the same clause, else the same part, else the same sentence; times
    from before, units from the same sentence or the bracket that closes behind."""
    import numpy as np

    return np.array([_nearness(scene, anchor, span) for span in spans])


def _nearness(scene: Scene, anchor: LabelledSpan, span: LabelledSpan) -> float:
    clauses = scene.clauses
    near = 1 / (2 + len(scene.between(anchor, span)))
    if clauses.clause(anchor.start) == clauses.clause(span.start):
        return 0.7 + 0.3 * near
    if span.label in (Label.BOUND, Label.PER, Label.BASE):
        return 0.0
    behind = span.start > anchor.start
    if span.label is Label.UNIT and behind:
        between = scene.between(anchor, span)
        return 0.6 if between.count("(") == 1 and ")" not in between else 0.0
    if clauses.part(anchor.start) == clauses.part(span.start):
        return 0.52 + 0.18 * near if not (behind and span.label is Label.DEADLINE) else 0.3
    same = clauses.sentence(anchor.start) == clauses.sentence(span.start)
    governs = span.label in (Label.DEADLINE, Label.UNIT)
    return 0.51 if same and governs and not behind else 0.1 * near


def link(scene: Scene, linker: Linker, *, least: float = 0.5) -> list[Link]:
    """The commitments of a paragraph. Of each label but units an anchor has at most one span."""
    quantities = [span for span in scene.spans if span.label is Label.QUANTITY]
    found = [_linked(scene, linker, anchor, least) for anchor in quantities]
    claimed = {span for each in found for span in each.members}
    duties = [s for s in scene.spans if s.label is Label.ACTION and s not in claimed]
    for anchor in duties:
        each = _linked(scene, linker, anchor, least)
        claimed |= set(each.members)
        found.append(each)
    bare = [s for s in scene.spans if s.label is Label.INDICATOR and s not in claimed]
    found += [_linked(scene, linker, anchor, least) for anchor in bare]
    return sorted(found, key=lambda each: each.anchor)


def _linked(scene: Scene, linker: Linker, anchor: LabelledSpan, least: float) -> Link:
    spans = candidates(scene, anchor)
    if anchor.label is Label.INDICATOR:
        spans = [span for span in spans if span.label is not Label.INDICATOR]
    if not spans:
        return Link(anchor, (anchor,))
    chances = _listed(scene, spans, linker(scene, anchor, spans))
    ranked = sorted(zip(chances, spans, strict=True), key=lambda pair: (-pair[0], pair[1]))
    kept: list[LabelledSpan] = [anchor]
    for chance, span in ranked:
        taken = span.label not in _MANY and any(span.label is other.label for other in kept)
        if chance >= least and not taken:
            kept.append(span)
    return Link(anchor, tuple(sorted(kept)))


def _listed(scene: Scene, spans: Sequence[LabelledSpan], chances: np.ndarray) -> np.ndarray:
    """Units of one list (省教育厅、省财政厅) go together: each has the mean chance of its list."""
    import numpy as np

    shared = np.array(chances, dtype=np.float64)
    lists: list[list[int]] = []
    for at, span in enumerate(spans):
        if span.label is not Label.UNIT:
            continue
        if lists and scene.between(spans[lists[-1][-1]], span).strip("、,和及与会同") == "":
            lists[-1].append(at)
        else:
            lists.append([at])
    for each in lists:
        shared[each] = shared[each].mean()
    return shared


def read_network(content: bytes) -> Network:
    """From the bytes of ``link.npz``."""
    import io

    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        return Network(kept["hidden"], kept["hidden_bias"], kept["out"], kept["out_bias"])
