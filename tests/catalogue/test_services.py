"""The services with their sample settings, and what the loader says of a file that is wrong."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from catalogue import (
    CatalogueError,
    Problem,
    Service,
    ServiceClass,
    heading_and_detail,
    load_services,
)

GIVEN_CODES = Path(__file__).with_name("codes.txt")

GOOD = """\
code,group,name_id,name_en
ADM-001,Administrasi,Surat Keterangan Umum,General certificate
USH-001,Usaha,Izin Usaha,Business licence
"""

SAMPLES = """\
[sectors]
usaha = { id = "Usaha", en = "Business" }

[bring]
warga = [ { id = "KTP", en = "ID card" } ]

[one_day]

[services]
ADM-001 = { class = "ringan", working_days = 2, counter_minutes = 5, queue = "C", bring = "warga" }
USH-001 = { class = "berat", sector = "usaha", working_days = 5, counter_minutes = 9, queue = "B", bring = "warga" }
"""


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    return {service.code: service for service in load_services()}


def problems(tmp_path: Path, content: str) -> tuple[Problem, ...]:
    path = tmp_path / "services.csv"
    path.write_text(content, encoding="utf-8")
    samples = tmp_path / "samples.toml"
    samples.write_text(SAMPLES, encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_services(path, samples)
    assert raised.value.path == path
    return raised.value.problems


def test_all_365_services_are_there_in_both_languages(services: dict[str, Service]) -> None:
    assert len(services) == 365
    assert len({service.name.id for service in services.values()}) == 365
    assert len({service.name.en for service in services.values()}) == 365


def test_no_code_that_was_given_is_lost_and_none_is_new_unnoticed(services: dict[str, Service]) -> None:
    assert sorted(services) == sorted(GIVEN_CODES.read_text(encoding="ascii").split())


def test_a_code_keeps_its_meaning(services: dict[str, Service]) -> None:
    assert services["ADM-017"].name.id == "Kartu pencari kerja (AK 1)"
    assert services["GED-008"].name.id.startswith("Paket IMB 3 Jam")
    assert services["KAW-018"].name.id == "Persetujuan KA ANDAL"
    assert services["PRA-008"].name.id == "Izin Pendirian SD"
    assert services["USH-126"].name.id == "Izin Usaha Mikro dan Kecil (IUMK)"
    assert services["USH-211"].name.id.startswith("Rekomendasi Penelitian")


def test_the_prefix_of_a_code_is_its_group(services: dict[str, Service]) -> None:
    groups = {(code[:3], service.group) for code, service in services.items()}
    assert len(groups) == len({prefix for prefix, _ in groups}) == 5


def test_eight_services_are_done_in_a_day(services: dict[str, Service]) -> None:
    one_day = [service for service in services.values() if service.one_day]
    assert len(one_day) == 8
    assert {service.letter for service in one_day} == {"A"}
    assert all(service.standard_working_days == 1 for service in one_day)
    assert all(service.letter != "A" for service in services.values() if not service.one_day)


def test_a_one_day_service_has_all_that_its_page_shows(services: dict[str, Service]) -> None:
    micro = services["USH-126"]
    assert micro.one_day
    assert micro.one_day.short_name.id == "Izin Usaha Mikro"
    assert micro.one_day.explanation.id == "Untuk warung, jasa, dan usaha rumahan."
    assert micro.one_day.cut_off == dt.time(11, 0)
    assert micro.one_day.promise_minutes == 210
    assert micro.counter_minutes == 10
    assert [text.id for text in micro.requirements] == [
        "KTP asli dan fotokopinya",
        "Surat pengantar RT dan RW",
        "Pasfoto 4 × 6, dua lembar",
        "Foto tempat usaha",
    ]


def test_a_promise_made_at_the_cut_off_is_kept_before_the_doors_close(services: dict[str, Service]) -> None:
    doors_close = dt.timedelta(hours=16)
    for service in services.values():
        if service.one_day:
            cut_off = service.one_day.cut_off
            latest = dt.timedelta(
                hours=cut_off.hour, minutes=cut_off.minute + service.one_day.promise_minutes
            )
            assert latest < doors_close, service.name.id


def test_the_classes_are_shared_out_as_the_office_counts_them(services: dict[str, Service]) -> None:
    shares = Counter(service.service_class for service in services.values())
    assert shares[ServiceClass.RINGAN] / 365 == pytest.approx(0.30, abs=0.02)
    assert shares[ServiceClass.SEDANG] / 365 == pytest.approx(0.30, abs=0.02)
    assert shares[ServiceClass.BERAT] / 365 == pytest.approx(0.40, abs=0.02)


def test_every_service_says_what_to_bring(services: dict[str, Service]) -> None:
    assert all(3 <= len(service.requirements) <= 5 for service in services.values())


def test_no_name_holds_what_the_source_had_lost(services: dict[str, Service]) -> None:
    names = [name for service in services.values() for name in (service.name.id, service.name.en)]
    assert not [name for name in names if any(sign in name for sign in ("?", "|", "<=", ">=", "< =", "  "))]
    assert not [name for name in names if name.endswith(("<", ",", ":", "Golongan", "tingg"))]
    assert services["GED-016"].name.id == "Sertifikat Keselamatan Kebakaran: bangunan ≤ 8 lantai"


def test_a_name_has_a_heading_and_where_there_are_variants_a_detail() -> None:
    assert heading_and_detail("Izin Praktik Bidan: praktik perorangan") == (
        "Izin Praktik Bidan",
        "Praktik perorangan",
    )
    assert heading_and_detail("Izin Usaha Mikro dan Kecil (IUMK)") == (
        "Izin Usaha Mikro dan Kecil (IUMK)",
        "",
    )


def test_a_text_is_given_in_the_language_asked_for(services: dict[str, Service]) -> None:
    name = services["USH-208"].name
    assert name.in_language("id") == "Surat Keterangan Domisili Usaha"
    assert name.in_language("en") == "Certificate of domicile of a business"


def test_a_service_need_not_have_a_sector(tmp_path: Path) -> None:
    path, samples = tmp_path / "services.csv", tmp_path / "samples.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    samples.write_text(SAMPLES, encoding="utf-8-sig")
    sectors = [service.sector and service.sector.code for service in load_services(path, samples)]
    assert sectors == [None, "usaha"]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "said"),
    [
        ("code,group,name_id,name_en", "code,group,name_id", 1, "name_en", "the column must be there once"),
        ("USH-001", "usaha-1", 3, "code", "“usaha-1” is no code: write it like USH-126"),
        ("USH-001", "ADM-001", 3, "code", "“ADM-001” is on line 2 already"),
        (",Usaha,", ",,", 3, "group", "is empty"),
        ("Izin Usaha", "", 3, "name_id", "is empty"),
        ("Izin Usaha", "Izin ? Usaha", 3, "name_id", "holds a sign that was lost"),
        ("Izin Usaha", " Izin Usaha", 3, "name_id", "has needless spaces: write “Izin Usaha”"),
        ("Izin Usaha", "Surat keterangan umum", 3, "name_id", "is on line 2 already"),
        ("Business licence", "", 3, "name_en", "is empty"),
        ("Business licence", "General certificate", 3, "name_en", "is on line 2 already"),
    ],
)
def test_a_wrong_row_is_named_by_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: str, said: str
) -> None:
    assert old in GOOD
    named = [
        (problem.line, problem.column)
        for problem in problems(tmp_path, GOOD.replace(old, new))
        if said in problem.text
    ]
    assert named == [(line, column)]


def test_a_name_over_two_lines_does_not_shift_the_lines_that_follow(tmp_path: Path) -> None:
    wrong = GOOD.replace("Surat Keterangan Umum", '"Surat\nKeterangan"').replace("USH-001", "no code")
    assert [(problem.line, problem.column) for problem in problems(tmp_path, wrong)] == [
        (2, "name_id"),
        (4, "code"),
    ]
