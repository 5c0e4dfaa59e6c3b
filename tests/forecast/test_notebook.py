"""What is taken down of a day."""

import pytest

from broker.domain import commands as c
from broker.domain.values import PauseReason, Priority
from forecast.experience import DayFigures
from forecast.notebook import Notebook
from tests.forecast.hall import Hall
from tests.support import sample
from tests.support.morning import ONE


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.clerk("sri", c.OpenCounter(ONE))
    return hall


def test_a_service_counts_from_its_call_until_the_counter_is_free(hall: Hall) -> None:
    hall.take("A")
    hall.advance(minutes=2)
    hall.serve("sri", ONE, minutes=7)
    hall.follow()
    (spell,) = hall.forecaster.notebook.figures.spells
    assert (spell.letter, spell.counter, spell.clerk, spell.served) == ("A", ONE, "sri", True)
    assert spell.minutes == pytest.approx(7)
    assert spell.waited == pytest.approx(2)


def test_who_does_not_come_keeps_the_counter_busy_without_being_served(hall: Hall) -> None:
    ticket = hall.take("A")
    hall.call("sri", ONE)
    hall.announce(ticket)
    hall.advance(minutes=1)
    hall.clerk("sri", c.MarkNoShow(ticket))
    hall.follow()
    (spell,) = hall.forecaster.notebook.figures.spells
    assert not spell.served
    assert spell.minutes == pytest.approx(1)


def test_a_service_upon_which_the_day_closes_counts_nowhere(hall: Hall) -> None:
    hall.take("A")
    hall.clerk("sri", c.StartService(hall.call("sri", ONE)))
    hall.now = sample.at(18)
    hall.tick()
    hall.follow()
    (day,) = hall.forecaster.experience.days
    assert day.spells == []
    assert [shift.counter for shift in day.shifts] == [ONE]


def test_the_time_between_two_services_counts_where_somebody_waited(hall: Hall) -> None:
    hall.take("A")
    hall.take("A")
    hall.serve("sri", ONE, minutes=5)
    hall.advance(seconds=30)
    hall.serve("sri", ONE, minutes=5)
    hall.advance(minutes=10)
    hall.take("A")
    hall.serve("sri", ONE, minutes=5)
    hall.follow()
    assert hall.forecaster.notebook.figures.gaps == [pytest.approx(0.5)]


def test_a_rest_was_due_after_the_last_call_and_before_it_began(hall: Hall) -> None:
    hall.take("A")
    hall.serve("sri", ONE, minutes=6)
    hall.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    hall.advance(minutes=12)
    hall.clerk("sri", c.ResumeCounter(ONE))
    hall.follow()
    (rest,) = hall.forecaster.notebook.figures.rests
    assert rest.minutes == pytest.approx(12)
    assert rest.begins - rest.due == pytest.approx(6)


def test_a_pause_that_is_not_resumed_before_the_counter_closes_has_no_end(hall: Hall) -> None:
    hall.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    hall.advance(minutes=40)
    hall.clerk("sri", c.CloseCounter(ONE))
    hall.follow()
    figures = hall.forecaster.notebook.figures
    assert [rest.ends for rest in figures.rests] == [None]
    assert [shift.counter for shift in figures.shifts] == [ONE]


def test_everybody_who_takes_a_place_is_an_entry_with_the_head_start(hall: Hall) -> None:
    hall.take("A")
    hall.take("B", priority=Priority.ELDERLY)
    hall.follow()
    entries = hall.forecaster.notebook.figures.entries
    assert [(entry.letter, round(entry.head_start)) for entry in entries] == [("A", 0), ("B", 20)]


def test_who_begins_in_mid_morning_takes_up_what_goes_on(hall: Hall) -> None:
    hall.take("A")
    hall.take("B")
    ticket = hall.call("sri", ONE)
    hall.clerk("sri", c.StartService(ticket))
    hall.advance(minutes=3)
    notebook = Notebook(DayFigures(sample.TUESDAY))
    notebook.resume(hall.state)
    hall.advance(minutes=2)
    before = len(hall.journal)
    hall.clerk("sri", c.CompleteTicket(ticket))
    for record in hall.journal[before:]:
        notebook.look(hall.state, record)
    (spell,) = notebook.figures.spells
    assert spell.minutes == pytest.approx(5)
    assert spell.served
    assert sorted(entry.letter for entry in notebook.figures.entries) == ["B"]
