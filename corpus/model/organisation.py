"""Who is to do it: responsible units (责任单位) with their role and registered name."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """职责: 牵头 lead, 负责 (or none said) responsible, 配合 cooperating, 督办 supervising."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    SUPERVISING = "supervising"


@dataclass(frozen=True, slots=True)
class ResponsibleUnit:
    """One unit. ``raw`` as written (财政厅); ``name`` in the issuer's jurisdiction (河南省财政厅),
    ``raw`` itself for open groups (各省辖市政府). ``registered`` is false where it was not found in
    the register and the name was only completed or left as written."""

    raw: str
    name: str
    role: Role
    inherited: bool = False
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whose names a document uses: 省 means ``province``, 市 means ``city``. None is unknown;
    both None is the State Council's level."""

    province: str | None = None
    city: str | None = None
