"""What a device needs to speak with its broker: a session over a transport, with a replica of the outlet's state."""

from broker.client.device import SYSTEM_CLOCK, DeviceClock, DeviceKeys, FixedKeys, Keyring
from broker.client.display_reports import DisplayReports
from broker.client.face import SessionFace
from broker.client.printer_reports import PrinterReports
from broker.client.session import CommandAnswer, Link, Reply, Session, Unanswered
from broker.client.transport import Endpoints, Inbound, Transport
from broker.protocol.identifiers import new_command_id, new_note_id, new_request_id

__all__ = [
    "SYSTEM_CLOCK",
    "CommandAnswer",
    "DeviceClock",
    "DeviceKeys",
    "DisplayReports",
    "Endpoints",
    "FixedKeys",
    "Inbound",
    "Keyring",
    "Link",
    "PrinterReports",
    "Reply",
    "Session",
    "SessionFace",
    "Transport",
    "Unanswered",
    "new_command_id",
    "new_note_id",
    "new_request_id",
]
