"""What happens when a program meets an error of its own: it is logged, and the program ends.

An exception in a slot does not stop Qt: without this the screen would stay up and half work. The supervisor
(systemd, or `antrean demo`) starts the program again.
"""

import os
import sys
import threading
from types import TracebackType
from typing import Final

import structlog

EXIT_CODE: Final = 70
"""EX_SOFTWARE of sysexits.h."""


def end_on_error() -> None:
    """To be called once, before the window is shown. Holds for every thread of the process."""
    sys.excepthook = _end
    threading.excepthook = _end_thread


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        os._exit(130)
    log = structlog.get_logger("crash")
    log.critical("unexpected error, the program ends", exc_info=(kind, error, trace))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(EXIT_CODE)


def _end_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _end(args.exc_type, args.exc_value, args.exc_traceback)
