"""摘要: what changed since the last one in what somebody subscribed to, and what is due soon.

It always says what is due, also where nothing is: 今后 30 天内没有到期的任务. ``send_due`` makes
those whose day has come and sends what waits; whoever runs it, and however often, nothing goes
twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from corpus.store.desk_records import ChangeEntry, ChangeFilter, Entry, RowFilter
from corpus.store.subscriptions import (
    Delivery,
    DeliveryState,
    Digest,
    DigestSetting,
    Key,
    Subscription,
    SubscriptionKind,
)
from outputs import wording
from outputs.labels import Label
from outputs.review.library import Library, fold
from outputs.review.post import Channels, Letter, NotSentError, post, send

# Whoever sits at this machine where nobody has an account.
ALONE = "-"
SOON = 30  # days
_MOST_CHANGES, _MOST_DUE, _MOST_FAMILY = 100, 100, 50
_ALL_DUE = 2_000


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change in words, with where to see it."""

    name: str
    labels: tuple[str, ...]
    severity: str
    sentences: tuple[str, ...]
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class ToldDeadline:
    """One row that is due soon."""

    due: str
    name: str
    value: str
    units: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a digest says. ``changes`` and ``deadlines`` are the first of ``all_changes`` and
    ``all_deadlines``; ``since`` is the day of the one before."""

    day: str
    since: str
    changes: tuple[ToldChange, ...]
    all_changes: int
    deadlines: tuple[ToldDeadline, ...]
    all_deadlines: int
    soon: int = SOON

    def dumps(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> Content:
        """What ``dumps`` wrote."""
        kept: dict[str, Any] = json.loads(text)
        changes = tuple(
            ToldChange(
                each["name"],
                tuple(each["labels"]),
                each["severity"],
                tuple(each["sentences"]),
                each["title"],
                each["path"],
            )
            for each in kept["changes"]
        )
        deadlines = tuple(ToldDeadline(**each) for each in kept["deadlines"])
        return cls(**{**kept, "changes": changes, "deadlines": deadlines})


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest that is not kept yet, with the keys of all changes that it tells."""

    content: Content
    told: frozenset[Key]


def change_filters(library: Library, subscription: Subscription) -> list[ChangeFilter]:
    """Which changes somebody subscribed to."""
    wanted = subscription.wanted
    if subscription.kind is SubscriptionKind.INDICATOR:
        return [ChangeFilter(indicator=fold(wanted))]
    if subscription.kind is SubscriptionKind.UNIT:
        return [ChangeFilter(unit=wanted)]
    if subscription.kind is SubscriptionKind.DOCUMENT:
        return [ChangeFilter(document=each) for each in family(library, wanted)]
    return [ChangeFilter()]


def row_filters(library: Library, subscription: Subscription) -> list[RowFilter]:
    """Which rows somebody subscribed to, for what is due."""
    wanted = subscription.wanted
    if subscription.kind is SubscriptionKind.INDICATOR:
        return [RowFilter(text=fold(wanted), state="standing")]
    if subscription.kind is SubscriptionKind.UNIT:
        return [RowFilter(unit=wanted, state="standing")]
    if subscription.kind is SubscriptionKind.DOCUMENT:
        found = family(library, wanted)
        return [RowFilter(document=each, state="standing") for each in found]
    return [RowFilter(state="standing")]


def family(library: Library, document_id: str) -> list[str]:
    """A document with its prior and later ones, and theirs (文件沿革)."""
    found = [document_id]
    for each in found:
        for related in library.desk.relatives(each):
            for other in (related.relation.document_id, related.relation.prior_id):
                if other not in found and len(found) < _MOST_FAMILY:
                    found.append(other)
    return found


def subscribe(library: Library, owner: str, kind: SubscriptionKind, wanted: str) -> bool:
    """Subscribe; what is there already is no news. False where that was subscribed to before."""
    if not library.subscriptions.add(owner, kind, wanted):
        return False
    made = library.subscriptions.of(owner)[-1]
    library.subscriptions.know(owner, change_filters(library, made))
    return True


def compose(library: Library, owner: str, *, today: date) -> Composed:
    """What is to be told to somebody today; nothing is kept by it."""
    subscriptions = library.subscriptions.of(owner)
    wanted = [f for each in subscriptions for f in change_filters(library, each)]
    news, told = library.subscriptions.news(owner, wanted, limit=_MOST_CHANGES)
    due = _due(library, subscriptions, today)
    content = Content(
        today.isoformat(),
        library.subscriptions.latest_day(owner) or "",
        tuple(_change(entry) for entry in news),
        len(told),
        tuple(_deadline(entry) for entry in due[:_MOST_DUE]),
        len(due),
    )
    return Composed(content, told)


def _due(library: Library, subscriptions: Sequence[Subscription], today: date) -> list[Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for each in subscriptions:
        for wanted in row_filters(library, each):
            for entry in library.desk.entries(_soon(wanted, today), size=_ALL_DUE).items:
                measured = fold(entry.commitment.indicator or "")
                if each.kind is SubscriptionKind.INDICATOR and fold(each.wanted) not in measured:
                    continue
                found[entry.document_id, entry.commitment.id] = entry
    return sorted(found.values(), key=lambda e: (_day(e), e.document_id, e.position))


def _soon(wanted: RowFilter, today: date) -> RowFilter:
    return RowFilter(
        wanted.text,
        wanted.unit,
        wanted.document,
        wanted.state,
        due_from=today,
        due_before=today + timedelta(days=SOON + 1),
    )


def _day(entry: Entry) -> str:
    deadline = entry.commitment.deadline
    return deadline.end.isoformat() if deadline and deadline.end else ""


def _change(entry: ChangeEntry) -> ToldChange:
    change = entry.change
    side = change.new or change.prior
    return ToldChange(
        wording.name(side) if side else "",
        tuple(Label(word).zh for word in entry.labels),
        wording.SEVERITIES[change.severity] if change.severity else "",
        tuple(wording.sentences(change)),
        entry.title,
        f"/documents/{entry.document_id}/changes/{entry.key}",
    )


def _deadline(entry: Entry) -> ToldDeadline:
    commitment = entry.commitment
    return ToldDeadline(
        _day(entry),
        wording.name(commitment),
        wording.value(commitment.target),
        wording.units(commitment),
        entry.title,
        f"/documents/{entry.document_id}?row={commitment.id}",
    )


def send_due(library: Library, channels: Channels, *, today: date) -> list[Delivery]:
    """Make the digests whose day has come and send what waits; what became of each way out."""
    library.refresh(now=True)
    for owner in library.subscriptions.owners():
        setting = library.subscriptions.setting(owner)
        ways = _ways(setting, channels)
        if ways and _active(library, owner) and _come(library, setting, today):
            made = compose(library, owner, today=today)
            text = made.content.dumps()
            library.subscriptions.keep(owner, made.told, day=made.content.day, json=text, ways=ways)
    return [_sent(library, channels, each) for each in library.subscriptions.waiting()]


def mark_read(library: Library, owner: str) -> None:
    """What the page shows is read: none of it is news any more, and no digest tells it."""
    subscriptions = library.subscriptions.of(owner)
    wanted = [f for each in subscriptions for f in change_filters(library, each)]
    library.subscriptions.know(owner, wanted)


def _ways(setting: DigestSetting, channels: Channels) -> list[tuple[str, str]]:
    mail = [("email", setting.email)] if setting.email and channels.mail else []
    hook = [("webhook", "")] if setting.webhook and channels.webhook else []
    return [*mail, *hook]


def _active(library: Library, owner: str) -> bool:
    """Nothing is sent to an account that was closed."""
    if owner == ALONE:
        return not library.accounts.any()
    account = library.accounts.named(owner)
    return account is not None and not account.disabled


def _come(library: Library, setting: DigestSetting, today: date) -> bool:
    last = library.subscriptions.latest_day(setting.owner)
    return last is None or (today - date.fromisoformat(last)).days >= setting.every


def _sent(library: Library, channels: Channels, delivery: Delivery) -> Delivery:
    """Send one; it is claimed first, so that nobody else sends it too."""
    digest = library.subscriptions.digest(delivery.digest_id)
    if digest is None or not library.subscriptions.claim(delivery):
        return delivery
    reason = ""
    try:
        _deliver(library, channels, delivery, digest)
    except NotSentError as error:
        reason = str(error)
    library.subscriptions.settle(delivery, reason)
    state = DeliveryState.FAILED if reason else DeliveryState.SENT
    return Delivery(
        delivery.id,
        delivery.digest_id,
        delivery.channel,
        delivery.address,
        state,
        delivery.tries + 1,
        reason,
        delivery.moment,
    )


def _deliver(library: Library, channels: Channels, delivery: Delivery, digest: Digest) -> None:
    content = Content.loads(digest.json)
    if delivery.channel == "webhook":
        post(channels.webhook, payload(content, digest, channels.base))
    elif channels.mail is None:
        raise NotSentError("没有设置邮件服务器 | no mail server is set")
    else:
        language = library.subscriptions.setting(digest.owner).language
        send(letter(content, digest, delivery, channels.base, language), channels.mail)


def payload(content: Content, digest: Digest, base: str) -> dict[str, Any]:
    """What the webhook gets; ``id`` is the same should it ever come twice."""
    said = asdict(content)
    for each in (*said["changes"], *said["deadlines"]):
        each["url"] = f"{base}{each.pop('path')}"
    return {"event": "digest", "id": digest.id, "owner": digest.owner, **said}


def letter(
    content: Content, digest: Digest, delivery: Delivery, base: str, language: str
) -> Letter:
    """The e-mail, as text and as HTML."""
    from outputs.review.render import environment
    from outputs.review.words import translator

    words = translator(language)
    given = {"_": words, "content": content, "base": base.rstrip("/")}
    text = environment().get_template("digest_mail.txt").render(**given)
    html = environment().get_template("digest_mail.html").render(**given, language=language)
    subject = words(
        "台账摘要 {day}：{changes} 处新变化，{due} 项即将到期",
        day=content.day,
        changes=content.all_changes,
        due=content.all_deadlines,
    )
    moment = f"{digest.created:%Y%m%d%H%M%S}"
    return Letter(delivery.address, subject, text, html, f"digest-{digest.id}-{moment}")
