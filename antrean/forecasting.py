"""The forecast of the waits, put together and run: a client of the broker without a window."""

import time
from pathlib import Path

from antrean import addresses, keys, logs
from antrean.clocks import device_clock
from antrean.headless import WhenReady, stop_on_signals
from antrean.problem import Problem
from antrean.settings import Settings
from antrean.systemd import Supervisor
from forecast.app import ForecastApp
from wording import Wording


def run_forecast(settings: Settings, base: Path, wording: Wording, when_ready: WhenReady) -> int:
    """Run the forecast of the waits. Raises Problem when it can't begin."""
    logs.configure(settings.log, "forecast", base)
    connection = settings.connection
    keyring = keys.DeviceKeyring(base / connection.key, wording)
    endpoints = addresses.endpoints(connection.requests, connection.updates, wording)
    file = base / settings.forecast.experience
    try:
        app = ForecastApp(endpoints, keyring, file, device_clock(settings.clock), seed=time.time_ns())
        stop_on_signals(app.stop)
        when_ready(app.stop)
        supervisor = Supervisor()
        supervisor.ready()
        app.run(supervisor.alive)
        supervisor.stopping()
    except OSError as error:
        raise Problem(
            wording.t(
                "What earlier days have taught can't be kept: {reason}", reason=error.strerror or str(error)
            ),
            str(file),
            wording.t("Give the program a file that it may write, [forecast] experience."),
        ) from error
    return 0
