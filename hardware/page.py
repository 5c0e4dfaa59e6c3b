"""One page as its owner means it: what kind it is and what it says. A printer's bytes are made of it when it prints."""

from enum import StrEnum

import msgspec
from msgspec import Struct

from hardware.layout.blocks import Fields


class JobKind(StrEnum):
    TICKET = "ticket"
    APPOINTMENT = "appointment"
    SLIP = "slip"
    FILE_COPY = "file-copy"
    COLLECTION_NOTE = "collection-note"
    DAY_REPORT = "day-report"
    ROLL_TICKET = "roll-ticket"
    TEST_PAGE = "test-page"
    PAPER_CHECK = "paper-check"


class Page(Struct, frozen=True):
    """A kind, which has its layout, and the layout's fields.

    The field `mark` is what a repeat is marked with, in the page's language; it is left out of a first print.
    """

    kind: JobKind
    fields: Fields

    def to_json(self) -> str:
        return msgspec.json.encode(self).decode()


def page_from(json: str) -> Page:
    """The page that `to_json` wrote down; raises ValueError where it is none."""
    return msgspec.json.decode(json, type=Page)
