"""One process of the demonstration: the program as an operator would start it, ended when the demo ends.

It watches its standard input: the demo's end, however it comes, closes it. With `--hand` a Qt program takes orders
from there (hand.py).
Usage: python -m antrean.demo.stage PROGRAM SETTINGS [--hand]
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from antrean import programs
from antrean.cli import reported
from antrean.demo.hand import Hand
from antrean.settings import load
from wording import Wording

HEADLESS = {"broker": programs.run_broker, "virtual-printer": programs.run_virtual_printer}
WINDOWED = {"kiosk": programs.kiosk, "counter": programs.counter, "display": programs.display}


def main(program: str, settings_path: Path, with_hand: bool) -> int:
    """Run the program until the demo ends it."""
    wording = Wording(programs.language_of_environment())
    with reported(wording):
        settings = load(settings_path, wording)
        if program in HEADLESS:
            return HEADLESS[program](
                settings, settings_path, wording, when_ready=_ready, stopped=_on_end_of_input
            )
        running = WINDOWED[program](settings, settings_path, wording)
        hand = Hand(running.window)
        hand.left.connect(running.quit)
        if with_hand:
            hand.start()
        else:
            _on_end_of_input(running.quit_soon)
        _ready()
        return running.run()
    return 2


def _ready() -> None:
    sys.stdout.write('{"ready": true}\n')
    sys.stdout.flush()


def _on_end_of_input(stop: Callable[[], None]) -> None:
    def watch() -> None:
        sys.stdin.read()
        stop()

    threading.Thread(target=watch, name="end-of-input", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), "--hand" in sys.argv[3:]))
