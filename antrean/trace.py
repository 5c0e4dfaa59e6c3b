"""`antrean trace A012`: one ticket's story from touch to end, from the journal and from the print journals."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from antrean.broker_line import BrokerLine
from antrean.problem import Problem
from broker.client import new_request_id
from broker.domain import events as e
from broker.domain.events import Recorded
from broker.domain.values import BusinessDay
from broker.protocol import messages as m
from hardware import print_journal
from wording import N_, Wording

NUMBER = re.compile(r"^[A-Za-z][0-9]{1,5}$")
NOT_TOLD = frozenset({"event", "ticket", "day", "letter", "number", "copy", "clerk"})

EVENTS: dict[type[e.Event], str] = {
    e.TicketIssued: N_("Number issued"),
    e.TicketDelivered: N_("In the citizen's hand"),
    e.TicketCalled: N_("Called"),
    e.CallAnnounced: N_("Shown and heard in the lobby"),
    e.TicketRecalled: N_("Called again"),
    e.ServiceStarted: N_("Service begun"),
    e.TicketCompleted: N_("Visit completed"),
    e.TicketMissed: N_("Nobody came"),
    e.TicketReinstated: N_("Back in line"),
    e.TicketForgotten: N_("Time to come back is over"),
    e.TicketTransferred: N_("Transferred"),
    e.TicketHeld: N_("On hold"),
    e.TicketResumed: N_("Service resumed"),
    e.PapersBrought: N_("Papers brought"),
    e.TicketCancelled: N_("Cancelled"),
    e.PriorityRefuted: N_("Priority did not hold"),
    e.PriorityCorrected: N_("Priority corrected"),
    e.ServiceSet: N_("Service set"),
    e.TicketExpired: N_("Expired at day close"),
    e.CallUndone: N_("Call taken back"),
    e.TicketReopened: N_("Completion taken back"),
    e.StepsPlanned: N_("Next steps planned"),
    e.TicketMoved: N_("Moved by a supervisor"),
    e.TicketReassigned: N_("Reassigned by a supervisor"),
    e.TicketVoided: N_("Voided by a supervisor"),
    e.ApplicationAccepted: N_("File accepted"),
    e.StageReached: N_("Next stage reached"),
    e.ApplicationReopened: N_("Not ready after all"),
    e.DeliveryFailed: N_("Delivery failed"),
    e.ApplicationCompleted: N_("Permit ready"),
    e.ApplicationRejected: N_("File rejected"),
    e.ApplicationOverdue: N_("Promise passed"),
    e.ApplicationHandedOver: N_("Permit handed over"),
}
"""What can happen to a ticket and its files, as an operator says it."""

PRINTS: dict[print_journal.JobState, str] = {
    print_journal.JobState.QUEUED: N_("Print queued"),
    print_journal.JobState.PRINTING: N_("Print begun, end unknown"),
    print_journal.JobState.PRINTED: N_("Printed"),
    print_journal.JobState.FAILED: N_("Print failed"),
    print_journal.JobState.UNKNOWN: N_("Print unconfirmed"),
}


def history(line: BrokerLine, number: str, day: str | None, wording: Wording) -> m.History:
    """Ask the broker for a ticket's events. Raises Problem when there is no such ticket, or no broker."""
    if not NUMBER.match(number):
        todo = wording.t("Write a letter and digits, as on the ticket: A012.")
        raise Problem(wording.t("This is no ticket's number"), number, todo)
    reply = line.ask(m.AskHistory(new_request_id(), number.upper(), BusinessDay(day) if day else None))
    if not isinstance(reply, m.History) or not reply.records:
        todo = wording.t("Check the number, and name the day with --day if it was not today.")
        raise Problem(wording.t("There is no such ticket"), f"{number} {day or ''}".strip(), todo)
    return reply


def story(told: m.History, print_journals: list[Path], wording: Wording) -> Iterator[str]:
    """The lines of the story, in the order in which things happened, the command of each at its end."""
    lines = [(int(record.at), _event_line(record, wording)) for record in told.records]
    seen = set()
    for subject in {str(told.ticket), *(record.command for record in told.records)}:
        for path in print_journals:
            for entry in print_journal.trace(path, subject):
                if (path, entry.number) not in seen:
                    seen.add((path, entry.number))
                    lines.append((_ms(entry.queued_at), _print_line(entry, path, wording)))
    for _, line in sorted(lines, key=lambda each: each[0]):
        yield line


def _event_line(record: Recorded, wording: Wording) -> str:
    what = wording.t(EVENTS[type(record.event)])
    who = f"{record.device}, {record.clerk}" if record.clerk else record.device
    return _line(int(record.at), str(record.seq), what, who, record.command, wording) + _details(
        record, wording
    )


def _details(record: Recorded, wording: Wording) -> str:
    told = []
    for name, value in msgspec.to_builtins(record.event).items():
        if name in NOT_TOLD or value in (None, False, ()):
            continue
        is_moment = name.endswith("_at") or name == "virtual_arrival"
        told.append(f"{name}={wording.clock(wording.local(value)) if is_moment else value}")
    return "  " + "  ".join(told) if told else ""


def _print_line(entry: print_journal.Entry, path: Path, wording: Wording) -> str:
    what = wording.t(PRINTS[entry.state])
    return _line(
        _ms(entry.queued_at), "", what, path.stem.removesuffix("-print"), entry.command_id or "", wording
    )


def _line(at: int, seq: str, what: str, who: str, command: str, wording: Wording) -> str:
    return f"{wording.local(at):%Y-%m-%d %H:%M:%S}  {seq:>6}  {what:<32}  {who:<16}  {command}"


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
