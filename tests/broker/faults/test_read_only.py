"""A real broker whose files it may not write: it says so at its start; while it runs nobody is promised anything."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from antrean import outlet_folder
from antrean.outlet_folder import Devices
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS
from broker.domain.codec import encode_state
from tests.broker.faults.afterwards import every_answer_is_kept, journal_of
from tests.broker.faults.test_full_disk import FULL_AT, accepted, let_files_grow_to, not_stored
from tests.support import sample
from tests.support.killable import PATIENCE_SECONDS, BusyOutlet, KillableBroker
from tests.support.modes import obey_modes
from tests.support.running import TEBET_TIMUR
from tests.support.visitors import Visitors
from wording import Language, Wording

ENDS_SECONDS = 60


@contextmanager
def read_only(*paths: Path) -> Iterator[None]:
    before = {path: path.stat().st_mode for path in paths}
    for path, mode in before.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in before.items():
            path.chmod(mode)


@pytest.mark.slow
def test_while_it_may_not_write_everybody_is_told_and_afterwards_the_outlet_goes_on(tmp_path: Path) -> None:
    """Files that are open stay so: it is after a commit has failed, and they are opened anew, that modes are asked."""
    outlet = BusyOutlet.make(tmp_path / "outlet", sample.at(8), 20)
    folder = outlet.made.folder
    with KillableBroker(outlet, obey_modes) as broker, Visitors(outlet, 20, Random(5)) as visitors:
        assert visitors.go_on(lambda: accepted(visitors) > 200, PATIENCE_SECONDS)
        with read_only(folder, *folder.glob("outlet.db*")):
            let_files_grow_to(broker.pid, FULL_AT)
            assert visitors.go_on(lambda: not_stored(visitors) > 0, PATIENCE_SECONDS)
            let_files_grow_to(broker.pid, resource.RLIM_INFINITY)
            before = not_stored(visitors)
            assert visitors.go_on(lambda: not_stored(visitors) > before + 100, PATIENCE_SECONDS)
            at_last = accepted(visitors)
            before = not_stored(visitors)
            assert visitors.go_on(lambda: not_stored(visitors) > before + 20, PATIENCE_SECONDS)
            assert accepted(visitors) == at_last
        assert visitors.go_on(lambda: accepted(visitors) > at_last + 200, PATIENCE_SECONDS)
        visitors.are_busy = False
        assert visitors.go_on(lambda: not visitors.wait and visitors.agree, PATIENCE_SECONDS)
        broker.stop()
        records, states = journal_of(outlet)
        every_answer_is_kept(visitors, records)
        for visitor in visitors.all:
            assert encode_state(visitor.session.state) == states[visitor.session.state.seq]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outlets") / "outlet"
    seed = seed_for(outlet_folder.find_outlet(TEBET_TIMUR, Wording(Language.EN)), 1)
    outlet_folder.make(folder, seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(8))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    "closed",
    [
        pytest.param(("outlet.db",), id="the file"),
        pytest.param((".",), id="its folder"),
        pytest.param(("outlet.db-wal",), id="a log that somebody else has left"),
    ],
)
def test_at_its_start_it_says_what_it_may_not_write_and_what_to_do(
    folder: Path, closed: tuple[str, ...]
) -> None:
    paths = [folder / name for name in closed]
    left = folder / "outlet.db-wal"
    if left in paths:
        left.touch()
    try:
        with read_only(*paths):
            started = subprocess.run(
                [
                    *(sys.executable, "-m", "antrean", "broker"),
                    *("--settings", str(folder / BROKER_SETTINGS)),
                ],
                capture_output=True,
                text=True,
                timeout=ENDS_SECONDS,
                check=False,
                preexec_fn=obey_modes,
            )
    finally:
        left.unlink(missing_ok=True)
    assert started.returncode != 0
    assert "The database can't be written" in started.stderr
    assert str(folder / "outlet.db") in started.stderr
    assert "Give the file and its folder to the user as whom the broker runs" in started.stderr
    assert "Traceback" not in started.stderr
