"""A supervisor looks at the page of devices on real windows: both languages, every size, by keys."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from broker.client import Link
from broker.domain import commands as c
from broker.domain.values import DeviceRole, PrinterState
from broker.protocol import messages as m
from counter.views.devices import DevicesPage
from tests.counter.conftest import Open
from tests.counter.hands import PATIENCE_MS, Hands
from tests.counter.test_office_day import SEEN
from tests.support.devices import KIOSK, LOBBY, PC, standing_of
from tests.support.morning import Morning
from ui.legibility import Legible
from wording import Language

FORTY_DAYS = 40 * 86_400_000
ALARMS = (
    m.Alarm(m.AlarmKind.CLOCK_DOUBTED, FORTY_DAYS),
    m.Alarm(m.AlarmKind.NOT_STORED, 3),
    m.Alarm(m.AlarmKind.DISK_FULL_SOON, 812_000_000),
    m.Alarm(m.AlarmKind.LOG_GROWS, 80_000_000),
    m.Alarm(m.AlarmKind.CLOCK_OFF, -12_300, PC),
    m.Alarm(m.AlarmKind.DEVICE_SILENT, 190_000, LOBBY),
)


@pytest.fixture
def outlet() -> Morning:
    morning = Morning()
    morning.devices = tuple(standing_of(each, morning.now) for each in (KIOSK, PC, LOBBY))
    return morning


def cut_in_the_page(hands: Hands) -> list[str]:
    """What can't be read whole on the page of devices, also in what is scrolled away."""
    page = hands.window.findChild(DevicesPage)
    assert page is not None
    return [
        each.accessibleName()
        for each in page.findChildren(QWidget)
        if isinstance(each, Legible) and each.isVisibleTo(page) and each.is_cut
    ]


def open_page(hands: Hands) -> None:
    """As the window's size has it: by its tab's key, or from the menu."""
    if hands.sees("tab-devices"):
        hands.press("Ctrl+5")
    else:
        hands.press("Ctrl+M")
        hands.assert_legible()
        hands.touch("devices")
    hands.qtbot.waitUntil(lambda: hands.sees(f"device-{KIOSK}"), timeout=PATIENCE_MS)


@SEEN
def test_a_supervisor_sees_every_device_and_every_alarm(
    open_counter: Open, outlet: Morning, size: tuple[int, int], language: Language
) -> None:
    outlet.do(c.ReportPrinter(PrinterState.CUTTER), DeviceRole.KIOSK, KIOSK)
    outlet.alarms = ALARMS
    hands = open_counter(outlet, size, language, number=3, clerk="ratna")
    open_page(hands)
    hands.qtbot.waitUntil(lambda: cut_in_the_page(hands) == [], timeout=PATIENCE_MS)
    hands.assert_legible()
    for kind in m.AlarmKind:
        assert hands.sees(f"alarm-{kind}")
    for device in (KIOSK, PC, LOBBY):
        assert hands.sees(f"device-{device}")


def test_the_page_follows_what_happens_without_a_touch(open_counter: Open, outlet: Morning) -> None:
    hands = open_counter(outlet, number=3, clerk="ratna")
    open_page(hands)
    assert hands.reads("devices-count") == "3 perangkat, semuanya baik"
    said = "Mesin antrean 1, Mesin antrean, 0.1.0, 2 detik lalu, Printer siap"
    assert hands.reads("device-kiosk-1") == said
    outlet.do(c.ReportPrinter(PrinterState.PAPER_LOW), DeviceRole.KIOSK, KIOSK)
    assert hands.reads("devices-count") == "3 perangkat, 1 perlu dilihat"
    assert hands.reads("tab-devices") == "Perangkat, 1 perlu dilihat"
    assert hands.reads("device-kiosk-1").endswith("Kertas hampir habis")
    outlet.alarms = ALARMS[1:2]
    hands.wait_seconds(3)
    hands.qtbot.waitUntil(lambda: hands.sees("alarm-not-stored"), timeout=PATIENCE_MS)
    assert hands.reads("alarm-not-stored").startswith("Perubahan terakhir tidak dapat disimpan.")
    outlet.alarms = ()
    hands.wait_seconds(3)
    assert not hands.sees("alarm-not-stored")


def test_an_old_answer_is_said_to_be_old(open_counter: Open, outlet: Morning) -> None:
    hands = open_counter(outlet, number=3, clerk="ratna")
    open_page(hands)
    assert not hands.sees("devices-old")
    hands.session.set_link(Link.STALE)
    hands.wait_seconds(11)
    assert hands.reads("devices-old") == "Keadaan pukul 07.30. Jawaban yang lebih baru belum datang."
    hands.assert_legible()


def test_keys_scroll(open_counter: Open, outlet: Morning) -> None:
    outlet.alarms = ALARMS
    hands = open_counter(outlet, (1366, 600), number=3, clerk="ratna")
    open_page(hands)
    last = next(each for each in hands.window.findChildren(QWidget, "device-display-1") if each.isVisible())
    hands.qtbot.waitUntil(lambda: last.visibleRegion().isEmpty(), timeout=PATIENCE_MS)
    hands.press("PgDown")
    QApplication.processEvents()
    assert not last.visibleRegion().isEmpty()
    hands.press("PgUp")
    QApplication.processEvents()
    assert last.visibleRegion().isEmpty()


def test_a_clerk_has_no_page_of_devices(open_counter: Open, outlet: Morning) -> None:
    outlet.alarms = ALARMS
    hands = open_counter(outlet, (380, 768), clerk="sri")
    assert hands.reads("more") == "Lainnya"
    hands.press("Ctrl+M")
    assert hands.find("devices") is None


@SEEN
@pytest.mark.parametrize("ahead_ms", [FORTY_DAYS, -3_600_000])
def test_a_supervisor_says_that_the_servers_clock_is_right(
    open_counter: Open, outlet: Morning, size: tuple[int, int], language: Language, ahead_ms: int
) -> None:
    outlet.alarms = (m.Alarm(m.AlarmKind.CLOCK_DOUBTED, ahead_ms), *ALARMS[2:])
    hands = open_counter(outlet, size, language, number=3, clerk="ratna")
    open_page(hands)
    hands.assert_legible()
    hands.press("F2")
    hands.qtbot.waitUntil(lambda: hands.sees("clock-confirm"), timeout=PATIENCE_MS)
    hands.assert_legible()
    hands.press("Esc")
    hands.qtbot.waitUntil(lambda: not hands.sees("clock-confirm"), timeout=PATIENCE_MS)
    assert not outlet.believed
    hands.touch("believe-clock", "clock-confirm")
    hands.qtbot.waitUntil(lambda: outlet.believed, timeout=PATIENCE_MS)
    hands.wait_seconds(1)
    hands.qtbot.waitUntil(lambda: not hands.sees("believe-clock"), timeout=PATIENCE_MS)
    hands.qtbot.waitUntil(lambda: hands.sees("alarm-log-grows"), timeout=PATIENCE_MS)
    hands.assert_legible()


def test_while_the_broker_is_away_the_clock_cannot_be_believed(open_counter: Open, outlet: Morning) -> None:
    outlet.alarms = ALARMS[:1]
    hands = open_counter(outlet, number=3, clerk="ratna")
    open_page(hands)
    assert hands.find("believe-clock") is not None
    hands.session.set_link(Link.STALE)
    hands.wait_seconds(1)
    assert hands.sees("believe-clock")
    assert hands.find("believe-clock") is None
