"""What a supervisor is told of the outlet's devices, and how often the broker is asked for it."""

import datetime as dt

import pytest

from broker.client import Link
from broker.domain import commands as c
from broker.domain.values import DeviceId, DeviceRole, Instant, OutputState, PrinterNeed, PrinterState
from broker.protocol import messages as m
from counter import device_words
from counter.device_watch import OTHERWISE_MS, WHILE_SHOWN_MS
from counter.devices import OLD_AFTER_MS, AlarmLine, DeviceLine, DevicesShown, devices_shown
from counter.office_sheets import ClockSheet
from counter.page import Tab
from counter.sheets import Remark
from tests.counter.support import Counter
from tests.support import sample
from tests.support.devices import KIOSK, LOBBY, PC, standing_of
from tests.support.morning import Morning
from wording import Language, Wording

ID, EN = (Wording(language, dt.timedelta(hours=7)) for language in Language)
NOW = sample.at(9, 0)


def shown(
    outlet: Morning, devices: tuple[m.DeviceStanding, ...], *alarms: m.Alarm, later_ms: int = 0
) -> DevicesShown:
    answer = m.Devices(m.RequestId("1"), outlet.now, devices, alarms)
    return devices_shown(answer, outlet.state, Instant(outlet.now + later_ms))


@pytest.fixture
def outlet() -> Morning:
    return Morning(start=NOW)


def line_of(outlet: Morning, device: DeviceId, *alarms: m.Alarm) -> DeviceLine:
    (line,) = shown(outlet, (standing_of(device, NOW),), *alarms).lines
    return line


def test_a_device_is_shown_with_its_version_and_its_last_sign_of_life(outlet: Morning) -> None:
    line = line_of(outlet, KIOSK)
    assert (line.role, line.version, line.seen_seconds) == (DeviceRole.KIOSK, "0.1.0", 2)
    assert device_words.seen(line, NOW, ID) == "2 detik lalu"
    assert device_words.standing(line, ID) == "Printer siap"
    assert not line.needs_look


def test_a_revoked_device_is_not_shown(outlet: Morning) -> None:
    assert shown(outlet, (standing_of(KIOSK, NOW, revoked_at=NOW),)).lines == ()


def test_a_printer_out_of_paper_needs_a_look_and_comes_first(outlet: Morning) -> None:
    outlet.do(c.ReportPrinter(PrinterState.PAPER_OUT), DeviceRole.COUNTER, PC)
    devices = tuple(standing_of(each, NOW) for each in (KIOSK, LOBBY, PC))
    seen = shown(outlet, devices)
    assert [line.device for line in seen.lines] == [PC, KIOSK, LOBBY]
    assert seen.to_see == 1
    assert device_words.standing(seen.lines[0], ID) == "Kertas habis"
    assert device_words.count(seen, ID) == "3 perangkat, 1 perlu dilihat"


def test_what_a_printer_needs_is_said_even_where_it_prints(outlet: Morning) -> None:
    outlet.do(c.ReportPrinter(PrinterState.READY, PrinterNeed.TAKE_TICKET), DeviceRole.KIOSK, KIOSK)
    line = line_of(outlet, KIOSK)
    assert line.needs_look
    assert device_words.standing(line, ID) == "Karcis tertinggal di mulut printer"
    outlet.do(c.ReportPrinter(PrinterState.PAPER_LOW, PrinterNeed.MEND_OTHER), DeviceRole.KIOSK, KIOSK)
    said = "Kertas hampir habis · Hanya satu dari dua printernya berfungsi"
    assert device_words.standing(line_of(outlet, KIOSK), ID) == said
    outlet.do(c.ReportPrinter(PrinterState.READY), DeviceRole.KIOSK, KIOSK)
    assert not line_of(outlet, KIOSK).needs_look


def test_a_display_that_cannot_be_seen_or_heard_needs_a_look(outlet: Morning) -> None:
    outlet.do(c.ReportDisplay(OutputState.WORKING, OutputState.MISSING), DeviceRole.DISPLAY, LOBBY)
    assert device_words.standing(line_of(outlet, LOBBY), ID) == "Pengeras suara mati atau kabelnya terlepas"
    outlet.do(c.ReportDisplay(OutputState.MISSING, OutputState.FAILING), DeviceRole.DISPLAY, LOBBY)
    line = line_of(outlet, LOBBY)
    assert line.needs_look
    assert device_words.standing(line, EN) == "Screen off or unplugged · Sound fault"
    outlet.do(c.ReportDisplay(OutputState.WORKING, OutputState.WORKING), DeviceRole.DISPLAY, LOBBY)
    assert device_words.standing(line_of(outlet, LOBBY), EN) == "Fine"


def test_a_clock_is_told_of_only_while_the_broker_sounds_alarm_for_it(outlet: Morning) -> None:
    assert line_of(outlet, PC).clock_ahead_ms is None
    off = line_of(outlet, PC, m.Alarm(m.AlarmKind.CLOCK_OFF, -12_300, PC))
    assert device_words.standing(off, ID) == "Jam 12 detik terlambat"
    far_off = line_of(outlet, PC, m.Alarm(m.AlarmKind.CLOCK_OFF, 3_600_000, PC))
    assert device_words.standing(far_off, EN) == "Clock 60 minutes fast"


def test_everything_that_is_wrong_with_a_device_is_said(outlet: Morning) -> None:
    outlet.do(c.ReportPrinter(PrinterState.COVER_OPEN), DeviceRole.KIOSK, KIOSK)
    line = line_of(
        outlet,
        KIOSK,
        m.Alarm(m.AlarmKind.DEVICE_SILENT, 45_000, KIOSK),
        m.Alarm(m.AlarmKind.CLOCK_OFF, 7_000, KIOSK),
    )
    said = "Tidak ada tanda hidup · Penutup printer terbuka · Jam 7 detik terlalu cepat"
    assert device_words.standing(line, ID) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "Baru saja"),
        (59, "59 detik lalu"),
        (60, "1 menit lalu"),
        (3_599, "59 menit lalu"),
        (3_600, "08.00"),
        (24 * 3_600, "13 Jul, pukul 09.00"),
        (None, "Belum ada"),
    ],
)
def test_the_last_sign_of_life(outlet: Morning, seconds: int | None, said: str) -> None:
    (line,) = shown(outlet, (standing_of(KIOSK, NOW, seconds),)).lines
    assert device_words.seen(line, NOW, ID) == said


def test_a_device_that_has_not_been_here_is_not_said_to_be_well(outlet: Morning) -> None:
    (line,) = shown(outlet, (standing_of(KIOSK, NOW, None, program=""),)).lines
    assert (line.version, line.printer, line.needs_look) == ("", None, False)
    assert device_words.standing(line, ID) == "Belum tersambung"


def test_the_brokers_own_alarms_come_first_and_silent_devices_share_one(outlet: Morning) -> None:
    devices = tuple(standing_of(each, NOW) for each in (KIOSK, PC))
    seen = shown(
        outlet,
        devices,
        m.Alarm(m.AlarmKind.CLOCK_OFF, 9_000, PC),
        m.Alarm(m.AlarmKind.DEVICE_SILENT, 31_000, KIOSK),
        m.Alarm(m.AlarmKind.DEVICE_SILENT, 50_000, PC),
        m.Alarm(m.AlarmKind.DISK_FULL_SOON, 812_000_000),
    )
    assert seen.alarms == (
        AlarmLine(m.AlarmKind.DISK_FULL_SOON, 812_000_000),
        AlarmLine(m.AlarmKind.DEVICE_SILENT, 50_000, ("Mesin antrean 1", "Loket 1")),
        AlarmLine(m.AlarmKind.CLOCK_OFF, 9_000, ("Loket 1",)),
    )
    assert seen.to_see == 3
    disk, silent, clock = (device_words.what_is_wrong(each, NOW, ID) for each in seen.alarms)
    assert disk == "Disk server hampir penuh: tersisa 812\N{NO-BREAK SPACE}MB"
    assert silent == "Tidak ada tanda hidup: Mesin antrean 1, Loket 1"
    assert clock == "Loket 1: jamnya 9 detik terlalu cepat"


@pytest.mark.parametrize("w", [ID, EN], ids=["id", "en"])
def test_every_alarm_says_what_is_wrong_and_what_to_do(w: Wording) -> None:
    alarms = [AlarmLine(kind, 5_000_000) for kind in m.AlarmKind]
    wrong = {device_words.what_is_wrong(each, NOW, w) for each in alarms}
    assert len(wrong) == len(m.AlarmKind)
    assert all(device_words.what_to_do(each, w).endswith(".") for each in alarms)


def doubted(ahead_ms: int) -> m.Alarm:
    return m.Alarm(m.AlarmKind.CLOCK_DOUBTED, ahead_ms)


FORTY_DAYS, HOUR = 40 * 86_400_000, 3_600_000


@pytest.mark.parametrize(
    ("ahead_ms", "w", "said"),
    [
        (
            FORTY_DAYS,
            ID,
            "Jam server menunjukkan 23 Agustus 2026, pukul 09.00; antrean berada di 14 Juli 2026, pukul 09.00",
        ),
        (
            -HOUR,
            EN,
            "The server's clock shows 14 July 2026, 08:00; the queue is at 14 July 2026, 09:00",
        ),
    ],
)
def test_a_clock_in_doubt_is_told_with_both_times(
    outlet: Morning, ahead_ms: int, w: Wording, said: str
) -> None:
    seen = shown(outlet, (standing_of(KIOSK, NOW),), doubted(ahead_ms))
    assert seen.to_see == 1
    assert device_words.what_is_wrong(seen.alarms[0], seen.as_of, w) == said


def test_what_follows_from_believing_a_clock_depends_on_its_side() -> None:
    ahead, behind = (ClockSheet(Instant(NOW + ms), NOW) for ms in (FORTY_DAYS, -HOUR))
    assert device_words.if_believed(ahead, ID).startswith("Antrean berlanjut pada waktu ini.")
    assert device_words.if_believed(behind, ID).endswith("Nomor tetap berlaku.")


def test_every_role_and_every_state_of_a_printer_has_words() -> None:
    assert set(device_words.ROLES) == set(DeviceRole)
    assert set(device_words.PRINTERS) == set(PrinterState)
    assert set(device_words.NEEDS) == set(PrinterNeed)
    for outputs in (device_words.SCREENS, device_words.SOUNDS):
        assert {OutputState.WORKING, *outputs} == set(OutputState)


def test_an_old_answer_is_not_passed_off_as_what_is(outlet: Morning) -> None:
    devices = (standing_of(KIOSK, NOW),)
    assert not shown(outlet, devices, later_ms=OLD_AFTER_MS).is_old
    old = shown(outlet, devices, later_ms=OLD_AFTER_MS + 1)
    assert old.is_old
    assert device_words.as_of(old, ID) == "Keadaan pukul 09.00. Jawaban yang lebih baru belum datang."
    assert old.lines[0].seen_seconds == 12


# How often the broker is asked


@pytest.fixture
def supervisor() -> Counter:
    counter = Counter(Morning(), number=3, clerk="ratna")
    counter.morning.devices = (standing_of(KIOSK, counter.morning.now),)
    return counter


def pass_time(counter: Counter, ms: int) -> int:
    """How often the broker was asked meanwhile."""
    before = counter.morning.asked_of_devices
    for _ in range(ms // 200):
        counter.morning.now = Instant(counter.morning.now + 200)
        counter.presenter.time_passed()
    return counter.morning.asked_of_devices - before


def test_while_the_page_is_open_the_broker_is_asked_every_few_seconds(supervisor: Counter) -> None:
    supervisor.presenter.show_tab(Tab.DEVICES)
    assert supervisor.work.office.devices is not None
    assert pass_time(supervisor, 5 * WHILE_SHOWN_MS) == 5


def test_on_other_pages_it_is_asked_seldom_and_the_bar_has_the_count(supervisor: Counter) -> None:
    supervisor.morning.alarms = (m.Alarm(m.AlarmKind.LOG_GROWS, 80_000_000),)
    supervisor.presenter.time_passed()
    assert supervisor.work.office.devices is None
    assert supervisor.work.office.to_see == 1
    assert pass_time(supervisor, 2 * OTHERWISE_MS) == 2


def test_nobody_else_ever_asks() -> None:
    clerk = Counter(Morning(), clerk="sri")
    clerk.presenter.show_tab(Tab.DEVICES)
    assert pass_time(clerk, 2 * OTHERWISE_MS) == 0
    assert clerk.work.office.devices is None


def test_one_question_at_a_time(supervisor: Counter) -> None:
    supervisor.morning.paused = True
    supervisor.presenter.show_tab(Tab.DEVICES)
    assert pass_time(supervisor, 5 * WHILE_SHOWN_MS) == 0  # the first is still open
    supervisor.morning.deliver()
    assert pass_time(supervisor, 200) == 1


def test_while_the_broker_is_away_nothing_is_asked_and_the_answer_grows_old(supervisor: Counter) -> None:
    supervisor.presenter.show_tab(Tab.DEVICES)
    supervisor.session.set_link(Link.STALE)
    assert pass_time(supervisor, 12_000) == 0
    devices = supervisor.work.office.devices
    assert devices is not None
    assert devices.is_old
    supervisor.session.set_link(Link.LIVE)
    supervisor.presenter.time_passed()
    assert supervisor.work.office.devices is not None
    assert not supervisor.work.office.devices.is_old


def test_what_one_supervisor_was_told_is_gone_when_they_have_left(supervisor: Counter) -> None:
    supervisor.presenter.show_tab(Tab.DEVICES)
    supervisor.presenter.sign_out()
    supervisor.presenter.time_passed()
    supervisor.morning.paused = True
    supervisor.morning.deliver()
    supervisor.sign_in("sri")
    supervisor.morning.deliver()
    supervisor.presenter.show_tab(Tab.DEVICES)
    assert supervisor.work.office.devices is None
    assert supervisor.work.office.to_see == 0


# A clock in doubt


@pytest.fixture
def in_doubt(supervisor: Counter) -> Counter:
    supervisor.morning.alarms = (doubted(FORTY_DAYS),)
    supervisor.presenter.show_tab(Tab.DEVICES)
    return supervisor


def test_a_supervisor_believes_the_clock_after_being_told_what_follows(in_doubt: Counter) -> None:
    presenter, morning = in_doubt.presenter, in_doubt.morning
    presenter.office.ask_clock()
    assert in_doubt.work.sheet == ClockSheet(Instant(morning.now + FORTY_DAYS), morning.now)
    assert not morning.believed
    presenter.office.believe_clock()
    assert morning.believed
    assert in_doubt.work.sheet is None
    presenter.time_passed()
    assert in_doubt.work.office.devices is not None
    assert in_doubt.work.office.devices.alarms == ()


def test_where_somebody_else_was_faster_the_supervisor_is_told(in_doubt: Counter) -> None:
    in_doubt.presenter.office.ask_clock()
    in_doubt.morning.alarms = ()
    in_doubt.presenter.office.believe_clock()
    assert in_doubt.work.sheet is None
    assert in_doubt.work.notice is Remark.CLOCK_SETTLED


def test_a_broker_that_is_away_is_not_asked_to_believe(in_doubt: Counter) -> None:
    in_doubt.presenter.office.ask_clock()
    in_doubt.session.set_link(Link.STALE)
    in_doubt.presenter.office.believe_clock()
    assert not in_doubt.morning.believed
    assert isinstance(in_doubt.work.sheet, ClockSheet)


def test_where_no_clock_is_in_doubt_nothing_is_asked(supervisor: Counter) -> None:
    supervisor.presenter.office.ask_clock()
    supervisor.presenter.show_tab(Tab.DEVICES)
    supervisor.presenter.office.ask_clock()
    assert supervisor.work.sheet is None
