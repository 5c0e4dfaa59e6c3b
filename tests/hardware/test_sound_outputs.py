"""Whether there is something to sound from, read from what sound servers and the kernel say."""

import time
from pathlib import Path

import pytest

from hardware import sound_outputs
from hardware.sound_outputs import has_playback, has_sink, has_sink_node, of_pipewire, of_pulse

HDMI_SINK = "52\talsa_output.pci-0000_00_1f.3.hdmi-stereo\tPipeWire\ts32le 2ch 48000Hz\tSUSPENDED\n"
NULL_SINK = "33\tauto_null\tPipeWire\tfloat32le 2ch 48000Hz\tSUSPENDED\n"
ANALOG, HDMI = "00-00: ALC257 : ALC257 : playback 1 : capture 1", "00-03: HDMI 0 : HDMI 0 : playback 1"
NODES = (
    '\tid 30, type PipeWire:Interface:Node/3\n \t\tnode.name = "Dummy-Driver"\n'
    '\tid 46, type PipeWire:Interface:Node/3\n \t\tnode.name = "{name}"\n \t\tmedia.class = "{kind}"\n'
)


@pytest.mark.parametrize(
    ("listing", "is_there"),
    [("", False), (NULL_SINK, False), (HDMI_SINK, True), (NULL_SINK + HDMI_SINK, True)],
)
def test_a_sink_that_leads_nowhere_is_none(listing: str, is_there: bool) -> None:
    assert has_sink(listing) is is_there


@pytest.mark.parametrize(
    ("name", "kind", "is_there"),
    [
        ("alsa_output.hdmi", "Audio/Sink", True),
        ("auto_null", "Audio/Sink", False),
        ("alsa_input.analog", "Audio/Source", False),
    ],
)
def test_pipewires_nodes_are_read_likewise(name: str, kind: str, is_there: bool) -> None:
    assert has_sink_node(NODES.format(name=name, kind=kind)) is is_there


@pytest.mark.parametrize(
    ("devices", "screen", "is_there"),
    [
        ((), None, False),
        (("00-00: USB Audio : USB Audio : capture 1",), None, False),
        ((ANALOG,), None, True),
        ((HDMI,), "0", False),
        ((HDMI,), "1", True),
        ((HDMI,), None, True),
        ((HDMI, ANALOG), "0", True),
    ],
)
def test_hdmi_plays_only_while_its_card_sees_a_screen(
    tmp_path: Path, devices: tuple[str, ...], screen: str | None, is_there: bool
) -> None:
    (tmp_path / "pcm").write_text("\n".join(devices))
    (tmp_path / "card0").mkdir()
    if screen is not None:
        (tmp_path / "card0" / "eld#2.0").write_text(f"monitor_present\t\t{screen}\neld_valid\t\t{screen}\n")
    assert has_playback(tmp_path) is is_there


def command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_sound_server_is_asked_and_has_a_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert of_pulse()  # nobody to ask
    command(tmp_path, "pactl", f"printf '{NULL_SINK}'")
    assert not of_pulse()
    command(tmp_path, "pactl", f"printf '{HDMI_SINK}'")
    assert of_pulse()
    command(tmp_path, "pactl", f"printf '{HDMI_SINK}'; exit 1")
    assert not of_pulse()
    command(tmp_path, "pactl", "while :; do :; done")
    monkeypatch.setattr(sound_outputs, "ASKING_SECONDS", 0.2)
    began = time.monotonic()
    assert not of_pulse()
    assert time.monotonic() - began < 3.0


def test_pipewire_is_asked_by_its_own_tool_where_pulses_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    command(tmp_path, "pw-cli", "exit 0")
    assert not of_pipewire()
    command(tmp_path, "pactl", f"printf '{HDMI_SINK}'")
    assert of_pipewire()
