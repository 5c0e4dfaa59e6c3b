"""Journals of every release: today's program reads them, and makes of them what was agreed."""

import json
from pathlib import Path

import pytest

from broker.domain.codec import KINDS
from tests.broker.journals import day, kept


@pytest.mark.parametrize("journal", kept.journals(), ids=lambda path: path.stem)
def test_what_was_agreed_still_follows_from_a_kept_journal(journal: Path) -> None:
    assert kept.followed(journal) == json.loads(kept.facts_beside(journal).read_text())


def test_the_present_release_has_a_journal_with_every_kind_of_event() -> None:
    newest = kept.journals()[-1]
    assert newest.stem == kept.version()
    assert {(line["kind"], line["version"]) for line in kept.lines(newest)} == {
        (kind, event.VERSION) for kind, event in KINDS.items()
    }


def test_the_day_that_is_kept_is_the_same_each_time_it_is_played() -> None:
    assert day.played().journal == day.played().journal
