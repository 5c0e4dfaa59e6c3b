"""Every program may be killed at any moment: what was acknowledged is there when it comes back."""

from pathlib import Path

import pytest

from broker.domain import events as e
from broker.domain.ticket import TicketStatus
from broker.domain.values import TicketId
from tests.stories.stage import open_outlet
from tests.stories.test_one_ticket import happened

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

FIRST = TicketId("20260714-B001")


def test_a_visit_goes_on_through_the_crash_of_every_program(tmp_path: Path) -> None:
    with open_outlet(tmp_path) as (outlet, watcher):
        outlet.citizen.takes_number("B")
        happened(watcher, e.TicketDelivered)
        outlet.crash("broker")
        outlet.sri.signs_in("sri", outlet.stage.pin("sri"))
        outlet.sri.calls_next()
        outlet.lobby.see("panel-B001")
        happened(watcher, e.CallAnnounced)

        outlet.crash("counter-1")
        outlet.sri.starts()
        outlet.crash("display-1")
        outlet.lobby.see("panel-B001")
        outlet.crash("kiosk-1")
        outlet.citizen.takes_number("B")
        watcher.until("the second number", lambda: watcher.state.numbers.get("B") == 2)

        outlet.crash("broker")
        watcher.until("it is in service", lambda: watcher.state.tickets[FIRST].status is TicketStatus.SERVING)
        outlet.sri.completes()
        happened(watcher, e.TicketCompleted)
        announced = [each for each in watcher.history("B001") if isinstance(each.event, e.CallAnnounced)]
        assert len(announced) == 1, "a display that comes back does not announce again"
