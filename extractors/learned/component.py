"""The model as a spaCy component: ``nlp.add_pipe("commitment_ner")`` labels 建设 as action, 70所 as
quantity, in ``doc.spans["commitments"]``.

Tokens are hints only: a span of spaCy is widened to whole tokens, ``doc._.commitment_spans`` keeps
the characters. Import this module, or install the package, before the name is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from corpus.model.view import View, tidy
from extractors.learned.labels import LabelledSpan, decode
from extractors.learned.tagger import Tagger

FACTORY = "commitment_ner"
SPANS_KEY = "commitments"


class CommitmentNer:
    """Reads the text of a document as rules do, in a view, and points back into it."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Many, ``batch_size`` at a time; how many makes no difference to what is found."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            views = [tidy(doc.text) for doc in batch]
            chances = self._tagger.read([view.text for view in views])
            for doc, view, found in zip(batch, views, chances, strict=True):
                _label(doc, view, decode(found))
                yield doc


def _label(doc: Doc, view: View, spans: Iterable[LabelledSpan]) -> None:
    placed = []
    for span in spans:
        source = view.locate(span.start, span.end)
        placed.append(LabelledSpan(source.start, source.end, span.kind, span.score))
    doc._.commitment_spans = tuple(placed)
    widened = (doc.char_span(s.start, s.end, label=s.kind, alignment_mode="expand") for s in placed)
    doc.spans[SPANS_KEY] = [span for span in widened if span is not None]


@Language.factory(FACTORY, assigns=["doc.spans", "doc._.commitment_spans"])
def make_commitment_ner(nlp: Language, name: str) -> CommitmentNer:
    """With the shipped model; ModelNotInstalled where it is not as pinned."""
    from extractors.learned.shipped import shipped

    return CommitmentNer(shipped()[0])


if not Doc.has_extension("commitment_spans"):
    Doc.set_extension("commitment_spans", default=())
