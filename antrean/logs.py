"""What a process writes about itself: one JSON object per line, to a file or to standard error.

No line has personal data: names, PINs, notes and what is scanned stay out of every call. Of an error the places in
the code are told, without the values of variables, which might be anybody's.
"""

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from antrean.settings import LogSettings


class Lines:
    """A stream to log to. What can't be written is let go: a full disk stops no program on account of its log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write it, or not."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Bring it to the disk, or not."""
        with suppress(OSError):
            self._stream.flush()


def configure(settings: LogSettings, program: str, base: Path) -> None:
    """Send all log lines of this process where the settings say, each with the program's name."""
    stream, refused = _stream(settings, base)
    structlog.configure(
        processors=[
            _named(program),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings.level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, Lines(stream))),
        cache_logger_on_first_use=True,
    )
    if refused is not None:
        structlog.get_logger(__name__).error("the log's file can't be written", error=str(refused))


def _stream(settings: LogSettings, base: Path) -> tuple[TextIO, OSError | None]:
    """Where lines go: to standard error also where the file can't be opened, and then why."""
    if not settings.file:
        return sys.stderr, None
    try:
        return (base / settings.file).open("a", encoding="utf-8"), None
    except OSError as error:
        return sys.stderr, error


def _named(program: str) -> structlog.typing.Processor:
    def add(
        _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        event["program"] = program
        return event

    return add
