"""Each call is announced exactly once, in order."""

from broker.domain import commands as c
from broker.domain.events import Recorded
from broker.domain.ticket import ToQueue
from display.announcer import Announcer, end_turn, hear, rejoin, take_turn
from tests.display.support import finish, open_morning
from tests.support.morning import ONE, TWO, Morning


def since(outlet: Morning, mark: int) -> tuple[Recorded, ...]:
    return tuple(outlet.journal[mark:])


def told(announcer: Announcer) -> list[str]:
    """The announcements to the end, as plate and call."""
    heard = []
    announcer = take_turn(announcer)
    while announcer.turn is not None:
        heard.append(f"{announcer.turn.letter}{announcer.turn.number}/{announcer.turn.call}")
        announcer = take_turn(end_turn(announcer))
    return heard


def test_calls_are_announced_in_the_order_of_the_journal() -> None:
    outlet = open_morning("AAB")
    finish(outlet, "sri", outlet.call("sri", ONE))
    outlet.call("ratna", TWO)
    outlet.call("sri", ONE)
    assert told(hear(Announcer(), outlet.state, tuple(outlet.journal))) == ["A1/1", "B1/1", "A2/1"]


def test_a_turn_lasts_until_it_is_ended() -> None:
    outlet = open_morning("AB")
    outlet.call("sri", ONE)
    outlet.call("ratna", TWO)
    first = take_turn(hear(Announcer(), outlet.state, tuple(outlet.journal)))
    assert take_turn(first) == first
    assert take_turn(end_turn(first)).turn == first.queue[0]


def test_a_recall_is_another_announcement() -> None:
    outlet = open_morning("A")
    ticket = outlet.call("sri", ONE)
    announcer = hear(Announcer(), outlet.state, tuple(outlet.journal))
    outlet.announce(ticket)
    outlet.advance(seconds=20)
    mark = len(outlet.journal)
    outlet.clerk("sri", c.Recall(ticket))
    assert told(hear(announcer, outlet.state, since(outlet, mark))) == ["A1/1", "A1/2"]


def test_a_call_that_arrives_together_with_its_recall_is_announced_as_the_recall() -> None:
    outlet = open_morning("A")
    ticket = outlet.call("sri", ONE)
    outlet.announce(ticket)
    outlet.advance(seconds=20)
    outlet.clerk("sri", c.Recall(ticket))
    assert told(hear(Announcer(), outlet.state, tuple(outlet.journal))) == ["A1/2"]


def test_a_ticket_called_again_after_a_transfer_is_announced_again() -> None:
    outlet = open_morning("B")
    ticket = outlet.call("sri", ONE)
    announcer = hear(Announcer(), outlet.state, tuple(outlet.journal))
    outlet.clerk("sri", c.TransferTicket(ticket, ToQueue("C")))
    outlet.advance(seconds=1)
    mark = len(outlet.journal)
    outlet.call("ratna", TWO)
    assert told(hear(announcer, outlet.state, since(outlet, mark))) == ["B1/1", "B1/1"]


def test_more_calls_at_once_than_the_state_lists_are_all_announced() -> None:
    outlet = open_morning("")
    tickets = [outlet.take("A") for _ in range(15)]
    mark = len(outlet.journal)
    for ticket in tickets:  # the state keeps the last twelve; all fifteen are still open
        assert outlet.call("sri", ONE) == ticket
        outlet.clerk("sri", c.StartService(ticket))
        outlet.clerk("sri", c.HoldTicket(ticket, c.HoldReason.WAITING))
    heard = hear(Announcer(), outlet.state, since(outlet, mark))
    assert told(heard) == [f"A{number}/1" for number in range(1, 16)]


def test_a_display_that_starts_announces_only_what_is_fresh_and_still_called() -> None:
    outlet = open_morning("AABC")
    outlet.call("ratna", TWO)
    outlet.advance(seconds=70)
    finish(outlet, "sri", outlet.call("sri", ONE))
    outlet.call("sri", ONE)
    assert told(rejoin(Announcer(), outlet.state, outlet.now)) == ["A2/1"]


def test_a_call_is_fresh_for_sixty_seconds() -> None:
    outlet = open_morning("A")
    outlet.call("sri", ONE)
    outlet.advance(seconds=59)
    assert told(rejoin(Announcer(), outlet.state, outlet.now)) == ["A1/1"]
    outlet.advance(seconds=1)
    assert told(rejoin(Announcer(), outlet.state, outlet.now)) == []


def test_a_call_that_a_recall_has_replaced_is_not_announced_on_coming_back() -> None:
    outlet = open_morning("A")
    ticket = outlet.call("sri", ONE)
    outlet.announce(ticket)
    outlet.advance(seconds=20)
    outlet.clerk("sri", c.Recall(ticket))
    assert told(rejoin(Announcer(), outlet.state, outlet.now)) == ["A1/2"]


def test_what_was_announced_before_a_cut_is_not_announced_again_after_it() -> None:
    outlet = open_morning("AB")
    outlet.call("sri", ONE)
    before = end_turn(take_turn(hear(Announcer(), outlet.state, tuple(outlet.journal))))
    outlet.call("ratna", TWO)
    assert told(rejoin(before, outlet.state, outlet.now)) == ["B1/1"]


def test_what_still_waited_for_its_turn_at_the_cut_is_announced_after_it_if_it_holds() -> None:
    outlet = open_morning("AB")
    outlet.call("sri", ONE)
    served = outlet.call("ratna", TWO)
    before = hear(Announcer(), outlet.state, tuple(outlet.journal))
    outlet.clerk("ratna", c.StartService(served))
    assert told(rejoin(before, outlet.state, outlet.now)) == ["A1/1"]


def test_the_announcer_remembers_no_more_than_the_state_lists() -> None:
    outlet = open_morning("")
    announcer = Announcer()
    for _ in range(40):
        outlet.take("A")
        mark = len(outlet.journal)
        finish(outlet, "sri", outlet.call("sri", ONE))
        announcer = end_turn(take_turn(hear(announcer, outlet.state, since(outlet, mark))))
    assert announcer.known == frozenset(outlet.state.recent_calls)
