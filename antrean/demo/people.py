"""The people of the scripted morning: what a citizen does at the kiosk and a clerk at a counter, touch by touch."""

import time
from pathlib import Path

from antrean.demo.cast import Actor

BETWEEN_TOUCHES_SECONDS = 0.5
"""A hand needs about so long from one touch to the next; the kiosk does not count faster ones at the same place."""


A_LOOK_SECONDS = 1.2
"""Longer than a ticket slides."""


class Person:
    """A hand on one program's glass, and its camera."""

    def __init__(self, actor: Actor, pictures: Path) -> None:
        self._actor = actor
        self._pictures = pictures

    def touch(self, *names: str) -> None:
        """Touch what is named, one after the other."""
        for name in names:
            self._actor.order("touch", name=name)
            time.sleep(BETWEEN_TOUCHES_SECONDS)

    def rests(self) -> None:
        """Look at what is there for a moment."""
        time.sleep(A_LOOK_SECONDS)

    def see(self, name: str) -> None:
        """Wait until it can be seen."""
        self._actor.order("see", name=name)

    def ready(self, name: str) -> None:
        """Wait until it could be touched."""
        self._actor.order("ready", name=name)

    def picture(self, name: str) -> None:
        """Take a picture of the window."""
        self._actor.order("picture", path=str(self._pictures / f"{name}.png"))


class Citizen(Person):
    """Takes a number at the kiosk."""

    def begins(self, *, english: bool = False) -> None:
        """Touch the start page."""
        self.touch("begin-english" if english else "begin")

    def takes_number(self, letter: str, priority: str = "none", *, english: bool = False) -> None:
        """From the start page by a queue's tile to the ticket: three touches, and one to leave."""
        self.begins(english=english)
        self.touch(f"queue-{letter}", f"priority-{priority}", "done")

    def takes_service(self, service: str, priority: str = "none") -> None:
        """From the start page by a one-day service in front to the ticket: four touches, and one to leave."""
        self.begins()
        self.touch(f"service-{service}", "take", f"priority-{priority}", "done")


class Clerk(Person):
    """Works at a counter, by keys where there are some."""

    def presses(self, keys: str) -> None:
        """Press a key or a combination, as the caps on the buttons say."""
        self._actor.order("key", keys=keys)

    def types(self, text: str) -> None:
        """Type a text; a scanner does the same, only faster."""
        self._actor.order("type", text=text)

    def signs_in(self, clerk: str, pin: str) -> None:
        """Choose the name, give the PIN, and be at the desk."""
        self.touch(f"clerk-{clerk}")
        self.types(pin)
        self.touch("sign-in")
        self.see("call-next")

    def calls_next(self) -> None:
        """Call the next number."""
        self.ready("call-next")
        self.presses("Ctrl+Return")
        self.see("start")

    def starts(self) -> None:
        """The citizen is here."""
        self.ready("start")
        self.presses("Ctrl+Return")
        self.see("complete")

    def completes(self) -> None:
        """The visit is over."""
        self.ready("complete")
        self.presses("Ctrl+Return")
        self.see("call-next")
