"""A note that goes with a number: asked for until it is here, and only the present one counts."""

from broker.client import new_request_id
from broker.domain.refusals import ClerkNeeded
from broker.domain.values import ClerkId, DeviceRole, NoteId
from broker.protocol import messages as m
from counter.errands import Errands
from counter.notes import Notes
from counter.sheets import Notice
from tests.support.morning import Morning
from tests.support.outlet import PIN, LocalSession


class Desk:
    """A counter's notes, and what came of writing one."""

    def __init__(self, morning: Morning, clerk: str | None = "sri") -> None:
        self.session: LocalSession = morning.session(DeviceRole.COUNTER, "pc-1", clerk)
        self.changes = 0
        self.notes = Notes(self.session, Errands(self.session), self._changed)
        self.failed: list[Notice] = []

    def _changed(self) -> None:
        self.changes += 1

    def write(self, text: str) -> NoteId | None:
        written: list[NoteId] = []
        self.notes.write(text, written.append, self.failed.append)
        return next(iter(written), None)


def test_a_note_is_read_where_its_id_comes() -> None:
    desk = Desk(Morning())
    note = desk.write("KTP asli ada di sini")
    assert note is not None
    assert desk.notes.text_of(note) is None
    desk.notes.look_for(note)
    assert desk.notes.text_of(note) == "KTP asli ada di sini"
    assert desk.changes == 1
    desk.notes.look_for(None)
    assert desk.notes.text_of(note) is None


def test_an_erased_note_says_nothing_and_is_not_asked_for_again() -> None:
    desk = Desk(Morning())
    for _ in range(2):
        desk.notes.look_for(NoteId("0" * 32))
    assert desk.notes.text_of(NoteId("0" * 32)) == ""
    assert desk.changes == 1


def test_without_an_answer_it_is_asked_for_again() -> None:
    morning = Morning()
    note = Desk(morning).write("tinggal pasfoto")
    desk = Desk(morning, clerk=None)
    desk.notes.look_for(note)
    assert desk.notes.text_of(note) is None
    desk.session.ask(m.SignIn(new_request_id(), ClerkId("sri"), PIN), lambda _: None)
    desk.notes.look_for(note)
    assert desk.notes.text_of(note) == "tinggal pasfoto"


def test_the_answer_about_an_earlier_number_is_let_go() -> None:
    morning = Morning()
    desk = Desk(morning)
    first, second = desk.write("satu"), desk.write("dua")
    morning.paused = True
    desk.notes.look_for(first)
    desk.notes.look_for(second)
    morning.deliver()
    assert desk.notes.text_of(second) == "dua"
    assert desk.notes.text_of(first) is None


def test_whoever_is_not_signed_in_writes_nothing() -> None:
    desk = Desk(Morning(), clerk=None)
    assert desk.write("halo") is None
    assert desk.failed == [ClerkNeeded()]
