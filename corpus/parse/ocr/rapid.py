"""RapidOCR: the PP-OCRv6 models that come in its wheel, run by onnxruntime; nothing is downloaded.

The classifier that turns single lines over stays off: it turns good ones over, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from corpus.parse.ocr.engine import Reading

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image, Quad


class RapidOcr:
    """Finds and reads with RapidOCR."""

    name: ClassVar[str] = "rapidocr"

    def __init__(self, *, threads: int) -> None:
        from rapidocr import RapidOCR

        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def find(self, image: Image) -> list[Quad]:
        """Where the lines stand. All three switches are given: they stay in force if not."""
        import numpy as np

        found: Any = self._engine(image, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [np.asarray(box, dtype=np.float32) for box in boxes]

    def read(self, crops: Sequence[Image]) -> list[Reading]:
        """What the lines say, in the order given."""
        if not crops:
            return []
        read: Any = self._engine.recognize_txt(list(crops))
        return [
            _reading(*line) for line in zip(read.txts, read.scores, read.word_results, strict=True)
        ]


def _reading(text: str, score: float, words: Any) -> Reading:
    """The engine gives scores of all characters, but columns of those that print something."""
    columns = [column for word in words.word_cols for column in word]
    scores = tuple(float(each) for each in words.confs) if text else ()
    printed = sum(not sign.isspace() for sign in text)
    if len(scores) != len(text) or len(columns) != printed or not words.line_txt_len:
        return Reading(text, (float(score),) * len(text))
    places: list[float] = []
    waiting = iter(columns)
    last = 0.0
    for sign in text:
        last = last + 1.0 if sign.isspace() else float(next(waiting))
        places.append((last + 0.5) / words.line_txt_len)
    return Reading(text, scores, tuple(places))
