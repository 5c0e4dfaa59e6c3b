"""What can keep a broker from being made or from listening, each with what, where and what to do about it."""

from typing import ClassVar

from wording import N_


class ServerError(Exception):
    """The root of this package's errors; `what` and `remedy` are English sentences for `Wording.t`."""

    what: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, where: str, detail: str = "") -> None:
        self.where = where
        self.detail = detail
        super().__init__(where, detail)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.what, self.where, self.detail) if part)


class AddressInUseError(ServerError):
    what = N_("Another program listens at this address already")
    remedy = N_("Stop that program, or give the broker another port.")


class AddressInvalidError(ServerError):
    what = N_("The broker can't listen at this address")
    remedy = N_("Name an address of this machine and a port, e.g. tcp://192.168.7.2:5570")


class RulesRefusedError(ServerError):
    what = N_("The outlet's rules or its catalogue can't be taken over")
    remedy = N_("Correct what is named here and try again; nothing has been made.")
