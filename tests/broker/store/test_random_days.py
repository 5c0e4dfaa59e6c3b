"""After random days the tables say what the state says, and the database has refused none of what was decided."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from broker.domain import events as e
from broker.domain.events import Recorded
from broker.store import agreement, schema
from broker.store.database import Database
from broker.store.journal import Journal
from tests.broker.domain.properties.machine import OutletMachine
from tests.broker.domain.properties.world import World
from tests.conftest import SOAKING
from tests.support.journal import commit
from tests.support.tables import rows, the_tables_say_what_the_state_says

NewUrl = Callable[[], AbstractContextManager[str]]

ENDS: dict[type[e.Event], str] = {
    e.TicketCompleted: "completed",
    e.TicketForgotten: "no-show",
    e.TicketCancelled: "cancelled",
    e.TicketVoided: "cancelled",
    e.TicketExpired: "expired",
    e.ApplicationRejected: "rejected",
    e.ApplicationHandedOver: "handed-over",
    e.AppointmentCancelled: "cancelled",
    e.AppointmentMissed: "missed",
    e.PickUpCancelled: "cancelled",
}


@contextmanager
def written(journal: list[Recorded], group: int, new_url: NewUrl) -> Iterator[Database]:
    """A database into which the events have been committed, so many at a time."""
    with new_url() as url, Database.create(url) as database:
        commit(Journal(database), journal, group)
        yield database


def whatever_ended_has_its_end(database: Database, journal: list[Recorded]) -> None:
    """As its last event says."""
    ends: dict[str, str | None] = {}
    for record in journal:
        event: Any = record.event
        for field in ("ticket", "application", "appointment", "pick_up"):
            if type(event) in ENDS and (named := getattr(event, field, None)) is not None:
                ends[named] = ENDS[type(event)]
        if isinstance(event, e.TicketReopened):
            ends.pop(event.ticket, None)
    known = {}
    for table in (schema.ticket, schema.application, schema.appointment, schema.pick_up):
        known |= rows(database, table)
    for name, status in ends.items():
        assert known[name].status == status, f"{known[name]} is {status}"


class WrittenDays(OutletMachine):
    """Random days whose journals come into databases of both engines."""

    new_urls: ClassVar[Mapping[str, NewUrl]] = {}

    def teardown(self) -> None:
        journal = [record for record, _ in self.world.journal]
        for engine, group in (("sqlite", 7), ("sqlite", len(journal)), ("postgresql", 7)):
            with written(journal, group, self.new_urls[engine]) as database:
                the_tables_say_what_the_state_says(database, self.world.state)
                agreement.check(database, self.world.state)
                whatever_ended_has_its_end(database, journal)


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 120)
def test_the_tables_say_what_the_state_says_after_random_days(
    monkeypatch: pytest.MonkeyPatch, new_urls: Mapping[str, NewUrl]
) -> None:
    monkeypatch.setattr(WrittenDays, "new_urls", new_urls)
    monkeypatch.setattr(World, "only", "nothing: properties/ asks")
    run_state_machine_as_test(
        WrittenDays,
        settings=settings(
            max_examples=1000 if SOAKING else 25,
            stateful_step_count=80,
            deadline=None,
            derandomize=not SOAKING,
            database=None,
            phases=(Phase.generate,),
            print_blob=False,
            suppress_health_check=[*HealthCheck],
        ),
    )
