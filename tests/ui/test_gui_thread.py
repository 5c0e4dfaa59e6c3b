"""What a device's thread tells is told in the GUI's thread, in order."""

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from ui.gui_thread import GuiThread


def test_what_another_thread_asks_for_is_done_in_the_guis_in_order(qtbot: QtBot) -> None:
    gui = GuiThread()
    here = QThread.currentThread()
    done: list[tuple[int, bool]] = []

    def note(number: int) -> None:
        done.append((number, QThread.currentThread() is here))

    def tell() -> None:
        for number in range(50):
            gui.run(lambda number=number: note(number))  # type: ignore[misc]

    teller = threading.Thread(target=tell)
    teller.start()
    teller.join(10)
    assert not done, "nothing is done before the GUI's thread turns to it"
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == [(number, True) for number in range(50)]
