"""What a scanned ticket of the emergency roll leads to at a counter."""

from broker.domain.commands import CallTicket, EnterRollTicket
from broker.domain.refusals import OutletClosed
from broker.domain.roll import RollTicket
from broker.domain.values import ChoiceReason, TicketId
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from counter.desk import Number
from counter.office_sheets import RollSheet
from counter.scan import Do, after_scan
from counter.sheets import Remark
from tests.support import sample
from tests.support.morning import ONE, Morning

TICKET = RollTicket("B", 701, 17)


def scanned(morning: Morning, **meaning: object) -> object:
    answer = m.TokenAnswer(new_request_id(), m.TokenKind.ROLL, **meaning)
    return after_scan(morning.state, sample.SRI, ONE, answer, morning.now)


def test_of_one_that_nobody_has_entered_it_is_asked_when_its_citizen_came() -> None:
    morning = Morning()
    doctor = morning.state.services[sample.DOCTOR]
    assert scanned(morning, roll=TICKET) == RollSheet(TICKET, Number("B", "701"), (doctor,))


def test_on_a_day_that_is_over_none_is_entered() -> None:
    morning = Morning()
    morning.advance(minutes=12 * 60)
    assert scanned(morning, roll=TICKET) == OutletClosed()


def test_one_that_waits_is_called_like_any_other_scanned_ticket() -> None:
    morning = Morning()
    issued, *_ = morning.clerk("sri", EnterRollTicket(TICKET))
    called = scanned(morning, ticket=issued.ticket)
    assert called == Do(CallTicket(ONE, issued.ticket, ChoiceReason.SCANNED))


def test_one_whose_visit_is_over_is_told() -> None:
    assert scanned(Morning(), ticket=TicketId("20260714-B701")) is Remark.NUMBER_ENDED
    assert scanned(Morning()) is Remark.NUMBER_ENDED
