"""A ticket's number as people write it."""

import pytest

from broker.domain.day import day_ends_at
from broker.domain.ticket import plate, read_plate
from tests.support import sample


@pytest.mark.parametrize("text", ["A012", "a012", "A 12", " A-012 ", plate("A", 12), plate("A", 12, 5)])
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert read_plate(text) == ("A", 12)


@pytest.mark.parametrize("text", ["", "12", "A", "AB12", "A012B", "A123456"])
def test_other_texts_are_no_number(text: str) -> None:
    assert read_plate(text) is None


def test_a_business_day_ends_at_three_the_next_morning() -> None:
    assert day_ends_at(sample.TUESDAY, sample.JAKARTA_MINUTES) == sample.at(27)
