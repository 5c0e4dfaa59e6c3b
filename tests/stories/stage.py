"""A whole outlet for the stories: all its programs as real processes, with hands on their glass."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from antrean.demo.cast import Actor, Cast
from antrean.demo.people import Citizen, Clerk, Person
from antrean.demo.set_up import OFF_SCREEN, SPEED_OF_THE_PLAY, WITH_PRINTER, Stage, set_up
from antrean.demo.watch import Watcher
from antrean.settings import BROKER_SETTINGS
from wording import Language, Wording

W = Wording(Language.EN)


class Outlet:
    """The outlet's programs by name, and its people."""

    def __init__(self, cast: Cast, stage: Stage, pictures: Path) -> None:
        self._cast = cast
        self.stage = stage
        self._pictures = pictures
        self.actors: dict[str, Actor] = {}
        self._begin("broker")
        for owner in WITH_PRINTER:
            self._begin(f"printer-{owner}")
        for screen in ("kiosk-1", "counter-1", "counter-2", "display-1"):
            self._begin(screen)

    @property
    def citizen(self) -> Citizen:
        return Citizen(self.actors["kiosk-1"], self._pictures)

    @property
    def lobby(self) -> Person:
        return Person(self.actors["display-1"], self._pictures)

    @property
    def sri(self) -> Clerk:
        return Clerk(self.actors["counter-1"], self._pictures)

    @property
    def budi(self) -> Clerk:
        return Clerk(self.actors["counter-2"], self._pictures)

    def crash(self, name: str) -> None:
        """End a program as a power cut would, and start it again."""
        self.actors[name].kill()
        self._begin(name)

    def papers_of(self, owner: str) -> list[Path]:
        """The pictures of what this program has had printed, oldest first."""
        return sorted((self.stage.papers / owner).glob("*.png"))

    def _begin(self, name: str) -> None:
        if name == "broker":
            actor = self._cast.start(name, "broker", self.stage.folder / BROKER_SETTINGS)
        elif name.startswith("printer-"):
            actor = self._cast.start(name, "virtual-printer", self.stage.settings(name))
        else:
            program = name.rpartition("-")[0]
            actor = self._cast.start(name, program, self.stage.settings(name), hand=True)
        actor.await_ready()
        self.actors[name] = actor


@contextlib.contextmanager
def open_outlet(folder: Path) -> Iterator[tuple[Outlet, Watcher]]:
    """An outlet that is open from 07.30 on, and an operator who watches its journal."""
    stage = set_up(folder / "outlet", OFF_SCREEN, SPEED_OF_THE_PLAY, W)
    with Cast(stage.folder / "logs", "offscreen") as cast:
        outlet = Outlet(cast, stage, folder / "pictures")
        with Watcher(stage, W) as watcher:
            watcher.live()
            yield outlet, watcher
