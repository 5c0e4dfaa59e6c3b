"""A counter's presenter over a real core, and a printer that does as it is told."""

from collections.abc import Callable

from broker.domain.values import CounterNumber, DeviceRole
from counter.desk import Act, Desk
from counter.page import Page, SignInPage, WorkPage
from counter.paper import Printout
from counter.presenter import Presenter
from counter.sheets import SlipSheet
from hardware.job import Outcome, Printed, PrinterState
from hardware.layout.blocks import Fields
from hardware.page import JobKind
from hardware.page import Page as PaperPage
from hardware.print_journal import Doubt
from hardware.told import Told
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import PIN, LocalSession


class Tray:
    """A printer that prints at once, or when told how it ended. What it was given lies in it."""

    def __init__(self, *doubts: Doubt) -> None:
        self.printouts: list[Printout] = []
        self.doubts: tuple[Doubt, ...] = doubts
        self.again: list[str] = []
        self.settled: list[str] = []
        self.ends: Outcome | None = Printed()
        self.told = Told(PrinterState.READY)
        self._watchers: list[Callable[[], None]] = []
        self._waiting: list[Callable[[Outcome], None]] = []

    def pages(self, kind: JobKind) -> list[PaperPage]:
        """All of that kind, in their order."""
        return [page for each in self.printouts for page in each.pages if page.kind is kind]

    @property
    def slips(self) -> list[Fields]:
        """What stands on the citizens' slips."""
        return [page.fields for page in self.pages(JobKind.SLIP)]

    @property
    def repeats(self) -> list[bool]:
        """Which of the printouts carry the mark."""
        return [each.is_repeat for each in self.printouts]

    def on_change(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    def found(self, state: PrinterState) -> None:
        """This is how it is now."""
        self.told = Told(state)
        for watcher in self._watchers:
            watcher()

    def print(self, printout: Printout, on_end: Callable[[Outcome], None]) -> None:
        self.printouts.append(printout)
        self._waiting.append(on_end)
        if self.ends is not None:
            self.end(self.ends)

    def in_doubt(self) -> tuple[Doubt, ...]:
        return self.doubts

    def print_again(self, doubt: Doubt, on_end: Callable[[Outcome], None]) -> None:
        self.again.append(doubt.id)
        if self.ends is not None:
            on_end(self.ends)

    def settle(self, doubt: Doubt) -> None:
        self.settled.append(doubt.id)

    def start(self) -> None:
        """Nothing has to be warmed up."""

    def stop(self) -> None:
        """Nothing is left to print."""

    def end(self, outcome: Outcome) -> None:
        waiting, self._waiting = self._waiting, []
        for on_end in waiting:
            on_end(outcome)


class Glass:
    """A screen that remembers the page it shows."""

    def __init__(self) -> None:
        self.page: Page | None = None

    def present(self, page: Page) -> None:
        self.page = page


class Counter:
    """Presenter, screen, session and printer of one counter."""

    def __init__(self, morning: Morning, number: int = 1, clerk: str | None = None) -> None:
        self.morning = morning
        self.session: LocalSession = morning.session(DeviceRole.COUNTER, f"pc-{number}", clerk)
        self.glass = Glass()
        self.tray = Tray()
        self.presenter = Presenter(self.session, self.glass, CounterNumber(number), self.tray)
        self.presenter.start()

    def sign_in(self, clerk: str = "sri", pin: str = PIN) -> None:
        profile = next(each for each in self.sign_in_page.profiles if each.clerk == clerk)
        self.presenter.sign_in(profile.clerk, pin)

    @property
    def sign_in_page(self) -> SignInPage:
        assert isinstance(self.glass.page, SignInPage)
        return self.glass.page

    @property
    def work(self) -> WorkPage:
        assert isinstance(self.glass.page, WorkPage)
        return self.glass.page

    @property
    def desk(self) -> Desk:
        assert self.work.desk is not None
        return self.work.desk


def serving(counter: Counter, service: str = sample.MICRO_BUSINESS) -> None:
    """Somebody is served there."""
    counter.morning.take("A", service)
    counter.presenter.act(Act.CALL_NEXT)
    counter.presenter.act(Act.START)


def accepted(counter: Counter) -> SlipSheet:
    """A file is taken in there."""
    serving(counter)
    counter.presenter.act(Act.ACCEPT)
    counter.presenter.accept(sample.MICRO_BUSINESS, (0, 2))
    sheet = counter.work.sheet
    assert isinstance(sheet, SlipSheet)
    return sheet
