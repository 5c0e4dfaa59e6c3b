"""From a job to the bytes for the printer that is about to print it."""

from collections.abc import Callable

from hardware.escpos.compose import compose
from hardware.job import PrintJob
from hardware.layout.blocks import Layout, LayoutError
from hardware.layout.shipped import appointment_layout, slip_layout, ticket_layout
from hardware.page import JobKind
from hardware.profile import PaperWidth, Profile

Press = Callable[[PrintJob, Profile], bytes]
"""Composes a job's page, with its mark where it is a repeat. Raises LayoutError."""


def press(job: PrintJob, profile: Profile) -> bytes:
    """With the layouts that ship with Antrean."""
    page = job.page
    fields = page.fields if job.is_repeat else {**page.fields, "mark": ""}
    return compose(_layout(page.kind, profile.paper), fields)


def _layout(kind: JobKind, paper: PaperWidth) -> Layout:
    match kind:
        case JobKind.TICKET:
            return ticket_layout(paper)
        case JobKind.APPOINTMENT:
            return appointment_layout(paper)
        case JobKind.SLIP:
            return slip_layout()
        case _:
            raise LayoutError(f"no layout for a {kind}")
