"""Lines with a printer at their end, let go of when a test is over."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hardware.connections.lines import Line

Lay = Callable[[Callable[[Path], Line]], Line]


@pytest.fixture
def lay(tmp_path: Path) -> Iterator[Lay]:
    with ExitStack() as running:

        def laid(make: Callable[[Path], Line]) -> Line:
            line = make(tmp_path)
            line.printer.start()
            running.callback(line.printer.stop)
            running.callback(line.connection.close)
            return line

        yield laid
