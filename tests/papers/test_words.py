"""The names that papers use."""

import pytest

from broker.domain.state import State
from broker.domain.values import Language, Priority
from papers.words import outlet_name, priority, to_bring, wording_of
from tests.support.morning import Morning


@pytest.mark.parametrize("language", Language)
def test_every_priority_has_a_name_of_its_own(language: Language) -> None:
    w = wording_of(Morning().state, language)
    assert len({priority(each, w) for each in Priority}) == len(Priority)


def test_an_outlet_without_rules_has_no_name_yet() -> None:
    assert outlet_name(State()) == ""
    assert to_bring(None, wording_of(State(), Language.ENGLISH)) == ()
