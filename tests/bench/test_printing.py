"""What a ticket costs, as far as it is the same on every machine."""

from tests.bench.printing import composing


def test_a_ticket_is_small_enough_for_its_line() -> None:
    sizes = {each.name: each for each in composing() if each.unit == "B"}
    assert len(sizes) == 2
    for each in sizes.values():
        assert each.limit <= each.figure <= each.at_most, each
