"""What stands on the proof of a reserved place."""

from broker.domain.values import AppointmentId, Language
from broker.protocol.messages import Reserved
from hardware.page import JobKind
from papers.appointment import appointment_page
from tests.support import sample
from tests.support.morning import Morning
from tests.support.sample import at


def test_it_says_when_to_come_and_how_late_one_may_be() -> None:
    reserved = Reserved(AppointmentId("20260714-J003"), "J", sample.DOCTOR, at(9, 30), "token", "9QH5DC")
    page = appointment_page(reserved, Language.ENGLISH, Morning().state, at(8, 15))
    assert page.kind is JobKind.APPOINTMENT
    says = page.fields
    assert (says["day"], says["clock"]) == ("Tuesday, 14 July 2026", "09:30")
    assert "09:40" in says["closing"]
    assert (says["date"], says["time"]) == ("14 July 2026", "08:15")
    assert (says["token"], says["code"]) == ("token", "9QH 5DC")
    assert says["service"] == Morning().state.services[sample.DOCTOR].name.en
