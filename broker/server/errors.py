"""What can keep a broker from being made or from listening, each with what, where and what to do about it."""

from broker.store.errors import ToldError
from wording import N_


class ServerError(ToldError):
    """The root of this package's errors."""


class AddressInUseError(ServerError):
    what = N_("Another program listens at this address already")
    remedy = N_("Stop that program, or give the broker another port.")


class AddressInvalidError(ServerError):
    what = N_("The broker can't listen at this address")
    remedy = N_("Name an address of this machine and a port, e.g. tcp://192.168.7.2:5570")


class RulesRefusedError(ServerError):
    what = N_("The outlet's rules or its catalogue can't be taken over")
    remedy = N_("Correct what is named here and try again; nothing has been made.")
