"""Word files made by hand, part by part, so that a test says exactly what is in them."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


def _types(parts: dict[str, str]) -> str:
    """What each part is, for programs that ask."""
    kinds = {"document": "document.main"} | {name: name.rstrip("0123456789") for name in parts}
    told = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        '<?xml version="1.0"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def docx(body: str, **parts: str) -> bytes:
    """A package with that body; further parts by name: styles, numbering, footnotes, header1."""
    files = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _root("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations(
            {f"rId-{name}": (name.rstrip("0123456789"), f"{name}.xml") for name in parts}
        ),
    }
    files |= {f"word/{name}.xml": _root(_ROOTS.get(name, name), xml) for name, xml in parts.items()}
    return packed({name: text.encode() for name, text in files.items()})


_ROOTS = {"header1": "hdr", "footer1": "ftr", "footer2": "ftr"}


def packed(files: dict[str, bytes], *, compressed: bool = True) -> bytes:
    """A ZIP of those files."""
    made = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def paragraph(text: str = "", properties: str = "", *, style: str = "", runs: str = "") -> str:
    """A paragraph; ``runs`` are further runs behind the text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run(text) if text else ''}{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    space = ' xml:space="preserve"'
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t{space}>{text}</w:t></w:r>"


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph of a list."""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, numbers)


def levels(*described: tuple[str, str], number: int = 0, more: str = "") -> str:
    """A list definition: format and text of each level; ``more`` goes into every level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for level, (format, text) in enumerate(described)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def lists(**definitions: str) -> str:
    """Which list counts with which definition: n1="0"; overrides may follow: n2="0<w:lvl…"."""
    return "".join(
        f'<w:num w:numId="{name[1:]}"><w:abstractNumId w:val="{said[0]}"/>{said[1:]}</w:num>'
        for name, said in definitions.items()
    )


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "", *, inside: str = "") -> str:
    """A cell with one paragraph, or with what is ``inside``."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or paragraph(text)}</w:tc>"


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_SPACES}>{inside}</w:{name}>'


def _relations(named: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{id}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for id, (kind, target) in named.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{inside}</Relationships>'
