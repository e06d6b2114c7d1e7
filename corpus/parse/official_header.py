"""What letterhead, signature and imprint of an official document say (GB/T 9704—2012):
豫政〔2021〕2号, 河南省人民政府关于…的意见, 各省辖市人民政府：, 2021年1月7日, 抄送：…

A web page's own index table (索引号, 发文机关, 成文日期) goes before what is read from the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.model.document import BlockKind
from corpus.model.official import OfficialHeader
from corpus.parse.marks import (
    document_number,
    fold,
    heading_level,
    is_annex_mark,
    is_title_end,
    number_in,
    read_date,
)
from corpus.parse.official_order import Order, read_order
from corpus.parse.official_record import read_annexes, read_record
from corpus.parse.pieces import Piece
from corpus.parse.secrecy import internal, level_in

_HEAD_PIECES = 30
_LONGEST_TITLE = 150
_BARE_TYPE = 4
_COPY_NUMBER = re.compile(r"(?:份号:?)?\d{5,6}")
_URGENCY = re.compile(r"(?:紧急程度:)?(特急|特提|加急|平急|急件)")
_SIGNER = re.compile(r"签发人:")
_SIGNER_RAW = re.compile(r"签\s*发\s*人\s*[：:](?P<names>.+)")
_NOTE = re.compile(r"\((?P<note>此件(?:主动|依申请|不予?)?公开(?:发布)?)\)")
_MARK = re.compile(r"^(?P<issuers>.{2,60}?)(?:文件|\(函\))$")
# Under a title on a web page: 2021-01-04 10:48 来源: 教育厅办公室
_PAGE_DATA = re.compile(
    r"^新华社.{2,12}电$|\d{4}-\d{1,2}-\d{1,2}|^来源:|^发布(?:时间|日期):|^字体:|^索引号:|^-{3,}$"
)
_RECIPIENTS = re.compile(r"^(?!附件).{3,400}:$", re.DOTALL)
_NO_RECIPIENTS = re.compile(
    r"如下:$|^(?:一、|\(一\)|第.章)|[。;]|(?:通知|意见|方案|部署|要求|目标|任务)(?:是)?:$"
)
_LISTS_UNITS = re.compile(
    r"^(?:各|有关|省直|市直|[\u4e00-\u9fff]{2,12}(?:政府|厅|局|委|部|会|院|办))[^。;]*"
    r"(?:政府|厅|局|委|部|部门|单位|机构|学校|院校|企业|办|会|集团|公司)$"
)
_ISSUER = re.compile(
    r"(?:政府|办公厅|办公室|委员会|委|厅|局|部|署|院|会|办|行|社|中央|领导小组|指挥部|中心|集团|党组)"
    r"(?:\([^()]*\))?$"
)
_JOINT = re.compile(r"等\d+(?:部门|单位|个部门|家)|等[\u4e00-\u9fff]{1,2}(?:部门|单位)")
# Party and government that issue together stand beside each other without a sign in print.
_SPLIT = re.compile(
    r"\s+|、|(?<=中共中央)(?=国务院)|(?<=中共中央办公厅)(?=国务院)"
    r"|(?<=委)(?=[\u4e00-\u9fff]{2,9}人民政府)|(?<=委办公[厅室])(?=[\u4e00-\u9fff]{2,9}人民政府)"
)
_SIGNED_AND_DATED = re.compile(
    r"^(?P<who>[^。;:,\d]{3,60}?)(?P<day>(?:[12]\d{3}|[一二〇○零][一二三四五六七八九〇○零]{3})年\S{1,3}月\S{1,3}日)$"
)


@dataclass(slots=True)
class HeaderFound:
    """The header, and what blocks it stands in, by number of block."""

    header: OfficialHeader
    kinds: dict[int, BlockKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Head:
    """The pieces before the body: what they are, by number of block."""

    zone: tuple[Piece, ...]
    number: str | None = None
    title: tuple[Piece, ...] = ()
    recipients: Piece | None = None


def read_header(pieces: Sequence[Piece], metadata: Mapping[str, str]) -> HeaderFound:
    """Header fields of a document and the blocks that hold them."""
    order = read_order(pieces)
    head = _Head(order.pieces, order.number, (), None) if order else _head(pieces)
    kinds = {piece.index: BlockKind.HEADER_FIELD for piece in head.zone}
    body = [piece for piece in pieces if piece.is_prose and piece.index not in kinds]
    issued, signature = _signature(body)
    record = read_record(body)
    annexes, listed = read_annexes(body)
    for piece in (*signature, *record.pieces, *listed):
        kinds[piece.index] = BlockKind.RECORD
    header = OfficialHeader(
        title=(order.title if order else None)
        or _words(metadata.get("标题"))
        or _joined(head.title)
        or None,
        document_number=number_in(fold(metadata.get("发文字号", ""))) or head.number,
        issuers=_issuers(head, signature, metadata, order),
        main_recipients=_recipients(head.recipients),
        date_of_issue=_day(metadata.get("成文日期")) or issued or _dated_in(head),
        date_printed=record.date_printed,
        annexes=annexes,
        copied_to=record.copied_to,
        copy_number=_field(head, _COPY_NUMBER),
        classification=next((level for p in head.zone if (level := level_in(p.text))), None),
        urgency=_field(head, _URGENCY),
        index_number=_words(metadata.get("索引号")),
        signers=_signers(head),
        printed_by=record.printed_by,
        disclosure=_disclosure(pieces, metadata) or record.disclosure,
    )
    return HeaderFound(header, kinds)


def _head(pieces: Sequence[Piece]) -> _Head:
    zone: list[Piece] = []
    for piece in pieces[:_HEAD_PIECES]:
        if not piece.is_prose or _is_body(piece, zone):
            break
        zone.append(piece)
    numbers = [(i, n) for i, piece in enumerate(zone) if (n := document_number(piece.text))]
    recipients = next((piece for piece in zone if _is_recipients(piece)), None)
    stop = zone.index(recipients) if recipients else len(zone)
    at = numbers[0][0] if numbers else None
    title = _title(zone[:stop], at)
    if title is None and recipients is None and at is None:
        return _Head(())
    end = zone.index(recipients) + 1 if recipients else _end_of_head(zone, title, at)
    return _Head(tuple(zone[:end]), numbers[0][1] if numbers else None, title or (), recipients)


def _end_of_head(zone: Sequence[Piece], title: Sequence[Piece] | None, at: int | None) -> int:
    """Without recipients the header ends with the title, the number or the date below them."""
    last = max(zone.index(title[-1]) if title else 0, at or 0)
    while last + 1 < len(zone) and (
        read_date(zone[last + 1].text) or _PAGE_DATA.search(zone[last + 1].text)
    ):
        last += 1
    return last + 1


def _is_body(piece: Piece, zone: Sequence[Piece]) -> bool:
    if _is_recipients(piece):
        return False
    if any(_is_recipients(before) for before in zone):
        return True
    text = piece.text
    return (
        "。" in text
        or (len(text) > _LONGEST_TITLE and not piece.centred)
        or (heading_level(text) > 0 and len(zone) > 0)
        or is_annex_mark(text)
        or text == "目录"
    )


def _is_recipients(piece: Piece) -> bool:
    text = piece.text
    if _RECIPIENTS.match(text) and not _NO_RECIPIENTS.search(text) and not piece.heading:
        return True
    return bool(text.startswith("各") and "," in text and _LISTS_UNITS.match(text))


def _title(zone: Sequence[Piece], number_at: int | None) -> tuple[Piece, ...] | None:
    """The pieces of the title: the run that ends with 通知, 意见 … nearest to the body."""
    after = [] if number_at is None else list(zone[number_at + 1 :])
    before = list(zone) if number_at is None else list(zone[:number_at])
    for part in (after, before):
        found = _run_of_title([piece for piece in part if not _is_other(piece)])
        if found:
            return found
    return None


def _run_of_title(candidates: Sequence[Piece]) -> tuple[Piece, ...]:
    ends = [i for i, piece in enumerate(candidates) if is_title_end(piece.text)]
    whole = "".join(piece.text for piece in candidates)
    if not ends and not ("关于" in whole and is_title_end(whole)):
        return ()
    end = ends[-1] + 1 if ends else len(candidates)
    if not ends:
        return tuple(candidates)
    if end < len(candidates) and re.fullmatch(r"\([^()]{2,12}\)", candidates[end].text):
        end += 1
    start = _start_of_title(candidates, end)
    found = tuple(candidates[start:end])
    return found if len("".join(p.text for p in found)) <= _LONGEST_TITLE else ()


def _start_of_title(candidates: Sequence[Piece], end: int) -> int:
    """Back to the issuer before 关于, or as far as the pieces follow each other in one size."""
    start = end - 1
    while start > 0:
        piece, above = candidates[start], candidates[start - 1]
        apart = piece.index - above.index > 1
        # No title is 通知 alone; of so short a line on a scan the size is not sure.
        bare = start == end - 1 and len(piece.text) <= _BARE_TYPE
        size = not bare and abs((piece.size or 0) - (above.size or 0)) > 1.5
        twice = above.text == "".join(p.text for p in candidates[start:end])
        if apart or size or twice or (piece.heading and not above.heading):
            break
        start -= 1
    return start


def _is_other(piece: Piece) -> bool:
    text = piece.text
    return bool(
        _MARK.match(text)
        or _COPY_NUMBER.fullmatch(text)
        or level_in(text)
        or internal(text)
        or _SIGNER.match(text)
        or _URGENCY.fullmatch(text)
        or _PAGE_DATA.search(text)
        or read_date(text)
        or document_number(text)
    )


def _joined(title: Sequence[Piece]) -> str:
    return "".join(_printed(piece.raw) for piece in title)


def _printed(raw: str) -> str:
    """Without breaks and blanks, but for one between Latin words."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", raw.strip())


def _issuers(
    head: _Head, signature: Sequence[Piece], metadata: Mapping[str, str], order: Order | None
) -> tuple[str, ...]:
    """From the page's index, the signature, the title, the red letterhead: the first that names."""
    title = "\n".join(piece.raw for piece in head.title)
    before = title.split("关于", 1)[0] if "关于" in title else ""
    marks = [m["issuers"] for p in head.zone if (m := _MARK.match(p.raw.strip()))]
    signed = [_without_date(piece) for piece in signature if not read_date(piece.text)]
    named = _listed([metadata.get("发文机关", "")])
    joint = _listed(signed) if _JOINT.search(fold(before)) else ()
    if order is not None:
        return named or order.issuers
    return named or joint or _listed([before]) or _listed(signed) or _listed(marks)


def _listed(lines: Sequence[str]) -> tuple[str, ...]:
    found = [fold(part) for line in lines for part in _SPLIT.split(line.strip()) if part]
    found = [_JOINT.sub("", part) for part in found]
    return tuple(found) if found and all(_ISSUER.search(part) for part in found) else ()


def _without_date(piece: Piece) -> str:
    both = _SIGNED_AND_DATED.match(piece.text)
    return both["who"] if both else piece.raw


def _recipients(piece: Piece | None) -> tuple[str, ...]:
    if piece is None:
        return ()
    text = piece.text.rstrip(":")
    return tuple(part for part in re.split(r"[,;]", text) if part)


def _signature(body: Sequence[Piece]) -> tuple[date | None, list[Piece]]:
    """The first date that stands alone in the body, and the issuers above it."""
    for place, piece in enumerate(body):
        both = _SIGNED_AND_DATED.match(piece.text)
        if both is not None and _listed([both["who"]]) and (day := read_date(both["day"])):
            return day, [piece]
        issued = read_date(piece.text)
        if issued is None:
            continue
        signed: list[Piece] = []
        for above in reversed(body[max(0, place - 8) : place]):
            if not _listed([above.raw]) or len(above.text) > 60:
                break
            signed.insert(0, above)
        return issued, [*signed, piece]
    return None, []


def _dated_in(head: _Head) -> date | None:
    return next((day for piece in head.zone if (day := read_date(piece.text))), None)


def _signers(head: _Head) -> tuple[str, ...]:
    """签发人：李明华　王建国, on the line of the number or below it."""
    found = (_SIGNER_RAW.search(piece.raw) for piece in head.zone)
    names = next((match["names"] for match in found if match), "")
    return tuple(name for name in re.split(r"[\s、]+", names.strip()) if name)


def _disclosure(pieces: Sequence[Piece], metadata: Mapping[str, str]) -> str | None:
    """此件公开发布, 依申请公开, 内部资料: who may read it, as it says on a line of its own."""
    said = metadata.get("公开方式") or metadata.get("公开属性")
    prose = [piece for piece in pieces if piece.is_prose]
    # Above the title, or under the signature: a list of what is 不公开 is in neither place.
    for piece in prose[:_HEAD_PIECES]:
        if (note := internal(piece.text)) is not None:
            return note
    notes = (_NOTE.fullmatch(piece.text) for piece in prose)
    return _words(said) or next((match["note"] for match in notes if match), None)


def _field(head: _Head, pattern: re.Pattern[str]) -> str | None:
    for piece in head.zone:
        match = pattern.fullmatch(piece.text)
        if match:
            return match[1] if pattern.groups else match[0]
    return None


def _words(value: str | None) -> str | None:
    return _printed(value) or None if value else None


def _day(value: str | None) -> date | None:
    """2021年01月07日 or 2021-01-07 of an index table."""
    match = re.search(r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})", fold(value or ""))
    return read_date(f"{match[1]}年{int(match[2])}月{int(match[3])}日") if match else None
