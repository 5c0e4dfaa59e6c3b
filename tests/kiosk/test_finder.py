"""The outlet's services, found by what a citizen types."""

from broker.domain.values import Language
from kiosk.finder import Finder, Piece, pieces
from tests.support import sample
from tests.support.morning import Morning


def found(query: str, language: Language = Language.INDONESIAN) -> list[str]:
    findings = Finder().find(query, Morning().state.services, language)
    return [each.service.code for each in findings.found]


def test_everyday_spelling_finds_the_service_and_the_query_is_told_as_understood() -> None:
    findings = Finder().find("praktek dokter", Morning().state.services, Language.INDONESIAN)
    assert findings.query == "praktik dokter"
    (doctor,) = findings.found
    assert doctor.service.code == sample.DOCTOR
    assert doctor.heading == (
        Piece("Izin ", False),
        Piece("Praktik Dokter", True),
        Piece(" Umum (Praktik Perorangan)", False),
    )


def test_each_language_is_searched_in_its_own_names_and_in_the_others() -> None:
    assert found("research", Language.ENGLISH) == [sample.RESEARCH]
    assert found("penelitian", Language.ENGLISH) == [sample.RESEARCH]


def test_explanations_are_searched_too() -> None:
    assert found("rumahan") == [sample.MICRO_BUSINESS]


def test_an_adopted_catalogue_is_searched_at_once() -> None:
    finder, outlet = Finder(), Morning()
    assert finder.find("riset", outlet.state.services, Language.INDONESIAN).found == ()
    renamed = {sample.RESEARCH: sample.SERVICES[3]}
    assert finder.find("penelitian", renamed, Language.INDONESIAN).found


def test_what_lies_beyond_the_heading_is_not_marked() -> None:
    assert pieces("Izin Praktik", ((5, 12), (20, 25))) == (Piece("Izin ", False), Piece("Praktik", True))
