"""What stands on a ticket of the emergency roll."""

from broker.domain.roll import RollTicket
from broker.domain.values import Letter
from hardware.page import JobKind
from papers.roll import roll_ticket_page
from tests.support.morning import Morning
from tests.support.sample import at


def test_it_has_a_number_its_queue_and_the_last_day_on_which_it_is_good() -> None:
    page = roll_ticket_page(RollTicket(Letter("B"), 701, 17), "token", at(0), Morning().state)
    assert page.kind is JobKind.ROLL_TICKET
    says = page.fields
    assert (says["letter"], says["number"], says["queue"]) == ("B", "701", "Perizinan")
    assert says["token"] == "token"
    assert "13 Juli 2026" in says["good_until"]
