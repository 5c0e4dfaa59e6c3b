"""A station as a settings file describes it: its printers, how long a line may take, and what is wrong told at once."""

import datetime as dt
from pathlib import Path

import pytest

from hardware.connections.address import NetworkAddress, SerialAddress
from hardware.conversation import Deadlines
from hardware.from_settings import deadlines_of, station_of
from hardware.layout.blocks import LayoutError
from hardware.print_journal import PrintJournal
from hardware.settings import DeviceSettingError, PrinterSettings


@pytest.fixture
def journal(tmp_path: Path) -> PrintJournal:
    return PrintJournal(tmp_path / "print.db", lambda: dt.datetime.now(dt.UTC))


def test_a_station_has_the_printers_of_the_settings(journal: PrintJournal) -> None:
    both = (PrinterSettings("tcp://127.0.0.1:9"), PrinterSettings("cups://front"))
    assert len(station_of(both, None, journal, lambda: None).states) == 2
    journal.close()


def test_what_is_wrong_is_told_before_anything_is_printed(journal: PrintJournal, tmp_path: Path) -> None:
    with pytest.raises(DeviceSettingError, match="address"):
        station_of((PrinterSettings("front"),), None, journal, lambda: None)
    with pytest.raises(DeviceSettingError, match="model"):
        station_of((PrinterSettings(profile="front"),), None, journal, lambda: None)
    with pytest.raises(LayoutError):
        station_of((PrinterSettings(),), tmp_path / "gone", journal, lambda: None)
    journal.close()


def test_a_slow_line_may_take_as_long_as_a_page_takes_on_it() -> None:
    usual = Deadlines()
    assert deadlines_of(NetworkAddress("127.0.0.1")) == usual
    assert deadlines_of(SerialAddress("/dev/ttyS0", 9600)).write > usual.write + 8
    assert deadlines_of(SerialAddress("/dev/ttyS0", 115200)).write < usual.write + 1
