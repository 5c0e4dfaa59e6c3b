"""From a job to the bytes for the printer that is about to print it."""

from collections.abc import Callable
from pathlib import Path

from hardware.escpos.compose import compose
from hardware.job import PrintJob
from hardware.layout.shipped import layout_for
from hardware.profile import Profile

Press = Callable[[PrintJob, Profile], bytes]
"""Composes a job's page, with its mark where it is a repeat. Raises LayoutError."""


def pressing(layouts: Path | None) -> Press:
    """With the outlet's own layouts from this folder, and those that ship with Antrean where it has none."""

    def press(job: PrintJob, profile: Profile) -> bytes:
        page = job.page
        fields = page.fields if job.is_repeat else {**page.fields, "mark": ""}
        return compose(layout_for(page.kind, profile, layouts), fields, profile)

    return press


press = pressing(None)
"""With the layouts that ship with Antrean."""
