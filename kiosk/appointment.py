"""A reserved place as it goes onto paper: what was answered to the booking, with the outlet's own names and times."""

from datetime import timedelta

from broker.domain.state import State
from broker.domain.values import Instant, Language
from broker.protocol.messages import Reserved
from broker.protocol.token import spaced
from hardware.layout.content import AppointmentContent
from kiosk.words import said, wording_for


def appointment_content(
    reserved: Reserved, language: Language, state: State, now: Instant
) -> AppointmentContent:
    """What the paper says."""
    w = wording_for(state, language)
    rules, service = state.rules, state.services.get(reserved.service)
    at = w.local(reserved.slot_at).replace(tzinfo=None)
    late = timedelta(minutes=rules.appointments.late_minutes if rules else 0)
    return AppointmentContent(
        language=w.language,
        outlet_name=rules.name if rules else "",
        service_name=said(service.name, w) if service else "",
        at=at,
        until=(at + late).time(),
        token=reserved.token,
        code=spaced(reserved.code),
        printed_at=w.local(now).replace(tzinfo=None),
        bring=tuple(said(each, w) for each in service.requirements) if service else (),
    )
