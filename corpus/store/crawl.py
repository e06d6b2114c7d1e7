"""The crawl ledger (抓取台账): appended, asked by address, and the way from a file to its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from corpus.model.official import OfficialHeader
from corpus.store import codec
from corpus.store.crawl_records import (
    FRESH,
    KEPT,
    CrawlEvent,
    CrawlKind,
    CrawlResult,
    CrawlRun,
    Origin,
    plain_title,
)
from corpus.store.records import Result, Stage
from corpus.store.schema import CrawlEventRow, CrawlRunRow, DocumentRow, StageRow


class CrawlLedger:
    """What was asked of which site when, and what came of it."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def begin(self, site: str, moment: datetime) -> int:
        """A new run; its number."""
        with self._sessions.begin() as session:
            row = CrawlRunRow(site=site, started=moment, requests=0)
            session.add(row)
            session.flush()
            return row.id

    def finish(
        self, run_id: int, moment: datetime, *, requests: int, reason: str | None = None
    ) -> None:
        """The run is over; ``reason`` where it ended before its time."""
        with self._sessions.begin() as session:
            row = session.get_one(CrawlRunRow, run_id)
            row.finished, row.requests, row.reason = moment, requests, reason

    def add(self, event: CrawlEvent) -> None:
        """One more event, kept at once: what was asked for is not asked for again after a crash."""
        with self._sessions.begin() as session:
            session.add(
                CrawlEventRow(
                    run_id=event.run_id,
                    site=event.site,
                    url=event.url,
                    parent=event.parent,
                    kind=event.kind.value,
                    result=event.result.value,
                    sha256=event.sha256,
                    digest=event.digest,
                    started=event.started,
                    json=codec.dumps(event),
                )
            )
            session.flush()
            if event.result in FRESH and event.sha256:
                _reopen(session, event.sha256)

    def runs(self, site: str | None = None) -> list[CrawlRun]:
        """Every run, oldest first."""
        query = select(CrawlRunRow).order_by(CrawlRunRow.id)
        if site is not None:
            query = query.where(CrawlRunRow.site == site)
        with self._sessions() as session:
            return [
                CrawlRun(
                    row.id,
                    row.site,
                    _utc(row.started),
                    _utc(row.finished) if row.finished else None,
                    row.requests,
                    row.reason,
                )
                for row in session.scalars(query)
            ]

    def events(
        self, *, site: str | None = None, run_id: int | None = None, last: int | None = None
    ) -> list[CrawlEvent]:
        """Events in their order; of the ``last`` so many, all where it isn't said."""
        query = select(CrawlEventRow.json).order_by(CrawlEventRow.id.desc())
        if site is not None:
            query = query.where(CrawlEventRow.site == site)
        if run_id is not None:
            query = query.where(CrawlEventRow.run_id == run_id)
        with self._sessions() as session:
            return list(_loaded(session, query.limit(last)))[::-1]

    def history(self, site: str, url: str) -> list[CrawlEvent]:
        """Everything about one address, oldest first."""
        with self._sessions() as session:
            return _events(session, CrawlEventRow.site == site, CrawlEventRow.url == url)

    def last_looks(self, site: str, kind: CrawlKind) -> dict[str, datetime]:
        """Every address of that kind that ever held something or failed to, and when it was last
        asked for."""
        tried = (
            select(CrawlEventRow.url)
            .where(
                CrawlEventRow.site == site,
                CrawlEventRow.kind == kind.value,
                CrawlEventRow.result.in_([each.value for each in (*KEPT, CrawlResult.FAILED)]),
            )
            .distinct()
        )
        query = (
            select(CrawlEventRow.url, func.max(CrawlEventRow.started))
            .where(CrawlEventRow.site == site, CrawlEventRow.url.in_(tried))
            .group_by(CrawlEventRow.url)
            .order_by(func.min(CrawlEventRow.id))
        )
        with self._sessions() as session:
            return {url: _utc(moment) for url, moment in session.execute(query)}

    def elsewhere(self, site: str, url: str, digest: str) -> str | None:
        """Another address of the site that holds the same, if there is one."""
        query = select(CrawlEventRow.url).where(
            CrawlEventRow.site == site,
            CrawlEventRow.url != url,
            CrawlEventRow.digest == digest,
            CrawlEventRow.result.in_([each.value for each in FRESH]),
        )
        with self._sessions() as session:
            return session.scalars(query.order_by(CrawlEventRow.id).limit(1)).first()

    def holders(self, site: str, digest: str) -> list[str]:
        """Every address of the site that ever held just that."""
        query = select(CrawlEventRow.url).where(
            CrawlEventRow.site == site,
            CrawlEventRow.digest == digest,
            CrawlEventRow.result.in_([each.value for each in KEPT]),
        )
        with self._sessions() as session:
            return list(session.scalars(query.distinct().order_by(CrawlEventRow.url)))

    def waiting(self, site: str) -> list[Origin]:
        """Files of the site that the pipeline has not come to an end with, oldest first."""
        settled = (
            select(StageRow.sha256)
            .where(StageRow.settled)
            .where(
                (StageRow.stage == Stage.COMPARE.value) | (StageRow.result == Result.FAILED.value)
            )
        )
        query = (
            select(CrawlEventRow.sha256)
            .where(CrawlEventRow.site == site, CrawlEventRow.sha256.is_not(None))
            .where(CrawlEventRow.result.in_([each.value for each in FRESH]))
            .where(CrawlEventRow.sha256.not_in(settled))
            .group_by(CrawlEventRow.sha256)
            .order_by(func.min(CrawlEventRow.id))
        )
        with self._sessions() as session:
            shas = [sha256 for sha256 in session.scalars(query) if sha256]
            return [found for sha256 in shas if (found := origin(session, sha256))]

    def origin(self, sha256: str) -> Origin | None:
        """Where those bytes come from, if a crawl brought them."""
        with self._sessions() as session:
            return origin(session, sha256)


def _reopen(session: Session, sha256: str) -> None:
    """A file that was uploaded before its page was found is read once more if the page says what
    the file didn't."""
    row = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256)).first()
    source = origin(session, sha256)
    if row is None or source is None:
        return
    known = OfficialHeader(
        title=row.title,
        document_number=row.document_number,
        issuers=tuple(filter(None, row.issuers.split("、"))),
        date_of_issue=row.date_of_issue,
        index_number=source.official.index_number,
    )
    if filled(known, source) != known:
        session.execute(update(StageRow).where(StageRow.sha256 == sha256).values(settled=False))


def origin(session: Session, sha256: str) -> Origin | None:
    """Where those bytes come from; of several addresses the first."""
    rows = _events(session, CrawlEventRow.sha256 == sha256)
    event = next((each for each in rows if each.result in FRESH), None)
    if event is None:
        return None
    if event.kind is CrawlKind.ARTICLE:
        details = event.details
        official = details.official or OfficialHeader()
        return Origin(sha256, event.url, event.url, event.title, False, official, details.published)
    page = article(session, event.site, event.parent or "")
    # Where the page itself holds no text, its first attachment is the document.
    annex = page.sha256 is not None or [link.url for link in page.details.links][:1] != [event.url]
    return Origin(
        sha256,
        event.url,
        event.parent or event.url,
        event.title,
        annex,
        page.details.official or OfficialHeader(),
        page.details.published,
    )


def article(session: Session, site: str, url: str) -> CrawlEvent:
    """What the article at that address last said; an empty event where it never said anything."""
    events = _events(session, CrawlEventRow.site == site, CrawlEventRow.url == url)
    said = [event for event in events if event.details.official is not None]
    nothing = CrawlEvent(
        site, url, CrawlKind.ARTICLE, CrawlResult.FAILED, datetime.now(UTC), datetime.now(UTC)
    )
    return said[-1] if said else nothing


def versions(session: Session, sha256: str) -> list[str]:
    """All bytes that the address of those bytes has held, oldest first."""
    rows = _events(session, CrawlEventRow.sha256 == sha256)
    addresses = {(event.site, event.url) for event in rows if event.result in FRESH}
    found: dict[str, None] = {}
    for site, url in sorted(addresses):
        held = _events(session, CrawlEventRow.site == site, CrawlEventRow.url == url)
        found.update({each.sha256: None for each in held if each.result in FRESH and each.sha256})
    return list(found)


def together(session: Session, first: Origin, second: Origin) -> bool:
    """True for parts of one work: an article and what is attached to it, or two attachments that
    stood in it at the same time."""
    if first.article != second.article or first.url == second.url:
        return False
    if first.article in (first.url, second.url):
        return True
    pages = _events(session, CrawlEventRow.url == first.article)
    return any({first.url, second.url} <= {x.url for x in page.details.links} for page in pages)


def filled(official: OfficialHeader, source: Origin) -> OfficialHeader:
    """What a file doesn't say of itself, its page says. An annex has a title and, as long as it is
    part of a work, no number of its own."""
    from_page = source.official
    title = (plain_title(source.title) if source.annex else source.title) or None
    said = replace(
        official,
        issuers=official.issuers or from_page.issuers,
        date_of_issue=official.date_of_issue or from_page.date_of_issue,
        title=official.title or title,
    )
    if source.annex:
        return said
    return replace(
        said,
        title=official.title or from_page.title or title,
        document_number=official.document_number or from_page.document_number,
        index_number=official.index_number or from_page.index_number,
    )


def _events(session: Session, *where: ColumnElement[bool]) -> list[CrawlEvent]:
    query = select(CrawlEventRow.json).where(*where).order_by(CrawlEventRow.id)
    return list(_loaded(session, query))


def _loaded(session: Session, query: Select[str]) -> Iterator[CrawlEvent]:
    for text in session.scalars(query):
        yield codec.loads(text, CrawlEvent)


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; they went in as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
