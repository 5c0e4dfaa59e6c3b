"""How a command is written at the command line, and what is told of a word that is wrong."""

import pytest
from msgspec.structs import fields

from antrean.problem import Problem
from antrean.sending import COMMANDS, command_id_of, command_of, described
from broker.domain import commands as c
from broker.domain.ticket import ToQueue
from broker.domain.values import ActReason, Channel, CounterNumber, Priority, TicketId
from wording import Language, Wording

ENGLISH = Wording(Language.EN)


def told(name: str, *pairs: str) -> tuple[str, str, str]:
    with pytest.raises(Problem) as raised:
        command_of(name, pairs, ENGLISH)
    return raised.value.lines()


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (
            ("issue-ticket", "letter=A", "channel=drive-thru"),
            c.IssueTicket("A", channel=Channel.DRIVE_THRU),
        ),
        (("call-next", "counter=3"), c.CallNext(CounterNumber(3))),
        (("correct-priority", "ticket=T", "priority=null"), c.CorrectPriority(TicketId("T"), None)),
        (
            ("correct-priority", "ticket=T", "priority=elderly"),
            c.CorrectPriority(TicketId("T"), Priority.ELDERLY),
        ),
        (
            ("void-tickets", 'tickets=["T","U"]', "reason=citizen-left"),
            c.VoidTickets((TicketId("T"), TicketId("U")), ActReason.CITIZEN_LEFT),
        ),
        (
            ("transfer-ticket", "ticket=T", 'to={"to":"queue","letter":"B"}'),
            c.TransferTicket(TicketId("T"), ToQueue("B")),
        ),
        (("reopen-doors",), c.ReopenDoors()),
    ],
)
def test_values_are_written_as_text_and_lists_as_json(words: tuple[str, ...], command: c.Command) -> None:
    assert command_of(words[0], words[1:], ENGLISH) == command


def test_an_unknown_command_is_told_with_the_nearest() -> None:
    assert told("isue-ticket") == ("There is no such command", "isue-ticket", "Did you mean “issue-ticket”?")
    assert told("zzzz")[2] == "`antrean send --list` lists all commands."


@pytest.mark.parametrize("name", ["tick", "note-clock"])
def test_what_is_the_brokers_own_is_nobodys_to_send(name: str) -> None:
    assert told(name)[0] == "There is no such command"


def test_an_unknown_field_is_told_with_the_nearest_or_with_all() -> None:
    what, where, todo = told("issue-ticket", "leter=A")
    assert (what, where) == ("issue-ticket has no field leter", "leter=A")
    assert todo == "Did you mean “letter”?"
    assert "antrean send call-next counter=NUMBER" in told("call-next", "zzzz=A")[2]


def test_a_wrong_value_is_told_with_what_is_possible() -> None:
    what, where, todo = told("confirm-delivery", "ticket=T", "delivery=papier")
    assert "papier" in what
    assert where == "delivery=papier"
    assert todo == "Write it as paper|screen"
    assert told("call-next", "counter=three")[2] == "Write it as NUMBER"
    assert told("issue-ticket", "letter=AB")[2] == "Write it as TEXT, TEXT being [A-HJ-NPR-Z]"
    assert told("plan-steps", "ticket=T", 'steps=["Ü"]')[2] == "Write it as [TEXT,…], TEXT being [A-HJ-NPR-Z]"
    assert told("transfer-ticket", "note=x")[2] == "Write it as TEXT|null, TEXT being [0-9a-f]{32}"
    assert told("void-tickets", "tickets=T", "reason=citizen-left")[2] == "Write it as [TEXT,…]"


def test_a_missing_field_a_missing_sign_and_a_field_given_twice_are_told() -> None:
    assert told("confirm-delivery", "ticket=T")[0] == "confirm-delivery needs more: delivery"
    for pair in ("counter", "=1", "="):
        assert told("call-next", pair)[0] == "A value is written as key=value"
    assert told("call-next", "counter=1", "counter=2")[0] == "This field is given twice: counter"


def test_json_that_breaks_off_is_told_as_such() -> None:
    what, where, _ = told("void-tickets", 'tickets=["T"', "reason=citizen-left")
    assert "truncated" in what
    assert where == 'tickets=["T"'


@pytest.mark.parametrize("pair", ["letter=\udcff", "service=\udcff", "\udcff=A", 'steps=["\\ud800"]'])
def test_what_is_no_text_is_told_and_not_sent(pair: str) -> None:
    """As a shell passes bytes that are no UTF-8."""
    what, where, todo = told("issue-ticket", "letter=A", pair)
    assert what.startswith(("This is no text", "This value is not possible"))
    for line in (what, where, todo):
        line.encode()


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb", "\udcff", "\x7f"])
def test_an_id_that_no_command_can_have_is_told(name: str) -> None:
    with pytest.raises(Problem):
        command_id_of(name, ENGLISH)


def test_any_other_id_will_do() -> None:
    for name in ("x", "x" * 64, "0197f3c2a1b07c3d8e9fa0b1c2d3e4f5", "semalam, é"):
        assert command_id_of(name, ENGLISH) == name


def test_every_command_is_listed_with_its_fields() -> None:
    lines = list(described())
    for name, kind in COMMANDS.items():
        usage = next(line for line in lines if line.split()[0] == name)
        assert all(f"{field.name}=" in usage for field in fields(kind))
