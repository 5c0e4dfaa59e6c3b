"""`antrean printer preview`: a picture of any page on either paper, and what is wrong with an outlet's layouts."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from antrean.cli import commands
from antrean.cli.reporting import reported
from antrean.printer_preview import write_preview
from antrean.problem import Problem
from hardware.layout.blocks import LayoutError
from hardware.page import JobKind
from hardware.profile import PaperWidth
from wording import Language, Wording

W = Wording(Language.EN)


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("paper", list(PaperWidth))
def test_every_page_can_be_looked_at(tmp_path: Path, kind: JobKind, paper: PaperWidth) -> None:
    file = tmp_path / "page.png"
    said = write_preview(kind, paper, Language.ID, None, file, W)
    with Image.open(file) as picture:
        assert picture.width == (576 if paper == 80 else 384)
        assert f"{round(picture.height / 8)} mm" in said


def test_an_outlets_own_layout_is_looked_at_before_it_is_used(tmp_path: Path) -> None:
    layout = 'margin = 0\nsections = [{ blocks = [{ kind = "text", text = "{title} {not_a_ticket}" }] }]\n'
    (tmp_path / "paper-check-80mm.toml").write_text(layout)
    own, shipped = tmp_path / "own.png", tmp_path / "shipped.png"
    write_preview(JobKind.PAPER_CHECK, PaperWidth.MM_80, Language.ID, tmp_path, own, W)
    write_preview(JobKind.PAPER_CHECK, PaperWidth.MM_80, Language.ID, None, shipped, W)
    with Image.open(own) as one, Image.open(shipped) as other:
        assert one.height < other.height / 2


def test_every_layout_in_the_folder_is_checked(tmp_path: Path) -> None:
    (tmp_path / "slip-58mm.toml").write_text("margin = 20\nsections = []\n")
    with pytest.raises(LayoutError, match=r"slip-58mm\.toml"):
        write_preview(JobKind.TICKET, PaperWidth.MM_80, Language.ID, tmp_path, tmp_path / "ticket.png", W)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="can't be written"):
        write_preview(JobKind.TICKET, PaperWidth.MM_80, Language.ID, None, tmp_path / "none" / "x.png", W)


def test_it_is_a_command(tmp_path: Path) -> None:
    file = tmp_path / "ticket.png"
    told = CliRunner().invoke(
        commands(W), ["printer", "preview", "ticket", "--paper", "58", "--out", str(file)]
    )
    assert told.exit_code == 0, told.output
    assert str(file) in told.output
    assert file.exists()


def test_a_mistake_in_a_layout_is_told_as_what_where_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "slip-58mm.toml").write_text("margin = 20\nsections = []\n")
    with pytest.raises(SystemExit), reported(Wording(Language.ID)):
        write_preview(JobKind.SLIP, PaperWidth.MM_58, Language.ID, tmp_path, tmp_path / "x.png", W)
    told = capsys.readouterr().err
    assert "Tata letak tidak menampilkan" in told
    assert f"Di mana: {tmp_path}/slip-58mm.toml" in told
    assert "Yang perlu dilakukan:" in told
