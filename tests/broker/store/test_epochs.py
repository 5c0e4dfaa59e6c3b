"""Which history a database holds, and where it came from."""

import pytest

from broker.domain.values import Instant, Seq
from broker.store.database import Database
from broker.store.epochs import Epoch, Epochs


@pytest.fixture
def epochs(database: Database) -> Epochs:
    return Epochs(database)


def test_an_outlet_begins_with_a_history_of_its_own(epochs: Epochs) -> None:
    (first,) = epochs.lineage()
    assert first == Epoch(first.epoch, None, None, Instant(1), is_confirmed=True)


def test_no_two_histories_are_alike(epochs: Epochs) -> None:
    (first,) = epochs.lineage()
    begun = epochs.begin(Instant(2), first.epoch, Seq(7))
    assert begun.epoch != first.epoch
    assert epochs.lineage() == (first, begun)


def test_a_history_that_is_doubted_waits_also_after_a_restart(database: Database, epochs: Epochs) -> None:
    (first,) = epochs.lineage()
    epochs.doubt()
    (doubted,) = Epochs(database).lineage()
    assert (doubted.epoch, doubted.is_confirmed) == (first.epoch, False)


def test_what_is_begun_from_a_doubted_history_is_not_doubted(epochs: Epochs) -> None:
    (first,) = epochs.lineage()
    epochs.doubt()
    begun = epochs.begin(Instant(2), first.epoch, Seq(7))
    assert [each.is_confirmed for each in epochs.lineage()] == [False, True]
    assert epochs.lineage()[-1] == begun
