"""What a printer is taken to be able to do: by its model in python-escpos' list, and by the settings."""

import pytest

from hardware.capabilities import model_named, model_names, profile_of
from hardware.escpos.compose import compose
from hardware.layout.samples import sample
from hardware.layout.shipped import layout_for
from hardware.page import JobKind
from hardware.profile import EPSON_80MM, CodeTable, Confirmation, PaperWidth, Presenter
from hardware.settings import DeviceSettingError, PrinterSettings
from wording import Language


def refusal(**settings: object) -> DeviceSettingError:
    with pytest.raises(DeviceSettingError) as refused:
        profile_of(PrinterSettings(**settings))  # type: ignore[arg-type]
    return refused.value


@pytest.mark.parametrize(
    ("told", "model"),
    [
        ("EPSON TM-T20II", "TM-T20II"),
        ("Epson tm-t88v", "TM-T88V"),
        ("TM-T20", None),
        ("A Simple Printer", None),
        ("", None),
    ],
)
def test_a_printer_that_says_what_it_is_is_found_in_the_list(told: str, model: str | None) -> None:
    assert model_named(told) == model


def test_a_known_model_is_taken_as_the_list_has_it() -> None:
    assert profile_of(PrinterSettings(profile="TM-T20II")) == EPSON_80MM
    narrow = profile_of(PrinterSettings(profile="POS-5890"))
    assert (narrow.paper, narrow.width_dots, narrow.columns) == (PaperWidth.MM_58, 384, 32)
    assert (narrow.cuts, narrow.native_qr) == (False, False)
    fine = profile_of(PrinterSettings(profile="TM-T88V"))
    assert (fine.width_dots, fine.dots_per_inch, fine.columns) == (512, 180, 42)


def test_of_an_unknown_model_little_is_taken_for_granted() -> None:
    unknown = profile_of(PrinterSettings())
    assert unknown.code_table == CodeTable(0, "ascii")
    assert unknown.confirmation is Confirmation.STATUS
    assert not unknown.native_qr
    assert (unknown.paper, unknown.width_dots) == (PaperWidth.MM_80, 576)


@pytest.mark.parametrize("name", model_names())
def test_every_model_prints_every_page(name: str) -> None:
    profile = profile_of(PrinterSettings(profile=name))
    assert profile.width_dots % 8 == 0
    assert profile.width_dots // profile.columns in (12, 13)
    for kind in JobKind:
        compose(layout_for(kind, profile), sample(kind, Language.ID), profile)


@pytest.mark.parametrize("name", ["OCD-100", "TM-U220", "TSP600"])
def test_what_cannot_print_a_ticket_is_refused(name: str) -> None:
    assert "cannot print tickets" in str(refusal(profile=name))


def test_a_name_that_is_none_is_told_with_those_near() -> None:
    assert refusal(profile="tm-t20ii").detail.startswith("TM-T20II")
    assert "TM-T88V" in refusal(profile="TM-T88VI").detail
    assert "default" in refusal(profile="?").detail


def test_the_settings_come_before_the_list() -> None:
    told = profile_of(
        PrinterSettings(
            profile="TM-T20II",
            paper_mm=58,
            columns=30,
            code_table="cp858",
            cutter=False,
            native_qr=False,
            pictures=False,
            confirmation=Confirmation.NONE,
            presenter=Presenter.CUSTOM,
        )
    )
    assert (told.paper, told.width_dots, told.columns) == (PaperWidth.MM_58, 384, 30)
    assert told.code_table == CodeTable(19, "cp858")
    assert (told.cuts, told.native_qr, told.pictures) == (False, False, False)
    assert (told.confirmation, told.presenter) == (Confirmation.NONE, Presenter.CUSTOM)


def test_a_code_table_that_the_model_lacks_is_told_with_those_it_has() -> None:
    assert "cp858" in refusal(profile="TM-T20II", code_table="cp1").detail
    assert profile_of(PrinterSettings(profile="TM-T20II", code_table="ascii")).code_table.codec == "ascii"


@pytest.mark.parametrize(("baud", "pictures"), [(9600, False), (38400, False), (115200, True)])
def test_a_slow_line_gets_no_pictures(baud: int, pictures: bool) -> None:
    address = f"serial:///dev/ttyUSB0?baud={baud}"
    assert profile_of(PrinterSettings(address, "TM-T20II")).pictures is pictures


def test_how_a_page_is_confirmed_goes_with_the_address() -> None:
    assert profile_of(PrinterSettings("cups://front", "TM-T20II")).confirmation is Confirmation.SPOOLER
    assert profile_of(PrinterSettings("file:///tmp/pages", "TM-T20II")).confirmation is Confirmation.NONE
    on_usb = profile_of(PrinterSettings("file:///dev/usb/lp0", "TM-T88III"))
    assert on_usb.confirmation is Confirmation.STATUS
    assert refusal(address="cups://front", confirmation=Confirmation.STATUS).detail == "spooler"
    assert "spooler" in str(refusal(confirmation=Confirmation.SPOOLER))
