"""OFD packages made by hand in the structure of GB/T 33190, with what real ones do differently, and
PDFs made into OFD sign by sign.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber

from tests.corpus.parse.docx_files import packed

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6  # mm, 三号
_EM = 0.5


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = SIZE,
    more: str = "",
    boundary: bool = True,
    code: str = "",
    font: int = 1,
) -> str:
    """A line of words whose baseline begins at (x, y), in millimetres from the top left."""
    steps = [size * (_EM if sign.isascii() else 1) for sign in words]
    delta = f' DeltaX="{" ".join(f"{step:g}" for step in steps[:-1])}"' if words[1:] else ""
    box = f'Boundary="{x:g} {y - size:g} {sum(steps):g} {size * 1.2:g}"' if boundary else ""
    place = f'X="0" Y="{size:g}"' if boundary else f'X="{x:g}" Y="{y:g}"'
    inside = code or f"<ofd:TextCode {place}{delta}>{words}</ofd:TextCode>"
    set_in = f'ID="9" {box} Font="{font}" Size="{size:g}" {more}'
    return f"<ofd:TextObject {set_in}>{inside}</ofd:TextObject>"


def path(shape: str, x: float = 0, y: float = 0, *, more: str = "") -> str:
    """A path from (x, y)."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x:g} {y:g} 210 297" {more}>'
        f"<ofd:AbbreviatedData>{shape}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The ruling lines of a table."""
    level = [f"M {xs[0]} {y} L {xs[-1]} {y}" for y in ys]
    upright = [f"M {x} {ys[0]} L {x} {ys[-1]}" for x in xs]
    return "".join(path(line) for line in (*level, *upright))


def image(resource: int, box: str = "0 0 210 297", ctm: str = "210 0 0 297 0 0") -> str:
    """A picture over that part of the page."""
    return f'<ofd:ImageObject ID="7" Boundary="{box}" CTM="{ctm}" ResourceID="{resource}"/>'


def page(*objects: str, template: int | None = None, area: str = "") -> str:
    """A page with one layer of objects."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return layered(f"<ofd:Layer ID='2'>{''.join(objects)}</ofd:Layer>", used=used, area=area)


def layered(layers: str, *, used: str = "", area: str = "") -> str:
    """A page of those layers."""
    return f"<ofd:Page {_SPACE}>{used}{area}<ofd:Content>{layers}</ofd:Content></ofd:Page>"


@dataclass
class Package:
    """What goes into a package; ``ofd`` writes it. Places of parts are told as the standard does,
    or, with ``absolute``, from the root."""

    pages: list[str] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    units: str = ""
    fonts: str = '<ofd:Font ID="1" FontName="仿宋"/><ofd:Font ID="2" FontName="Wingdings"/>'
    stamps: str = ""
    annotations: dict[int, str] = field(default_factory=dict)
    box: str = "0 0 210 297"
    absolute: bool = False

    def parts(self, folder: str = "Doc_0") -> dict[str, bytes]:
        """The parts of one document in its folder."""
        root = f"/{folder}/" if self.absolute else ""
        listed = "".join(
            f'<ofd:Page ID="{100 + n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>'
            for n in range(len(self.pages))
        )
        templates = "".join(
            f'<ofd:TemplatePage ID="{50 + n}" BaseLoc="{root}Tpls/Tpl_{n}/Content.xml"/>'
            for n in range(len(self.templates))
        )
        media = "".join(
            f'<ofd:MultiMedia ID="{200 + n}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile>'
            "</ofd:MultiMedia>"
            for n, name in enumerate(self.pictures)
        )
        area = f"<ofd:PageArea><ofd:PhysicalBox>{self.box}</ofd:PhysicalBox></ofd:PageArea>"
        document = (
            f"<ofd:Document {_SPACE}><ofd:CommonData>{area if self.box else ''}"
            f"<ofd:PublicRes>{root}PublicRes.xml</ofd:PublicRes>"
            f"<ofd:DocumentRes>{root}DocumentRes.xml</ofd:DocumentRes>{templates}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>"
            f"<ofd:Annotations>{root}Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
        )
        resources = (
            f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias>'
            f"<ofd:CompositeGraphicUnits>{self.units}</ofd:CompositeGraphicUnits></ofd:Res>"
        )
        fonts = f"<ofd:Res {_SPACE}><ofd:Fonts>{self.fonts}</ofd:Fonts></ofd:Res>"
        made = {
            f"{folder}/Document.xml": document.encode(),
            f"{folder}/PublicRes.xml": fonts.encode(),
            f"{folder}/DocumentRes.xml": resources.encode(),
        }
        made |= {f"{folder}/Res/{name}": content for name, content in self.pictures.items()}
        for kind, contents in (("Pages/Page", self.pages), ("Tpls/Tpl", self.templates)):
            for number, content in enumerate(contents):
                made[f"{folder}/{kind}_{number}/Content.xml"] = content.encode()
        return made | self._annotated(folder) | self._signed(folder)

    def _annotated(self, folder: str) -> dict[str, bytes]:
        listed = "".join(
            f'<ofd:Page PageID="{100 + n}"><ofd:FileLoc>Page_{n}/Annotation.xml</ofd:FileLoc>'
            "</ofd:Page>"
            for n in self.annotations
        )
        made = {
            f"{folder}/Annots/Annotations.xml": (
                f"<ofd:Annotations {_SPACE}>{listed}</ofd:Annotations>"
            )
        }
        for number, inside in self.annotations.items():
            made[f"{folder}/Annots/Page_{number}/Annotation.xml"] = (
                f"<ofd:PageAnnot {_SPACE}>{inside}</ofd:PageAnnot>"
            )
        return {name: content.encode() for name, content in made.items()}

    def _signed(self, folder: str) -> dict[str, bytes]:
        index = (
            f'<ofd:Signatures {_SPACE}><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/>'
            "</ofd:Signatures>"
        )
        signed = f"<ofd:SignedInfo>{self.stamps}</ofd:SignedInfo>"
        signature = f"<ofd:Signature {_SPACE}>{signed}</ofd:Signature>"
        return {
            f"{folder}/Signs/Signatures.xml": index.encode(),
            f"{folder}/Signs/Sign_0/Signature.xml": signature.encode(),
        }


def ofd(*documents: Package) -> bytes:
    """A package of those documents."""
    bodies, made = "", {}
    for number, document in enumerate(documents):
        folder = f"Doc_{number}"
        bodies += (
            f"<ofd:DocBody><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot>"
            f"<ofd:Signatures>{folder}/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>"
        )
        made |= document.parts(folder)
    root = f'<?xml version="1.0"?><ofd:OFD {_SPACE} Version="1.0" DocType="OFD">{bodies}</ofd:OFD>'
    return packed({"OFD.xml": root.encode(), **made})


_MM = 25.4 / 72


def of_pdf(content: bytes) -> bytes:
    """The same pages as OFD: every sign and every ruling line where the PDF prints it."""
    pages = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        box = f"0 0 {float(pdf.pages[0].width) * _MM:.4f} {float(pdf.pages[0].height) * _MM:.4f}"
        for sheet in pdf.pages:
            height = float(sheet.height)
            words = [_run(signs, height) for signs in _runs(sheet.chars)]
            rules = [path(_segment(edge)) for edge in sheet.edges]
            pages.append(page(*words, *rules))
    return ofd(Package(pages, box=box))


def _segment(edge: dict[str, Any]) -> str:
    x0, top, x1, bottom = (edge[name] * _MM for name in ("x0", "top", "x1", "bottom"))
    return f"M {x0:.4f} {top:.4f} L {x1:.4f} {bottom:.4f}"


def _runs(signs: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Signs of one size and baseline that follow each other to the right."""
    run: list[dict[str, Any]] = []
    for sign in (s for s in signs if len(s["text"]) == 1 and s["text"] >= " "):
        if run:
            last = run[-1]
            level = abs(sign["matrix"][5] - last["matrix"][5]) < 0.01
            if not level or sign["size"] != last["size"] or sign["x0"] < last["x0"]:
                yield run
                run = []
        run.append(sign)
    if run:
        yield run


def _run(signs: list[dict[str, Any]], height: float) -> str:
    size, x = signs[0]["size"] * _MM, signs[0]["x0"] * _MM
    y = (height - signs[0]["matrix"][5]) * _MM
    pairs = itertools.pairwise(signs)
    steps = " ".join(f"{(b['x0'] - a['x0']) * _MM:.4f}" for a, b in pairs)
    words = escape("".join(sign["text"] for sign in signs))
    place = f'X="0" Y="{size:.4f}"' + (f' DeltaX="{steps}"' if steps else "")
    code = f"<ofd:TextCode {place}>{words}</ofd:TextCode>"
    return text("", x, y, size=round(size, 4), code=code)
