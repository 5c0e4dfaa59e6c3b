"""What displays say of their screens and their sound: remembered while something can't be perceived, for a day."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.state import Outputs
from broker.domain.values import DeviceId, DeviceRole, OutputState
from tests.support.morning import ONE, Morning

LOBBY = DeviceId("display-1")
SILENT = c.ReportDisplay(OutputState.WORKING, OutputState.MISSING)
WELL = c.ReportDisplay(OutputState.WORKING, OutputState.WORKING)


@pytest.fixture
def morning() -> Morning:
    return Morning()


def report(morning: Morning, command: c.ReportDisplay) -> tuple[e.AnyEvent, ...]:
    return tuple(morning.do(command, DeviceRole.DISPLAY, LOBBY))


def test_a_display_is_remembered_until_all_of_it_works(morning: Morning) -> None:
    assert report(morning, WELL) == ()
    assert report(morning, SILENT) == (e.DisplayReported(LOBBY, OutputState.WORKING, OutputState.MISSING),)
    assert morning.state.displays == {LOBBY: Outputs(sound=OutputState.MISSING)}
    assert report(morning, SILENT) == ()
    assert report(morning, WELL) != ()
    assert morning.state.displays == {}


def test_a_call_of_a_silent_display_is_announced_all_the_same(morning: Morning) -> None:
    report(morning, SILENT)
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A")
    ticket = morning.call("sri", ONE)
    announced = morning.do(c.ReportAnnounced(ticket, 1), DeviceRole.DISPLAY, LOBBY)
    assert announced == (e.CallAnnounced(ticket, 1),)


def test_a_new_day_waits_for_what_the_displays_say(morning: Morning) -> None:
    report(morning, SILENT)
    morning.advance(minutes=24 * 60)
    morning.take("A")
    assert morning.state.displays == {}
