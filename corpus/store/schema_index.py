"""The tables by which comparing finds its candidates without reading the library.

Nothing in them is of its own: they are made from bodies and extractions, and what no row stands
for any more is left out of every answer. Names (高水平中职学校, titles) are kept once each, however
many commitments bear them; the tokens of a name are in ``index_grams``, which every database keeps
in its own way (see ``corpus.store.index.grams``) and which is no table of the schema.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpus.store.schema import Base

_ID = String(40)
_KEY = String(32)


class NameRow(Base):
    """A name, letters only; ``kind`` says of what; ``key`` is its hash, for names may be long."""

    __tablename__ = "index_names"
    __table_args__ = (UniqueConstraint("key", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(1))
    key: Mapped[str] = mapped_column(_KEY)
    name: Mapped[str] = mapped_column(Text)


class IndexedCommitmentRow(Base):
    """A commitment of a newest extraction: what it is about, measured in what, by which unit."""

    __tablename__ = "index_commitments"
    __table_args__ = (Index(None, "name_id", "measure", "unit", "row_id"),)

    row_id: Mapped[int] = mapped_column(ForeignKey("commitments.row_id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    name_id: Mapped[int] = mapped_column(ForeignKey("index_names.id"))
    measure: Mapped[str] = mapped_column(_KEY)
    unit: Mapped[str] = mapped_column(_KEY)


class IndexedDocumentRow(Base):
    """A document of a newest reading: number, title and the name of its series, to be found by.

    ``code`` and ``serial`` are 豫政 and 2021/2 of 豫政〔2021〕2号; ``series`` is the hash of the
    name that the plans of all periods share. ``body_id`` and ``extraction_id`` are what it was made
    from, ``version`` how; ``commitments`` counts those of the extraction.
    """

    __tablename__ = "index_documents"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(Integer)
    extraction_id: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    code: Mapped[str | None] = mapped_column(Text)
    serial: Mapped[str | None] = mapped_column(String(20), index=True)
    title_id: Mapped[int | None] = mapped_column(ForeignKey("index_names.id"), index=True)
    series: Mapped[str | None] = mapped_column(_KEY, index=True)
    commitments: Mapped[int] = mapped_column(Integer)


class IndexedCitationRow(Base):
    """What a document names: a number, a title or both."""

    __tablename__ = "index_citations"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    code: Mapped[str | None] = mapped_column(Text)
    serial: Mapped[str | None] = mapped_column(String(20), index=True)
    title_id: Mapped[int | None] = mapped_column(ForeignKey("index_names.id"), index=True)


class SketchRow(Base):
    """One hash of the sketch of a document's text (see ``corpus.compare.sketch``)."""

    __tablename__ = "index_sketches"

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, index=True
    )
