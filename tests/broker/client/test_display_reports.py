"""A display tells the broker how it is: once for each change, and anew where the broker thinks otherwise."""

import pytest

from broker.client import DisplayReports, Link
from broker.domain.events import DisplayReported
from broker.domain.state import Outputs
from broker.domain.values import DeviceId, DeviceRole, OutputState
from tests.support.morning import Morning

LOBBY = DeviceId("display-1")
SILENT = Outputs(sound=OutputState.FAILING)


class Reporting:
    """A display, and what the journal has of it."""

    def __init__(self) -> None:
        self.outlet = Morning()
        self.session = self.outlet.session(DeviceRole.DISPLAY, LOBBY)
        self.outputs = Outputs()
        self.reports = DisplayReports(self.session, lambda: self.outputs)

    def is_now(self, outputs: Outputs) -> None:
        self.outputs = outputs
        self.reports.look()

    @property
    def told(self) -> list[Outputs]:
        return [Outputs(each.screen, each.sound) for each in self.outlet.happened(DisplayReported)]


@pytest.fixture
def lobby() -> Reporting:
    return Reporting()


def test_each_change_is_told_once(lobby: Reporting) -> None:
    for outputs in (Outputs(), SILENT, SILENT, Outputs()):
        lobby.is_now(outputs)
    assert lobby.told == [SILENT, Outputs()]


def test_what_happened_while_the_broker_was_away_is_told_when_it_is_back(lobby: Reporting) -> None:
    lobby.session.set_link(Link.STALE)
    lobby.is_now(SILENT)
    assert lobby.told == []
    lobby.session.set_link(Link.LIVE)
    assert lobby.told == [SILENT]


def test_a_new_day_is_told_again_what_lasts(lobby: Reporting) -> None:
    lobby.is_now(SILENT)
    lobby.outlet.advance(minutes=24 * 60)
    lobby.outlet.take("A")
    assert lobby.told == [SILENT, SILENT]
    assert lobby.outlet.state.displays == {LOBBY: SILENT}
