"""What the programs log while people work: nothing about anybody, at the most talkative level.

All programs as real processes, with hands on their glass; a machine that sends what it should not; and every person's
name, PIN, note and number looked for in every line.
"""

from pathlib import Path

import pytest

from antrean.demo.cast import Cast
from antrean.demo.set_up import OFF_SCREEN, SPEED_OF_THE_PLAY, Stage, set_up
from antrean.demo.watch import Watcher
from antrean.keys import read
from broker.domain import events as e
from broker.domain.values import ClerkId, NoteId
from broker.protocol import messages as m
from broker.protocol.codec import LARGEST_REQUEST_BYTES
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.stories.stage import Outlet
from tests.support.broker import Device
from wording import Language, Wording

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

W = Wording(Language.EN)
WRONG_PIN = "918273"
PERSON, NIK, TELEPHONE = "Bapak Hartono", "3174010101650001", "081298765432"
TYPED = f"{PERSON} {NIK}"
WRITTEN = f"{PERSON}, {TELEPHONE}"


def talkative(folder: Path) -> Stage:
    stage = set_up(folder / "outlet", OFF_SCREEN, SPEED_OF_THE_PLAY, W)
    for settings in stage.folder.glob("*.toml"):
        settings.write_text(settings.read_text() + '\n[log]\nlevel = "debug"\n')
    return stage


def test_no_log_line_is_about_a_person(tmp_path: Path) -> None:
    stage = talkative(tmp_path)
    with Cast(stage.folder / "logs", "offscreen") as cast:
        outlet = Outlet(cast, stage, tmp_path / "pictures")
        with Watcher(stage, W) as watcher:
            watcher.live()
            _work(outlet, watcher)
            _misbehave(stage)
            outlet.crash("kiosk-1")
    logs = {path.name: path.read_text(encoding="utf-8") for path in (stage.folder / "logs").iterdir()}
    assert '"level": "debug"' in logs["kiosk-1.log"]
    assert "a PIN was wrong" in logs["broker.log"]
    assert "malformed" in logs["broker.log"]
    names = [clerk.name for clerk in stage.made.seed.clerks]
    private = [*names, PERSON, NIK, TELEPHONE, WRONG_PIN, *stage.made.pins.values()]
    told = [(name, word) for name, log in logs.items() for word in private if word in log]
    assert told == []


def _work(outlet: Outlet, watcher: Watcher) -> None:
    """A number is taken; a clerk errs with the PIN, then serves and sends it on with a note."""
    outlet.citizen.takes_number("B", "elderly")
    outlet.sri.touch("clerk-sri")
    outlet.sri.types(WRONG_PIN)
    outlet.sri.touch("sign-in")
    outlet.sri.types(outlet.stage.pin("sri"))
    outlet.sri.touch("sign-in")
    outlet.sri.see("call-next")
    outlet.budi.signs_in("budi", outlet.stage.pin("budi"))
    outlet.sri.calls_next()
    outlet.lobby.see("panel-B001")
    outlet.sri.starts()
    outlet.sri.presses("F4")
    outlet.sri.touch("to-clerk", "transfer-clerk-budi", "note")
    outlet.sri.types(TYPED)
    outlet.sri.rests()  # what is typed as fast as a scanner's is in the field a moment later
    outlet.sri.presses("Ctrl+Return")
    watcher.until(
        "it is sent on",
        lambda: any(
            isinstance(each.event, e.TicketTransferred) and each.event.note for each in watcher.records
        ),
    )
    outlet.budi.calls_next()


def _misbehave(stage: Stage) -> None:
    """A counter's machine with a program of somebody's own: notes, PINs and texts where none belong."""
    keys = read(stage.folder / "keys/counter-1.key", W)
    bound = Addresses(f"tcp://127.0.0.1:{stage.port}", f"tcp://127.0.0.1:{stage.port + 1}")
    with Device(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret)) as machine:
        machine.hello()
        note = NoteId("0" * 32)
        machine.ask(m.WriteNote(new_request_id(), note, WRITTEN))
        machine.ask(m.WriteNote(new_request_id(), note, TYPED))  # the id has been used
        assert machine.ask(m.AskNote(new_request_id(), note))
        machine.ask(m.SignIn(new_request_id(), ClerkId("sri"), PERSON))
        machine.ask(m.SignIn(new_request_id(), ClerkId("sri"), WRONG_PIN))
        machine.ask(m.WriteNote(new_request_id(), NoteId(PERSON), WRITTEN))
        machine.ask(m.AskHistory(new_request_id(), PERSON))
        machine.ask(m.AskToken(new_request_id(), WRITTEN))
        too_long = (PERSON * LARGEST_REQUEST_BYTES)[:LARGEST_REQUEST_BYTES]
        machine.ask(m.WriteNote(new_request_id(), NoteId("1" * 32), too_long))
        machine.requests.send(WRITTEN.encode())
        machine.answer()
        machine.requests.send_multipart([WRITTEN.encode(), PERSON.encode()])
        machine.answer()
