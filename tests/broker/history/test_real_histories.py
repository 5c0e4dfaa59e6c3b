"""What many clients see of a real broker at once is what one command after another would have shown them.

Ten clients over real sockets compete for the same tickets, and the broker is started anew in the middle.
"""

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from broker.domain.codec import decode_state
from broker.domain.rules import Clerk
from broker.domain.rules import Counter as CounterRules
from broker.domain.state import State
from broker.domain.values import ClerkId, ClerkRole, CounterNumber, DeviceId, DeviceRole, Instant, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.clock import ScaledClock
from broker.server.provision import Enrolment, NewClerk, NewDevice, make_outlet
from broker.store.database import Database
from broker.store.journal import Journal
from tests.broker.history.askers import LETTERS, Asker, Asking, Hall, all_of
from tests.broker.history.checker import BROKER, NotAllowedError, check
from tests.broker.history.operations import History, Operation
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.broker import Device, RunningBroker, url_in

KIOSKS = tuple(DeviceId(f"kiosk-{number}") for number in range(1, 5))
CLERKS = tuple(ClerkId(name) for name in ("ani", "bagus", "citra", "dimas", "eka", "ratna"))
PIN = "2468"
EACH = 250 if SOAKING else 120
ROUNDS = 50 if SOAKING else 3
SPEED = 300.0
"""So that whatever time does is among the rest: announcements, deliveries that nobody confirms, times to recall."""

RULES = sample.rules(
    queues=sample.QUEUES[: len(LETTERS)],
    counters=tuple(
        CounterRules(CounterNumber(number), tiers)
        for number, tiers in enumerate(
            [(("A",), ("B", "C")), (("B", "A"), ("C",)), (("C", "B", "A"),)] * 2, 1
        )
    ),
    clerks=tuple(
        Clerk(clerk, ClerkRole.SUPERVISOR if clerk == "ratna" else ClerkRole.CLERK) for clerk in CLERKS
    ),
    collection_counter=None,
)


def pc_of(clerk: ClerkId) -> DeviceId:
    return DeviceId(f"pc-{clerk}")


def new_busy_outlet(folder: Path, at: Instant) -> Enrolment:
    devices = [NewDevice(kiosk, DeviceRole.KIOSK, "Kiosk") for kiosk in KIOSKS]
    devices += [NewDevice(pc_of(clerk), DeviceRole.COUNTER, "Counter") for clerk in CLERKS]
    clerks = [NewClerk(clerk, str(clerk), PIN) for clerk in CLERKS]
    return make_outlet(url_in(folder), RULES, sample.SERVICES, devices, clerks, at)


def askers_of(enrolment: Enrolment) -> list[Asker]:
    counters = [
        Asker(pc_of(clerk), DeviceRole.COUNTER, enrolment.devices[pc_of(clerk)], clerk, CounterNumber(number))
        for number, clerk in enumerate(CLERKS, 1)
    ]
    return counters + [Asker(kiosk, DeviceRole.KIOSK, enrolment.devices[kiosk]) for kiosk in KIOSKS]


def begin(broker: RunningBroker) -> State:
    """Sign everybody in; the outlet as it is then."""
    for clerk in CLERKS:
        with broker.device(pc_of(clerk)) as device:
            answer = device.ask(m.SignIn(new_request_id(), clerk, PIN))
            assert isinstance(answer, m.SignedIn), answer
    with broker.device(KIOSKS[0]) as device:
        return state_of(device)


def state_of(device: Device) -> State:
    part = device.ask(m.AskSnapshot(new_request_id()))
    assert isinstance(part, m.SnapshotPart)
    return decode_state(part.body)


def recorded(folder: Path, seed: int) -> History:
    """Let all of them ask, and start the broker anew when half of it is done."""
    start = Instant(sample.at(8))
    clock = ScaledClock(start, Instant(time.time_ns() // 1_000_000), SPEED)
    enrolment = new_busy_outlet(folder, start)
    broker = RunningBroker(folder, enrolment, clock)
    initial = begin(broker)
    hall, bound = Hall(), broker.server.bound
    asking = [Asking(each, hall, bound, enrolment.broker, EACH, seed) for each in askers_of(enrolment)]
    try:
        for each in asking:
            each.start()
        half = len(asking) * EACH // 2
        while sum(len(each.operations) for each in asking) < half and any(map(Asking.is_alive, asking)):
            asking[0].join(0.01)
        broker.stop()
        broker = RunningBroker(folder, enrolment, clock, bound)
        operations = all_of(asking)
    finally:
        broker.stop()
    with Database.open(url_in(folder)) as database:
        journal = Journal(database).records_from(Seq(initial.seq + 1), len(operations) * 10)
    return History(initial, operations, journal, clock.wall())


def shape(operations: tuple[Operation, ...]) -> Counter[str]:
    """How often what came of a command."""
    found: Counter[str] = Counter()
    for operation in operations:
        answer = operation.answers[0] if operation.answers else None
        found["unanswered" if answer is None else type(answer).__name__] += 1
        found["sent again"] += len(operation.attempts) > 1
        found["answered twice"] += len(operation.answers) > 1
    return found


def overlapping(operations: tuple[Operation, ...]) -> int:
    """How many commands began while another was under way."""
    times = sorted((each.began, each.ended) for each in operations if each.ended is not None)
    latest, found = 0, 0
    for began, ended in times:
        found += began < latest
        latest = max(latest, ended)
    return found


@pytest.mark.slow
@pytest.mark.timeout(600 if SOAKING else 120)
@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_a_history_of_many_clients_is_one_that_the_domain_allows(tmp_path: Path, round_number: int) -> None:
    history = recorded(tmp_path, random.randrange(2**32) if SOAKING else round_number)
    check(history)
    seen = shape(history.operations)
    total = len(history.operations)
    assert total == EACH * (len(KIOSKS) + len(CLERKS))
    assert overlapping(history.operations) > total / 2, "they did compete"
    assert seen["Accepted"] > total / 4
    assert seen["Refused"] > total / 10
    assert min(seen["unanswered"], seen["sent again"], seen["answered twice"]) > 0, seen
    assert any(record.device == BROKER for record in history.journal), "time acted too"
    with pytest.raises(NotAllowedError):
        check(without_an_acknowledged_number(history))


def without_an_acknowledged_number(history: History) -> History:
    """The history as if the broker had lost the last number that it gave out."""
    lost = next(
        operation
        for operation in reversed(history.operations)
        for answer in operation.answers
        if isinstance(answer, m.Accepted) and isinstance(answer.outcome, m.TicketOutcome)
    )
    kept = tuple(record for record in history.journal if record.command != lost.id)
    return replace(history, journal=kept)
