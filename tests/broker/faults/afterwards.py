"""What must be true when it is over: the journal whole, and every answer what became of its command."""

from collections import defaultdict

from broker.domain.codec import encode_state
from broker.domain.events import Recorded, TicketIssued
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import CommandId, DeviceId, Seq
from broker.protocol import messages as m
from broker.store import agreement
from broker.store.database import Database
from broker.store.journal import Journal
from tests.support.killable import BusyOutlet
from tests.support.tables import the_tables_say_what_the_state_says
from tests.support.visitors import Visitors

Sender = tuple[DeviceId, CommandId]


def journal_of(outlet: BusyOutlet) -> tuple[list[Recorded], dict[Seq, bytes]]:
    """All events, and the state after each as the last ones have left it."""
    with Database.open(outlet.url) as database:
        journal = Journal(database)
        loaded = journal.load()
        records = list(journal.records_from(Seq(1), loaded.seq))
        agreement.check(database, loaded)
        the_tables_say_what_the_state_says(database, loaded)
    state = State()
    states = {}
    for record in records:
        evolve(state, record)
        if loaded.seq - record.seq < 1000:
            states[record.seq] = encode_state(state)
    assert states[loaded.seq] == encode_state(loaded)
    return records, states


def every_answer_is_kept(visitors: Visitors, records: list[Recorded]) -> None:
    """Accepted: its events are there, once; refused: none; and no number is on two papers.

    What could not be stored has acted once at most: where it had been sent again already, the second found room.
    """
    caused: dict[Sender, list[Recorded]] = defaultdict(list)
    for record in records:
        caused[record.device, record.command].append(record)
    for visitor, command, answer in visitors.answered:
        events = caused.pop((visitor.hand.device, command), [])
        last = answer.seq if isinstance(answer, m.Accepted) else max((each.seq for each in events), default=0)
        assert [event.seq for event in events] == list(range(last - len(events) + 1, last + 1))
        issued = [each.event for each in events if isinstance(each.event, TicketIssued)]
        assert len(issued) <= 1
        match answer:
            case m.Refused():
                assert not events
            case m.Accepted(outcome=m.TicketOutcome() as paper):
                assert [(paper.ticket, paper.number)] == [(each.ticket, each.number) for each in issued]
            case m.Accepted():
                assert not issued
            case _:
                assert isinstance(answer, m.Error)
                assert answer.code is m.ErrorCode.NOT_STORED
    others = {device for device, _ in caused}
    assert others <= {DeviceId("broker"), DeviceId("operator")}, "events that nobody has an answer to"
    papers = [each.event for each in records if isinstance(each.event, TicketIssued)]
    assert len({(each.day, each.letter, each.number) for each in papers}) == len(papers)
