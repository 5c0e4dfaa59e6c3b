"""A day's figures over the wire: for supervisors and the operator, of the open day too."""

import pytest

from broker.domain.values import BusinessDay, DeviceId
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, OFFICE, PC, Device, RunningBroker, accepted_file


def report(device: Device, day: BusinessDay | None = None) -> m.DayReport:
    answer = device.ask(m.AskDayReport(new_request_id(), day))
    assert isinstance(answer, m.DayReport), answer
    return answer


def test_the_operator_sees_the_open_day_so_far(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OFFICE) as office:
        accepted_file(broker, pc)
        figures = report(office).figures
        assert figures == report(office, sample.TUESDAY).figures
        assert report(office, BusinessDay("2026-07-13")).figures is None
    assert figures is not None
    assert figures.day == sample.TUESDAY
    assert figures.one_day[0].accepted == 1
    assert [(each.letter, each.issued) for each in figures.waits] == [("A", 1)]
    assert next(each.tally.accepted for each in figures.clerks if each.clerk == "sri") == 1


def test_at_a_counter_only_a_supervisor_sees_it(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        answer = pc.ask(m.AskDayReport(new_request_id()))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.NOT_PERMITTED
        pc.ask(m.SignOut(new_request_id()))
        pc.sign_in("ratna")
        assert report(pc).figures is not None


@pytest.mark.parametrize("device", [KIOSK, DISPLAY])
def test_citizens_devices_do_not(broker: RunningBroker, device: DeviceId) -> None:
    with broker.device(device) as other:
        assert isinstance(other.ask(m.AskDayReport(new_request_id())), m.Error)


@pytest.mark.parametrize("nonsense", ["", "yesterday", "2026-02-31", "9" * 1000, "20260714T"])
def test_a_day_that_is_none_does_no_harm(broker: RunningBroker, nonsense: str) -> None:
    with broker.device(OFFICE) as office:
        assert report(office, BusinessDay(nonsense)).figures is None
        assert report(office).figures is not None
