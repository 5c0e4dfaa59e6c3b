"""What the doctor says of a program's scanner."""

from pathlib import Path

from antrean.doctor import scanner
from antrean.doctor.devices import Machine, User
from antrean.doctor.finding import Finding, Standing
from hardware.scanning.settings import ScannerSettings
from wording import Language, Wording

W = Wording(Language.EN)
ADDRESS = "serial:///dev/ttyACM0?baud=9600"


def found(address: str, root: Path, *, may: bool = True) -> list[Finding]:
    machine = Machine(User("front", frozenset(), frozenset(), lambda _: may), root)
    return list(scanner.examined(ScannerSettings(address=address), W, machine))


def test_a_scanner_that_types_needs_nothing(tmp_path: Path) -> None:
    assert found("", tmp_path) == []


def test_a_scanner_on_a_line_needs_the_line_and_the_right(tmp_path: Path) -> None:
    (absent,) = found(ADDRESS, tmp_path)
    assert absent.what == f"There is no device {tmp_path}/dev/ttyACM0"
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/ttyACM0").touch()
    assert found(ADDRESS, tmp_path) == [Finding(Standing.FINE, "The scanner's line is there: /dev/ttyACM0")]
    (locked,) = found(ADDRESS, tmp_path, may=False)
    assert (locked.standing, "may not use" in locked.what) == (Standing.WRONG, True)


def test_what_is_no_line_is_told_with_how_to_write_it(tmp_path: Path) -> None:
    (finding,) = found("usb://0c2e:0b61", tmp_path)
    assert finding.what == "This is no scanner's address: usb://0c2e:0b61"
    assert "serial:///dev/ttyACM0" in finding.todo
