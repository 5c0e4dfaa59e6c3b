"""Which layout a page is printed with."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.layout.blocks import LayoutError
from hardware.layout.samples import sample
from hardware.layout.shipped import check_layouts, layout_for, vocabulary
from hardware.page import JobKind
from hardware.profile import EPSON_58MM, EPSON_80MM, Profile
from wording import Language

OWN = 'margin = 0\nsections = [{ blocks = [{ kind = "text", text = "{title} {not_a_ticket}" }] }]\n'


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("profile", [EPSON_80MM, EPSON_58MM])
def test_every_kind_has_a_layout_for_either_paper(kind: JobKind, profile: Profile) -> None:
    assert layout_for(kind, profile).sections


@pytest.mark.parametrize("kind", list(JobKind))
def test_a_kind_has_the_same_fields_in_both_languages(kind: JobKind) -> None:
    """What is a list in one is a list in the other, so that a layout checked in one holds in both."""
    indonesian, english = (sample(kind, language) for language in (Language.ID, Language.EN))
    assert indonesian.keys() == english.keys()
    assert all(type(value) is type(english[name]) for name, value in indonesian.items())


def test_an_outlets_own_layout_comes_before_the_one_shipped(tmp_path: Path) -> None:
    (tmp_path / "paper-check-80mm.toml").write_text(OWN)
    own = layout_for(JobKind.PAPER_CHECK, EPSON_80MM, tmp_path)
    assert own.margin == 0
    assert layout_for(JobKind.PAPER_CHECK, replace(EPSON_80MM, width_dots=512), tmp_path) is own
    shipped = layout_for(JobKind.PAPER_CHECK, EPSON_58MM)
    assert layout_for(JobKind.PAPER_CHECK, EPSON_58MM, tmp_path).sections == shipped.sections


def test_a_folder_of_layouts_is_checked_whole(tmp_path: Path) -> None:
    (tmp_path / "paper-check-80mm.toml").write_text(OWN)
    (tmp_path / "README.txt").write_text("ours")
    check_layouts(tmp_path)
    (tmp_path / "ticket-58mm.toml").write_text(OWN)
    with pytest.raises(LayoutError, match=r"ticket-58mm\.toml"):
        check_layouts(tmp_path)


def test_a_layout_with_an_unknown_name_would_never_be_used_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "tickets-80mm.toml").write_text(OWN)
    with pytest.raises(LayoutError) as refused:
        check_layouts(tmp_path)
    assert "ticket-80mm.toml?" in refused.value.detail


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no folder"):
        check_layouts(tmp_path / "layouts")


def test_whatever_can_be_printed_twice_must_show_its_mark() -> None:
    for kind in JobKind:
        worthless = kind in (JobKind.TEST_PAGE, JobKind.PAPER_CHECK)
        assert worthless or "mark" in vocabulary(kind).needed
