"""The client printed in docs/protocol.md, run as a stranger would: it knows nothing of ours."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support import sample
from tests.support.broker import KIOSK, HandClock, RunningBroker, new_outlet
from tools.docs.pages import DOCS


def printed_client() -> dict[str, Any]:
    """The names that the page's program defines."""
    page = (DOCS / "protocol.md").read_text(encoding="utf-8")
    _, _, begun = page.rpartition("```python\n")
    program, _, _ = begun.partition("```")
    assert "broker" not in [
        line.split()[1].split(".")[0] for line in program.splitlines() if "import" in line
    ]
    names: dict[str, Any] = {}
    exec(compile(program, "docs/protocol.md", "exec"), names)
    return names


@pytest.fixture
def answers(tmp_path: Path) -> tuple[Any, Any, Any, Any]:
    """What a stranger with the kiosk's keys has heard after it took a number of queue B."""
    enrolment = new_outlet(tmp_path)
    broker = RunningBroker(tmp_path, enrolment, HandClock(sample.at(7, 31)))
    keys = msgspec.structs.asdict(enrolment.devices[KIOSK]) | {"broker": enrolment.broker.public}
    bound = broker.server.bound
    try:
        heard: tuple[Any, Any, Any, Any] = printed_client()["take_a_number"](
            bound.requests, bound.updates, keys, "B"
        )
    finally:
        broker.stop()
    return heard


def test_a_stranger_takes_a_number(answers: tuple[Any, Any, Any, Any]) -> None:
    welcome, state, answer, heard = answers
    assert (welcome["type"], welcome["device"], welcome["role"]) == ("welcome", "kiosk-1", "kiosk")
    assert state["rules"]["code"] == sample.RULES.code
    assert answer["type"] == "accepted"
    assert answer["outcome"]["ticket"] == "20260714-B001"
    assert [record["event"]["event"] for record in heard] == ["ticket-issued", "ticket-delivered"]
    assert [record["seq"] for record in heard] == [state["seq"] + 1, state["seq"] + 2]
    assert heard[0]["command"] == answer["id"]
