"""Which page follows which, and what never happens, whatever is touched in whatever order."""

from hypothesis import given
from hypothesis import strategies as some

from broker.domain.appointment import Appointment
from broker.domain.refusals import OutletClosed
from broker.domain.values import (
    AppointmentId,
    BusinessDay,
    Delivery,
    Instant,
    Language,
    Priority,
    ServiceCode,
    TicketId,
)
from broker.protocol.messages import Reserved, TicketOutcome, TokenKind
from kiosk import events as e
from kiosk import flow as f
from kiosk.events import Event
from kiosk.flow import NEXT, Page, Visit, Wait, step, wait_of

TICKET = TicketOutcome(TicketId("20260714-A019"), "A", 19, Instant(0), "token", "7K4M2P", 8)
IUMK = ServiceCode("IUMK")
SLOT = Instant(1_000_000)
APPOINTMENT = Appointment(AppointmentId("20260714-J001"), BusinessDay("2026-07-14"), SLOT, "A", IUMK)
PLACE = Reserved(APPOINTMENT.id, "A", IUMK, SLOT, "token", "7K4M2P")

TOUCHES: list[Event] = [
    e.Begun(Language.ENGLISH),
    e.QueueChosen("B"),
    e.OneDayChosen("A"),
    e.ServiceChosen("A", IUMK),
    e.SearchChosen(),
    e.Typed("praktek"),
    e.MoreChosen(),
    e.NumberWanted(),
    e.PlaceChosen(SLOT),
    e.AppointmentClaimed(),
    e.Typed("7K4M2P"),
    e.PriorityAnswered(None),
    e.PriorityAnswered(Priority.ELDERLY),
    e.Done(),
    e.WentBack(),
    e.Restarted(),
    e.LanguageSwitched(),
    e.StillHere(),
]
OTHERS: list[Event] = [
    e.Scanned("token"),
    e.AppointmentFound("token", APPOINTMENT),
    e.AppointmentFound("7K4M2P", APPOINTMENT),
    e.AppointmentNotFound("token", TokenKind.TICKET),
    e.IssuedToPaper(PLACE),
    e.IssuedToScreen(PLACE),
    e.IssuedToPaper(TICKET),
    e.IssuedToScreen(TICKET),
    e.Printed(),
    e.NotPrinted(perhaps_on_paper=True),
    e.RefusedBy(OutletClosed()),
    e.NotAnswered(),
    e.TimeIsUp(),
    e.LinkLost(),
    e.LinkFound(),
]


def after(*events: Event, start: Visit | None = None) -> Visit:
    visit = Visit() if start is None else start
    for event in events:
        visit, _ = step(visit, event)
    return visit


def effects_of(*events: Event) -> list[f.Effect]:
    visit, told = Visit(), []
    for event in events:
        visit, effects = step(visit, event)
        told += effects
    return told


TO_ISSUE = (e.Begun(Language.INDONESIAN), e.QueueChosen("B"), e.PriorityAnswered(None))
TO_PRINT = (*TO_ISSUE, e.IssuedToPaper(TICKET))


def test_a_queues_tile_leads_to_the_priority_and_then_to_the_number() -> None:
    visit = after(*TO_ISSUE)
    assert visit.page is Page.ISSUING
    assert effects_of(*TO_ISSUE) == [f.Issue(f.Wish("B"), Language.INDONESIAN)]


def test_a_service_is_carried_through_the_priority_question() -> None:
    way = (
        e.Begun(Language.ENGLISH),
        e.ServiceChosen("A", IUMK),
        e.NumberWanted(),
        e.PriorityAnswered(Priority.PREGNANT),
    )
    assert effects_of(*way) == [f.Issue(f.Wish("A", IUMK, Priority.PREGNANT), Language.ENGLISH)]


def test_a_second_touch_issues_no_second_number() -> None:
    assert len(effects_of(*TO_ISSUE, e.PriorityAnswered(None), e.PriorityAnswered(Priority.ELDERLY))) == 1


def test_the_printed_ticket_is_confirmed_on_paper() -> None:
    visit = after(*TO_PRINT, e.Printed())
    assert visit.page is Page.TAKING
    assert effects_of(*TO_PRINT, e.Printed())[1:] == [
        f.Print(TICKET),
        f.Confirm(TICKET.ticket, Delivery.PAPER),
    ]


def test_a_ticket_that_is_not_printed_is_shown_and_confirmed_on_the_screen() -> None:
    visit = after(*TO_PRINT, e.NotPrinted(perhaps_on_paper=True))
    assert visit.page is Page.ON_SCREEN
    assert visit.perhaps_on_paper
    told = effects_of(*TO_PRINT, e.NotPrinted(perhaps_on_paper=True))
    assert told[-1] == f.Confirm(TICKET.ticket, Delivery.SCREEN)


def test_without_paper_nothing_is_sent_to_the_printer() -> None:
    told = effects_of(*TO_ISSUE, e.IssuedToScreen(TICKET))
    assert told[1:] == [f.Confirm(TICKET.ticket, Delivery.SCREEN)]


def test_done_while_printing_waits_for_the_ticket() -> None:
    leaving = after(*TO_PRINT, e.Done())
    assert leaving.page is Page.LEAVING
    assert after(e.Printed(), start=leaving) == Visit()
    assert after(e.NotPrinted(perhaps_on_paper=False), start=leaving).page is Page.ON_SCREEN


def test_back_leads_the_way_that_was_come() -> None:
    way = (e.Begun(Language.INDONESIAN), e.SearchChosen(), e.Typed("riset"), e.ServiceChosen("C", IUMK))
    visit = after(*way, e.NumberWanted())
    pages = []
    while visit.page is not Page.START:
        pages.append(visit.page)
        visit = after(e.WentBack(), start=visit)
    assert pages == [Page.PRIORITY, Page.SERVICE, Page.SEARCH, Page.CHOOSE]


def test_the_search_keeps_its_words_when_one_comes_back_to_it() -> None:
    way = (e.Begun(Language.INDONESIAN), e.SearchChosen(), e.Typed("riset"), e.ServiceChosen("C", IUMK))
    assert after(*way, e.WentBack()).query == "riset"


def test_whoever_comes_next_starts_afresh() -> None:
    way = (e.Begun(Language.ENGLISH), e.SearchChosen(), e.Typed("riset"))
    assert after(*way, e.Restarted()) == Visit()
    assert after(*way, e.TimeIsUp(), e.TimeIsUp()) == Visit()


def test_the_first_time_out_asks_and_any_touch_answers() -> None:
    asked = after(e.Begun(Language.ENGLISH), e.TimeIsUp())
    assert asked.page is Page.CHOOSE
    assert wait_of(asked) is Wait.ANSWER
    for touch in (e.StillHere(), e.LanguageSwitched(), e.QueueChosen("B")):
        assert wait_of(after(touch, start=asked)) is Wait.TOUCH


def test_nothing_is_lost_while_the_broker_is_away() -> None:
    way = (e.Begun(Language.ENGLISH), e.ServiceChosen("A", IUMK), e.NumberWanted())
    before = after(*way)
    away = after(e.LinkLost(), start=before)
    assert away.page is Page.AWAY
    assert after(e.LinkFound(), start=away) == before


def test_who_leaves_while_the_broker_is_away_is_forgotten() -> None:
    away = after(e.Begun(Language.ENGLISH), e.LinkLost(), e.TimeIsUp())
    assert away.page is Page.AWAY
    assert after(e.LinkFound(), start=away) == Visit()


def test_a_number_on_its_way_or_in_hand_is_not_hidden_by_a_lost_link() -> None:
    for way in (TO_ISSUE, TO_PRINT, (*TO_ISSUE, e.IssuedToScreen(TICKET))):
        visit = after(*way)
        assert after(e.LinkLost(), start=visit) == visit


def test_pages_that_wait_for_a_machine_have_no_time_limit() -> None:
    for page in (Page.START, Page.ISSUING, Page.PRINTING, Page.LEAVING):
        assert wait_of(Visit(page)) is None


def test_every_page_can_be_left() -> None:
    assert set(NEXT) == set(Page)
    assert all(NEXT.values())


TO_A_PLACE = (e.Begun(Language.ENGLISH), e.ServiceChosen("A", IUMK), e.PlaceChosen(SLOT))


def test_one_touch_reserves_a_place_instead_of_a_number() -> None:
    visit = after(*TO_A_PLACE)
    assert visit.page is Page.ISSUING
    assert effects_of(*TO_A_PLACE, e.PlaceChosen(SLOT)) == [
        f.Issue(f.Wish("A", IUMK, slot_at=SLOT), Language.ENGLISH)
    ]


def test_a_place_is_printed_or_shown_and_nothing_waits_for_its_delivery() -> None:
    assert after(*TO_A_PLACE, e.IssuedToPaper(PLACE), e.Printed()).page is Page.TAKING
    assert effects_of(*TO_A_PLACE, e.IssuedToPaper(PLACE), e.Printed())[1:] == [f.Print(PLACE)]
    assert after(*TO_A_PLACE, e.IssuedToScreen(PLACE)).page is Page.ON_SCREEN
    assert effects_of(*TO_A_PLACE, e.IssuedToScreen(PLACE))[1:] == []


def test_an_appointments_code_is_looked_up_and_leads_to_the_priority_and_the_number() -> None:
    way = (e.Scanned("token"), e.AppointmentFound("token", APPOINTMENT), e.PriorityAnswered(None))
    assert after(*way).page is Page.ISSUING
    wish = f.Wish("A", IUMK, appointment=APPOINTMENT)
    assert effects_of(*way) == [f.LookUp("token"), f.Issue(wish, Language.INDONESIAN)]


def test_a_typed_code_is_looked_up_as_soon_as_it_is_whole() -> None:
    way = (e.AppointmentClaimed(), e.Typed("7k4 m2"), e.Typed("7k4 m2p"))
    assert effects_of(*way) == [f.LookUp("7k4 m2p")]


def test_a_code_that_is_no_appointment_says_so_until_the_next_key() -> None:
    told = after(e.Scanned("token"), e.AppointmentNotFound("token", TokenKind.TICKET))
    assert told.page is Page.CHECK_IN
    assert told.not_found is TokenKind.TICKET
    assert after(e.Typed("7"), start=told).not_found is None
    assert after(e.Done(), start=told).page is Page.CHOOSE


def test_words_searched_for_are_never_looked_up_as_a_code() -> None:
    assert effects_of(e.Begun(Language.ENGLISH), e.SearchChosen(), e.Typed("SURVEY")) == []


@given(some.lists(some.sampled_from(TOUCHES + OTHERS), max_size=60))
def test_between_two_numbers_the_first_always_ends(events: list[Event]) -> None:
    visit, asked = Visit(), False
    for event in events:
        visit, effects = step(visit, event)
        for effect in effects:
            if isinstance(effect, f.Issue):
                assert not asked
                asked = True
        if visit.page in (Page.REFUSED, Page.UNANSWERED, Page.ON_SCREEN, Page.TAKING, Page.START):
            asked = False
        assert asked == (visit.page in (Page.ISSUING, Page.PRINTING, Page.LEAVING))


@given(some.lists(some.sampled_from(TOUCHES + OTHERS), max_size=60))
def test_every_ticket_is_confirmed_exactly_once(events: list[Event]) -> None:
    visit = Visit()
    issued = confirmed = 0
    for event in events:
        before = visit
        visit, effects = step(visit, event)
        if before.page is Page.ISSUING and isinstance(event, e.IssuedToPaper | e.IssuedToScreen):
            issued += event.given is TICKET
        confirmed += sum(isinstance(effect, f.Confirm) for effect in effects)
    still_printing = visit.page in (Page.PRINTING, Page.LEAVING) and visit.given is TICKET
    assert confirmed == issued - still_printing


@given(some.lists(some.sampled_from(TOUCHES + OTHERS), max_size=60))
def test_the_way_back_always_ends_at_the_start(events: list[Event]) -> None:
    visit = after(*events)
    for _ in range(8):
        visit = after(e.LinkFound(), e.WentBack(), start=visit)
        assert len(visit.trail) <= 7
    choosing = (Page.CHOOSE, Page.ONE_DAY, Page.SEARCH, Page.SERVICE, Page.CHECK_IN, Page.PRIORITY)
    assert visit.page not in choosing
