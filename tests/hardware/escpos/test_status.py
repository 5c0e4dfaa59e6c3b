"""The bits of status bytes, as FINDINGS of real printers and Epson's reference have them."""

import pytest

from hardware.escpos.status import Status, from_automatic, from_realtime
from hardware.job import PrinterState
from hardware.virtual.mechanism import Mechanism

WELL = {
    "online": True,
    "cover_open": False,
    "paper_out": False,
    "paper_low": False,
    "cutter_error": False,
    "unrecoverable_error": False,
    "overheated": False,
}
OFF = {"online": False}


@pytest.mark.parametrize(
    ("answers", "differs", "state"),
    [
        (b"\x12\x12\x12\x12", {}, PrinterState.READY),
        (b"\x12\x12\x12\x1e", {"paper_low": True}, PrinterState.PAPER_LOW),
        (b"\x1a\x32\x12\x7e", OFF | {"paper_out": True, "paper_low": True}, PrinterState.PAPER_OUT),
        (b"\x1a\x16\x12\x12", OFF | {"cover_open": True}, PrinterState.COVER_OPEN),
        (b"\x1a\x52\x1a\x12", OFF | {"cutter_error": True}, PrinterState.CUTTER_ERROR),
        (b"\x1a\x52\x52\x12", OFF | {"overheated": True}, PrinterState.OVERHEATED),
        (b"\x1a\x52\x32\x12", OFF | {"unrecoverable_error": True}, PrinterState.FAULT),
        (b"\x1a\x12\x12\x12", OFF, PrinterState.OFFLINE),
    ],
)
def test_real_time_answers(answers: bytes, differs: dict[str, bool], state: PrinterState) -> None:
    status = from_realtime(*answers)
    assert status == Status(**(WELL | differs))
    assert status.state is state


@pytest.mark.parametrize(
    ("answers", "differs", "state"),
    [
        (b"\x14\x00\x00", {}, PrinterState.READY),
        (b"\x10\x00\x03", {"paper_low": True}, PrinterState.PAPER_LOW),
        (b"\x1c\x00\x0f", OFF | {"paper_out": True, "paper_low": True}, PrinterState.PAPER_OUT),
        (b"\x38\x00\x00", OFF | {"cover_open": True}, PrinterState.COVER_OPEN),
        (b"\x18\x08\x00", OFF | {"cutter_error": True}, PrinterState.CUTTER_ERROR),
        (b"\x18\x40\x00", OFF | {"overheated": True}, PrinterState.OVERHEATED),
        (b"\x18\x20\x00", OFF | {"unrecoverable_error": True}, PrinterState.FAULT),
    ],
)
def test_automatic_status(answers: bytes, differs: dict[str, bool], state: PrinterState) -> None:
    status = from_automatic(*answers)
    assert status == Status(**(WELL | differs))
    assert status.state is state


def test_an_open_cover_is_seen_to_before_the_paper_behind_it() -> None:
    status = from_realtime(*b"\x1a\x36\x12\x7e")
    assert (status.cover_open, status.paper_out) == (True, True)
    assert status.state is PrinterState.COVER_OPEN


@pytest.mark.parametrize(
    "mechanism",
    [
        Mechanism(),
        Mechanism(near_end=True),
        Mechanism(paper_out=True),
        Mechanism(cover_open=True),
        Mechanism(cutter_error=True),
        Mechanism(held_offline=True),
        Mechanism(cover_open=True, paper_out=True, cutter_error=True),
    ],
)
def test_both_ways_of_asking_the_virtual_printer_agree(mechanism: Mechanism) -> None:
    asked = from_realtime(*(mechanism.realtime_status(n) for n in (1, 2, 3, 4)))
    assert asked == from_automatic(*mechanism.automatic_status()[:3])


def test_it_can_print_only_while_nothing_stops_it() -> None:
    assert {state for state in PrinterState if state.can_print} == {
        PrinterState.READY,
        PrinterState.PAPER_LOW,
    }
