"""How a process runs: one TOML file, validated at start against the types below.

The outlet's rules are not here: they are in the journal. A wrong or unknown key stops the program with its name.
`example` writes a commented file from these same types, so that it can't go stale.
"""

import difflib
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from antrean.problem import Problem
from counter.settings import CounterSettings
from display.settings import DisplaySettings
from kiosk.settings import KioskSettings
from wording import N_, Wording

BROKER_SETTINGS = "antrean.toml"
"""The broker's and the operator's settings file in an outlet's folder."""


class LimitSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What the broker takes on, so that a flood from one device leaves the others served."""

    messages_per_second: Annotated[
        float, Meta(gt=0, description="Messages that one device may send, again and again.")
    ] = 100.0
    messages_at_once: Annotated[
        float, Meta(ge=1, description="Messages that one device may send in a moment after a rest.")
    ] = 300.0
    devices: Annotated[int, Meta(ge=1, description="Devices that the outlet may have.")] = 500


class KeepSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How long the broker keeps what is about people; erased when the day closes."""

    notes_days: Annotated[int, Meta(ge=1, description="What clerks have written, from then on.")] = 30
    pick_up_notes_days: Annotated[
        int,
        Meta(
            ge=1, description="The same for a pick-up whose permit is not delivered yet: where, and for whom."
        ),
    ] = 180
    clerks_days: Annotated[
        int,
        Meta(
            ge=1,
            description="A clerk's name and PIN, from the last day on which the outlet's rules had the clerk.",
        ),
    ] = 90


class BrokerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The broker's own."""

    database: Annotated[str, Meta(description="Where the journal is: a file's path, or a database URL.")] = (
        "outlet.db"
    )
    requests: Annotated[
        str,
        Meta(
            description="Where devices send their commands. Use the machine's own address in the outlet's network."
        ),
    ] = "tcp://127.0.0.1:5570"
    updates: Annotated[str, Meta(description="Where the broker publishes every change.")] = (
        "tcp://127.0.0.1:5571"
    )
    key: Annotated[str, Meta(description="The broker's key file, made by `antrean init`.")] = (
        "keys/broker.key"
    )
    limits: LimitSettings = field(default_factory=LimitSettings)
    keep: KeepSettings = field(default_factory=KeepSettings)


class BackupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Copies of the outlet's data and keys, made by `antrean backup`."""

    folder: Annotated[str, Meta(description="Where they are kept: best on another disk.")] = "backups"
    every_hours: Annotated[
        int, Meta(ge=1, description="One is to be made at least so often; twice as old is told as too old.")
    ] = 24
    keep: Annotated[int, Meta(ge=1, description="How many of them; older ones are let go.")] = 14
    replaced_days: Annotated[
        int,
        Meta(
            ge=0,
            description="How many days a database that a restore has replaced is kept beside the new one.",
        ),
    ] = 30
    recovery: Annotated[
        str,
        Meta(description="The public half of the recovery key, which alone opens the keys' backups."),
    ] = ""


class ConnectionSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a device reaches its broker."""

    requests: Annotated[str, Meta(description="The broker's address for commands.")] = "tcp://127.0.0.1:5570"
    updates: Annotated[
        str, Meta(description="The broker's address for updates. Empty: the port after the one for commands.")
    ] = ""
    key: Annotated[str, Meta(description="This device's key file, made by `antrean init`.")] = (
        "keys/device.key"
    )


class ForecastSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The expected waits: where what earlier days have taught is kept."""

    experience: Annotated[
        str, Meta(description="The file of what earlier days have taught; made where there is none.")
    ] = "forecast-experience.bin"


class MetricsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What Prometheus reads, over HTTP."""

    host: Annotated[str, Meta(description="The address at which it listens.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Its port. 0: a free one.")] = 9570


class PrinterKind(StrEnum):
    """What a virtual printer can be like."""

    EPSON = "epson"
    """As Epson's receipt printers: it has and answers everything."""
    SIMPLE = "simple"
    """A cheap one: no cutter, no QR codes, and of a page's end nothing but its own state."""
    PRESENTER = "presenter"
    """A kiosk's of Custom's make: it holds each ticket until it is taken, and tells so."""


class VirtualPrinterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A printer made of software, for training and tests."""

    host: Annotated[str, Meta(description="The address it listens on.")] = "127.0.0.1"
    port: Annotated[
        int, Meta(ge=0, le=65535, description="The port; network printers use 9100. 0: a free one.")
    ] = 9100
    folder: Annotated[
        str, Meta(description="Where each paper is left as a picture, with the bytes received.")
    ] = "papers"
    paper_mm: Annotated[Literal[80, 58], Meta(description="The width of the paper in mm: 80 or 58.")] = 80
    like: Annotated[
        PrinterKind,
        Meta(
            description='What printer it is like: "epson"; "simple", a cheap one without cutter and QR codes;'
            ' "presenter", one that holds each ticket until it is taken.'
        ),
    ] = PrinterKind.EPSON


class ClockSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A clock of its own, for demonstrations and training. Leave it out at a real outlet."""

    shows: Annotated[
        int | None, Meta(description="What the clock shows at `since`, in Unix milliseconds.")
    ] = None
    since: Annotated[
        int | None, Meta(description="The wall clock's time at that moment, in Unix milliseconds.")
    ] = None
    speed: Annotated[
        float, Meta(gt=0, le=3600, description="How many times faster than real time it runs.")
    ] = 1.0


class LogSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What the process writes about itself: a JSON object per line."""

    level: Annotated[
        str, Meta(pattern="^(debug|info|warning|error)$", description="The least level written.")
    ] = "info"
    file: Annotated[str, Meta(description="A file to write to. Empty: standard error.")] = ""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a process may be told. Each program reads its own tables."""

    connection: ConnectionSettings = field(default_factory=ConnectionSettings)
    broker: BrokerSettings = field(default_factory=BrokerSettings)
    backup: BackupSettings = field(default_factory=BackupSettings)
    kiosk: KioskSettings = field(default_factory=KioskSettings)
    counter: CounterSettings = field(default_factory=CounterSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)
    forecast: ForecastSettings = field(default_factory=ForecastSettings)
    metrics: MetricsSettings = field(default_factory=MetricsSettings)
    virtual_printer: VirtualPrinterSettings = field(default_factory=VirtualPrinterSettings)
    clock: ClockSettings = field(default_factory=ClockSettings)
    log: LogSettings = field(default_factory=LogSettings)


_UNKNOWN = re.compile(r"unknown field `(?P<name>[^`]*)`(?: - at `\$\.?(?P<table>[^`]*)`)?")
_ADDRESS = N_(
    'Write host and port as one: address = "tcp://192.168.7.20:9100"; and the model: profile = "TM-T20II".'
)
_KIOSK_JOURNAL = N_("Write it as print_journal in the table [kiosk].")
_COUNTER_JOURNAL = N_("Write it as print_journal in the table [counter].")
_MOVED = {
    ("kiosk.printer", "host"): _ADDRESS,
    ("kiosk.printer", "port"): _ADDRESS,
    ("kiosk.printer", "journal"): _KIOSK_JOURNAL,
    ("counter.printer", "host"): _ADDRESS,
    ("counter.printer", "port"): _ADDRESS,
    ("counter.printer", "journal"): _COUNTER_JOURNAL,
}
"""Keys of earlier releases, and what takes their place."""
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<key>[^`]*)`)?$", re.DOTALL)


def load(path: Path, wording: Wording) -> Settings:
    """The settings in `path`. Raises Problem, naming the key, for whatever is wrong with them."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(
            wording.t("The settings can't be read: {reason}", reason=error.strerror or str(error)),
            str(path),
            wording.t("Name an existing file with --settings, or make one: antrean settings > antrean.toml"),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(
            wording.t("The settings are not valid TOML: {reason}", reason=str(error)),
            str(path),
            wording.t("Correct that line; `antrean settings` shows an example."),
        ) from error
    return from_tables(tables, path, wording)


def from_tables(tables: dict[str, Any], path: Path, wording: Wording) -> Settings:
    """The settings from parsed TOML. Raises Problem, naming the key, for whatever is wrong with them."""
    try:
        return msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        raise _explained(str(error), path, wording) from error


def _explained(message: str, path: Path, wording: Wording) -> Problem:
    unknown = _UNKNOWN.search(message)
    if unknown:
        table = unknown["table"] or ""
        moved = _MOVED.get((table, unknown["name"]))
        if moved is not None:
            key = f"{table}.{unknown['name']}"
            return Problem(
                wording.t("This setting is written otherwise now: {key}", key=key),
                str(path),
                wording.t(moved),
            )
        near = difflib.get_close_matches(unknown["name"], _known(table), n=1)
        key = f"{table}.{unknown['name']}" if table else unknown["name"]
        todo = (
            wording.t("Did you mean “{name}”? `antrean settings` lists all settings.", name=near[0])
            if near
            else wording.t("Remove it; `antrean settings` lists all settings.")
        )
        return Problem(wording.t("Unknown setting: {key}", key=key), str(path), todo)
    parts = _AT.match(message)
    assert parts is not None
    return Problem(
        wording.t("The setting {key} is not valid: {reason}", key=parts["key"] or "?", reason=parts["what"]),
        str(path),
        wording.t("Correct it; `antrean settings` shows what is possible."),
    )


def _known(table: str) -> list[str]:
    info = _struct(msgspec.inspect.type_info(Settings))
    for name in filter(None, table.split(".")):
        inner = next((each for each in info.fields if each.encode_name == name), None)
        if inner is None:
            return []
        info = _struct(inner.type)
    return [each.encode_name for each in info.fields]


def _struct(info: msgspec.inspect.Type) -> msgspec.inspect.StructType:
    match info:
        case msgspec.inspect.StructType():
            return info
        case msgspec.inspect.Metadata(type=inner) | msgspec.inspect.VarTupleType(item_type=inner):
            return _struct(inner)
        case msgspec.inspect.UnionType(types=types):
            return _struct(next(filter(_is_table, types)))
        case _:
            raise TypeError(f"no table: {info}")


def example() -> str:
    """A complete settings file with each key's meaning and its default."""
    lines = ["# Settings of Antrean's programs. Each program reads [connection], [log] and its own table."]
    root = _struct(msgspec.inspect.type_info(Settings))
    _write_table(root, Settings(), "", lines)
    return "\n".join(lines).strip() + "\n"


def _write_table(info: msgspec.inspect.StructType, values: Struct, table: str, lines: list[str]) -> None:
    inner: list[tuple[str, msgspec.inspect.Type, Struct | None, str]] = []
    for each in info.fields:
        value = getattr(values, each.name)
        description = _description(each.type)
        if _is_table(each.type):
            name = f"{table}.{each.encode_name}" if table else each.encode_name
            inner.append((name, each.type, value, description))
            continue
        lines += ["", f"# {description}"] if description else [""]
        lines.append(f"# {each.encode_name} =" if value is None else f"{each.encode_name} = {_toml(value)}")
    for name, kind, value, description in inner:
        struct = _struct(kind)
        lines += ["", "", f"# {description or _first_line(struct.cls)}"]
        if not isinstance(value, Struct):  # left out, or a list of none
            lines.append(f"# [{name}]" if value is None else f"# [[{name}]]")
            continue
        lines.append(f"[{name}]")
        _write_table(struct, value, name, lines)


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _is_table(info: msgspec.inspect.Type) -> bool:
    match info:
        case msgspec.inspect.Metadata():
            return _is_table(info.type)
        case msgspec.inspect.UnionType():
            return any(map(_is_table, info.types))
        case msgspec.inspect.VarTupleType():
            return _is_table(info.item_type)
        case _:
            return isinstance(info, msgspec.inspect.StructType)


def _description(info: msgspec.inspect.Type) -> str:
    if isinstance(info, msgspec.inspect.Metadata):
        schema = info.extra_json_schema or {}
        return str(schema.get("description") or _description(info.type))
    if isinstance(info, msgspec.inspect.UnionType):
        return next(filter(None, map(_description, info.types)), "")
    return ""


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case tuple() | list():
            return "[" + ", ".join(_toml(each) for each in value) + "]"
        case _:
            text = str(getattr(value, "value", value))
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'


def overridden(
    settings: Settings,
    *,
    connect: str | None = None,
    counter: int | None = None,
    printer_port: int | None = None,
    printer_like: PrinterKind | None = None,
) -> Settings:
    """The settings with what the command line says instead."""
    if connect is not None:
        connection = replace(settings.connection, requests=connect, updates="")
        settings = replace(settings, connection=connection)
    if counter is not None:
        settings = replace(settings, counter=replace(settings.counter, number=counter))
    if printer_port is not None:
        printer = replace(settings.virtual_printer, port=printer_port)
        settings = replace(settings, virtual_printer=printer)
    if printer_like is not None:
        printer = replace(settings.virtual_printer, like=printer_like)
        settings = replace(settings, virtual_printer=printer)
    return settings
