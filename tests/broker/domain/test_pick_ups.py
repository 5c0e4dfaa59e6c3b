"""Files that officers fetch at the citizen's place: asked for, assigned, fetched, failed, accepted, delivered."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.application import ApplicationStatus
from broker.domain.commands import AnyCommand
from broker.domain.pick_up import TRANSITIONS, PickUp, PickUpAct, PickUpStatus
from broker.domain.rules import ApplicantQuota
from broker.domain.values import (
    ApplicantId,
    ApplicationId,
    BusinessDay,
    ClerkId,
    DeviceRole,
    NoteId,
    PickUpId,
    RejectReason,
    ServiceCode,
    Stage,
    VisitFailure,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

P1 = PickUpId("20260714-P001")
FILE = ApplicationId("31.74.01.1001-20260714-0001")
AMINAH = ApplicantId("applicant-1")


@pytest.fixture
def morning() -> Morning:
    """Somebody has asked that a file for a micro business permit be fetched."""
    morning = Morning()
    morning.clerk("dewi", c.RequestPickUp(sample.MICRO_BUSINESS, NoteId("where"), AMINAH))
    return morning


def fetched(morning: Morning) -> None:
    morning.clerk("dewi", c.AssignPickUp(P1, sample.BUDI))
    morning.clerk("dewi", c.FetchFile(P1))


def delivered_to_be(morning: Morning) -> ApplicationId:
    """A fetched file, accepted and ready."""
    fetched(morning)
    morning.clerk("dewi", c.AcceptFetched(P1, (0,)))
    morning.clerk("dewi", c.MarkComplete(FILE))
    return FILE


def test_a_request_says_what_for_and_carries_its_note(morning: Morning) -> None:
    assert morning.happened(e.PickUpRequested) == [
        e.PickUpRequested(P1, sample.MICRO_BUSINESS, NoteId("where"), AMINAH)
    ]
    assert morning.state.pick_ups[P1] == PickUp(
        P1, sample.MICRO_BUSINESS, PickUpStatus.REQUESTED, morning.now, NoteId("where"), AMINAH
    )


def test_requests_have_ids_of_their_day(morning: Morning) -> None:
    morning.clerk("dewi", c.RequestPickUp(sample.DOCTOR))
    assert list(morning.state.pick_ups) == [P1, "20260714-P002"]
    morning.advance(minutes=24 * 60)
    morning.clerk("dewi", c.RequestPickUp(sample.DOCTOR))
    assert "20260715-P001" in morning.state.pick_ups
    assert P1 in morning.state.pick_ups, "requests go on over night"


def test_a_request_is_for_a_service_of_the_outlet_on_an_open_day(morning: Morning) -> None:
    unknown = c.RequestPickUp(ServiceCode("X"))
    assert morning.refused("dewi", unknown) == r.UnknownService("X")
    night = Morning(start=sample.at(20))
    assert night.refused("dewi", c.RequestPickUp(sample.DOCTOR)) == r.OutletClosed()


def test_an_officer_is_assigned_or_another_instead(morning: Morning) -> None:
    assert morning.clerk("ratna", c.AssignPickUp(P1, sample.BUDI)) == (e.PickUpAssigned(P1, sample.BUDI),)
    morning.clerk("ratna", c.AssignPickUp(P1, sample.SRI))
    request = morning.state.pick_ups[P1]
    assert (request.status, request.officer) == (PickUpStatus.ASSIGNED, sample.SRI)
    nobody = c.AssignPickUp(P1, ClerkId("joko"))
    assert morning.refused("ratna", nobody) == r.UnknownClerk("joko")


def test_a_visit_in_vain_is_told_with_its_reason_and_somebody_may_go_again(morning: Morning) -> None:
    for visits in (1, 2):
        morning.clerk("dewi", c.AssignPickUp(P1, sample.BUDI))
        failed = c.FailPickUp(P1, VisitFailure.NOBODY_HOME)
        assert morning.clerk("budi", failed) == (e.PickUpFailed(P1, VisitFailure.NOBODY_HOME),)
        request = morning.state.pick_ups[P1]
        assert (request.status, request.failure) == (PickUpStatus.FAILED, VisitFailure.NOBODY_HOME)
        assert request.visits == visits


def test_a_fetched_file_becomes_an_application_with_its_promise(morning: Morning) -> None:
    fetched(morning)
    assert morning.state.pick_ups[P1].status is PickUpStatus.FETCHED
    morning.advance(minutes=8)
    assert morning.clerk("dewi", c.AcceptFetched(P1, (0, 2))) == (
        e.ApplicationAccepted(
            FILE,
            sample.MICRO_BUSINESS,
            (0, 2),
            sample.DEWI,
            promised_at=sample.at(11, 45),
            stage=Stage.RECEIVED,
            applicant=AMINAH,
            pick_up=P1,
        ),
    )
    assert morning.state.pick_ups == {}
    application = morning.state.applications[FILE]
    assert (application.ticket, application.pick_up) == (None, P1)
    assert application.status is ApplicationStatus.IN_PROCESS
    assert morning.state.tallies[sample.DEWI].accepted == 1


def test_the_promise_of_a_fetched_file_holds_after_the_cut_off_too(morning: Morning) -> None:
    """The cut-off is for those who come; a fetched file is promised from when it is taken in."""
    fetched(morning)
    morning.now = sample.at(11, 45)
    morning.clerk("dewi", c.AcceptFetched(P1, ()))
    assert morning.state.applications[FILE].promised_at == sample.at(15, 45)


def test_a_fetched_file_is_accepted_by_the_rules_of_every_file(morning: Morning) -> None:
    fetched(morning)
    assert morning.refused("dewi", c.AcceptFetched(P1, (3,))) == r.NotOneOfRequirements(3)
    without = tuple(each for each in sample.SERVICES if each.code != sample.MICRO_BUSINESS)
    morning.do(c.AdoptCatalogue(without), DeviceRole.OPERATOR)
    assert morning.refused("dewi", c.AcceptFetched(P1, ())) == r.UnknownService(sample.MICRO_BUSINESS)
    morning.now = sample.at(20)
    morning.tick()
    assert morning.refused("dewi", c.AcceptFetched(P1, ())) == r.OutletClosed()


def test_a_fetched_file_counts_for_its_applicants_quota() -> None:
    morning = Morning(sample.rules(applicant_quota=ApplicantQuota(files=1, days=7)))
    for _ in range(2):
        morning.clerk("dewi", c.RequestPickUp(sample.DOCTOR, applicant=AMINAH))
    for number in (1, 2):
        pick_up = PickUpId(f"20260714-P00{number}")
        morning.clerk("dewi", c.AssignPickUp(pick_up, sample.BUDI))
        morning.clerk("dewi", c.FetchFile(pick_up))
    morning.clerk("dewi", c.AcceptFetched(P1, ()))
    second = c.AcceptFetched(PickUpId("20260714-P002"), ())
    assert morning.refused("dewi", second) == r.ApplicantQuotaReached(1, 7)


@pytest.mark.parametrize("status", sorted(TRANSITIONS[PickUpAct.CANCEL]))
def test_a_request_is_cancelled_until_its_file_is_an_application(
    morning: Morning, status: PickUpStatus
) -> None:
    """A fetched file too, if it can't be taken in: it goes back to its citizen."""
    if status is not PickUpStatus.REQUESTED:
        morning.clerk("dewi", c.AssignPickUp(P1, sample.BUDI))
    if status is PickUpStatus.FAILED:
        morning.clerk("dewi", c.FailPickUp(P1, VisitFailure.ADDRESS_NOT_FOUND))
    if status is PickUpStatus.FETCHED:
        morning.clerk("dewi", c.FetchFile(P1))
    assert morning.state.pick_ups[P1].status is status
    assert morning.clerk("dewi", c.CancelPickUp(P1)) == (e.PickUpCancelled(P1),)
    assert morning.state.pick_ups == {}
    assert morning.refused("dewi", c.CancelPickUp(P1)) == r.UnknownPickUp(P1)


ACTS: list[tuple[AnyCommand, set[PickUpStatus]]] = [
    (
        c.AssignPickUp(P1, sample.BUDI),
        {PickUpStatus.REQUESTED, PickUpStatus.ASSIGNED, PickUpStatus.FAILED},
    ),
    (c.FetchFile(P1), {PickUpStatus.ASSIGNED}),
    (c.FailPickUp(P1, VisitFailure.PAPERS_NOT_READY), {PickUpStatus.ASSIGNED}),
    (c.AcceptFetched(P1, ()), {PickUpStatus.FETCHED}),
]


@pytest.mark.parametrize(("act", "allowed"), ACTS)
@pytest.mark.parametrize("status", [PickUpStatus.REQUESTED, PickUpStatus.ASSIGNED, PickUpStatus.FETCHED])
def test_an_act_out_of_its_turn_is_refused_with_the_status(
    morning: Morning, act: AnyCommand, allowed: set[PickUpStatus], status: PickUpStatus
) -> None:
    if status is not PickUpStatus.REQUESTED:
        morning.clerk("dewi", c.AssignPickUp(P1, sample.BUDI))
    if status is PickUpStatus.FETCHED:
        morning.clerk("dewi", c.FetchFile(P1))
    if status in allowed:
        assert morning.clerk("dewi", act)
    else:
        assert morning.refused("dewi", act) == r.WrongPickUpStatus(P1, status)


def test_every_act_is_tried_out_of_its_turn() -> None:
    assert len(ACTS) + 1 == len(TRANSITIONS), "all but cancelling, which is tried above"


# Delivered


def test_a_finished_permit_is_brought_to_where_its_file_was_fetched(morning: Morning) -> None:
    delivered_to_be(morning)
    assert morning.clerk("budi", c.DeliverPermit(FILE)) == (e.ApplicationHandedOver(FILE),)
    assert morning.state.applications == {}


def test_a_permit_that_could_not_be_brought_stays_ready(morning: Morning) -> None:
    delivered_to_be(morning)
    failed = c.FailDelivery(FILE, VisitFailure.NOBODY_HOME)
    assert morning.clerk("budi", failed) == (e.DeliveryFailed(FILE, VisitFailure.NOBODY_HOME),)
    assert morning.state.applications[FILE].status is ApplicationStatus.READY
    morning.clerk("budi", c.DeliverPermit(FILE))


def test_whoever_comes_for_a_fetched_files_permit_is_handed_it(morning: Morning) -> None:
    delivered_to_be(morning)
    morning.clerk("sri", c.HandOver(FILE))
    assert morning.state.applications == {}


def test_only_what_is_ready_is_brought(morning: Morning) -> None:
    fetched(morning)
    morning.clerk("dewi", c.AcceptFetched(P1, ()))
    told = r.WrongApplicationStatus(FILE, ApplicationStatus.IN_PROCESS)
    assert morning.refused("budi", c.DeliverPermit(FILE)) == told
    assert morning.refused("budi", c.FailDelivery(FILE, VisitFailure.NOBODY_HOME)) == told
    morning.clerk("dewi", c.RejectApplication(FILE, RejectReason.WITHDRAWN))
    assert morning.refused("budi", c.DeliverPermit(FILE)) == r.UnknownApplication(FILE)


def test_what_was_filed_at_a_counter_is_collected_not_brought(morning: Morning) -> None:
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.clerk("dewi", c.MarkComplete(application))
    for command in (c.DeliverPermit(application), c.FailDelivery(application, VisitFailure.NOBODY_HOME)):
        assert morning.refused("budi", command) == r.NotFetched(application)


def test_a_request_stays_until_it_is_done(morning: Morning) -> None:
    fetched(morning)
    morning.now = sample.at(9, day=BusinessDay("2026-07-20"))
    morning.tick()
    morning.clerk("dewi", c.AcceptFetched(P1, ()))
    assert list(morning.state.applications) == ["31.74.01.1001-20260720-0001"]
