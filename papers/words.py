"""What papers say of an outlet, in the language of whoever gets them."""

from datetime import timedelta
from typing import assert_never

from broker.domain.rules import Bilingual, Service
from broker.domain.state import State
from broker.domain.values import Language, Priority
from wording import Language as WordingLanguage
from wording import Wording


def wording_of(state: State, language: Language) -> Wording:
    """That language, in the outlet's local time."""
    minutes = state.rules.utc_offset_minutes if state.rules is not None else 0
    return Wording(WordingLanguage(language.value), timedelta(minutes=minutes))


def outlet_name(state: State) -> str:
    return state.rules.name if state.rules is not None else ""


def said(text: Bilingual, w: Wording) -> str:
    """A configured text."""
    return text.in_language(w.language.value)


def to_bring(service: Service | None, w: Wording) -> tuple[str, ...]:
    """What a service asks for."""
    return tuple(said(each, w) for each in service.requirements) if service is not None else ()


def priority(value: Priority, w: Wording) -> str:
    """As a citizen is asked for it, and as the ticket names it."""
    match value:
        case Priority.ELDERLY:
            return w.t("Elderly")
        case Priority.DISABILITY:
            return w.t("Person with a disability")
        case Priority.PREGNANT:
            return w.t("Pregnant")
        case Priority.INFANT:
            return w.t("Nursing, or with a baby or toddler")
        case _:
            assert_never(value)
