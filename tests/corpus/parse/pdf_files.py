"""Small PDF files written object by object: text with places, rules, pictures, passwords."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

HEIGHT = 842
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
PROSE = "到二〇二七年底全市建成便民服务中心，由市教育局牵头落实，各区县政府按照职责分工负责。"


@dataclass
class Maker:
    """Writes small PDF files: text in one font without outlines, rules, and a grey image."""

    mapped: bool = True
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    signs: set[str] = field(default_factory=set)

    def page(self) -> Maker:
        self.pages.append([])
        return self

    def text(self, text: str, x: float = 80, y: float = 100, size: float = 16) -> Maker:
        self.signs |= set(text)
        codes = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{codes}> Tj ET")
        return self

    def prose(self, lines: int = 4, text: str = PROSE, y: float = 100) -> Maker:
        for number in range(lines):
            self.text(text[:26], y=y + 24 * number)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Maker:
        self.pages[-1].append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def grid(self, columns: list[float], rows: list[float], texts: list[list[str]]) -> Maker:
        for y in rows:
            self.rule(columns[0], y, columns[-1], y)
        for x in columns:
            self.rule(x, rows[0], x, rows[-1])
        return self.fill(columns, rows, texts)

    def fill(self, columns: list[float], rows: list[float], texts: list[list[str]]) -> Maker:
        for top, row in zip(rows, texts, strict=False):
            for x, cell in zip(columns, row, strict=False):
                for number, line in enumerate(cell.split("/")):
                    if line:
                        self.text(line, x + 4, top + 16 + 16 * number, 12)
        return self

    def image(self) -> Maker:
        self.pages[-1].append(f"q 595 0 0 {HEIGHT} 0 0 cm /I Do Q")
        return self

    def make(self, *, password: bytes | None = None) -> bytes:
        """The file; with ``password``, one that opens with it only (b"" opens for all)."""
        seal = _Seal(password) if password is not None else None
        kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(self.pages)))
        to_unicode = " /ToUnicode 5 0 R" if self.mapped else ""
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
            f"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H"
            f" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test"
            f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /DW 1000 /W [32 126 500] /FontDescriptor << /Type /FontDescriptor"
            f" /FontName /Test /Flags 4 /Ascent 880 /Descent -120 /FontBBox [0 -120 1000 880]"
            f" /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>]{to_unicode} >>".encode(),
            _stream(
                4,
                b"\x80",
                "/Type /XObject /Subtype /Image /Width 1 /Height 1"
                " /ColorSpace /DeviceGray /BitsPerComponent 8",
                seal,
            ),
            _stream(5, self._cmap(), "", seal),
        ]
        for index, content in enumerate(self.pages):
            number = 6 + 2 * index
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Resources <<"
                f" /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >>"
                f" /Contents {number + 1} 0 R >>".encode()
            )
            packed = zlib.compress("\n".join(content).encode())
            objects.append(_stream(number + 1, packed, "/Filter /FlateDecode", seal))
        return _file(objects, seal)

    def _cmap(self) -> bytes:
        pairs = [s.encode("utf-16-be").hex() for s in sorted(self.signs)]
        entries = "\n".join(f"<{code}> <{code}>" for code in pairs)
        return (
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF>"
            f" endcodespacerange {len(pairs)} beginbfchar\n{entries}\nendbfchar endcmap end"
        ).encode()


class _Seal:
    """The oldest standard encryption (RC4, 40 bit), enough to try passwords."""

    def __init__(self, password: bytes) -> None:
        user = (password + _PAD)[:32]
        owner = _rc4(hashlib.md5((b"owner" + _PAD)[:32]).digest()[:5], user)
        rights = (-4).to_bytes(4, "little", signed=True)
        self.key = hashlib.md5(user + owner + rights + b"0" * 16).digest()[:5]
        self.entry = (
            f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}>"
            f" /U <{_rc4(self.key, _PAD).hex()}> >>"
        )

    def close(self, number: int, content: bytes) -> bytes:
        key = hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return _rc4(key, content)


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _stream(number: int, content: bytes, entries: str, seal: _Seal | None) -> bytes:
    body = seal.close(number, content) if seal else content
    return f"<< /Length {len(body)} {entries} >>\nstream\n".encode() + body + b"\nendstream"


def _file(objects: list[bytes], seal: _Seal | None) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    sealed = f" /Encrypt {seal.entry} /ID [<{'30' * 16}> <{'30' * 16}>]" if seal else ""
    out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R{sealed} >>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()
