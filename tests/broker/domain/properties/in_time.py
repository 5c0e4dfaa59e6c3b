"""Moves of time, and of the programs themselves: ticks, nights, restarts, replicas, other rules, forecasts."""

from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain.day import local_time
from broker.domain.ticket import Estimate, Expected
from broker.domain.values import DeviceRole, Instant
from tests.broker.domain.properties.move import LETTERS, RARELY, Draw, move, working
from tests.broker.domain.properties.playground import KIOSKS, OTHER_RULES, OTHER_SERVICES, RULES, SERVICES
from tests.broker.domain.properties.world import World
from tests.support import sample


@move(weight=6)
def some_seconds_pass(world: World, draw: Draw) -> None:
    world.advance(seconds=draw(st.integers(1, 120)))


@move(weight=2)
def a_while_passes(world: World, draw: Draw) -> None:
    world.advance(minutes=draw(st.sampled_from([5, 20, 100])))


@move()
def the_tick_is_late(world: World, draw: Draw) -> None:
    """Commands come before time has been told."""
    world.now = Instant(world.now + draw(st.sampled_from([1, 30, 600])) * 1000)


@move()
def the_clock_is_set_forward(world: World, draw: Draw) -> None:
    """Noted at the time before; then time acts at once."""
    minutes = draw(st.sampled_from([1, 20, 700]))
    world.attempt(c.NoteClock(minutes * 60_000), DeviceRole.BROKER, "broker")
    world.advance(minutes=minutes)


@move(weight=2)
def the_day_ends(world: World, draw: Draw) -> None:
    """And the next one begins, or has not yet. People come for numbers whatever the time is."""
    while is_open(world):
        world.advance(minutes=60)
        come_for_a_number(world, draw)
    if draw(RARELY):
        return
    while not is_open(world):
        world.advance(minutes=60)
    come_for_a_number(world, draw)
    while not gives_out_numbers(world):
        world.advance(minutes=30)


def is_open(world: World) -> bool:
    """Whether it is a business day."""
    return world.state.day is not None


def come_for_a_number(world: World, draw: Draw) -> None:
    """For any service that the outlet may have."""
    service = draw(st.sampled_from(SERVICES))
    world.attempt(c.IssueTicket(service.letter, service.code), DeviceRole.KIOSK, KIOSKS[1])


def gives_out_numbers(world: World) -> bool:
    local = local_time(world.now, sample.JAKARTA_MINUTES)
    return is_open(world) and 8 * 60 <= local.hour * 60 + local.minute < 11 * 60


@move()
def restart(world: World, draw: Draw) -> None:
    world.restart()


@move()
def restart_from_snapshot(world: World, draw: Draw) -> None:
    world.restart_from_snapshot()


@move()
def a_replica_joins(world: World, draw: Draw) -> None:
    world.join()


@move()
def configure(world: World, draw: Draw) -> None:
    rules = draw(st.sampled_from([RULES, RULES, *OTHER_RULES]))
    world.attempt(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)


@move()
def adopt_catalogue(world: World, draw: Draw) -> None:
    services = draw(st.sampled_from([SERVICES, SERVICES, *OTHER_SERVICES]))
    world.attempt(c.AdoptCatalogue(services), DeviceRole.OPERATOR)


@move(working)
def report_forecast(world: World, draw: Draw) -> None:
    minutes = draw(st.integers(0, 60))
    estimate = draw(st.sampled_from([None, Estimate(minutes, minutes + 5)]))
    expected = Expected(draw(LETTERS), estimate, with_priority=draw(st.booleans()))
    world.attempt(c.ReportForecast((expected,)), DeviceRole.FORECAST)
