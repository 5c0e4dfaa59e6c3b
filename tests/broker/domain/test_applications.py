"""What a citizen files: accepted with its promise, on its way, complete, overdue, rejected, handed over."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.application import Application, ApplicationStatus
from broker.domain.commands import AnyCommand
from broker.domain.rules import ApplicantQuota, NumberRange
from broker.domain.values import (
    ApplicantId,
    ApplicationId,
    BusinessDay,
    Delivery,
    DeviceId,
    DeviceRole,
    RejectReason,
    ServiceCode,
    Stage,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

FILE = ApplicationId("31.74.01.1001-20260714-0001")
AMINAH, JOKO = ApplicantId("applicant-1"), ApplicantId("applicant-2")
DAY_MINUTES = 24 * 60


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def filed(morning: Morning, service: ServiceCode = sample.MICRO_BUSINESS, letter: str = "A") -> ApplicationId:
    """An application accepted at Sri's counter, its visit over."""
    ticket = morning.take(letter)
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, service)
    morning.clerk("sri", c.CompleteTicket(ticket))
    return application


# Accepted


def test_a_one_day_service_is_accepted_with_its_promise(morning: Morning) -> None:
    ticket = morning.take("A", sample.MICRO_BUSINESS)
    morning.serving("sri", ONE)
    morning.advance(minutes=8)
    accept = c.AcceptApplication(ticket, sample.MICRO_BUSINESS, (0, 2), AMINAH)
    assert morning.clerk("sri", accept) == (
        e.ApplicationAccepted(
            FILE,
            sample.MICRO_BUSINESS,
            (0, 2),
            sample.SRI,
            ticket,
            sample.TUESDAY,
            "A",
            1,
            sample.at(11, 45),
            Stage.RECEIVED,
            AMINAH,
        ),
    ), "07.38 and four hours, rounded up to a quarter hour"
    assert morning.state.applications[FILE] == Application(
        id=FILE,
        service=sample.MICRO_BUSINESS,
        status=ApplicationStatus.IN_PROCESS,
        accepted_at=morning.now,
        accepted_by=sample.SRI,
        received=(0, 2),
        ticket=ticket,
        day=sample.TUESDAY,
        letter="A",
        number=1,
        promised_at=sample.at(11, 45),
        stage=Stage.RECEIVED,
        applicant=AMINAH,
    )
    assert morning.now_is(ticket).applications == (FILE,)
    assert morning.state.tallies[sample.SRI].accepted == 1


def test_a_longer_service_makes_no_promise_of_the_day(morning: Morning) -> None:
    application = morning.state.applications[filed(morning, sample.DOCTOR, "B")]
    assert application.promised_at is None
    assert morning.state.promises == []


def test_straight_from_the_call_a_file_may_be_taken_in_too(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.accept("sri", ticket, sample.MICRO_BUSINESS)


def test_several_files_of_one_visit_have_each_their_own_number_and_promise(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    first = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    second = morning.accept("sri", ticket, sample.JOBSEEKER)
    third = morning.accept("sri", ticket, sample.DOCTOR)
    assert [each[-4:] for each in (first, second, third)] == ["0001", "0002", "0003"]
    promises = [morning.state.applications[each].promised_at for each in (first, second, third)]
    assert promises == [sample.at(11, 30), sample.at(9, 30), None]
    assert morning.now_is(ticket).applications == (first, second, third)


def test_what_was_handed_in_is_one_of_the_services_requirements(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    for position in (2, -1):
        accept = c.AcceptApplication(ticket, sample.JOBSEEKER, (0, position))
        assert morning.refused("sri", accept) == r.NotOneOfRequirements(position)
    morning.accept("sri", ticket, sample.JOBSEEKER, (0, 1))
    unknown = c.AcceptApplication(ticket, ServiceCode("X"), ())
    assert morning.refused("sri", unknown) == r.UnknownService("X")


# The cut-off


def test_who_came_before_the_cut_off_is_served_however_long_the_wait() -> None:
    morning = Morning(start=sample.at(10, 59))
    morning.clerk("sri", c.OpenCounter(ONE))
    in_time = morning.take("A", sample.MICRO_BUSINESS)
    morning.advance(minutes=1)
    too_late = morning.take("A")
    morning.advance(minutes=60)
    morning.serving("sri", ONE)
    morning.accept("sri", in_time, sample.MICRO_BUSINESS)
    morning.clerk("sri", c.CompleteTicket(in_time))
    morning.serving("sri", ONE)
    late = c.AcceptApplication(too_late, sample.MICRO_BUSINESS, ())
    assert morning.refused("sri", late) == r.PastCutOff(sample.at(11))
    morning.accept("sri", too_late, sample.DOCTOR)


def test_whose_number_was_given_out_in_time_is_served_however_long_the_printer_took() -> None:
    morning = Morning(start=sample.at(10, 59, 50))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.issue(c.IssueTicket("A", sample.MICRO_BUSINESS)).ticket
    morning.advance(seconds=40)
    assert morning.now_is(ticket).arrived_at == sample.at(11, 0, 20)
    morning.serving("sri", ONE)
    morning.accept("sri", ticket, sample.MICRO_BUSINESS)


def test_a_number_of_a_kiosk_that_was_cut_off_counts_from_when_it_was_given_out() -> None:
    ranges = (NumberRange(DeviceId("kiosk-1"), "A", 900, 999),)
    morning = Morning(sample.rules(ranges=ranges), start=sample.at(12))
    morning.clerk("sri", c.OpenCounter(ONE))
    for number, minute in ((900, 59), (901, 60)):
        handed = c.HandInTicket("A", number, Delivery.PAPER, sample.MICRO_BUSINESS)
        morning.hand_in(handed, sample.at(10, minute))
    in_time, too_late = TicketId("20260714-A900"), TicketId("20260714-A901")
    assert morning.serving("sri", ONE) == in_time
    morning.accept("sri", in_time, sample.MICRO_BUSINESS)
    morning.clerk("sri", c.CompleteTicket(in_time))
    morning.serving("sri", ONE)
    late = c.AcceptApplication(too_late, sample.MICRO_BUSINESS, ())
    assert morning.refused("sri", late) == r.PastCutOff(sample.at(11))


# Quotas of an applicant


@pytest.fixture
def two_a_week() -> Morning:
    morning = Morning(sample.rules(applicant_quota=ApplicantQuota(files=2, days=7)))
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def files(morning: Morning, applicant: ApplicantId | None) -> r.AnyRefusal | None:
    """The applicant files for a doctor's practice."""
    ticket = morning.take("B")
    morning.serving("sri", ONE)
    decision = morning.decide(
        c.AcceptApplication(ticket, sample.DOCTOR, (), applicant), DeviceRole.COUNTER, clerk="sri"
    )
    morning.clerk("sri", c.CompleteTicket(ticket))
    return decision if isinstance(decision, r.Refusal) else None


def on(morning: Morning, day: str) -> Morning:
    """The outlet on the morning of another day, Sri at her counter."""
    morning.now = sample.at(8, day=BusinessDay(day))
    morning.tick()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def test_one_applicant_files_no_more_than_the_quota_within_its_days(two_a_week: Morning) -> None:
    assert files(two_a_week, AMINAH) is None
    assert files(on(two_a_week, "2026-07-15"), AMINAH) is None
    told = r.ApplicantQuotaReached(2, 7)
    assert files(two_a_week, AMINAH) == told
    assert files(two_a_week, JOKO) is None
    assert files(two_a_week, None) is None
    assert files(on(two_a_week, "2026-07-20"), AMINAH) == told, "the seventh day"
    assert files(on(two_a_week, "2026-07-21"), AMINAH) is None, "the first of the two is forgotten"
    assert files(two_a_week, AMINAH) == told


def test_who_has_not_filed_lately_is_not_remembered(two_a_week: Morning) -> None:
    files(two_a_week, AMINAH)
    assert two_a_week.state.filings == {AMINAH: [sample.TUESDAY]}
    on(two_a_week, "2026-07-21")
    assert two_a_week.state.filings == {}


def test_without_a_quota_everybody_files_as_much_as_they_like(morning: Morning) -> None:
    for _ in range(4):
        assert files(morning, AMINAH) is None
    on(morning, "2026-07-15")
    assert morning.state.filings == {}


def test_several_files_of_one_visit_count_each(two_a_week: Morning) -> None:
    ticket = two_a_week.take("B")
    two_a_week.serving("sri", ONE)
    accept = c.AcceptApplication(ticket, sample.DOCTOR, (), AMINAH)
    two_a_week.clerk("sri", accept)
    two_a_week.clerk("sri", accept)
    assert two_a_week.refused("sri", accept) == r.ApplicantQuotaReached(2, 7)


# On its way through the office


def test_an_application_goes_through_the_stages_of_its_service() -> None:
    stages = (Stage.RECEIVED, Stage.TECHNICAL_CHECK, Stage.SITE_VISIT, Stage.HAND_OVER)
    morning = Morning(services=sample.services(sample.DOCTOR, stages=stages))
    morning.clerk("sri", c.OpenCounter(ONE))
    application = filed(morning, sample.DOCTOR, "B")

    def stage() -> Stage | None:
        return morning.state.applications[application].stage

    def refused(wanted: Stage) -> r.AnyRefusal:
        return morning.refused("dewi", c.AdvanceApplication(application, wanted))

    assert stage() is Stage.RECEIVED
    assert refused(Stage.RECEIVED) == r.StageNotAhead(Stage.RECEIVED)
    assert refused(Stage.LEVY) == r.StageNotAhead(Stage.LEVY), "the service has no such stage"
    advance = c.AdvanceApplication(application, Stage.SITE_VISIT)
    assert morning.clerk("dewi", advance) == (e.StageReached(application, Stage.SITE_VISIT),)
    assert stage() is Stage.SITE_VISIT, "stages may be left out"
    assert refused(Stage.TECHNICAL_CHECK) == r.StageNotAhead(Stage.TECHNICAL_CHECK)
    assert refused(Stage.SITE_VISIT) == r.StageNotAhead(Stage.SITE_VISIT)
    morning.clerk("dewi", c.AdvanceApplication(application, Stage.HAND_OVER))
    morning.clerk("dewi", c.MarkComplete(application))
    told = r.WrongApplicationStatus(application, ApplicationStatus.READY)
    assert refused(Stage.HAND_OVER) == told


def test_a_service_without_stages_has_none_to_reach() -> None:
    morning = Morning(services=sample.services(sample.DOCTOR, stages=()))
    morning.clerk("sri", c.OpenCounter(ONE))
    application = filed(morning, sample.DOCTOR, "B")
    assert morning.state.applications[application].stage is None
    advance = c.AdvanceApplication(application, Stage.RECEIVED)
    assert morning.refused("dewi", advance) == r.StageNotAhead(Stage.RECEIVED)


def test_of_a_stage_that_the_service_has_no_more_every_stage_lies_ahead(morning: Morning) -> None:
    application = filed(morning)
    services = sample.services(sample.MICRO_BUSINESS, stages=(Stage.TECHNICAL_CHECK, Stage.LEVY))
    morning.do(c.AdoptCatalogue(services), DeviceRole.OPERATOR)
    morning.clerk("dewi", c.AdvanceApplication(application, Stage.TECHNICAL_CHECK))


def test_an_application_of_a_service_that_is_gone_can_still_be_finished(morning: Morning) -> None:
    application = filed(morning)
    without = tuple(each for each in sample.SERVICES if each.code != sample.MICRO_BUSINESS)
    morning.do(c.AdoptCatalogue(without), DeviceRole.OPERATOR)
    advance = c.AdvanceApplication(application, Stage.HAND_OVER)
    assert morning.refused("dewi", advance) == r.StageNotAhead(Stage.HAND_OVER)
    morning.clerk("dewi", c.MarkComplete(application))


# Complete, or not after all


def test_an_application_outlives_its_ticket_until_it_is_handed_over(morning: Morning) -> None:
    application = filed(morning, sample.JOBSEEKER)
    assert morning.refused("sri", c.HandOver(application)) == r.WrongApplicationStatus(
        application, ApplicationStatus.IN_PROCESS
    )
    assert morning.clerk("dewi", c.MarkComplete(application)) == (e.ApplicationCompleted(application),)
    now = morning.state.applications[application]
    assert (now.status, now.ready_at) == (ApplicationStatus.READY, morning.now)
    assert morning.state.promises == []
    assert morning.clerk("sri", c.HandOver(application)) == (e.ApplicationHandedOver(application),)
    assert application not in morning.state.applications
    assert morning.refused("sri", c.HandOver(application)) == r.UnknownApplication(application)


def test_a_completion_is_taken_back_at_once_with_the_promise_as_it_was(morning: Morning) -> None:
    application = filed(morning)
    before = morning.state.applications[application]
    promises = [list(chunk) for chunk in morning.state.promises]
    reopen = c.ReopenApplication(application)
    told = r.WrongApplicationStatus(application, ApplicationStatus.IN_PROCESS)
    assert morning.refused("dewi", reopen) == told
    morning.clerk("dewi", c.MarkComplete(application))
    morning.advance(seconds=10)
    assert morning.clerk("dewi", reopen) == (e.ApplicationReopened(application),)
    assert morning.state.applications[application] == before
    assert morning.state.promises == promises


def test_the_time_to_take_a_completion_back_ends_but_not_a_supervisors(morning: Morning) -> None:
    application = filed(morning)
    morning.clerk("dewi", c.MarkComplete(application))
    morning.advance(seconds=10.001)
    assert morning.refused("dewi", c.ReopenApplication(application)) == r.UndoTooLate(10)
    morning.advance(minutes=60)
    morning.clerk("ratna", c.ReopenApplication(application))
    assert morning.state.applications[application].status is ApplicationStatus.IN_PROCESS


def test_taken_back_after_its_promise_has_passed_it_is_overdue(morning: Morning) -> None:
    application = filed(morning)
    morning.clerk("dewi", c.MarkComplete(application))
    morning.now = sample.at(11, 30)
    morning.tick()
    assert not morning.state.applications[application].overdue
    morning.clerk("ratna", c.ReopenApplication(application))
    morning.tick()
    assert morning.state.applications[application].overdue


def test_a_rejected_application_ends_with_its_reason(morning: Morning) -> None:
    application = filed(morning)
    rejected = c.RejectApplication(application, RejectReason.NOT_ELIGIBLE)
    assert morning.clerk("dewi", rejected) == (e.ApplicationRejected(application, RejectReason.NOT_ELIGIBLE),)
    assert application not in morning.state.applications
    assert morning.state.promises == []


def test_what_is_ready_is_not_rejected_any_more_nor_completed_again(morning: Morning) -> None:
    application = filed(morning)
    morning.clerk("dewi", c.MarkComplete(application))
    told = r.WrongApplicationStatus(application, ApplicationStatus.READY)
    rejected = c.RejectApplication(application, RejectReason.WITHDRAWN)
    assert morning.refused("dewi", rejected) == told
    assert morning.refused("dewi", c.MarkComplete(application)) == told


def test_an_unknown_application_is_named(morning: Morning) -> None:
    wanted = ApplicationId("31.74.01.1001-20260714-0099")
    commands: tuple[AnyCommand, ...] = (
        c.MarkComplete(wanted),
        c.AdvanceApplication(wanted, Stage.LEVY),
        c.RejectApplication(wanted, RejectReason.WITHDRAWN),
        c.ReopenApplication(wanted),
        c.HandOver(wanted),
        c.DeliverPermit(wanted),
    )
    for command in commands:
        assert morning.refused("sri", command) == r.UnknownApplication(wanted)


# Overdue, and carried over


def test_a_promise_that_passes_is_marked_once(morning: Morning) -> None:
    application = filed(morning, sample.JOBSEEKER)
    morning.now = sample.at(9, 29)
    morning.tick()
    assert morning.happened(e.ApplicationOverdue) == []
    morning.advance(minutes=1)
    morning.advance(minutes=10)
    assert morning.happened(e.ApplicationOverdue) == [e.ApplicationOverdue(application)]
    now = morning.state.applications[application]
    assert (now.overdue, now.status) == (True, ApplicationStatus.IN_PROCESS)


def test_promises_are_marked_in_the_order_in_which_they_pass(morning: Morning) -> None:
    later, sooner = filed(morning), filed(morning, sample.JOBSEEKER)
    morning.now = sample.at(12)
    morning.tick()
    assert morning.happened(e.ApplicationOverdue) == [
        e.ApplicationOverdue(sooner),
        e.ApplicationOverdue(later),
    ]


def test_what_is_overdue_can_still_be_finished_rejected_or_reopened(morning: Morning) -> None:
    first, second = filed(morning), filed(morning)
    morning.now = sample.at(12)
    morning.tick()
    morning.clerk("dewi", c.RejectApplication(first, RejectReason.NOT_ELIGIBLE))
    morning.clerk("dewi", c.MarkComplete(second))
    morning.clerk("dewi", c.ReopenApplication(second))
    assert morning.state.applications[second].overdue
    morning.tick()
    assert len(morning.happened(e.ApplicationOverdue)) == 2
    morning.clerk("dewi", c.MarkComplete(second))
    morning.clerk("sri", c.HandOver(second))


def test_what_is_not_ready_is_carried_over_to_the_next_days(morning: Morning) -> None:
    one_day, longer = filed(morning), filed(morning, sample.DOCTOR, "B")
    on(morning, "2026-07-16")
    assert list(morning.state.applications) == [one_day, longer]
    assert morning.state.applications[one_day].overdue
    assert not morning.state.applications[longer].overdue
    assert filed(morning) == "31.74.01.1001-20260716-0001", "numbers of files begin anew and never repeat"
    morning.clerk("dewi", c.MarkComplete(longer))
    morning.clerk("sri", c.HandOver(longer))


def test_what_would_be_ready_after_the_doors_close_is_promised_for_the_next_opening() -> None:
    morning = Morning(start=sample.at(10))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.now = sample.at(15)
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    wednesday = sample.at(7, 30, day=sample.BusinessDay("2026-07-15"))
    assert morning.state.applications[application].promised_at == wednesday


def test_a_promise_can_pass_while_the_outlet_is_closed() -> None:
    late = replace(sample.WEEKDAY, doors_close=23 * 60, day_close=23 * 60)
    morning = Morning(sample.rules(week=(late,) * 7), start=sample.at(10))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.now = sample.at(18, 50)
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    assert morning.state.applications[application].promised_at == sample.at(23)
    morning.now = sample.at(23)
    while morning.do(c.Tick(), DeviceRole.BROKER, "broker"):
        pass
    assert morning.state.day is None
    assert morning.state.applications[application].overdue


def test_a_clerk_takes_in_files_only_for_services_that_the_clerk_may_serve() -> None:
    morning = Morning()
    morning.clerk("budi", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.serving("budi", ONE)
    accept = c.AcceptApplication(ticket, sample.DOCTOR, (0,))
    assert morning.refused("budi", accept) == r.SkillMissing(sample.DOCTOR)
    morning.accept("budi", ticket, sample.MICRO_BUSINESS)
