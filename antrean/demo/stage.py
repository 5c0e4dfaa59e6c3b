"""One process of the demonstration: the program as an operator would start it, ended when the demo ends.

It watches its standard input: the demo's end, however it comes, closes it. With `--hand` a Qt program takes orders
from there (hand.py).
Usage: python -m antrean.demo.stage PROGRAM SETTINGS [--hand]
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from antrean import forecasting, headless
from antrean.cli.reporting import reported
from antrean.language import language_of_environment
from antrean.settings import Settings, load
from wording import Wording

HEADLESS = {
    "broker": headless.run_broker,
    "forecast": forecasting.run_forecast,
    "virtual-printer": headless.run_virtual_printer,
}


def main(program: str, settings_path: Path, *, with_hand: bool) -> int:
    """Run the program until the demo ends it; the exit code."""
    wording = Wording(language_of_environment())
    code = 0
    with reported(wording):
        settings, base = load(settings_path, wording), settings_path.parent
        if program in HEADLESS:
            code = HEADLESS[program](settings, base, wording, _headless_ready)
        else:
            code = _windowed(program, settings, base, wording, with_hand=with_hand)
    return code


def _windowed(program: str, settings: Settings, base: Path, wording: Wording, *, with_hand: bool) -> int:
    from antrean import windowed
    from antrean.demo.hand import Hand

    running = windowed.PROGRAMS[program](settings, base, wording)
    if with_hand:
        hand = Hand(running.window)
        hand.left.connect(running.quit)
        hand.start()
    else:
        _on_end_of_input(running.quit)
    _ready()
    return running.run()


def _headless_ready(stop: headless.Stop) -> None:
    _on_end_of_input(stop)
    _ready()


def _ready() -> None:
    sys.stdout.write('{"ok": true}\n')
    sys.stdout.flush()


def _on_end_of_input(stop: Callable[[], None]) -> None:
    def watch() -> None:
        sys.stdin.read()
        stop()

    threading.Thread(target=watch, name="end-of-input", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), with_hand="--hand" in sys.argv[3:]))
