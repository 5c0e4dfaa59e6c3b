"""What the doctor says of a program's printers, and of what they need of the machine."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from usb.core import NoBackendError

from antrean.doctor import printers
from antrean.doctor.devices import Machine, User, this_user
from antrean.doctor.finding import Finding, Standing
from hardware.settings import PrinterSettings
from tests.support.usb_backend import KERNEL, UsbBus, UsbPrinter
from wording import Language, Wording

W = Wording(Language.EN)
USB = "usb://04b8:0e15"


def user(*groups: str, joined: tuple[str, ...] = (), may: bool = False) -> User:
    return User("front", frozenset(groups), frozenset(joined), lambda _: may)


def found(address: str, machine: Machine | None = None, profile: str = "TM-T20II") -> list[Finding]:
    return list(printers.examined((PrinterSettings(address, profile),), W, machine))


def wrong(address: str, machine: Machine | None = None, profile: str = "TM-T20II") -> Finding:
    (finding,) = found(address, machine, profile)
    assert finding.standing is Standing.WRONG
    return finding


@pytest.fixture
def plugged_in() -> Iterator[UsbPrinter]:
    printer = UsbPrinter(lambda _: None)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A machine's files: usblp is loaded, and there are a printer's file and a line, of this test's own group."""
    for folder in ("sys/module/usblp", "dev/usb"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("dev/usb/lp0", "dev/ttyUSB0"):
        (tmp_path / file).touch()
    return tmp_path


def test_a_printer_that_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        address = "tcp://{}:{}".format(*there.getsockname())
        assert found(address) == [Finding(Standing.FINE, f"{address} can be used")]


def test_each_printer_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        nobody = "tcp://{}:{}".format(*gone.getsockname())
        told = {
            nobody: "cable",
            f"serial://{tmp_path}/ttyUSB0": "find",
            f"file://{tmp_path}/gone/pages": "folder",
        }
        for address, todo in told.items():
            finding = wrong(address)
            assert address.partition("://")[2] in finding.what
            assert todo in finding.todo


# USB


def test_a_usb_printer_that_is_well_and_usblp_that_has_it_first(plugged_in: UsbPrinter) -> None:
    held, reached = found(USB, Machine(user(), usb=UsbBus(plugged_in)))
    assert held.what == f"{USB}: usblp has it, until it is used by this address"
    assert reached == Finding(Standing.FINE, f"{USB} can be used")


def test_a_usb_printer_that_is_not_plugged_in() -> None:
    finding = wrong(USB, Machine(user(), usb=UsbBus()))
    assert finding.what == f"{USB}: not plugged in, or switched off"
    assert "antrean printer find" in finding.todo


def test_a_usb_printer_that_a_program_has_taken_maybe_this_one(plugged_in: UsbPrinter) -> None:
    plugged_in.has_kernel_driver = False
    bus = UsbBus(plugged_in)
    handle = bus.open_device(next(bus.enumerate_devices()))
    bus.claim_interface(handle, 0)
    (finding,) = found(USB, Machine(user(), usb=bus))
    assert (finding.standing, finding.what) == (Standing.UNKNOWN, f"A program has {USB}")
    assert "stop the other" in finding.todo
    assert plugged_in.device is not None
    assert plugged_in.device.owner is handle


def test_a_usb_printer_without_the_right_is_told_with_rule_and_group(plugged_in: UsbPrinter) -> None:
    plugged_in.forbidden = True
    bus = UsbBus(plugged_in)
    finding = wrong(USB, Machine(user(), usb=bus))
    assert finding.what == f"front may not use {USB}"
    assert "70-antrean-printers.rules" in finding.todo
    assert "adduser" in finding.todo
    assert "adduser" not in wrong(USB, Machine(user("lp"), usb=bus)).todo
    assert plugged_in.device is not None
    assert plugged_in.device.owner is KERNEL


def test_a_machine_without_libusb(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(**_: object) -> None:
        raise NoBackendError("No backend available")

    monkeypatch.setattr("usb.core.find", missing)
    finding = wrong(USB, Machine(user()))
    assert finding == Finding(
        Standing.WRONG, "The library libusb 1.0 is missing", "Install libusb: apt install libusb-1.0-0"
    )


# Files of the kernel

FILE = "file:///dev/usb/lp0"
SERIAL = "serial:///dev/ttyUSB0?baud=9600"


def test_a_printers_file_needs_usblp(root: Path) -> None:
    (root / "sys/module/usblp").rmdir()
    finding = wrong(FILE, Machine(user(may=True), root))
    assert finding.what == "The kernel's driver usblp is not loaded: without it there is no /dev/usb/lp0"
    assert "modprobe usblp" in finding.todo
    assert "blacklist" in finding.todo


def test_a_file_or_a_line_that_is_not_there(root: Path) -> None:
    for address, file in ((FILE, root / "dev/usb/lp0"), (SERIAL, root / "dev/ttyUSB0")):
        file.unlink()
        finding = wrong(address, Machine(user(may=True), root))
        assert finding.what == f"There is no device {file}"
        assert "antrean printer find" in finding.todo


def test_a_device_that_not_even_its_group_may_use_needs_a_rule(root: Path) -> None:
    file = root / "dev/usb/lp0"
    in_its_group = Machine(user(file.group()), root)
    finding = wrong(FILE, in_its_group)
    assert finding.what == f"front may not use {file} of the group {file.group()}"
    assert "rule of udev give it to the group lp" in finding.todo
    assert "rule of udev give it to the group dialout" in wrong(SERIAL, in_its_group).todo


@pytest.mark.parametrize(("address", "group"), [(FILE, "lp"), (SERIAL, "dialout")])
def test_a_device_of_another_group_is_told_with_how_to_join_it(
    root: Path, address: str, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "group", lambda _: group)
    todo = wrong(address, Machine(user("audio"), root)).todo
    assert todo == f"Join the group: adduser front {group}; then sign in anew."
    assert "Sign in anew" in wrong(address, Machine(user("audio", joined=(group,)), root)).todo


def test_the_one_who_asks_is_known(tmp_path: Path) -> None:
    who = this_user()
    assert who.name
    assert tmp_path.group() in who.groups
    assert who.may_use(tmp_path)
    assert not who.may_use(tmp_path / "none")


# CUPS


@pytest.fixture
def lpstat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for CUPS' program, which knows one queue and says of it what stands in the file `told`."""
    program = tmp_path / "lpstat"
    program.write_text(f'#!/bin/sh\ncase "$1" in -e) echo front;; *) cat {tmp_path}/told;; esac\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "told"


def test_a_queue_that_is_well(lpstat: Path) -> None:
    lpstat.write_text("printer front is idle.  enabled since Wed Nov 25 11:12:40 2026\n\tAlerts: none\n")
    assert found("cups://front") == [Finding(Standing.FINE, "cups://front can be used")]


def test_a_queue_that_stands_still_is_told_with_what_to_do(lpstat: Path) -> None:
    lpstat.write_text("printer front disabled since Wed Nov 25 11:12:40 2026 -\n\tAlerts: paused\n")
    finding = wrong("cups://front")
    assert finding.what == "cups://front: Printer switched off line"
    assert "cupsenable" in finding.todo


def test_a_queue_that_cups_does_not_have_is_told_with_those_it_has(lpstat: Path) -> None:
    finding = wrong("cups://back")
    assert finding.what == "CUPS has no queue back; it has cups://front"
    assert "lpadmin -p back" in finding.todo


def test_a_machine_without_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    finding = wrong("cups://front")
    assert "lpstat" in finding.what
    assert finding.todo == "Install the programs of CUPS: apt install cups-client"


# Settings


def test_a_printer_that_no_model_is_like() -> None:
    finding = wrong("tcp://127.0.0.1:9100", profile="TM-T20")
    assert finding.what == "No model of this name is known: TM-T20"
    assert "TM-T20II" in finding.todo
    assert "lsusb" in wrong("usb://4b8:e15").todo


def test_an_outlets_own_layouts_are_read(tmp_path: Path) -> None:
    assert printers.layouts(tmp_path, W).standing is Standing.FINE
    (tmp_path / "ticket-80mm.toml").write_text("margin = 20\n")
    finding = printers.layouts(tmp_path, W)
    assert finding.standing is Standing.WRONG
    assert str(tmp_path / "ticket-80mm.toml") in finding.what
    assert "sections" in finding.todo + finding.what


def test_every_printer_of_a_program_is_looked_at(tmp_path: Path) -> None:
    file = PrinterSettings(f"file://{tmp_path}/pages")
    assert [each.standing for each in printers.examined((file, file), W)] == [Standing.FINE] * 2
