"""A broker that doubts its history, or its clock, and the operator's word on it."""

from msgspec import Struct

from broker.domain.known import Known
from broker.domain.values import BusinessDay, DeviceId, Seq
from broker.protocol.messages.message import Epoch, Message, RequestId


class AskWitnesses(Message, frozen=True, tag="ask-witnesses"):
    """What devices have shown to a broker that is behind them, or that was restored from a backup."""

    id: RequestId


class Witness(Struct, frozen=True):
    """What a device has shown to a broker that waits for an operator's word."""

    device: DeviceId
    epoch: Epoch | None
    """Of the newest of the broker's own words that it holds; None: it holds none that is genuine."""
    seq: Seq | None
    known: Known | None
    """The numbers that it knows to have been given out."""
    not_believed: Known | None = None
    """What of them can't be, by the outlet's rules and today's date: numbers do not go on past these."""


class Witnesses(Message, frozen=True, tag="witnesses"):
    """What is known where, while the broker waits for an operator's word."""

    id: RequestId
    is_confirmed: bool
    """True: the broker serves, and waits for nothing."""
    seq: Seq
    """The newest event of the journal here."""
    known: Known
    """What the journal here knows."""
    witnesses: tuple[Witness, ...]
    """Of the devices that may connect."""
    day: BusinessDay | None = None
    """Today: the day whose numbers go on; None: the outlet is not set up."""


class ConfirmHistory(Message, frozen=True, tag="confirm-history"):
    """Go on from the history as it is here, under a new epoch; numbers go on past all that are known."""

    id: RequestId
    known: Known | None = None
    """What people know besides: the numbers on the last papers. What can't be is an error."""


class HistoryConfirmed(Message, frozen=True, tag="history-confirmed"):
    """The broker serves, under a new epoch."""

    id: RequestId
    epoch: Epoch
    known: Known
    """All numbers go on past these."""


class BelieveClock(Message, frozen=True, tag="believe-clock"):
    """The broker's wall clock, which is in doubt, is right: the queue's time is to follow it."""

    id: RequestId


class ClockBelieved(Message, frozen=True, tag="clock-believed"):
    """The queue's time follows the broker's wall clock, or waits for it where it is behind."""

    id: RequestId
