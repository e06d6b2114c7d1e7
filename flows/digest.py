"""The morning's digests (摘要) to those who subscribed, as a run of Prefect: who got what, and what
could not be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.channels import channels
from flows.notify_hooks import UNATTENDED
from flows.settings import load

if TYPE_CHECKING:
    from corpus.store.subscriptions import Delivery


@flow(name="taizhang-digest", validate_parameters=False, persist_result=False, **UNATTENDED)
def digest_flow(home: str, store_url: str) -> State[int]:
    """Send what is due today; how many went out."""
    from corpus.store.subscriptions import DeliveryState
    from outputs.review.digest import send_due
    from outputs.review.library import Library

    settings = load(Path(home))
    library = Library(store_url, Path(home))
    try:
        today = datetime.now(ZoneInfo(settings.notify.timezone)).date()
        sent = send_due(library, channels(settings.notify), today=today)
    finally:
        library.close()
    create_table_artifact(key="digest", table=_rows(sent), description="摘要 digests")
    failed = [each for each in sent if each.state is DeliveryState.FAILED]
    return Completed(name="Incomplete" if failed else "Completed", data=len(sent) - len(failed))


def _rows(sent: Sequence[Delivery]) -> list[dict[str, str]]:
    return [
        {
            "方式": each.channel,
            "地址": each.address,
            "结果": each.state.value,
            "说明": each.reason,
        }
        for each in sent
    ]
