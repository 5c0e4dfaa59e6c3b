"""Notes over the wire: written and read at a counter with a clerk, erased for good, in no journal and no log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from broker.domain.commands import RequestPickUp
from broker.domain.values import NoteId
from broker.protocol import messages as m
from broker.protocol.identifiers import new_note_id, new_request_id
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, OFFICE, OTHER_PC, PC, Device, RunningBroker

TEXT = "Ibu Wati, Gang Kenanga 7, sesudah pukul 14"


def written(device: Device, text: str = TEXT, note: NoteId | None = None) -> NoteId:
    note = new_note_id() if note is None else note
    answer = device.ask(m.WriteNote(new_request_id(), note, text))
    assert isinstance(answer, m.NoteWritten), answer
    return note


def read(device: Device, note: NoteId) -> m.Note:
    answer = device.ask(m.AskNote(new_request_id(), note))
    assert isinstance(answer, m.Note), answer
    return answer


@contextmanager
def counter(broker: RunningBroker, clerk: str = "sri") -> Iterator[Device]:
    with broker.device(PC) as pc:
        pc.sign_in(clerk)
        yield pc


def test_a_colleague_reads_what_a_clerk_has_written(broker: RunningBroker) -> None:
    with counter(broker) as pc, broker.device(OTHER_PC) as other:
        note = written(pc)
        assert written(pc, note=note) == note
        other.sign_in("ratna")
        told = read(other, note)
    assert (told.text, told.clerk) == (TEXT, "sri")
    assert told.at is not None


def test_the_id_of_a_note_is_never_anothers(broker: RunningBroker) -> None:
    with counter(broker) as pc:
        note = written(pc)
        answer = pc.ask(m.WriteNote(new_request_id(), note, "Something else"))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.COMMAND_ID_REUSED
        assert read(pc, note).text == TEXT


def test_an_erased_note_says_nothing_any_more(broker: RunningBroker) -> None:
    with counter(broker) as pc:
        note = written(pc)
        assert isinstance(pc.ask(m.EraseNote(new_request_id(), note)), m.NoteErased)
        assert read(pc, note).text is None


def test_a_colleague_may_not_erase_what_a_clerk_has_written_but_a_supervisor_may(
    broker: RunningBroker,
) -> None:
    with counter(broker, "ratna") as pc, broker.device(OTHER_PC) as other:
        other.sign_in("sri")
        note, own = written(pc, "of the supervisor's"), written(other, "of the clerk's")
        answer = other.ask(m.EraseNote(new_request_id(), note))
        assert isinstance(answer, m.Error)
        assert (answer.code, answer.detail) == (m.ErrorCode.NOT_PERMITTED, "another clerk's note")
        assert read(pc, note).text == "of the supervisor's"
        assert isinstance(pc.ask(m.EraseNote(new_request_id(), own)), m.NoteErased)
        assert read(other, own).text is None
        for _ in range(2):  # an answer may have been lost
            assert isinstance(other.ask(m.EraseNote(new_request_id(), own)), m.NoteErased)


def test_nobody_but_a_signed_in_clerk_reads_or_writes(broker: RunningBroker) -> None:
    with counter(broker) as pc:
        note = written(pc)
        pc.ask(m.SignOut(new_request_id()))
        questions = (
            m.WriteNote(new_request_id(), new_note_id(), TEXT),
            m.AskNote(new_request_id(), note),
            m.EraseNote(new_request_id(), note),
        )
        for device in (KIOSK, DISPLAY, OFFICE):
            with broker.device(device) as other:
                for question in questions:
                    assert_not_permitted(other.ask(question))
        for question in questions:
            assert_not_permitted(pc.ask(question))
        pc.sign_in("sri")
        assert read(pc, note).text == TEXT


def assert_not_permitted(answer: m.Answer) -> None:
    assert isinstance(answer, m.Error)
    assert answer.code is m.ErrorCode.NOT_PERMITTED


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_a_note_is_neither_empty_nor_long_and_is_not_repeated_in_the_answer(
    broker: RunningBroker, text: str
) -> None:
    with counter(broker) as pc:
        answer = pc.ask(m.WriteNote(new_request_id(), new_note_id(), text))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.MALFORMED
        assert "xxx" not in answer.detail
        written(pc, "ç" * 500)


def test_a_text_is_in_the_note_table_alone(
    broker: RunningBroker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with counter(broker) as pc:
        note = written(pc)
        pc.accepted(RequestPickUp(sample.JOBSEEKER, note))
        pc.ask(m.EraseNote(new_request_id(), note))
    assert TEXT.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    told = capsys.readouterr()
    assert TEXT not in told.out + told.err
