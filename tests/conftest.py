"""What all tests share: no screen needed, one touch device, and how long the random tests run.

`make soak` sets ANTREAN_SOAK: the same random tests with far more cases.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import HealthCheck, settings

SOAKING = bool(os.environ.get("ANTREAN_SOAK"))

settings.register_profile("test", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("test"), max_examples=3000)
settings.load_profile("soak" if SOAKING else "test")
