"""`antrean printer preview`: a page as it will come out, with sample contents, as a picture."""

from pathlib import Path

from antrean.problem import Problem
from hardware.escpos.compose import compose
from hardware.layout.samples import sample
from hardware.layout.shipped import check_layouts, layout_for
from hardware.page import JobKind
from hardware.profile import EPSON_58MM, EPSON_80MM, PaperWidth, Profile
from hardware.virtual.paper import DOTS_PER_MM
from hardware.virtual.preview import preview
from wording import Language, Wording

_PROFILES: dict[PaperWidth, Profile] = {PaperWidth.MM_80: EPSON_80MM, PaperWidth.MM_58: EPSON_58MM}


def write_preview(
    kind: JobKind, paper: PaperWidth, language: Language, layouts: Path | None, out: Path, wording: Wording
) -> str:
    """Write the picture of a sample page, and say how long and how large it is.

    Raises LayoutError for what is wrong in the outlet's layouts, Problem where the picture can't be written.
    """
    if layouts is not None:
        check_layouts(layouts)
    profile = _PROFILES[paper]
    fields = {**sample(kind, language), "mark": ""}
    page = compose(layout_for(kind, profile, layouts), fields, profile)
    image = preview(page, profile.width_dots)
    try:
        image.save(out, format="PNG")
    except OSError as error:
        reason = error.strerror or str(error)
        todo = wording.t("Name a file in a folder that exists and that you may write to.")
        raise Problem(
            wording.t("The file can't be written: {reason}", reason=reason), str(out), todo
        ) from error
    return wording.t(
        "{file}: {mm} mm long, {bytes} bytes for the printer.",
        file=out,
        mm=wording.number(round(image.height / DOTS_PER_MM)),
        bytes=wording.number(len(page)),
    )
