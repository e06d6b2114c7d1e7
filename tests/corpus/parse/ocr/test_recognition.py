"""Sample documents drawn, spoiled and read by the engine that ships."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from corpus.model.document import TextSource
from corpus.parse.flow import FlowLine, FlowTable
from corpus.parse.ocr.engine import OcrOptions, engine
from corpus.parse.ocr.page import Scanned, read_page
from corpus.parse.ocr.picture import straightened
from corpus.parse.ocr.render import opened
from corpus.parse.pdf import read
from corpus.samples import __file__ as samples

pytestmark = pytest.mark.ocr

PLAN = Path(samples).parent / "documents" / "plan-2021.pdf"
TASKS = Path(samples).parent / "documents" / "tasks-2022.pdf"
OPTIONS = OcrOptions()


def drawn(path: Path, number: int = 1) -> np.ndarray:
    with opened(path.read_bytes(), OPTIONS) as pages:
        return pages.image(number)


def scanned(image: np.ndarray) -> Scanned:
    per_point = OPTIONS.dpi / 72
    return read_page(image, number=1, per_point=per_point, engine=engine(OPTIONS), options=OPTIONS)


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def told(sheet) -> str:
    parts = [
        item.text if isinstance(item, FlowLine) else "".join(cell.text for cell in item.cells)
        for item in sheet.items()
    ]
    return flat("".join(parts))


def printed(path: Path) -> str:
    flow = read(path.read_bytes(), source=path.name)
    lines = [
        line
        for item in flow.items
        for line in (
            [item] if isinstance(item, FlowLine) else [x for c in item.cells for x in c.lines]
        )
    ]
    return flat("".join(line.text for line in lines if line.page == 1))


def noisy(image: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(5)
    spoiled = image.astype(np.int16) - 40 + rng.normal(0, 12, image.shape)
    _, packed = cv2.imencode(".jpg", spoiled.clip(0, 255).astype(np.uint8), [1, 40])
    return np.asarray(cv2.imdecode(packed, 1), np.uint8)


def bilevel(image: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return np.repeat(np.where(grey < 150, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def stamped(image: np.ndarray) -> np.ndarray:
    layer = np.full_like(image, 255)
    height, width = image.shape[:2]
    cv2.circle(layer, (width // 2, height // 2), 165, (90, 80, 220), 8)
    cv2.circle(layer, (width // 2, height // 2), 40, (90, 80, 220), -1)
    return np.minimum(image, layer)


def colourless(image: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return np.repeat(grey[:, :, None], 3, axis=2)


@pytest.mark.parametrize(
    ("spoil", "turned"),
    [
        (lambda image: image, 0),
        (lambda image: straightened(image, 1.3), 0),
        (noisy, 0),
        (bilevel, 0),
        (stamped, 0),
        (lambda image: colourless(stamped(image)), 0),
        (lambda image: np.ascontiguousarray(np.rot90(image)), 90),
        (lambda image: np.ascontiguousarray(np.rot90(image, 2)), 180),
        (lambda image: np.ascontiguousarray(np.rot90(image, 3)), 270),
    ],
    ids=[
        "clean",
        "crooked",
        "noisy",
        "bilevel",
        "stamped",
        "stamped-grey",
        "left",
        "over",
        "right",
    ],
)
def test_first_page_of_a_plan_reads_as_it_is_printed(spoil, turned) -> None:
    found = scanned(spoil(drawn(PLAN)))
    assert found.turned == turned
    assert told(found.sheet) == printed(PLAN)


def test_seal_is_kept_with_its_box() -> None:
    (seal,) = scanned(stamped(drawn(PLAN))).seals
    assert (seal.box.x1 - seal.box.x0) * OPTIONS.dpi / 72 == pytest.approx(338, abs=12)


def test_grey_seal_is_kept_with_its_box() -> None:
    (seal,) = scanned(colourless(stamped(drawn(PLAN)))).seals
    assert (seal.box.x1 - seal.box.x0) * OPTIONS.dpi / 72 == pytest.approx(346, abs=20)


def test_table_of_a_scan_has_the_cells_of_the_digital_one() -> None:
    wanted = read(TASKS.read_bytes(), source="tasks")
    (table,) = [item for item in wanted.items if isinstance(item, FlowTable)]
    here = [c for c in table.cells if all(line.page == table.page for line in c.lines)]
    cells = [flat(cell.text) for cell in here]
    (found,) = scanned(drawn(TASKS, table.page)).sheet.tables
    read_cells = [flat(cell.text) for cell in found.cells]
    # The last row goes on over the page end, and its cells are longer in the digital file.
    assert [text for text in read_cells if text in set(cells)] == cells
    assert len(cells) > 20


def test_pdf_without_text_layer_is_read_from_its_pictures(tmp_path: Path) -> None:
    import io

    from PIL import Image

    packed = io.BytesIO()
    Image.fromarray(drawn(PLAN)[:, :, ::-1]).save(packed, "PDF", resolution=OPTIONS.dpi)
    flow = read(packed.getvalue() + b"\n%%EOF\n", source="scan.pdf")
    (page,) = flow.pages
    assert (page.source, page.failure) == (TextSource.OCR, None)
    lines = [item for item in flow.items if isinstance(item, FlowLine)]
    assert {line.source for line in lines} == {TextSource.OCR}
    assert printed(PLAN)[:40] in flat("".join(line.text for line in lines))
