"""A citizen finds a service by the words that come to mind."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import CatalogueError, load_services
from catalogue.everyday import load_everyday
from catalogue.search import Entry, Index
from catalogue.words import words

SERVICES = {service.code: service for service in load_services()}


def index(language: str) -> Index:
    entries = []
    for service in SERVICES.values():
        also = [service.name.id, service.name.en]
        if service.one_day:
            also.append(service.one_day.short_name.in_language(language))
        entries.append(Entry(service.code, service.name.in_language(language), tuple(also)))
    return Index(entries)


INDONESIAN = index("id")
ENGLISH = index("en")


def names(query: str) -> list[str]:
    return [SERVICES[match.code].name.id for match in INDONESIAN.find(query).matches]


def marked(query: str, among: Index = INDONESIAN, language: str = "id") -> list[str]:
    """The first names found, with what is marked in brackets."""
    shown = []
    for match in among.find(query).matches:
        name = SERVICES[match.code].name.in_language(language)
        for start, end in reversed(match.spans):
            name = f"{name[:start]}[{name[start:end]}]{name[end:]}"
        shown.append(name)
    return shown


def test_all_words_must_be_found() -> None:
    found = names("domisili yayasan")
    assert found == ["Surat Keterangan Domisili Yayasan"]
    assert names("domisili dokter") == []


def test_the_beginnings_of_words_are_enough() -> None:
    assert names("surat ket domi")[0].startswith("Surat Keterangan Domisili")


def test_a_word_is_not_found_in_the_middle_of_another() -> None:
    assert names("oktergigi") == []


def test_case_and_accents_do_not_matter() -> None:
    assert names("DOMISILI  Usahá") == names("domisili usaha") == ["Surat Keterangan Domisili Usaha"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("praktek dokter", "praktik dokter"),
        ("ijin apotik", "izin apotek"),
        ("sertipikat laik sehat", "sertifikat laik sehat"),
        ("propinsi", "provinsi"),
        ("rekomendasi inpor", "rekomendasi inpor"),
    ],
)
def test_the_query_is_shown_in_the_spelling_in_which_it_was_found(typed: str, meant: str) -> None:
    assert INDONESIAN.find(typed).query == meant


def test_everyday_spelling_finds_the_same_as_the_standard_spelling() -> None:
    assert names("praktek dokter") == names("praktik dokter") != []
    assert set(names("ijin")) == set(names("izin"))
    assert [names(beginning) != [] for beginning in ("prakte", "antr", "ij")] == [True, False, False]


def test_what_was_found_is_marked_and_neighbours_are_marked_as_one() -> None:
    assert marked("praktek dokter umum")[0] == "Izin [Praktik Dokter Umum]: praktik perorangan"
    assert marked("domisili surat")[0] == "[Surat] Keterangan [Domisili] Yayasan"
    assert marked("ak1") == ["Kartu pencari kerja ([AK 1])"]


def test_two_words_may_be_typed_as_one() -> None:
    assert marked("kerjasama") == ["Rekomendasi Satuan Pendidikan [Kerja Sama] (TK/SD/SMP/SMA/SMK)"]


def test_everyday_words_find_a_service_without_marking_its_name() -> None:
    assert marked("buka warung") == ["Izin Usaha Mikro dan Kecil (IUMK)"]
    assert marked("warung") == ["Izin Usaha Mikro dan Kecil (IUMK)"]
    assert marked("kartu kuning") == ["[Kartu] pencari kerja (AK 1)"]


def test_words_that_only_say_that_somebody_wants_something_are_left_out() -> None:
    assert names("saya mau urus domisili usaha") == names("domisili usaha")
    assert INDONESIAN.find("saya mau urus domisili usaha").query == "saya mau urus domisili usaha"


def test_a_service_that_is_called_just_so_comes_first() -> None:
    assert names("ijin usaha mikro")[0] == "Izin Usaha Mikro dan Kecil (IUMK)"
    assert names("izin apotek")[0] == "Izin Apotek"


def test_words_of_the_name_are_better_than_everyday_words() -> None:
    small = Index([Entry("B", "Izin Toko Daging", ()), Entry("A", "Surat Kios", ("toko roti",))])
    assert [match.code for match in small.find("toko").matches] == ["B", "A"]


def test_the_order_of_the_entries_decides_between_equals() -> None:
    same = Index([Entry(code, "Izin Toko") for code in ("C", "A", "B")])
    assert [match.code for match in same.find("toko").matches] == ["C", "A", "B"]


def test_the_other_languages_name_finds_a_service_too() -> None:
    assert marked("dokter gigi", ENGLISH, "en")[0] == "Dentist's practice licence: own practice"
    assert (
        marked("doctor license", ENGLISH, "en")[0] == "Specialist [doctor]'s practice [licence]: own practice"
    )


@pytest.mark.parametrize("query", ["", "   ", "?!", "xyzzy"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert INDONESIAN.find(query).matches == ()


def test_a_search_without_a_match_shows_what_was_typed() -> None:
    assert INDONESIAN.find("  Buat   KTP ").query == "buat ktp"


@given(st.text(max_size=30))
def test_any_query_is_answered_with_marks_within_the_name(query: str) -> None:
    for match in INDONESIAN.find(query).matches:
        name = SERVICES[match.code].name.id
        ends = [place for span in match.spans for place in span]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(name) for place in ends)


@given(st.sampled_from(sorted(SERVICES)))
def test_every_service_is_found_by_its_whole_name_before_those_of_other_words(code: str) -> None:
    name = SERVICES[code].name.id
    found = INDONESIAN.find(name).matches
    assert code in {match.code for match in found}
    assert [word for word, _ in words(SERVICES[found[0].code].name.id)] == [word for word, _ in words(name)]


def test_the_everyday_words_are_of_services_that_exist() -> None:
    assert set(load_everyday().services) <= set(SERVICES)


def test_everyday_words_that_cannot_be_read_are_named_by_their_file(tmp_path: Path) -> None:
    path = tmp_path / "everyday.toml"
    path.write_text('[words]\nignored = ["mau"]\n[services]\nUSH-126 = "warung"\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"everyday\.toml: Expected `array`"):
        load_everyday(path)
