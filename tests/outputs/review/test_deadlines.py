"""时限: the list, its lights, the calendar and the feed; 总览: counts that add up."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from corpus.model.review import RowState
from corpus.store.desk_records import RowFilter
from outputs.review import access
from outputs.review.icalendar import feed
from outputs.review.library import Library
from outputs.review.pages.deadlines import light_of

_ROWS = re.compile(r"row=([ca]-\w+)")
_TODAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("due", "light"),
    [
        (None, "undated"),
        (date(2025, 5, 31), "overdue"),
        (date(2025, 6, 1), "soon"),
        (date(2025, 7, 1), "soon"),
        (date(2025, 7, 2), "later"),
    ],
)
def test_light_is_that_of_the_day(due: date | None, light: str) -> None:
    assert light_of(due, _TODAY) == light


def test_lights_add_up_to_all_rows(browser: Callable, library: Library) -> None:
    text = browser().see("/deadlines")
    every = library.desk.entries(RowFilter(), size=1).total
    shown = [int(n) for n in re.findall(r"(?:全部|已过期|到期|无截止日期) (\d+)</a>", text)]
    assert shown[0] == every == sum(shown[1:])


def test_list_is_in_the_order_of_days_with_those_undated_last(
    browser: Callable, library: Library
) -> None:
    entries = library.desk.entries(RowFilter(), size=1000, order="due").items
    days = [e.commitment.deadline.end if e.commitment.deadline else None for e in entries]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))


def test_rejected_row_is_due_no_more(browser: Callable, library: Library, plan: str) -> None:
    reviewer = browser("张敏")
    row = library.review(plan).rows[0].commitment
    before = library.desk.entries(RowFilter(state="standing"), size=1).total
    reviewer.submit(f"/documents/{plan}/rows/{row.id}", do="reject:row", number=0, reason="现状")
    assert library.desk.entries(RowFilter(state="standing"), size=1).total == before - 1
    assert row.id not in _ROWS.findall(reviewer.see(f"/deadlines?document={plan}"))


def test_corrected_deadline_moves_the_row(browser: Callable, library: Library, plan: str) -> None:
    reviewer = browser("张敏")
    row = next(r.commitment for r in library.review(plan).rows if r.commitment.deadline)
    form = {"raw": "到2031年3月底", "kind": "by", "start": "", "end": "2031-03-31", "period": ""}
    reviewer.submit(f"/documents/{plan}/rows/{row.id}", do="correct:deadline", number=0, **form)
    assert _ROWS.findall(reviewer.see("/deadlines?year=2031")) == [row.id]
    assert row.id in reviewer.see("/deadlines?month=2031-03")


def test_calendar_shows_every_row_on_its_day_or_leads_to_it(
    browser: Callable, library: Library
) -> None:
    guest = browser()
    text = html.unescape(guest.see("/deadlines?month=2025-12"))
    days = dict(
        re.findall(r'<span class="unseen"> (\d{4}-\d\d-\d\d)</span></span>(.*?)</td>', text, re.S)
    )
    assert len(days) % 7 == 0
    expected: dict[str, set[str]] = {day: set() for day in days}
    for entry in library.desk.entries(RowFilter(state="standing"), size=1000).items:
        deadline = entry.commitment.deadline
        if deadline and str(deadline.end) in expected:
            expected[str(deadline.end)].add(entry.commitment.id)
    assert max(map(len, expected.values())) > 4
    for day, ids in expected.items():
        here = _ROWS.findall(days[day])
        assert len(here) == min(4, len(ids))
        assert set(here) <= ids
        if len(ids) > 4:
            address = re.findall(r'class="more" href="([^"]+)">还有 (\d+) 条', days[day])
            assert address == [(f"/deadlines?day={day}", str(len(ids) - 4))]
            assert set(_ROWS.findall(guest.see(address[0][0]))) == ids


@pytest.mark.parametrize("day", ["2025-02-30", "1764547200", "2025-12", "0001-01-01"])
def test_what_is_no_day_is_refused(browser: Callable, day: str) -> None:
    assert browser().get(f"/deadlines?day={day}").status_code == 400


def test_export_has_the_rows_of_the_filter(browser: Callable) -> None:
    guest = browser()
    for query in (
        "",
        "?unit=财政厅",
        "?light=undated",
        "?year=2025&unit=民政厅",
        "?day=2025-12-31",
        "?q=没有这样的话",
    ):
        text = guest.see(f"/deadlines{query}")
        total = int(re.findall(r"共 (\d+) 条", text)[0])
        content = guest.get(f"/export/ledger.xlsx{query}").content
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert sheet.max_row - 1 == total
        lines = guest.get(f"/export/ledger.csv{query}").content.decode("utf-8-sig")
        assert len(set(re.findall(r"c-\w{10}", lines))) == total


def test_feed_has_an_event_for_every_row_with_a_day(browser: Callable, library: Library) -> None:
    answer = browser().get("/deadlines.ics?unit=民政厅")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode("utf-8").split("\r\n")
    wanted = library.desk.entries(RowFilter(unit="民政厅", due="dated"), size=1000).items
    assert sum(line == "BEGIN:VEVENT" for line in lines) == len(wanted) > 0
    assert all(len(line.encode("utf-8")) <= 75 for line in lines)
    joined = "\r\n".join(lines).replace("\r\n ", "")
    assert set(re.findall(r"UID:(c-\w+)\.", joined)) == {e.commitment.id for e in wanted}


def test_text_of_a_document_can_begin_no_line_of_the_feed(library: Library) -> None:
    entry = library.desk.entries(RowFilter(due="dated"), size=1).items[0]
    hostile = "建成\r\nEND:VEVENT\r\nBEGIN:VALARM;x,y\\z\ud800"
    commitment = replace(entry.commitment, indicator=hostile, action=None)
    lines = feed([replace(entry, commitment=commitment, title=hostile)], base="").split(b"\r\n")
    assert [line for line in lines if line.startswith((b"END:VEVENT", b"BEGIN:VALARM"))] == [
        b"END:VEVENT"
    ]


def test_feed_address_works_without_a_cookie_until_the_password_changes(
    browser: Callable, library: Library
) -> None:
    member = browser("张敏", "viewer")
    shown = html.unescape(member.see("/deadlines?unit=财政厅"))
    (address,) = re.findall(r'readonly value="(http://127.0.0.1/feeds/[^"]+)"', shown)
    assert address.isascii()
    stranger = browser(address="192.0.2.7")
    assert b"BEGIN:VEVENT" in stranger.get(address).content
    assert stranger.get(address.replace("/deadlines.ics", "0/deadlines.ics")).status_code == 404
    assert stranger.get("/deadlines.ics", follow_redirects=False).status_code == 303
    access.change_account(library.accounts, "张敏", password="另一个足够长的密码2025")
    assert stranger.get(address).status_code == 404


# 总览


def _bars(text: str, title: str) -> tuple[dict[str, int], int]:
    section = text.partition(f"<h2>{title}</h2>")[2].partition("</section>")[0]
    bars = re.findall(r'<a href="[^"]*">([^<]+)</a></th><td class="figure">(\d+)', section)
    total = re.findall(r"(?:合计|共) (\d+)", section)
    return {name: int(count) for name, count in bars}, int(total[-1])


@pytest.mark.parametrize("title", ["审核进度", "时限", "变化的确认情况", "到期年份"])
def test_bars_add_up_to_what_is_said_below(browser: Callable, title: str) -> None:
    bars, total = _bars(html.unescape(browser().see("/")), title)
    assert sum(bars.values()) == total > 0


def test_counts_reconcile_after_decisions(browser: Callable, library: Library, plan: str) -> None:
    reviewer = browser("张敏")
    rows = [row.commitment.id for row in library.review(plan).rows[:3]]
    reviewer.submit(f"/documents/{plan}/rows/{rows[0]}", do="accept:row", number=0)
    reviewer.submit(f"/documents/{plan}/rows/{rows[1]}", do="reject:row", number=0, reason="现状")
    text = html.unescape(reviewer.see("/"))
    found = re.findall(r"任务 (\d+) 项 = 待核 (\d+) \+ 已核 (\d+)；另有驳回 (\d+) 项", text)
    standing, waiting, decided, rejected = (int(n) for n in found[0])
    assert standing == waiting + decided
    assert (decided, rejected) == (1, 1)
    states, total = _bars(text, "审核进度")
    assert total == standing + rejected == sum(library.desk.states().values())
    assert states["已驳回"] == library.desk.states()[RowState.REJECTED] == 1


def test_every_bar_leads_to_as_many_rows_as_it_says(browser: Callable) -> None:
    guest = browser()
    text = html.unescape(guest.see("/"))
    bars = re.findall(
        r'<a href="(/deadlines[^"]*|/changes[^"]*)">[^<]+</a></th><td[^>]*>(\d+)', text
    )
    assert len(bars) > 15
    for address, count in bars:
        if "label=" not in address:  # a change stands under each of its labels, but counts once
            assert f"共 {count} 条" in guest.see(address), address


def test_units_with_their_lights_are_those_of_the_lists_they_lead_to(
    browser: Callable, library: Library
) -> None:
    guest = browser()
    text = html.unescape(guest.see("/deadlines?by=unit"))
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]+)">(.+?)</a>.*?合计">(\d+)</td>', text)
    assert len(rows) == 10
    for address, name, total in rows[:3]:
        shown = guest.see(address)
        assert re.search(rf"全部 {total}</a>", shown), name
    assert "云岭省财政厅" in html.unescape(guest.see("/deadlines?by=unit&unit=财政"))
    assert rows[0][1] not in html.unescape(guest.see("/deadlines?by=unit&unit=财政"))


def test_changes_over_the_years_add_up_to_those_shown(browser: Callable, library: Library) -> None:
    text = html.unescape(browser().see("/"))
    total = re.search(r"<b>(\d+)</b> 处变化", text)
    table = text[text.index('id="over-time-table"') :]
    years = re.findall(r'data-name="合计">(\d+)<', table[: table.index("</table>")])
    assert total is not None
    assert sum(map(int, years)) == int(total[1]) > 0
