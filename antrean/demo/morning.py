"""The script of the morning: eight citizens, two clerks, from the first touch to a permit in the citizen's hand.

Every act is a touch or a key on a real window; between acts it waits for what the journal says has happened.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from antrean.demo.cast import Actor
from antrean.demo.papers import papers_in
from antrean.demo.people import Citizen, Clerk, Person
from antrean.demo.set_up import Stage
from antrean.demo.watch import Watcher
from broker.domain import events as e
from broker.domain.ticket import TicketStatus
from broker.domain.values import CounterNumber, TicketId
from broker.protocol.messages import TokenKind
from broker.protocol.token import read_token
from wording import Wording

IUMK, JOBSEEKER = "USH-126", "KPR-001"

BUDIS = CounterNumber(2)

Scene = Callable[[], None]


class Morning:
    """Plays the scenes in order, telling each before it begins."""

    def __init__(
        self,
        actors: dict[str, Actor],
        watcher: Watcher,
        stage: Stage,
        pictures: Path,
        say: Callable[[str], None],
        wording: Wording,
    ) -> None:
        self._watcher = watcher
        self._stage = stage
        self._say = say
        self._w = wording
        self._citizen = Citizen(actors["kiosk-1"], pictures)
        self._lobby = Person(actors["display-1"], pictures)
        self._sri = Clerk(actors["counter-1"], pictures)
        self._budi = Clerk(actors["counter-2"], pictures)

    def play(self) -> None:
        """The whole morning. Raises CastError or NotInTimeError where it does not go as written."""
        scenes = list(self._scenes())
        for number, (told, scene) in enumerate(scenes, start=1):
            self._say(f"  {number:>2}/{len(scenes)}  {told}")
            scene()

    def _scenes(self) -> Iterator[tuple[str, Scene]]:
        w = self._w
        yield w.t("A citizen takes a number for a same-day permit"), self._first_citizen
        yield w.t("An elderly visitor takes a number in English"), self._visitor
        yield w.t("Six more citizens arrive"), self._more_citizens
        yield w.t("Two clerks sign in and open their counters"), self._clerks_sign_in
        yield w.t("The first number is called: the lobby sees and hears it"), self._first_call
        yield w.t("The file is accepted; a slip with the promise is printed"), self._accept
        yield w.t("The elderly visitor is called before those who came earlier"), self._priority
        yield w.t("Somebody does not come: called again, then marked a no-show"), self._no_show
        yield w.t("A visit goes on to another queue"), self._transfer
        yield w.t("A second file is accepted; both permits are marked complete"), self._complete_files
        yield w.t("The lobby lists what is ready; a scan of the slip hands it over"), self._hand_over
        yield w.t("A counter takes a break; the morning goes on"), self._pause

    # At the kiosk

    def _first_citizen(self) -> None:
        citizen = self._citizen
        self._watcher.until("the expected waits are known", lambda: bool(self._watcher.state.expected))
        citizen.see("begin")
        citizen.picture("kiosk-1-start")
        citizen.begins()
        citizen.see(f"service-{IUMK}")
        citizen.picture("kiosk-2-choose")
        citizen.touch(f"service-{IUMK}")
        citizen.picture("kiosk-3-service")
        citizen.touch("take")
        citizen.picture("kiosk-4-priority")
        citizen.touch("priority-none")
        self._delivered(1)
        citizen.see("done")
        citizen.rests()
        citizen.picture("kiosk-5-ticket")
        citizen.touch("done")

    def _visitor(self) -> None:
        citizen = self._citizen
        citizen.begins(english=True)
        citizen.see("queue-B")
        citizen.picture("kiosk-6-choose-english")
        citizen.touch("queue-B")
        citizen.picture("kiosk-7-priority-english")
        citizen.touch("priority-elderly")
        self._delivered(2)
        citizen.see("done")
        citizen.rests()
        citizen.picture("kiosk-8-ticket-english")
        citizen.touch("done")

    def _more_citizens(self) -> None:
        self._citizen.takes_number("B")
        self._citizen.takes_service(IUMK)
        self._citizen.takes_number("C")
        self._citizen.takes_number("D", "pregnant")
        self._citizen.takes_number("B")
        self._citizen.takes_number("E", "disability")
        self._delivered(8)

    # At the counters and in the lobby

    def _clerks_sign_in(self) -> None:
        self._lobby.picture("display-1-before-opening")
        self._sri.picture("counter-1-sign-in")
        self._sri.signs_in("sri", self._stage.pin("sri"))
        self._budi.signs_in("budi", self._stage.pin("budi"))
        self._watcher.until("both counters are open", lambda: len(self._watcher.state.seats) == 2)
        self._sri.picture("counter-2-free")
        self._budi.picture("counter-3-strip")
        self._citizen.picture("kiosk-9-start-with-people-waiting")

    def _first_call(self) -> None:
        self._sri.calls_next()
        self._lobby.see("panel-A001")
        self._lobby.picture("display-2-new-call")
        self._sri.picture("counter-4-called")
        self._happened("the call is announced", e.CallAnnounced, 1)
        self._sri.starts()
        self._sri.picture("counter-5-serving")

    def _accept(self) -> None:
        self._sri.presses("F8")
        self._sri.see("accept-confirm")
        self._sri.picture("counter-6-accept")
        self._sri.touch("requirement-0", "requirement-1", "requirement-2", "requirement-3", "accept-confirm")
        self._happened("the file is accepted", e.ApplicationAccepted, 1)
        self._watcher.until("the slip is printed", lambda: bool(self._slips()))
        self._sri.picture("counter-7-accepted")
        self._sri.touch("close")
        self._sri.completes()

    def _priority(self) -> None:
        self._budi.calls_next()
        self._lobby.see("panel-B001")
        self._lobby.picture("display-3-second-call")
        self._budi.starts()
        self._budi.picture("counter-8-strip-serving")
        self._budi.completes()

    def _no_show(self) -> None:
        self._budi.calls_next()
        self._happened("the third number is called", e.TicketCalled, 3)
        missing = self._watcher.state.seats[BUDIS].ticket
        assert missing is not None
        self._announced(missing, 1)
        self._budi.touch("recall")
        self._announced(missing, 2)
        self._budi.touch("no-show")
        self._watcher.until(
            "the no-show is marked",
            lambda: self._watcher.state.tickets[missing].status is TicketStatus.NO_SHOW,
        )

    def _transfer(self) -> None:
        self._budi.calls_next()
        self._budi.starts()
        self._budi.presses("F4")
        self._budi.touch("transfer-D", "transfer-confirm")
        self._happened("the ticket is transferred", e.TicketTransferred, 1)

    def _complete_files(self) -> None:
        self._sri.calls_next()
        self._sri.starts()
        self._sri.presses("F8")
        self._sri.touch("requirement-0", "requirement-1", "accept-confirm")
        self._happened("the second file is accepted", e.ApplicationAccepted, 2)
        self._watcher.until("the second slip is printed", lambda: len(self._slips()) > 1)
        self._sri.touch("close")
        self._sri.completes()
        self._sri.touch("tab-one-day")
        applications = tuple(self._watcher.state.applications)
        self._sri.see(f"file-{applications[0]}")
        self._sri.picture("counter-9-one-day")
        for application in applications:
            self._sri.touch(f"file-{application}")
        self._sri.picture("counter-10-one-day-chosen")
        self._sri.touch("mark-complete")
        self._happened("both permits are complete", e.ApplicationCompleted, 2)

    def _hand_over(self) -> None:
        self._lobby.see("ready-A001")
        self._lobby.picture("display-4-ready")
        self._sri.touch("tab-desk")
        self._budi.types(self._slips()[0] + "\n")
        self._budi.see("hand-over-confirm")
        self._budi.picture("counter-11-strip-hand-over")
        self._budi.touch("hand-over-confirm")
        self._happened("the permit is handed over", e.ApplicationHandedOver, 1)

    def _pause(self) -> None:
        self._budi.calls_next()
        self._budi.starts()
        self._budi.completes()
        self._budi.touch("break", "break-break")
        self._happened("the counter takes a break", e.CounterPaused, 1)
        self._budi.picture("counter-12-strip-break")
        self._budi.touch("end-break")
        self._happened("the break is over", e.CounterResumed, 1)
        self._lobby.picture("display-5-morning")
        self._sri.picture("counter-13-desk")

    # What the journal says

    def _happened(self, what: str, kind: type[e.Event], times: int) -> None:
        """Wait until events of this kind have been recorded so often."""
        self._watcher.until(what, lambda: self._count(kind) >= times)

    def _count(self, kind: type[e.Event]) -> int:
        return sum(isinstance(record.event, kind) for record in self._watcher.records)

    def _delivered(self, tickets: int) -> None:
        self._happened(f"{tickets} tickets are in the citizens' hands", e.TicketDelivered, tickets)

    def _announced(self, ticket: TicketId, call: int) -> None:
        """Wait until the lobby has seen and heard this call."""

        def heard() -> bool:
            present = self._watcher.state.tickets[ticket].call
            return present is not None and present.number == call and present.announced_at is not None

        self._watcher.until(f"call {call} is announced", heard)

    def _slips(self) -> list[str]:
        """The tokens on the slips printed so far."""
        tokens = [paper.token for paper in papers_in(self._stage.papers) if paper.token]
        kinds = [(token, read_token(token)) for token in tokens]
        return [token for token, read in kinds if read is not None and read.kind is TokenKind.APPLICATION]
