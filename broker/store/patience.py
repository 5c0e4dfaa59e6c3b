"""A session with a PostgreSQL server that is given up when the server falls silent: libpq itself would wait for ever.

A machine that has gone is noticed by TCP; a server that is stopped, or waits for its disk, stays connected.
"""

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

Result = TypeVar("Result")

PROMPT_SECONDS = 3.0
"""While devices wait. More than the wait for a lock; with the time to connect anew it is less than they wait."""

UNHURRIED_SECONDS = 60.0
"""Where nobody waits for us, and the server may have much to do."""

POLLED_SECONDS = 0.1


class ServerSilentError(psycopg.OperationalError):
    """The server stays connected and says nothing."""


class Session(psycopg.Connection[Any]):
    """Closed, with a ServerSilentError, after `patience_seconds` in which nothing could be sent or was heard."""

    patience_seconds = PROMPT_SECONDS

    def wait(
        self, gen: PQGen[Result], interval: float = POLLED_SECONDS, timeout: float | None = None
    ) -> Result:
        """All of psycopg's waits for an established session are this one."""
        try:
            return super().wait(_while_heard(gen, self.patience_seconds), interval, timeout)
        except ServerSilentError:
            self.close()
            raise


def _while_heard(gen: PQGen[Result], seconds: float) -> PQGen[Result]:
    """What `gen` does; it is told again and again whether there is anything to do."""
    heard_at = time.monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard_at = time.monotonic()
            elif time.monotonic() - heard_at > seconds:
                raise ServerSilentError(f"the server has been silent for {seconds:g} s")
            wanted = gen.send(ready)
    except StopIteration as end:
        result: Result = end.value
        return result
