"""`antrean demo`: set up, start the processes, let people play or the script be played, end them all."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from antrean.demo import report
from antrean.demo.cast import Actor, Cast, CastError
from antrean.demo.morning import Morning
from antrean.demo.set_up import (
    OFF_SCREEN,
    SPEED_OF_THE_PLAY,
    WITH_PRINTER,
    Places,
    Rect,
    Stage,
    on_screen,
    set_up,
)
from antrean.demo.watch import NotInTimeError, Watcher
from antrean.outlet_folder import FORECAST
from antrean.problem import Problem
from antrean.screen import has_screen
from antrean.settings import BROKER_SETTINGS
from wording import Wording

Say = Callable[[str], None]
INTERRUPTED = 130
LOOK_SECONDS = 0.3
SCREEN_SECONDS = 30


def play(out: Path | None, wording: Wording, *, with_screen: bool, say: Say) -> int:
    """Run the demonstration; the exit code. Ctrl-C and SIGTERM end it in order at any moment."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = out or Path(tempfile.mkdtemp(prefix="antrean-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return (
            _on_screen(folder, wording, say)
            if with_screen and has_screen()
            else _scripted(folder, wording, say)
        )
    except KeyboardInterrupt:
        say(wording.t("The demonstration was ended."))
        return INTERRUPTED
    except (CastError, NotInTimeError) as error:
        raise Problem(
            wording.t("The demonstration did not go as written: {reason}", reason=str(error)),
            str(folder / "outlet" / "logs"),
            wording.t("Look into the logs there. On a slow or busy machine, try again."),
        ) from error


def _scripted(out: Path, wording: Wording, say: Say) -> int:
    say(
        wording.t(
            "Without a screen: a scripted morning is played, its pictures and tickets are left in {folder}",
            folder=out,
        )
    )
    stage = _fresh(out, OFF_SCREEN, SPEED_OF_THE_PLAY, wording)
    began = time.monotonic()
    with Cast(stage.folder / "logs", "offscreen") as cast:
        actors = _start(cast, stage, OFF_SCREEN, hand=True)
        with Watcher(stage, wording) as watcher:
            watcher.live()
            Morning(actors, watcher, stage, out / "screens", say, wording).play()
            told = report.write(out, stage.papers, watcher, wording)
    seconds = round(time.monotonic() - began)
    say(
        wording.t(
            "Played in {seconds} s: {tickets} tickets, {events} events.",
            seconds=seconds,
            tickets=len(told.tickets),
            events=told.events,
        )
    )
    for name in ("screens", "tickets", "report.json"):
        say(f"  {out / name}")
    return 0


def _on_screen(out: Path, wording: Wording, say: Say) -> int:
    places = on_screen(_screen())
    stage = _fresh(out, places, 1.0, wording)
    with Cast(stage.folder / "logs", "") as cast:
        _start(cast, stage, places, hand=False)
        say(
            wording.t(
                "An outlet is open. Take a number at the kiosk; sign in at a counter with one of these PINs:"
            )
        )
        for clerk in stage.made.seed.clerks:
            say(f"  {clerk.name}: {stage.pin(clerk.id)}")
        say(
            wording.t(
                "What is printed appears in {folder}. Close a window or press Ctrl-C to end it.",
                folder=stage.papers,
            )
        )
        while cast.all_running():
            time.sleep(LOOK_SECONDS)
    return 0


def _fresh(out: Path, places: Places, speed: float, wording: Wording) -> Stage:
    """A new outlet in the folder; what an earlier run left there, whole or killed, goes first."""
    folder = out / "outlet"
    if (folder / BROKER_SETTINGS).exists():
        shutil.rmtree(folder)
    for left in [*out.glob("screens/*.png"), *out.glob("tickets/*.png"), *out.glob("tickets/*.escpos")]:
        left.unlink()
    return set_up(folder, places, speed, wording)


def _start(cast: Cast, stage: Stage, places: Places, *, hand: bool) -> dict[str, Actor]:
    """Start every process; return when all are up."""
    servers = [
        cast.start("broker", "broker", stage.folder / BROKER_SETTINGS),
        *(
            cast.start(f"printer-{owner}", "virtual-printer", stage.settings(f"printer-{owner}"))
            for owner in WITH_PRINTER
        ),
    ]
    servers[0].await_ready()
    servers.append(cast.start("forecast", "forecast", stage.settings(FORECAST)))
    for server in servers[1:]:
        server.await_ready()
    screens = {
        name: cast.start(name, name.rpartition("-")[0], stage.settings(name), hand=hand, scale=place.scale)
        for name, place in places.items()
    }
    for screen in screens.values():
        screen.await_ready()
    return screens


def _screen() -> Rect:
    """The screen's usable place. Raises CastError when Qt can't tell."""
    command = [sys.executable, "-m", "antrean.demo.screen_size"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SCREEN_SECONDS, check=False)
    if done.returncode != 0:
        raise CastError(f"the screen can't be asked for its size: {done.stderr.strip()[-500:]}")
    return Rect(*map(int, done.stdout.split()))
