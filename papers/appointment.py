"""The proof of a reserved place: what was answered to the booking, with the outlet's own names and times."""

from datetime import timedelta

from broker.domain.state import State
from broker.domain.values import Instant, Language
from broker.protocol.messages import Reserved
from broker.protocol.token import spaced
from hardware.layout.content import AppointmentContent, appointment_fields
from hardware.page import JobKind, Page
from papers.words import outlet_name, said, to_bring, wording_of


def appointment_page(reserved: Reserved, language: Language, state: State, now: Instant) -> Page:
    """In the citizen's language, as far as anybody has asked for it."""
    w = wording_of(state, language)
    rules, service = state.rules, state.services.get(reserved.service)
    at = w.local(reserved.slot_at).replace(tzinfo=None)
    late = timedelta(minutes=rules.appointments.late_minutes if rules is not None else 0)
    content = AppointmentContent(
        language=w.language,
        outlet_name=outlet_name(state),
        service_name=said(service.name, w) if service is not None else "",
        at=at,
        until=(at + late).time(),
        token=reserved.token,
        code=spaced(reserved.code),
        printed_at=w.local(now).replace(tzinfo=None),
        bring=to_bring(service, w),
    )
    return Page(JobKind.APPOINTMENT, appointment_fields(content))
