"""What stands on the slip of a file, and on the copy that stays with it."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.application import Application
from broker.domain.state import State
from broker.domain.values import BusinessDay, Language
from broker.protocol.messages import ApplicationOutcome
from hardware.layout.blocks import Fields
from hardware.page import JobKind
from papers.filed import Filed, filed_before, filed_now, plate_of
from papers.slip import slip_pages
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.sample import at


@pytest.fixture
def morning() -> Morning:
    """Sri has accepted a file of the citizen in hand."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A", sample.MICRO_BUSINESS)
    morning.accept("sri", morning.serving("sri", ONE), sample.MICRO_BUSINESS, (0, 2))
    return morning


def only_file(state: State) -> Application:
    (application,) = state.applications.values()
    return application


def filed(state: State) -> Filed:
    found = filed_before(state, only_file(state))
    assert found is not None
    return found


def outcome(state: State) -> ApplicationOutcome:
    application = only_file(state)
    promised = application.promised_at
    return ApplicationOutcome(application.id, "token", application.accepted_at, "9QF3TX", promised)


def slip(state: State, filed: Filed) -> Fields:
    page, copy = slip_pages(filed, outcome(state), state)
    assert (page.kind, copy.kind) == (JobKind.SLIP, JobKind.FILE_COPY)
    assert copy.fields["file"] == page.fields["file"]
    return page.fields


def test_it_holds_the_promise_what_was_received_and_where_the_permit_is_collected(morning: Morning) -> None:
    says = slip(morning.state, filed(morning.state))
    assert (says["letter"], says["number"], says["token"], says["code"]) == ("A", "001", "token", "9QF 3TX")
    assert says["promise"] == "11.30"
    assert says["received"] == ("KTP asli dan fotokopinya", "Pasfoto 4 x 6, dua lembar")
    assert says["collect"] == "Ambil di Loket 3"
    assert says["closing"] == "Buka sampai pukul 16.00."


def test_a_file_just_accepted_says_the_same_before_the_state_has_it(morning: Morning) -> None:
    state, application = morning.state, only_file(morning.state)
    assert application.ticket is not None
    now = filed_now(state, application.ticket, application.service, application.received)
    assert slip(state, now) == slip(state, filed(state))


def test_it_speaks_the_citizens_language_while_the_ticket_is_there(morning: Morning) -> None:
    english = replace(filed(morning.state), language=Language.ENGLISH)
    assert slip(morning.state, english)["collect"] == "Collect at Counter 3"
    morning.state.tickets.clear()
    assert filed(morning.state).language is Language.INDONESIAN


def test_what_is_not_asked_for_any_more_is_left_out_of_what_was_received(morning: Morning) -> None:
    assert slip(morning.state, replace(filed(morning.state), received=(0, 17)))["received"] == (
        "KTP asli dan fotokopinya",
    )


def test_without_a_promise_or_a_working_day_there_is_no_slip(morning: Morning) -> None:
    state = morning.state
    assert slip_pages(filed(state), replace(outcome(state), promised_at=None), state) == ()
    sunday = replace(filed(state), day=BusinessDay("2026-07-19"))
    assert slip_pages(sunday, outcome(state), state) == ()


def test_a_file_without_a_ticket_is_called_by_its_own_serial(morning: Morning) -> None:
    fetched = replace(only_file(morning.state), letter=None, number=None, ticket=None, accepted_at=at(9))
    assert plate_of(morning.state, fetched) == ("", "0001")


def test_a_service_that_is_not_offered_any_more_has_no_papers(morning: Morning) -> None:
    del morning.state.services[sample.MICRO_BUSINESS]
    assert filed_before(morning.state, only_file(morning.state)) is None
