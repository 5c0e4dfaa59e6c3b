"""An error of the program's own ends it, with its trace in the log."""

import subprocess
import sys

import pytest

from ui.crash import EXIT_CODE

PROGRAM = """
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.crash import end_on_error

application = QApplication(sys.argv)
end_on_error()

def fail():
    raise RuntimeError("the belt has slipped")

{start}
application.exec()
"""


@pytest.mark.parametrize("start", ["QTimer.singleShot(0, fail)", "threading.Thread(target=fail).start()"])
def test_an_error_in_a_slot_or_a_thread_ends_the_program(start: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(start=start)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == EXIT_CODE
    assert "the belt has slipped" in ended.stdout + ended.stderr
