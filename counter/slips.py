"""The slips given to citizens: each is printed where there is a printer, and kept to be shown whatever it does."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from broker.client import Reply
from broker.domain.refusals import ClerkNeeded
from broker.domain.rules import OutletRules
from broker.domain.state import State
from broker.domain.values import ApplicationId, CommandId, TicketId
from broker.protocol import messages as m
from broker.protocol.messages import ApplicationOutcome
from counter.errands import notice_of
from counter.paper import NoPrinter, PagePrinter, Printing
from counter.sheets import Notice, Remark, SlipSheet
from counter.slip import Filed, filed_before, slip_content
from hardware import job
from hardware.job import Failed, Outcome, Unknown
from hardware.layout.content import SlipContent
from hardware.print_journal import Doubt
from hardware.told import Told


class Receipt(Struct, frozen=True):
    """What one slip says, and whose it is."""

    content: SlipContent
    command: CommandId | None
    """The acceptance, where it was this program's."""
    ticket: TicketId | None
    is_repeat: bool
    """It may be on paper already."""


class SlipPrinter(PagePrinter, Protocol):
    """Where slips come out, and all else."""

    @property
    def told(self) -> Told:
        """What there is to tell the broker of it; UNKNOWN while it has not been asked."""
        ...

    def on_change(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` when that may be different. A clerk is told only when a slip does not come out."""

    def start(self) -> None:
        """Begin to look after the printer."""

    def stop(self) -> None:
        """Finish what is being printed, then let go of it."""

    def print_slip(self, receipt: Receipt, on_end: Callable[[Outcome], None]) -> None:
        """Begin with the citizen's slip and the file's copy of it, and return at once; `on_end` is called once,
        whatever happens to the printer.
        """

    def in_doubt(self) -> tuple[Doubt, ...]:
        """What earlier runs did not end, to be asked once."""
        ...

    def print_again(self, doubt: Doubt, on_end: Callable[[Outcome], None]) -> None:
        """Begin and return at once, as `print_slip`; with the mark, if it may be on paper."""

    def settle(self, doubt: Doubt) -> None:
        """It is in doubt no more."""


class Slips:
    """All slips given or asked for since the program began. `on_change` is told how each fares at the printer."""

    def __init__(self, printer: SlipPrinter | None, on_change: Callable[[SlipSheet], None]) -> None:
        self._printer = printer
        self._on_change = on_change
        self._sheets: dict[ApplicationId, SlipSheet] = {}
        self._receipts: dict[ApplicationId, Receipt] = {}

    def of(self, application: ApplicationId) -> SlipSheet | None:
        """The slip as it stands, if this program has had it."""
        return self._sheets.get(application)

    def give(
        self, rules: OutletRules | None, filed: Filed, outcome: ApplicationOutcome, command: CommandId
    ) -> SlipSheet:
        """Take the slip of a file just accepted, and begin to print it. It is for a promise only."""
        self._take(rules, filed, outcome, command, is_repeat=False)
        self.print(outcome.application)
        return self._sheets[outcome.application]

    def found(self, state: State, reply: Reply) -> SlipSheet | Notice:
        """The slip of a file accepted before, as the broker makes it anew; whether it is on paper is for the clerk to
        see. Or what to say of another reply.
        """
        match reply:
            case m.Slip(outcome=ApplicationOutcome() as outcome):
                application = state.applications.get(outcome.application)
                filed = filed_before(state, application) if application is not None else None
                if filed is None:
                    return Remark.FILE_ENDED
                self._take(state.rules, filed, outcome, None, is_repeat=True)
                return self._sheets[outcome.application]
            case m.Slip():
                return Remark.FILE_ENDED
            case m.Error(code=m.ErrorCode.NOT_PERMITTED):
                return ClerkNeeded()
            case _:
                return notice_of(reply)

    def _take(
        self,
        rules: OutletRules | None,
        filed: Filed,
        outcome: ApplicationOutcome,
        command: CommandId | None,
        *,
        is_repeat: bool,
    ) -> None:
        content = slip_content(rules, filed, outcome)
        can_print = content is not None and self._printer is not None
        self._sheets[outcome.application] = SlipSheet(
            application=outcome.application,
            number=filed.number,
            service=filed.service,
            promised_at=outcome.promised_at,
            token=outcome.token,
            code=outcome.code,
            paper=Unknown(job.PrinterState.UNKNOWN) if can_print else NoPrinter.NO_PRINTER,
        )
        if content is not None:
            self._receipts[outcome.application] = Receipt(content, command, filed.ticket, is_repeat)

    def print(self, application: ApplicationId) -> None:
        """One attempt, unless one is on its way."""
        sheet, receipt = self._sheets[application], self._receipts.get(application)
        if self._printer is None or receipt is None or sheet.paper is Printing.PRINTING:
            return
        self._set(application, Printing.PRINTING)
        self._printer.print_slip(receipt, lambda outcome: self._ended(application, outcome))

    def _ended(self, application: ApplicationId, outcome: Outcome) -> None:
        if not isinstance(outcome, Failed) or outcome.began:
            self._receipts[application] = replace(self._receipts[application], is_repeat=True)
        self._set(application, outcome)

    def _set(self, application: ApplicationId, paper: Outcome | Printing) -> None:
        sheet = self._sheets[application] = replace(self._sheets[application], paper=paper)
        self._on_change(sheet)
