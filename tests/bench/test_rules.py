"""The benchmark of the rules goes through every kind of command."""

from broker.domain.decide import HANDLERS
from tests.bench.rules import Course


def test_a_visit_of_the_benchmark_carries_out_every_kind_of_command() -> None:
    course = Course(8)
    course.took.clear()
    course.visit()
    course.visit()
    assert set(course.took) == {kind.__name__ for kind in HANDLERS}
