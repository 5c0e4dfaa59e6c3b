"""What a kiosk knows of numbers on paper: from its print journal, which a power cut leaves on its disk."""

from pathlib import Path

import structlog

from broker.domain.known import Known
from broker.domain.ticket import read_ticket_id
from hardware.print_journal import JournalUnusable, last_tickets

log = structlog.get_logger(__name__)


def known_from(journal: Path) -> Known:
    """The last number of each queue on the last day that the journal tells of."""
    try:
        printed = [read for ticket in last_tickets(journal) if (read := read_ticket_id(ticket)) is not None]
    except JournalUnusable as error:
        log.warning("what is on paper can't be told to the broker", error=str(error))
        return Known()
    last_day = max((day for day, _, _ in printed), default=None)
    numbers: dict[str, int] = {}
    for day, letter, number in printed:
        if day == last_day:
            numbers[letter] = max(number, numbers.get(letter, 0))
    return Known(last_day, numbers)
