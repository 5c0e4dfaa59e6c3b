"""What a settings file may say of a printer. What it means is `hardware.connections`' and `hardware.capabilities`'."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hardware.profile import Confirmation, Presenter


class DeviceSettingError(Exception):
    """A device cannot be used with this setting. `what` and `todo` are English sentences of the catalogue."""

    def __init__(self, what: str, where: str, todo: str, detail: str = "") -> None:
        super().__init__(f"{where}: {what}{f' ({detail})' if detail else ''}")
        self.what = what
        self.where = where
        self.todo = todo
        self.detail = detail


class PrinterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A printer: where it is, what model it is, and what differs from that model."""

    address: Annotated[
        str,
        Meta(
            min_length=1,
            description="Where it is: `tcp://host:9100`, `usb://04b8:0e15`, `serial:///dev/ttyUSB0?baud=38400`,"
            " `cups://queue`, `file:///dev/usb/lp0`. `antrean printer find` shows what is there.",
        ),
    ] = "tcp://127.0.0.1:9100"
    profile: Annotated[
        str,
        Meta(
            description="What model it is, by its name in python-escpos' list, such as TM-T20II."
            ' "default" takes little for granted.'
        ),
    ] = "default"
    paper_mm: Annotated[
        Literal[80, 58] | None,
        Meta(description="The width of its paper in mm: 80 or 58. Left out: as the model's."),
    ] = None
    columns: Annotated[
        Annotated[int, Meta(ge=20, le=80)] | None,
        Meta(description="Characters of its large font on a line. Left out: as the model's."),
    ] = None
    code_table: Annotated[
        str | None,
        Meta(
            description='Its table of letters, such as "cp858"; "ascii": letters beyond are drawn.'
            " Left out: as the model's."
        ),
    ] = None
    cutter: Annotated[
        bool | None, Meta(description="Whether it cuts the paper. Left out: as the model's.")
    ] = None
    native_qr: Annotated[
        bool | None, Meta(description="Whether it draws QR codes itself. Left out: as the model's.")
    ] = None
    pictures: Annotated[
        bool | None,
        Meta(
            description="Whether numbers come as pictures; large characters of its own otherwise. Left out: not"
            " on a slow serial line."
        ),
    ] = None
    confirmation: Annotated[
        Confirmation | None,
        Meta(
            description='How it tells that a page is out: "process-id", "status", or "none". Left out: as the'
            " model's; on `cups://` always the spooler's word, \"spooler\"."
        ),
    ] = None
    presenter: Annotated[
        Presenter | None,
        Meta(
            description='"custom": it holds tickets out and tells, as Custom\'s do, while one hangs there.'
            " Left out: none."
        ),
    ] = None
