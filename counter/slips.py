"""The slips given to citizens: each is printed where there is a printer, and kept to be shown whatever it does."""

from collections.abc import Callable

from msgspec.structs import replace

from broker.client import Reply
from broker.domain.refusals import ClerkNeeded
from broker.domain.state import State
from broker.domain.values import ApplicationId, CommandId
from broker.protocol import messages as m
from broker.protocol.messages import ApplicationOutcome
from counter.desk import Number
from counter.errands import notice_of
from counter.paper import CounterPrinter, NoPrinter, Paper, Printout, print_out
from counter.sheets import Notice, Remark, SlipSheet
from hardware.job import PrinterState, Unknown
from papers.filed import Filed, filed_before
from papers.slip import slip_pages


class Slips:
    """All slips given or asked for since the program began. `on_change` is told how each fares at the printer."""

    def __init__(self, printer: CounterPrinter | None, on_change: Callable[[SlipSheet], None]) -> None:
        self._printer = printer
        self._on_change = on_change
        self._sheets: dict[ApplicationId, SlipSheet] = {}

    def of(self, application: ApplicationId) -> SlipSheet | None:
        """The slip as it stands, if this program has had it."""
        return self._sheets.get(application)

    def give(self, state: State, filed: Filed, outcome: ApplicationOutcome, command: CommandId) -> SlipSheet:
        """Take the slip of a file just accepted, and begin to print it. It is for a promise only."""
        printout = Printout(slip_pages(filed, outcome, state), command, filed.ticket)
        self._sheets[outcome.application] = _sheet(filed, outcome, printout)
        self.print(outcome.application)
        return self._sheets[outcome.application]

    def found(self, state: State, reply: Reply) -> SlipSheet | Notice:
        """The slip of a file accepted before, as the broker makes it anew; whether it is on paper is for the clerk to
        see. Or what to say of another reply.
        """
        outcome = outcome_in(reply)
        if not isinstance(outcome, ApplicationOutcome):
            return outcome
        application = state.applications.get(outcome.application)
        filed = filed_before(state, application) if application is not None else None
        if filed is None:
            return Remark.FILE_ENDED
        pages = slip_pages(filed, outcome, state)
        can_print = self._printer is not None and bool(pages)
        paper: Paper = Unknown(PrinterState.UNKNOWN) if can_print else NoPrinter.NO_PRINTER
        printout = Printout(pages, ticket=filed.ticket, is_repeat=True, paper=paper)
        sheet = self._sheets[outcome.application] = _sheet(filed, outcome, printout)
        return sheet

    def print(self, application: ApplicationId) -> None:
        """One attempt, unless one is on its way."""
        sheet = self._sheets[application]
        print_out(self._printer, sheet.printout, lambda now: self._set(replace(sheet, printout=now)))

    def _set(self, sheet: SlipSheet) -> None:
        self._sheets[sheet.application] = sheet
        self._on_change(sheet)


def outcome_in(reply: Reply) -> ApplicationOutcome | Notice:
    """What the slip of a file says, or why nobody is told."""
    match reply:
        case m.Slip(outcome=ApplicationOutcome() as outcome):
            return outcome
        case m.Slip():
            return Remark.FILE_ENDED
        case m.Error(code=m.ErrorCode.NOT_PERMITTED):
            return ClerkNeeded()
        case _:
            return notice_of(reply)


def _sheet(filed: Filed, outcome: ApplicationOutcome, printout: Printout) -> SlipSheet:
    return SlipSheet(
        application=outcome.application,
        number=Number(filed.letter, filed.digits),
        service=filed.service,
        promised_at=outcome.promised_at,
        token=outcome.token,
        code=outcome.code,
        printout=printout,
    )
