"""What a citizen files: accepted with its promise, complete, overdue, rejected, handed over."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.application import ApplicationStatus
from broker.domain.values import ApplicationId, RejectReason
from tests.support import sample
from tests.support.morning import ONE, Morning


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def test_a_one_day_service_is_accepted_with_its_promise(morning: Morning) -> None:
    ticket = morning.take("A", sample.MICRO_BUSINESS)
    morning.serving("sri", ONE)
    morning.advance(minutes=8)
    application = morning.state.applications[morning.accept("sri", ticket, sample.MICRO_BUSINESS)]
    assert application.id == "31.74.01.1001-20260714-0001"
    assert (application.letter, application.number) == ("A", 1)
    assert application.promised_at == sample.at(11, 45), "07.38 and four hours, rounded up to a quarter hour"
    assert morning.state.tickets[ticket].applications == (application.id,)


def test_a_longer_service_makes_no_promise_of_the_day(morning: Morning) -> None:
    ticket = morning.take("B", sample.DOCTOR)
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.DOCTOR)
    assert morning.state.applications[application].promised_at is None


def test_who_came_before_the_cut_off_is_served_however_long_the_wait() -> None:
    morning = Morning(start=sample.at(10, 59))
    morning.clerk("sri", c.OpenCounter(ONE))
    in_time = morning.take("A", sample.MICRO_BUSINESS)
    morning.advance(minutes=2)
    too_late = morning.take("A")
    morning.serving("sri", ONE)
    morning.accept("sri", in_time, sample.MICRO_BUSINESS)
    morning.clerk("sri", c.CompleteTicket(in_time))
    morning.serving("sri", ONE)
    late = c.AcceptApplication(too_late, sample.MICRO_BUSINESS, ())
    assert morning.refused("sri", late) == r.PastCutOff(sample.at(11))


def test_several_files_of_one_visit_have_each_their_own_number(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    first = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    second = morning.accept("sri", ticket, sample.JOBSEEKER)
    assert (first[-4:], second[-4:]) == ("0001", "0002")


def test_an_application_outlives_its_ticket_until_it_is_handed_over(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.JOBSEEKER)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.refused("sri", c.HandOver(application)) == r.WrongApplicationStatus(
        application, ApplicationStatus.IN_PROCESS
    )
    morning.clerk("dewi", c.MarkComplete(application))
    assert morning.state.applications[application].status is ApplicationStatus.READY
    morning.clerk("sri", c.HandOver(application))
    assert application not in morning.state.applications
    assert morning.refused("sri", c.HandOver(application)) == r.UnknownApplication(application)


def test_a_promise_that_passes_is_marked_once(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.JOBSEEKER)
    morning.advance(minutes=180)
    morning.advance(minutes=10)
    marks = [each.event for each in morning.journal if isinstance(each.event, e.ApplicationOverdue)]
    assert marks == [e.ApplicationOverdue(application)]
    assert morning.state.applications[application].overdue


def test_a_rejected_application_ends_with_its_reason(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.JOBSEEKER)
    rejected = c.RejectApplication(application, RejectReason.NOT_ELIGIBLE)
    assert morning.clerk("dewi", rejected) == (e.ApplicationRejected(application, RejectReason.NOT_ELIGIBLE),)
    assert application not in morning.state.applications


def test_what_was_handed_in_is_one_of_the_services_requirements(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    accept = c.AcceptApplication(ticket, sample.JOBSEEKER, (0, 2))
    assert morning.refused("sri", accept) == r.NotOneOfRequirements(2)
    unknown = c.AcceptApplication(ticket, sample.ServiceCode("X"), ())
    assert morning.refused("sri", unknown) == r.UnknownService("X")


def test_an_unknown_application_is_named(morning: Morning) -> None:
    wanted = ApplicationId("31.74.01.1001-20260714-0099")
    assert morning.refused("sri", c.MarkComplete(wanted)) == r.UnknownApplication(wanted)
