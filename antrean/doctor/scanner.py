"""Whether a program can hear the scanner of its settings. One that types like a keyboard needs nothing."""

from collections.abc import Iterator

from antrean.doctor.devices import LINES_GROUP, Machine, denied
from antrean.doctor.finding import Finding, fine, wrong
from hardware.scanning.settings import ScannerSettings, line_of
from hardware.settings import DeviceSettingError
from wording import Wording


def examined(scanner: ScannerSettings, w: Wording, machine: Machine | None = None) -> Iterator[Finding]:
    """Its line, if it is on one: written rightly, there, and this user's to use. It is not opened."""
    here = machine or Machine()
    try:
        line = line_of(scanner)
    except DeviceSettingError as error:
        yield wrong(f"{w.t(error.what)}: {error.where}", w.t(error.todo))
        return
    if line is not None:
        found = denied(here.file(line.device), LINES_GROUP, here.user, w)
        yield found or fine(w.t("The scanner's line is there: {file}", file=line.device))
