"""What is not as usual at the outlet, as every counter is told."""

import pytest

from broker.domain import commands as c
from broker.domain.rules import Bilingual, Machine
from broker.domain.values import ClosingReason, DeviceRole, MachineCode, MachineState, OutputState
from counter import office_words
from counter.standing import Standing, standing_of
from tests.support import sample
from tests.support.morning import Morning
from wording import Language, Wording

PRINTER = MachineCode("ektp-printer")
MACHINE = Machine(PRINTER, Bilingual("Mesin cetak e-KTP", "e-KTP printing machine"))


@pytest.fixture
def morning() -> Morning:
    """An outlet whose research recommendations need a machine."""
    return Morning(sample.rules(machines=(MACHINE,)), sample.services(sample.RESEARCH, needs=PRINTER))


def said(morning: Morning, language: Language) -> str:
    return office_words.standing(standing_of(morning.state), Wording(language))


def test_on_an_ordinary_morning_there_is_nothing_to_tell(morning: Morning) -> None:
    assert standing_of(morning.state) == Standing()
    assert standing_of(morning.state).is_usual


def test_a_machine_that_cannot_work_is_told_with_what_it_keeps_from_being_served(morning: Morning) -> None:
    morning.clerk("sri", c.ReportMachine(PRINTER, MachineState.OUT_OF_CARDS))
    (machine,) = standing_of(morning.state).machines
    assert (machine.state, [each.code for each in machine.services]) == (
        MachineState.OUT_OF_CARDS,
        [sample.RESEARCH],
    )
    assert said(morning, Language.ID) == (
        "Mesin cetak e-KTP: kehabisan kartu. Untuk sementara tidak dapat dilayani: Rekomendasi Penelitian."
    )
    morning.clerk("sri", c.ReportMachine(PRINTER, MachineState.READY))
    assert standing_of(morning.state).is_usual


def test_queues_and_doors_are_told_with_their_reasons(morning: Morning) -> None:
    morning.clerk("ratna", c.PauseQueue("C", ClosingReason.SYSTEM_FAULT))
    morning.clerk("ratna", c.CloseQueue("B", ClosingReason.FULL))
    morning.clerk("ratna", c.CloseDoors(ClosingReason.CEREMONY))
    assert said(morning, Language.EN) == (
        "No more numbers today: there is an official event."
        " Queue B is closed for today: everything is taken for today."
        " Queue C is on pause: the system is down."
    )


def test_a_queue_that_is_closed_and_on_pause_is_told_as_on_pause(morning: Morning) -> None:
    morning.clerk("ratna", c.CloseQueue("B", ClosingReason.FULL))
    morning.clerk("ratna", c.PauseQueue("B", ClosingReason.NO_CLERK))
    (queue,) = standing_of(morning.state).queues
    assert queue.is_paused


def test_clerks_are_told_that_a_call_is_not_heard_or_not_seen(morning: Morning) -> None:
    def report(screen: OutputState, sound: OutputState) -> None:
        morning.do(c.ReportDisplay(screen, sound), DeviceRole.DISPLAY, "display-1")

    report(OutputState.WORKING, OutputState.MISSING)
    said_in = said(morning, Language.ID)
    assert said_in == "Pengeras suara di ruang tunggu tidak berfungsi: panggilan hanya terlihat."
    report(OutputState.MISSING, OutputState.WORKING)
    assert said(morning, Language.EN) == "A lobby display can't be seen: please also call out loud."
    report(OutputState.WORKING, OutputState.WORKING)
    assert standing_of(morning.state).is_usual
