"""Devices of a running outlet: added with keys and settings, revoked, given new keys, listed."""

from collections.abc import Iterator
from pathlib import Path

from antrean import keys
from antrean.broker_line import BrokerLine
from antrean.health import alarm_line
from antrean.outlet_folder import settings_for
from antrean.problem import Problem
from antrean.settings import Settings
from broker.client import DeviceKeys, Keyring, new_request_id
from broker.domain.values import DeviceId, DeviceRole
from broker.protocol import messages as m
from broker.server.keys import new_key_pair
from broker.server.provision import NewDevice
from wording import Wording


def enrol(
    line: BrokerLine, new: NewDevice, settings: Settings, folder: Path, wording: Wording
) -> Iterator[str]:
    """Make keys and a settings file for a device in `folder`, and let it connect. Raises Problem: nothing is made."""
    key_file, settings_file = folder / "keys" / f"{new.id}.key", folder / f"{new.id}.toml"
    for file in (key_file, settings_file):
        if file.exists():
            raise Problem(wording.t("There is a file for this device already"), str(file), _another(wording))
    pair = new_key_pair()
    asked = m.EnrolDevice(new_request_id(), new.id, new.role, new.name, pair.public)
    answer = line.asked(asked)
    if isinstance(answer, m.Error):
        raise Problem(_refused(answer.code, wording), new.id, _another(wording))
    assert isinstance(answer, m.DeviceEnrolled)
    key_file.parent.mkdir(parents=True, exist_ok=True)
    keys.write(key_file, DeviceKeys(pair.public, pair.secret, answer.broker_key))
    settings_file.write_text(settings_for(new, settings.connection), encoding="utf-8")
    yield wording.t("{device} may connect. Take these two files to its machine:", device=new.id)
    yield f"  {settings_file}"
    yield f"  {key_file}"


def revoke(line: BrokerLine, device: DeviceId, wording: Wording) -> str:
    """Serve the device no more. Raises Problem."""
    answer = line.asked(m.RevokeDevice(new_request_id(), device))
    if isinstance(answer, m.Error):
        raise Problem(
            _refused(answer.code, wording), device, wording.t("`antrean devices` lists all that may connect.")
        )
    return wording.t("{device} is not served any more", device=device)


def renew(line: BrokerLine, devices: tuple[DeviceId, ...], own: Keyring, wording: Wording) -> str:
    """Ask devices for new keys; the one that asks has no program for it, and renews its own here. Raises Problem."""
    answer = line.asked(m.RenewKeys(new_request_id(), devices))
    if isinstance(answer, m.Error):
        todo = wording.t("`antrean devices` lists all that may connect.")
        raise Problem(_refused(answer.code, wording), ", ".join(devices), todo)
    assert isinstance(answer, m.KeysRenewing)
    if line.welcome().device in answer.devices:
        _renew_own(line, own, wording)
    return wording.t("Asked for new keys: {devices}", devices=", ".join(answer.devices))


def _renew_own(line: BrokerLine, own: Keyring, wording: Wording) -> None:
    """The next command connects with the new key."""
    try:
        next_key = own.prepare()
    except OSError as error:
        what = wording.t("This device's new key can't be kept: {reason}", reason=error.strerror or str(error))
        todo = wording.t("Run this as the user whose the key file is, with room on the disk.")
        raise Problem(what, line.welcome().device, todo) from error
    if next_key is not None:
        line.ask(m.OfferKey(new_request_id(), next_key))


def renew_broker(line: BrokerLine, wording: Wording) -> str:
    """Tell all devices the broker's next key. Raises Problem."""
    line.ask(m.RenewBrokerKey(new_request_id()))
    return wording.t("The broker's next key is being told. Switch when every device has it: --switch")


def switch_broker(line: BrokerLine, left: tuple[DeviceId, ...], wording: Wording) -> str:
    """Serve under the next key. Raises Problem."""
    answer = line.asked(m.SwitchBrokerKey(new_request_id(), left))
    if isinstance(answer, m.Error):
        raise Problem(
            wording.t("The broker's next key is not everywhere yet"),
            answer.detail,
            wording.t("Wait until these devices have it, or leave them behind: --leave-behind DEVICE"),
        )
    return wording.t("The broker serves under its new key")


def listed(line: BrokerLine, wording: Wording) -> Iterator[str]:
    """Every device, and what needs somebody's hand. Raises Problem."""
    answer = line.ask(m.AskDevices(new_request_id()))
    assert isinstance(answer, m.Devices)
    for each in answer.devices:
        yield "  ".join(_columns(each, wording)).rstrip()
    for alarm in answer.alarms:
        yield f"! {alarm_line(alarm, answer.at, wording)}"


def _columns(each: m.DeviceStanding, wording: Wording) -> tuple[str, ...]:
    if each.revoked_at is not None:
        state = wording.t("revoked")
    elif each.seen_at is None:
        state = wording.t("not seen")
    else:
        state = wording.clock(wording.local(each.seen_at))
    clock = f"{each.clock_ahead_ms:+} ms" if each.clock_ahead_ms is not None else ""
    return (
        f"{each.device:<14}",
        f"{each.role.value:<9}",
        f"{state:<12}",
        f"{each.program:<18}",
        f"{clock:>10}",
    )


def _another(wording: Wording) -> str:
    return wording.t("Choose another id: an id is never used twice, also after it was revoked.")


def _refused(code: m.ErrorCode, wording: Wording) -> str:
    match code:
        case m.ErrorCode.DEVICE_EXISTS:
            return wording.t("A device has, or had, this id")
        case m.ErrorCode.TOO_MANY_DEVICES:
            return wording.t("The outlet has as many devices as it may have")
        case m.ErrorCode.NO_SUCH_DEVICE:
            return wording.t("No device that may connect has this id")
        case _:
            return wording.t("The broker has answered with an error: {code}", code=code.value)


ROLES = tuple(each.value for each in DeviceRole if each is not DeviceRole.BROKER)
