"""Limits are waited for over all workers; digests go out by the settings and say what did not."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from flows.channels import channels
from flows.deployments import register
from flows.settings import NotifySettings, load
from flows.slots import DATABASE, slot


def test_one_at_a_time_has_the_slot_of_the_database(prefect: None, tmp_path: Path) -> None:
    register(load(tmp_path / "library", {}))
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        with slot(DATABASE):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.3)
            inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1]


def test_slot_that_nobody_limits_holds_nobody_up(prefect: None) -> None:
    with slot("nobody-has-set-this"), slot("nobody-has-set-this"):
        pass


@pytest.mark.parametrize(
    ("settings", "mail", "webhook"),
    [
        (NotifySettings(), False, ""),
        (NotifySettings(smtp_host="mail.yunling.example"), False, ""),
        (NotifySettings(smtp_host="mail.yunling.example", smtp_user="a@b.example"), True, ""),
        (NotifySettings(webhook="http://127.0.0.1:1/in"), False, "http://127.0.0.1:1/in"),
    ],
)
def test_ways_out_are_those_that_are_set(
    settings: NotifySettings, mail: bool, webhook: str
) -> None:
    found = channels(settings)
    assert (found.mail is not None, found.webhook) == (mail, webhook)


def test_digest_of_a_library_without_subscriptions_is_done(prefect: None, tmp_path: Path) -> None:
    from flows.digest import digest_flow

    settings = load(tmp_path / "library", {})
    settings.home.mkdir()
    state = digest_flow(str(settings.home), settings.database, return_state=True)
    assert (state.name, state.result()) == ("Completed", 0)


def test_digest_that_is_not_taken_is_told(
    prefect: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.store.subscriptions import DigestSetting, SubscriptionKind
    from flows.digest import digest_flow
    from outputs.review.digest import ALONE
    from outputs.review.library import Library

    settings = load(tmp_path / "library", {})
    settings.home.mkdir()
    library = Library(settings.database, settings.home)
    library.subscriptions.add(ALONE, SubscriptionKind.ALL, "")
    library.subscriptions.choose(DigestSetting(ALONE, webhook=True))
    library.close()
    monkeypatch.setenv("TAIZHANG_NOTIFY_WEBHOOK", "http://127.0.0.1:1/in")
    state = digest_flow(str(settings.home), settings.database, return_state=True)
    assert state.name == "Incomplete"
