"""The layouts that ship with Antrean, by paper width."""

from functools import cache
from pathlib import Path

from hardware.layout.blocks import Layout, read_layout
from hardware.layout.content import APPOINTMENT_FIELDS, SLIP_FIELDS, TICKET_FIELDS
from hardware.profile import PaperWidth


@cache
def ticket_layout(paper: PaperWidth) -> Layout:
    return read_layout(_file(f"ticket-{paper}mm"), TICKET_FIELDS)


@cache
def appointment_layout(paper: PaperWidth) -> Layout:
    return read_layout(_file(f"appointment-{paper}mm"), APPOINTMENT_FIELDS)


@cache
def slip_layout() -> Layout:
    return read_layout(_file("slip-80mm"), SLIP_FIELDS)


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.toml")
