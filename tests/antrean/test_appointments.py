"""A file of appointments: everything that is wrong in it is told at once, by line and column."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from antrean.appointments import APPOINTMENTS_AT_MOST, Row, Wrong, read_rows, refused
from antrean.problem import Problem
from broker.domain.appointment import Wanted
from broker.domain.codec import encode_state
from broker.domain.commands import BookAppointments
from broker.domain.values import DeviceRole
from broker.protocol.codec import LARGEST_REQUEST_BYTES, encode
from broker.protocol.identifiers import new_command_id
from broker.protocol.messages import SendCommand
from tests.support import sample
from tests.support.morning import Morning
from wording import Language, Wording

W = Wording(Language.EN)
PATH = Path("appointments.csv")
LINE = "2026-07-15,09:30,IUMK"


def read(*lines: str, header: str = "date,time,service") -> list[Row]:
    return read_rows("\n".join((header, *lines)), PATH, W)


def problem(*lines: str, header: str = "date,time,service") -> Problem:
    with pytest.raises(Problem) as raised:
        read(*lines, header=header)
    return raised.value


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("date,time,service", LINE),
        ("date;time;service", "2026-07-15;09:30;IUMK"),
        ("Service; Time ;DATE", "IUMK;9.30;2026-07-15"),
        ('"date","time","service"', '"2026-07-15","09:30","IUMK"'),
        ("date,time,service\r", f"{LINE}\r"),
    ],
)
def test_commas_and_semicolons_in_any_order_of_columns(header: str, line: str) -> None:
    (row,) = read(line, header=header)
    assert (row.line, f"{row.day} {row.time:%H:%M}", row.service) == (2, "2026-07-15 09:30", "IUMK")


def test_empty_lines_are_passed_over_and_lines_keep_their_numbers() -> None:
    assert [row.line for row in read("", LINE, ",,", LINE)] == [3, 5]


@pytest.mark.parametrize("header", ["", "date,time", "date,time,service,name", "tanggal,jam,layanan"])
def test_a_first_line_that_names_other_columns_is_told(header: str) -> None:
    assert "date,time,service" in problem(LINE, header=header).todo


def test_every_wrong_place_is_told_with_line_column_and_what_to_write() -> None:
    told = problem(LINE, "15-07-2026,09:30,IUMK", "2026-07-15,25:00,", "2026-02-30").what.splitlines()
    assert told == [
        "Nothing has been imported, for the file has wrong lines:",
        "line 3, column date: Write a date like 2026-07-15.",
        "line 4, column time: Write a time like 09:30.",
        "line 4, column service: Write a service's code like ADM-017.",
        "line 5, column date: Write a date like 2026-07-15.",
        "line 5, column time: Write a time like 09:30.",
        "line 5, column service: Write a service's code like ADM-017.",
    ]


@pytest.mark.parametrize("count", [0, APPOINTMENTS_AT_MOST + 1])
def test_a_file_has_as_many_appointments_as_one_command_can_hold(count: int) -> None:
    assert "at a time" in problem(*[LINE] * count).todo
    assert len(read(*[LINE] * APPOINTMENTS_AT_MOST)) == APPOINTMENTS_AT_MOST


def test_the_largest_file_fits_into_one_message() -> None:
    wanted = (Wanted(sample.TUESDAY, sample.at(8), sample.MICRO_BUSINESS + "-" * 16),) * APPOINTMENTS_AT_MOST  # type: ignore[arg-type]
    message = SendCommand(new_command_id(sample.at(8)), BookAppointments(wanted))
    assert len(encode(message)) < LARGEST_REQUEST_BYTES


def wrong_by_the_rules(lines: Sequence[str], outlet: Morning) -> list[Wrong]:
    return refused(read(*lines), outlet.state, outlet.now, W)


def test_what_the_rules_refuse_is_told_by_line_too_the_lines_before_being_booked() -> None:
    outlet = Morning()
    before = encode_state(outlet.state)
    lines = (
        "2026-07-14,09:30,DOKTER",
        "2026-07-14,09:30,DOKTER",
        "2026-07-14,09:30,DOKTER",  # the third of two places
        "2026-07-14,09:31,DOKTER",  # no slot begins then
        "2026-07-18,09:30,DOKTER",  # a Saturday
        "2026-07-13,09:30,DOKTER",  # over
        "2026-07-14,10:00,SIM",
        "2026-07-14,10:00,RISET",
    )
    assert [(each.line, each.column) for each in wrong_by_the_rules(lines, outlet)] == [
        (4, "time"),
        (5, "time"),
        (6, "time"),
        (7, "time"),
        (8, "service"),
    ]
    assert encode_state(outlet.state) == before


def test_places_that_are_taken_already_count() -> None:
    outlet = Morning()
    taken = Wanted(sample.TUESDAY, sample.at(9, 30), sample.DOCTOR)
    outlet.do(BookAppointments((taken, taken)), DeviceRole.OPERATOR, "operator")
    (wrong,) = wrong_by_the_rules(["2026-07-14,09:30,DOKTER"], outlet)
    assert wrong.what == "All places at Tuesday, 14 July 2026, 09:30 are taken. Please choose another time."
