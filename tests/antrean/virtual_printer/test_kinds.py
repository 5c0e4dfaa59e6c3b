"""Each kind of printer that the command can imitate, as a program at its other end finds it."""

from dataclasses import replace

import pytest

from antrean.headless import ABILITIES
from antrean.settings import PrinterKind
from hardware.connections.network import NetworkConnection
from hardware.conversation import Deadlines, Sending
from hardware.escpos.dialogue import Dialogue
from hardware.escpos.introduction import confirmation_of
from hardware.job import Printed
from hardware.patience import OwnPatience
from hardware.profile import DEFAULT, Confirmation, Presenter
from hardware.virtual.server import PrinterServer
from tests.support.waiting import PATIENCE_SECONDS

PAGE = Sending(b"\x1b@", b"A019\n\x1dV\x42\x00", 1)


@pytest.mark.parametrize(
    ("kind", "confirmation", "holds_ticket"),
    [
        (PrinterKind.EPSON, Confirmation.PROCESS_ID, False),
        (PrinterKind.SIMPLE, Confirmation.STATUS, False),
        (PrinterKind.PRESENTER, Confirmation.PROCESS_ID, True),
    ],
)
def test_a_printer_confirms_and_holds_its_tickets_as_its_kind(
    kind: PrinterKind, confirmation: Confirmation, holds_ticket: bool
) -> None:
    printer = PrinterServer(lambda _: None, abilities=ABILITIES[kind])
    printer.start()
    line = NetworkConnection(*printer.address)
    profile = replace(DEFAULT, confirmation=confirmation, presenter=Presenter.CUSTOM)
    talk = Dialogue(line, profile, Deadlines(), OwnPatience(), lambda _: None)
    try:
        line.open(PATIENCE_SECONDS)
        assert confirmation_of(line, 0.5) is confirmation
        line.close()
        talk.open()
        assert isinstance(talk.print(PAGE), Printed)
        assert talk.look().ticket_waits is holds_ticket
    finally:
        talk.close()
        printer.stop()
