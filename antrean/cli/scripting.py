"""For operators' scripts: a command sent, a note erased, events as they happen, the state; all in JSON."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from antrean import sending
from antrean.broker_line import BrokerLine, NoAnswer
from antrean.cli.options import connect_option, line, load, settings_option
from antrean.problem import Problem
from antrean.telling import as_line, event_line, state_line
from broker.domain.values import ClerkId, Seq
from wording import Wording

REFUSED = 1


def add_to(group: click.Group, w: Wording) -> None:
    """`send`, `erase-note`, `watch` and `state`."""

    @group.command(
        "send",
        help=w.t(
            "Send one command as the device whose settings are given, and print the broker's answer as JSON. Exit code"
            " 0: carried out; 1: refused, with the reason; 2: it could not be asked. Example: antrean send issue-ticket"
            " letter=A --settings kiosk-1.toml. Values that are lists or objects are JSON. A command of a clerk's"
            " needs --clerk and the settings of a counter at which nobody works."
        ),
    )
    @click.argument("command", required=False)
    @click.argument("values", metavar="[KEY=VALUE]...", nargs=-1)
    @settings_option(w)
    @connect_option(w)
    @click.option(
        "--clerk",
        default=None,
        metavar="ID",
        help=w.t("Sign this clerk in first, and out afterwards; the PIN comes from standard input."),
    )
    @click.option(
        "--id",
        "under",
        default=None,
        metavar="ID",
        help=w.t("The command's id, to send it again: it acts once. Default: a new one."),
    )
    @click.option(
        "--list", "listing", is_flag=True, help=w.t("List all commands with their fields, and send nothing.")
    )
    def send(
        command: str | None,
        values: tuple[str, ...],
        settings_path: Path,
        connect: str | None,
        clerk: str | None,
        under: str | None,
        listing: bool,
    ) -> None:
        if listing:
            for each in sending.described():
                click.echo(each)
            return
        if command is None:
            raise click.UsageError(w.t("Name a command. `antrean send --list` lists all commands."))
        wish = sending.command_of(command, values, w)
        command_id = sending.command_id_of(under, w) if under is not None else None
        who = ClerkId(sending.written(clerk, w)) if clerk is not None else None
        with (
            line(load(settings_path, connect, w), settings_path.parent, w) as broker,
            _acting(broker, who, w),
        ):
            answer = sending.send(broker, wish, command_id, w)
            _tell(as_line(answer.body), w)
        sys.exit(0 if answer.is_accepted else REFUSED)

    @group.command(
        "erase-note",
        help=w.t(
            "Erase for good what a clerk has written, when somebody of whom it tells wants it. NOTE is the id that"
            " `antrean trace` tells. As the clerk who wrote it or a supervisor, whose PIN comes from standard input,"
            " with the settings of a counter at which nobody works."
        ),
    )
    @click.argument("note")
    @settings_option(w)
    @connect_option(w)
    @click.option(
        "--clerk",
        required=True,
        metavar="ID",
        help=w.t("Sign this clerk in first, and out afterwards; the PIN comes from standard input."),
    )
    def erase_note(note: str, settings_path: Path, connect: str | None, clerk: str) -> None:
        wish, who = sending.erasure_of(note, w), ClerkId(sending.written(clerk, w))
        with (
            line(load(settings_path, connect, w), settings_path.parent, w) as broker,
            _acting(broker, who, w),
        ):
            _tell(as_line(sending.erased(broker, wish, w)), w)

    @group.command(
        "watch",
        help=w.t(
            "Print every event as a line of JSON as it happens, until Ctrl-C; lost connections are made anew and"
            " nothing is left out. The operator's settings can begin with any event, another device's with the last"
            " ten thousand."
        ),
    )
    @settings_option(w)
    @connect_option(w)
    @click.option(
        "--from",
        "start",
        type=click.IntRange(1),
        default=None,
        metavar="N",
        help=w.t("Begin with event number N. Default: with the next that happens."),
    )
    def watch(settings_path: Path, connect: str | None, start: int | None) -> None:
        with line(load(settings_path, connect, w), settings_path.parent, w) as broker:
            for record in broker.events(Seq(start) if start is not None else None):
                _tell(event_line(record), w)

    @group.command(
        "state",
        help=w.t(
            "Print the outlet's state as one line of JSON: open tickets, queues, counters, files, as the rules see"
            " them, with the number of the last event in it."
        ),
    )
    @settings_option(w)
    @connect_option(w)
    def state(settings_path: Path, connect: str | None) -> None:
        with line(load(settings_path, connect, w), settings_path.parent, w) as broker:
            _tell(state_line(broker.state(), broker.welcome().epoch), w)


def _tell(told: str, w: Wording) -> None:
    """A reader who has gone is none of our business: click ends the program without a word."""
    try:
        click.echo(told)
    except BrokenPipeError:
        raise
    except OSError as error:
        what = w.t("What there is to tell can't be written: {reason}", reason=error.strerror or str(error))
        todo = w.t("See where the output goes to. A command that was sent has been carried out or refused.")
        raise Problem(what, w.t("standard output"), todo) from error


@contextmanager
def _acting(broker: BrokerLine, clerk: ClerkId | None, w: Wording) -> Iterator[None]:
    """The clerk is signed in at the settings' device for as long as this lasts; None: whoever is there acts."""
    if clerk is None or not sending.needs_sign_in(broker, clerk, w):
        yield
        return
    _sign_in(broker, clerk, w)
    try:
        yield
    finally:
        _sign_out(broker, clerk, w)


def _sign_in(broker: BrokerLine, clerk: ClerkId, w: Wording) -> None:
    try:
        refused = sending.signed_in(broker, clerk, _pin(w), w)
    except NoAnswer:
        _sign_out(broker, clerk, w)  # it may have come to pass
        raise
    if refused is not None:
        _tell(as_line(refused), w)
        sys.exit(REFUSED)


def _sign_out(broker: BrokerLine, clerk: ClerkId, w: Wording) -> None:
    """What became of the command is told in any case."""
    try:
        sending.signed_out(broker, clerk)
    except Problem as problem:
        told = w.t(
            "{clerk} may still be signed in at this device: {reason}", clerk=clerk, reason=problem.what
        )
        click.echo(f"antrean: {told}", err=True)


def _pin(w: Wording) -> str:
    """From a pipe its first line; from a person without showing it."""
    if sys.stdin.isatty():
        return str(click.prompt(w.t("PIN"), hide_input=True, err=True))
    return sys.stdin.buffer.readline().decode(errors="replace").strip()
