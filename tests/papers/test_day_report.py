"""A clerk's day in figures."""

from datetime import date

from broker.domain import commands as c
from broker.domain.values import Language, PauseReason
from hardware.layout.office import figures_of
from hardware.page import JobKind
from papers.day_report import day_report, day_report_page
from tests.support import sample
from tests.support.morning import ONE, Morning


def test_it_counts_what_the_clerk_has_done_until_now() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A", sample.MICRO_BUSINESS)
    morning.advance(minutes=2)
    ticket = morning.serving("sri", ONE)
    morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.advance(minutes=5)
    morning.clerk("sri", c.CompleteTicket(ticket))
    morning.advance(minutes=4)
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.PRAYER))
    morning.advance(minutes=10)
    report = day_report(sample.SRI, "Sri Wahyuni", morning.state, morning.now, Language.ENGLISH)
    assert (report.clerk_name, report.counter_name, report.day) == (
        "Sri Wahyuni",
        "Counter 1",
        date(2026, 7, 14),
    )
    assert dict(figures_of(report)) == {
        "Visits served": "1",
        "No-shows": "0",
        "Files accepted": "1",
        "Mean service": "5:00",
        "Idle": "6 min",
        "Break taken": "10 min",
    }
    page = day_report_page(report)
    assert page.kind is JobKind.DAY_REPORT
    assert page.fields["figures"][0] == "Visits served\t1"
    assert page.fields["day"] == "Tuesday, 14 July 2026"


def test_who_has_done_nothing_and_sits_nowhere_has_a_report_too() -> None:
    morning = Morning()
    report = day_report(sample.SRI, "Sri", morning.state, morning.now, Language.INDONESIAN)
    assert (report.counter_name, report.served, report.mean_service_seconds) == ("", 0, None)
    assert ("Rata-rata layanan", "–") in figures_of(report)


def test_in_the_evening_it_is_still_the_days_until_another_one_opens() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A")
    morning.serve("sri", ONE)
    morning.advance(minutes=12 * 60)
    assert morning.state.day is None
    report = day_report(sample.SRI, "Sri", morning.state, morning.now, Language.INDONESIAN)
    assert (report.day, report.served) == (date(2026, 7, 14), 1)
