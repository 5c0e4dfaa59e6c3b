"""What is heard: one chime for each announcement, and never a reason to wait for ever."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from broker.domain.state import Announced
from broker.domain.values import CounterNumber, Instant, TicketId
from display.speaker import Player, Speaker
from hardware import sound
from hardware.sound import Sound, SoundState
from hardware.sounds import CHIME

CALL = Announced(TicketId("20260714-A001"), "A", 1, CounterNumber(1), Instant(0), 1)

pytestmark = pytest.mark.usefixtures("hurry")


class Deaf:
    """A player whose sound never ends."""

    def __init__(self) -> None:
        self.played: list[tuple[Path, ...]] = []
        self.on_ends: list[Callable[[], None]] = []

    state = SoundState.WORKING

    def start(self) -> None: ...
    def stop(self) -> None: ...

    def play(self, files: tuple[Path, ...], on_end: Callable[[], None]) -> None:
        self.played.append(files)
        self.on_ends.append(on_end)


@pytest.fixture
def sounds() -> Iterator[Callable[[sound.Player | None], Sound]]:
    made: list[Sound] = []

    def make(player: sound.Player | None) -> Sound:
        made.append(Sound(player, lambda _state: None))
        made[-1].start()
        return made[-1]

    yield make
    for each in made:
        each.stop()


def announce(speaker: Speaker) -> list[str]:
    ended: list[str] = []
    speaker.announce(CALL, lambda: ended.append("over"))
    return ended


def test_a_silent_display_takes_as_long_as_the_eye_needs(qtbot: QtBot) -> None:
    ended = announce(Speaker(None))
    assert ended == []
    qtbot.waitUntil(lambda: ended == ["over"])


@pytest.mark.parametrize("command", [None, ("false",), ("true",), ("no-such-player",)])
def test_whatever_the_machine_can_play_the_announcement_ends(
    qtbot: QtBot,
    sounds: Callable[[sound.Player | None], Sound],
    command: tuple[str, ...] | None,
) -> None:
    ended = announce(Speaker(sounds(None if command is None else sound.Player(command))))
    qtbot.waitUntil(lambda: ended == ["over"])


def test_an_announcement_lasts_until_its_sound_has_ended(qtbot: QtBot) -> None:
    player = Deaf()
    speaker = Speaker(player)
    ended = announce(speaker)
    qtbot.waitUntil(lambda: speaker.is_read)
    assert ended == []
    player.on_ends[0]()
    qtbot.waitUntil(lambda: ended == ["over"])
    assert player.played == [(CHIME,)]


def test_a_sound_that_never_ends_is_given_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display.speaker.MOST_MS", 120)
    ended = announce(Speaker(Deaf()))
    qtbot.waitUntil(lambda: ended == ["over"])


def test_the_late_end_of_a_sound_that_was_given_up_ends_no_other(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.speaker.MOST_MS", 120)
    player = Deaf()
    speaker: Speaker = Speaker(player)
    first = announce(speaker)
    qtbot.waitUntil(lambda: first == ["over"])
    second = announce(speaker)
    player.on_ends[0]()
    qtbot.waitUntil(lambda: speaker.is_read)
    assert second == []
    player.on_ends[1]()
    qtbot.waitUntil(lambda: second == ["over"])


def test_a_real_sound_is_a_player() -> None:
    player: Player = Sound(None, lambda _state: None)
    assert player is not None
