"""A visit on the real window: why it was its turn, where it goes on to, to whom it is sent, and what is taken back."""

import pytest

from broker.domain import commands as c
from broker.domain.ticket import TicketStatus, ToCounter
from broker.domain.values import Priority
from counter.desk import Act
from tests.counter.conftest import Open
from tests.counter.hands import Hands
from tests.counter.support import Counter
from tests.support import sample
from tests.support.morning import ONE, THREE, Morning
from wording import Language

WINDOW, STRIP, LARGE = (1366, 768), (380, 768), (1920, 1080)

SIZES = pytest.mark.parametrize("size", [WINDOW, STRIP])
SEEN = pytest.mark.parametrize(
    ("size", "language"), [(size, language) for size in (WINDOW, STRIP, LARGE) for language in Language]
)


def at_work(
    open_counter: Open, morning: Morning, size: tuple[int, int], language: Language = Language.ID
) -> Hands:
    morning.clerk("sri", c.OpenCounter(ONE))
    return open_counter(morning, size, language, clerk="sri")


@SEEN
def test_why_is_told_by_key_in_the_languages_of_clerk_and_citizen(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    hands = at_work(open_counter, morning, size, language)
    morning.take("B")
    morning.advance(minutes=5)
    morning.take("B", sample.DOCTOR, Priority.DISABILITY)
    hands.press("Ctrl+Return")
    hands.assert_legible()
    hands.press("Ctrl+I")
    hands.assert_legible()
    indonesian = "Datang pukul 07.35 dan sebagai penyandang disabilitas dihitung 20 menit lebih awal, jadi didahulukan."
    if language is Language.ID:
        assert hands.reads("answer") == indonesian
        assert not hands.sees("answer-for-citizen")
    else:
        assert hands.reads("answer").startswith("Came at 07:35 and as a person with a disability")
        assert hands.reads("answer-for-citizen") == indonesian
    hands.press("Escape")
    assert not hands.sees("answer")


@SIZES
def test_why_is_told_at_a_touch(open_counter: Open, size: tuple[int, int]) -> None:
    morning = Morning()
    hands = at_work(open_counter, morning, size)
    morning.take("B")
    hands.press("Ctrl+Return")
    hands.touch("why")
    assert hands.reads("answer") == "Datang pukul 07.30, paling awal di antara yang didahulukan loket ini."


@SIZES
def test_a_call_is_taken_back_while_its_seconds_run(open_counter: Open, size: tuple[int, int]) -> None:
    morning = Morning()
    hands = at_work(open_counter, morning, size)
    ticket = morning.take("B")
    hands.press("Ctrl+Return")
    hands.wait_seconds(3)
    assert hands.reads("undo").endswith("(7 dtk)")
    hands.assert_legible()
    hands.touch("undo")
    assert morning.state.tickets[ticket].status is TicketStatus.WAITING
    hands.press("Ctrl+Return")
    hands.wait_seconds(10)
    assert not hands.sees("undo")
    hands.press("Ctrl+Z")
    assert morning.state.tickets[ticket].status is TicketStatus.CALLED


@SIZES
def test_a_completion_is_taken_back_by_key(open_counter: Open, size: tuple[int, int]) -> None:
    morning = Morning()
    hands = at_work(open_counter, morning, size)
    ticket = morning.take("B")
    hands.press("Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    assert ticket not in morning.state.tickets
    hands.assert_legible()
    hands.press("Ctrl+Z")
    assert morning.state.tickets[ticket].status is TicketStatus.SERVING
    assert hands.sees("timer")


@SEEN
def test_the_steps_of_a_visit_are_planned_and_gone_through(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    hands = at_work(open_counter, morning, size, language)
    ticket = morning.take("D")
    hands.press("Ctrl+Return", "Ctrl+Return", "Ctrl+T")
    hands.assert_legible()
    assert hands.find("plan-confirm") is None
    hands.touch("step-C", "step-A", "step-B", "step-C")
    hands.assert_legible()
    hands.press("Ctrl+Return")
    assert morning.state.tickets[ticket].steps == ("A", "B")
    hands.assert_legible()
    steps = {
        Language.ID: "D Informasi dan pengaduan → A Sehari jadi → B Perizinan",
        Language.EN: "D Information and complaints → A Same-day permits → B Permits",
    }
    assert hands.reads("plan-steps").endswith(steps[language])
    onward = {Language.ID: "Selesai lanjut ke A", Language.EN: "Finish on to A"}
    assert hands.reads("complete").startswith(onward[language])
    hands.press("Ctrl+Return")
    assert morning.state.waiting_count("A") == 1
    hands.press("Ctrl+Return")
    assert hands.reads("plate") == "D 001"


@SEEN
def test_a_number_is_sent_to_a_colleague_with_a_note(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    other = Counter(morning, number=2)
    other.sign_in("budi")
    hands = at_work(open_counter, morning, size, language)
    ticket = morning.take("A", sample.MICRO_BUSINESS)
    hands.press("Ctrl+Return", "Ctrl+Return", "F4")
    hands.touch("to-counter")
    hands.assert_legible()
    hands.touch("to-clerk")
    assert hands.find("transfer-confirm") is None
    hands.touch("transfer-clerk-budi", "place-front", "note")
    hands.write("KTP asli ada di map kuning")
    hands.assert_legible()
    hands.press("Ctrl+Return")
    sent = morning.state.tickets[ticket]
    assert sent.only_clerk == sample.BUDI
    assert sent.virtual_arrival == sample.at(6, 30)
    assert other.work.note is None
    other.presenter.act(other.desk.primary)
    assert other.work.note == "KTP asli ada di map kuning"


@SEEN
def test_whoever_gets_a_number_reads_who_sent_it_and_why_and_can_send_it_back(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    morning.clerk("ratna", c.OpenCounter(THREE))
    other = Counter(morning, number=2)
    other.sign_in("budi")
    hands = at_work(open_counter, morning, size, language)
    morning.take("C", sample.RESEARCH)
    for act in (Act.CALL_NEXT, Act.START, Act.TRANSFER):
        other.presenter.act(act)
    note = (
        "Surat kuasa dan pasfoto sudah diperiksa, tinggal tanda terimanya; pemohon datang dari jauh sekali."
    )
    other.presenter.transfer(ToCounter(ONE), None, note)
    hands.press("Ctrl+Return")
    hands.wait_seconds(1)
    said = {Language.ID: "Dari loket 2, Budi Santoso:", Language.EN: "From counter 2, Budi Santoso:"}
    assert hands.reads("said") == f"{said[language]} {note}"
    hands.assert_legible()
    hands.press("Ctrl+Return", "F4")
    hands.touch("to-sender")
    hands.assert_legible()
    hands.press("Ctrl+Return")
    assert morning.state.waiting_count("C=budi") == 1


@SEEN
def test_whoever_completes_papers_is_told_until_when(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    hands = at_work(open_counter, morning, size, language)
    morning.take("A")
    hands.press("Ctrl+Return", "Ctrl+Return", "F3")
    hands.assert_legible()
    hands.touch("hold-completing-papers")
    at = {Language.ID: "08.30", Language.EN: "08:30"}[language]
    assert at in hands.reads("said")
    assert at in hands.reads("resume-A001")
    hands.assert_legible()
