"""The checker allows what can have been, and nothing else: each kind of alteration of a true history is found."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.events import Recorded
from broker.domain.refusals import CounterNotOpen, NobodyWaiting
from broker.domain.values import CommandId, CounterNumber, Seq, TicketId
from broker.protocol import messages as m
from tests.broker.history.checker import NotAllowedError, check
from tests.broker.history.made_up import STEP, a_morning
from tests.broker.history.operations import Answer, Attempt, History, Operation

Alteration = Callable[[History], History]
LATER = 1000 * STEP


def asked(history: History, kind: type[c.Command], which: int = 0) -> Operation:
    """One of the commands of a kind, in the order in which they were carried out."""
    return [each for each in history.operations if isinstance(each.envelope.command, kind)][which]


def answer_of(operation: Operation) -> Any:
    return operation.answers[0]


def with_operation(history: History, changed: Operation) -> History:
    operations = (changed if each.id == changed.id else each for each in history.operations)
    return replace(history, operations=tuple(operations))


def answered(history: History, operation: Operation, answer: Answer) -> History:
    """The history as if the operation had been answered otherwise."""
    (attempt,) = operation.attempts
    return with_operation(history, replace(operation, attempts=(replace(attempt, answer=answer),)))


def moved(history: History, operation: Operation, by: int) -> History:
    """The history as if the operation had been sent, and answered, earlier or later."""
    (attempt,) = operation.attempts
    assert attempt.ended is not None
    attempt = replace(attempt, began=attempt.began + by, ended=attempt.ended + by)
    return with_operation(history, replace(operation, attempts=(attempt,)))


def unanswered(history: History, operation: Operation) -> History:
    (attempt,) = operation.attempts
    return with_operation(history, replace(operation, attempts=(Attempt(attempt.began),)))


def with_journal(history: History, records: list[Recorded]) -> History:
    """The history as if the broker had written this down, one after another."""
    first = history.journal[0].seq
    numbered = [replace(record, seq=Seq(seq)) for seq, record in enumerate(records, first)]
    return replace(history, journal=tuple(numbered))


def without(history: History, command: CommandId) -> History:
    return with_journal(history, [each for each in history.journal if each.command != command])


# What can have been


def test_a_true_history_is_allowed() -> None:
    check(a_morning())


def test_commands_that_overlap_may_have_been_carried_out_either_way() -> None:
    history = a_morning()
    first, second = (asked(history, c.IssueTicket, which) for which in (0, 1))
    check(moved(moved(history, first, 8), second, -8))


@pytest.mark.parametrize("kind", [c.IssueTicket, c.CallNext, c.CompleteTicket])
def test_an_unanswered_command_may_have_been_carried_out(kind: type[c.Command]) -> None:
    history = a_morning()
    check(unanswered(history, asked(history, kind, -1)))


def test_an_unanswered_command_may_not_have_been_carried_out() -> None:
    history = a_morning()
    last = asked(history, c.CompleteTicket, -1)
    check(unanswered(without(history, last.id), last))


def test_a_command_may_be_carried_out_long_after_it_was_sent() -> None:
    history = a_morning()
    last = asked(history, c.CompleteTicket, -1)
    (attempt,) = last.attempts
    check(with_operation(history, replace(last, attempts=(replace(attempt, began=-LATER),))))


def test_a_repeat_is_answered_the_same_at_any_time() -> None:
    history = a_morning()
    issued = asked(history, c.IssueTicket)
    repeat = Attempt(LATER, LATER + STEP, answer_of(issued))
    check(with_operation(history, replace(issued, attempts=(*issued.attempts, repeat))))


# What can't


def test_the_histories_of_these_tests_have_what_they_alter() -> None:
    history = a_morning()
    assert isinstance(answer_of(asked(history, c.CallNext, 0)).refusal, NobodyWaiting)
    assert answer_of(asked(history, c.OpenCounter, -1)).outcome is None
    assert answer_of(asked(history, c.CallNext, 1)).outcome == m.CallOutcome(TicketId("20260714-B001"))


def another_number(history: History) -> History:
    operation = asked(history, c.IssueTicket)
    answer = answer_of(operation)
    return answered(history, operation, replace(answer, outcome=replace(answer.outcome, number=2)))


def a_number_that_was_given_out_twice(history: History) -> History:
    first, second = (asked(history, c.IssueTicket, which) for which in (0, 1))
    return answered(history, second, replace(answer_of(second), outcome=answer_of(first).outcome))


def another_ticket_called(history: History) -> History:
    operation = asked(history, c.CallNext, 1)
    other = m.CallOutcome(TicketId("20260714-B002"))
    return answered(history, operation, replace(answer_of(operation), outcome=other))


def another_place_in_the_journal(history: History) -> History:
    operation = asked(history, c.StartService)
    answer = answer_of(operation)
    return answered(history, operation, replace(answer, seq=Seq(answer.seq + 1)))


def nothing_happened_at_another_place(history: History) -> History:
    operation = asked(history, c.OpenCounter, -1)
    answer = answer_of(operation)
    return answered(history, operation, replace(answer, seq=Seq(answer.seq - 2)))


def another_refusal(history: History) -> History:
    operation = asked(history, c.CallNext, 0)
    return answered(history, operation, m.Refused(operation.id, CounterNotOpen(CounterNumber(1))))


def another_reason_within_the_refusal(history: History) -> History:
    operation = asked(history, c.Recall)
    refusal = answer_of(operation).refusal
    other = replace(refusal, possible_at=refusal.possible_at + 1)
    return answered(history, operation, m.Refused(operation.id, other))


def refused_what_was_done(history: History) -> History:
    operation = asked(history, c.IssueTicket)
    return answered(history, operation, m.Refused(operation.id, NobodyWaiting()))


def accepted_what_was_refused(history: History) -> History:
    operation = asked(history, c.CallNext, 0)
    return answered(history, operation, m.Accepted(operation.id, Seq(5)))


def two_answers_exchanged(history: History) -> History:
    first, second = (asked(history, c.CallNext, which) for which in (1, 2))
    one, other = answer_of(first), answer_of(second)
    history = answered(history, first, replace(other, id=first.id))
    return answered(history, second, replace(one, id=second.id))


def carried_out_before_it_was_sent(history: History) -> History:
    return moved(history, asked(history, c.IssueTicket), LATER)


def carried_out_after_it_was_answered(history: History) -> History:
    return moved(history, asked(history, c.CompleteTicket, -1), -LATER)


def a_refusal_of_what_was_so_no_more(history: History) -> History:
    """Nobody waits, it says, after the tickets had been delivered and before they were called."""
    return moved(history, asked(history, c.CallNext, 0), 5 * STEP + 3)


def a_refusal_from_before_it_was_so(history: History) -> History:
    return moved(history, asked(history, c.CallNext, 3), -6 * STEP)


def an_acknowledged_number_lost(history: History) -> History:
    return without(history, asked(history, c.IssueTicket, -1).id)


def an_acknowledged_end_lost(history: History) -> History:
    return without(history, asked(history, c.CompleteTicket, -1).id)


def carried_out_twice(history: History) -> History:
    command = asked(history, c.IssueTicket).id
    again = [record for record in history.journal if record.command == command]
    return with_journal(history, [*history.journal, *again])


def two_events_exchanged(history: History) -> History:
    records = list(history.journal)
    first = next(place for place, each in enumerate(records) if isinstance(each.event, e.TicketCalled))
    records[first], records[first + 1] = records[first + 1], records[first]
    return with_journal(history, records)


def an_event_altered(history: History) -> History:
    records = list(history.journal)
    place = next(place for place, each in enumerate(records) if isinstance(each.event, e.TicketDelivered))
    event: Any = records[place].event
    earlier = replace(event, virtual_arrival=event.virtual_arrival - 1)
    records[place] = replace(records[place], event=earlier)
    return with_journal(history, records)


def an_event_of_another_clerk(history: History) -> History:
    records = list(history.journal)
    place = next(place for place, each in enumerate(records) if isinstance(each.event, e.ServiceStarted))
    records[place] = replace(records[place], clerk="ratna")
    return with_journal(history, records)


def a_time_out_before_its_time(history: History) -> History:
    records = list(history.journal)
    place = next(place for place, each in enumerate(records) if isinstance(each.event, e.CallAnnounced))
    records[place] = replace(records[place], at=records[place].at - 10_000)
    return with_journal(history, records)


def an_event_that_nobody_asked_for(history: History) -> History:
    last = history.journal[-1]
    return with_journal(history, [*history.journal, replace(last, command=CommandId("f" * 32))])


def a_repeat_that_was_answered_otherwise(history: History) -> History:
    issued = asked(history, c.IssueTicket)
    other = answer_of(asked(history, c.IssueTicket, 1))
    repeat = Attempt(LATER, LATER + STEP, replace(other, id=issued.id))
    return with_operation(history, replace(issued, attempts=(*issued.attempts, repeat)))


@pytest.mark.parametrize(
    "alteration",
    [
        another_number,
        a_number_that_was_given_out_twice,
        another_ticket_called,
        another_place_in_the_journal,
        nothing_happened_at_another_place,
        another_refusal,
        another_reason_within_the_refusal,
        refused_what_was_done,
        accepted_what_was_refused,
        two_answers_exchanged,
        carried_out_before_it_was_sent,
        carried_out_after_it_was_answered,
        a_refusal_of_what_was_so_no_more,
        a_refusal_from_before_it_was_so,
        an_acknowledged_number_lost,
        an_acknowledged_end_lost,
        carried_out_twice,
        two_events_exchanged,
        an_event_altered,
        an_event_of_another_clerk,
        a_time_out_before_its_time,
        an_event_that_nobody_asked_for,
        a_repeat_that_was_answered_otherwise,
    ],
)
def test_an_altered_history_is_not_allowed(alteration: Alteration) -> None:
    history = alteration(a_morning())
    assert history != a_morning()
    with pytest.raises(NotAllowedError):
        check(history)
