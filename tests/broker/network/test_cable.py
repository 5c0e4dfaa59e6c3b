"""The cable between a broker and its devices is pulled out. Part of `make soak`: it takes minutes, and a machine that
lets its users make networks of their own (unprivileged user namespaces, or root).
"""

import subprocess
import sys

import msgspec
import pytest

from tests.broker.network.cable import CableEnd, Cut
from tests.broker.network.support import RIGHT_SECONDS, SLOW_MACHINE_SECONDS, STALE_SECONDS
from tests.conftest import SOAKING

OWN_NETWORK = ("unshare", "--user", "--map-root-user", "--net")

if SOAKING:

    @pytest.mark.slow
    @pytest.mark.parametrize("end", list(CableEnd))
    @pytest.mark.parametrize("seconds", [5, 60])
    def test_a_cut_cable_is_noticed_and_mended_in_time(end: CableEnd, seconds: int) -> None:
        command = [*OWN_NETWORK, sys.executable, "-m", "tests.broker.network.cable", end.value, str(seconds)]
        done = subprocess.run(command, capture_output=True, timeout=seconds + 110, check=False)
        assert done.returncode == 0, done.stderr.decode()
        cut = msgspec.json.decode(done.stdout, type=Cut)
        assert cut.stale_after <= STALE_SECONDS + SLOW_MACHINE_SECONDS
        assert cut.right_after <= RIGHT_SECONDS + SLOW_MACHINE_SECONDS
        assert cut.numbers == [1, 2, 3]
