"""The command line's part that keeps an outlet: its devices and their keys, its backups, its history, its time."""

from pathlib import Path

import click

from antrean import backups, believing, keys, provision, recovery
from antrean.cli.options import folder_argument, outlet, outlet_line
from broker.domain.values import DeviceId, DeviceRole
from broker.server.provision import NewDevice
from wording import Wording


def add_to(group: click.Group, w: Wording) -> None:
    """All of them, each over the outlet in a folder that `antrean init` made."""
    _device_commands(group, w)
    _backup_commands(group, w)
    _clock_commands(group, w)


def _device_commands(group: click.Group, w: Wording) -> None:
    @group.command(
        "devices", help=w.t("List the devices of the outlet in FOLDER, whose broker runs, and its alarms.")
    )
    @folder_argument
    def devices(folder: Path) -> None:
        with outlet_line(folder, w) as line:
            for each in provision.listed(line, w):
                click.echo(each)

    @group.command(
        "provision",
        help=w.t(
            "Add a device to the outlet in FOLDER, whose broker runs: a key file and a settings file, to be taken to "
            "its machine. It may connect at once."
        ),
    )
    @folder_argument
    @click.argument("role", type=click.Choice(provision.ROLES))
    @click.argument("device", metavar="ID")
    @click.option("--name", default=None, help=w.t("What people call it. Default: its id."))
    def enrol(folder: Path, role: str, device: str, name: str | None) -> None:
        new = NewDevice(DeviceId(device), DeviceRole(role), name or device)
        with outlet_line(folder, w) as line:
            for each in provision.enrol(line, new, outlet(folder, w), folder, w):
                click.echo(each)

    @group.command(
        "revoke",
        help=w.t("Serve a device of the outlet in FOLDER no more, from this moment on and for good."),
    )
    @folder_argument
    @click.argument("device", metavar="ID")
    def revoke(folder: Path, device: str) -> None:
        with outlet_line(folder, w) as line:
            click.echo(provision.revoke(line, DeviceId(device), w))

    @group.command(
        "renew-keys",
        help=w.t(
            "Give devices of the outlet in FOLDER new keys while they work: those named, or all. With --broker the "
            "broker's own: first it is told to all devices, then --switch makes it the one in use."
        ),
    )
    @folder_argument
    @click.argument("devices", metavar="[ID]...", nargs=-1)
    @click.option("--broker", is_flag=True, help=w.t("The broker's own key."))
    @click.option("--switch", is_flag=True, help=w.t("Use the broker's next key from now on."))
    @click.option(
        "--leave-behind", metavar="ID", multiple=True, help=w.t("A device that need not have the next key.")
    )
    def renew_keys(
        folder: Path, devices: tuple[str, ...], broker: bool, switch: bool, leave_behind: tuple[str, ...]
    ) -> None:
        own = keys.DeviceKeyring(folder / outlet(folder, w).connection.key, w)
        with outlet_line(folder, w) as line:
            if switch:
                click.echo(provision.switch_broker(line, tuple(map(DeviceId, leave_behind)), w))
            elif broker:
                click.echo(provision.renew_broker(line, w))
            else:
                click.echo(provision.renew(line, tuple(map(DeviceId, devices)), own, w))


def _backup_commands(group: click.Group, w: Wording) -> None:
    @group.command(
        "backup",
        help=w.t(
            "Copy the data of the outlet in FOLDER, also while its broker runs, and its keys, sealed. The settings say "
            "where to and how many are kept."
        ),
    )
    @folder_argument
    @click.option(
        "--to",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=w.t("Another folder than the settings name."),
    )
    def back_up(folder: Path, to: Path | None) -> None:
        loaded = outlet(folder, w)
        for each in backups.back_up(loaded, folder, to or folder / loaded.backup.folder, w):
            click.echo(each)

    @group.command(
        "restore",
        help=w.t(
            "Put the backup FILE in the place of the data of the outlet in FOLDER. Its broker must be stopped; when it "
            "is started again, it waits for `antrean confirm`."
        ),
    )
    @folder_argument
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    @click.option(
        "--recovery",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        help=w.t("The recovery key's file, where the outlet's own keys are lost."),
    )
    def restore(folder: Path, file: Path, recovery: Path | None) -> None:
        for each in backups.restore(outlet(folder, w), folder, file, recovery, w):
            click.echo(each)

    @group.command(
        "confirm",
        help=w.t(
            "Let the broker of the outlet in FOLDER go on from the history that it has, after a restore or when it "
            "knows less than its devices. Shows what is known where first; numbers go on past all of it."
        ),
    )
    @folder_argument
    @click.option(
        "--past",
        metavar="B=57",
        multiple=True,
        help=w.t("The last number on paper of a queue, where no device knows it."),
    )
    @click.option("--yes", is_flag=True, help=w.t("Ask nothing."))
    def confirm(folder: Path, past: tuple[str, ...], yes: bool) -> None:
        with outlet_line(folder, w) as line:
            found = recovery.witnesses(line)
            for each in recovery.described(found, w):
                click.echo(each)
            known = recovery.past(past, found, w)
            if not yes and not found.is_confirmed:
                click.confirm(w.t("Go on from here, past all these numbers?"), abort=True)
            click.echo(recovery.confirm(line, known, w))


def _clock_commands(group: click.Group, w: Wording) -> None:
    @group.command(
        "believe-clock",
        help=w.t(
            "Let the queue of the outlet in FOLDER follow the server's clock, which its broker doubts. Shows both times"
            " first. A clock that is wrong is to be corrected instead: the queue then follows by itself."
        ),
    )
    @folder_argument
    @click.option("--yes", is_flag=True, help=w.t("Ask nothing."))
    def believe_clock(folder: Path, yes: bool) -> None:
        with outlet_line(folder, w) as line:
            click.echo(believing.doubted(line, w))
            if not yes:
                click.confirm(w.t("Is the server's clock right?"), abort=True)
            click.echo(believing.believe(line, w))
