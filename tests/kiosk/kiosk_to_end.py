"""A kiosk in a process of its own, at which a citizen takes a number at once; a test ends it as a power cut does."""

import sys

import msgspec
from msgspec import Struct
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from broker.client import DeviceKeys, Endpoints, FixedKeys
from broker.domain.values import Language
from hardware.settings import PrinterSettings
from kiosk import events, flow
from kiosk.app import Kiosk, build
from kiosk.settings import KioskSettings
from ui.link import QtLink
from ui.settings import WindowSettings
from ui.window import prepare


class Place(Struct, frozen=True):
    """Where a kiosk stands."""

    requests: str
    updates: str
    public: str
    secret: str
    broker: str
    printer: str
    journal: str

    def kiosk(self) -> tuple[Kiosk, QtLink]:
        keys = FixedKeys(DeviceKeys(self.public, self.secret, self.broker))
        link = QtLink(Endpoints(self.requests, self.updates), keys, "antrean kiosk")
        settings = KioskSettings(
            window=WindowSettings(full_screen=False, size=(1080, 1920)),
            double_touch_ms=20,
            print_journal=self.journal,
            printer=PrinterSettings(self.printer, profile="TM-T20II"),
        )
        return build(settings, link), link


def run(place: Place) -> None:
    application = QApplication([])
    prepare(application)
    kiosk, link = place.kiosk()

    def take_a_number() -> None:
        if kiosk.presenter.visit.page is flow.Page.START and kiosk.presenter.sight.can_print:
            looking.stop()
            for touch in (
                events.Begun(Language.INDONESIAN),
                events.QueueChosen("B"),
                events.PriorityAnswered(None),
            ):
                kiosk.presenter.happen(touch)

    looking = QTimer()
    looking.timeout.connect(take_a_number)
    looking.start(20)
    link.start()
    kiosk.start()
    application.exec()


if __name__ == "__main__":
    run(msgspec.json.decode(sys.argv[1], type=Place))
