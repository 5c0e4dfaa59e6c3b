"""The QR codes on paper, read by a reader that is not ours, also from paper that has suffered."""

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from hardware.escpos.compose import compose
from hardware.escpos.qr import QUIET_MODULES, QrCode
from hardware.layout.blocks import Layout, Qr, Section
from hardware.layout.samples import sample
from hardware.layout.shipped import layout_for
from hardware.page import JobKind
from hardware.profile import EPSON_58MM, EPSON_80MM, Profile
from hardware.virtual.preview import preview
from wording import Language

BARE = "T:1:31.74.01.1001:20260714-A019:29734500:Z6XK2LQ4WMTB7RDN"
LINK = f"https://antrean.example/t/{BARE}"
LONG_LINK = f"https://antrean.ptsp.jakartaselatan.go.id/layanan/t/{BARE}"

PRINTERS = [
    replace(paper, native_qr=native, pictures=pictures)
    for paper in (EPSON_80MM, EPSON_58MM)
    for native, pictures in ((True, True), (False, True), (False, False))
]
WITH_A_CODE = [kind for kind in JobKind if kind not in (JobKind.DAY_REPORT, JobKind.PAPER_CHECK)]
LEAST_MODULE_MM = {80: 0.85, 58: 0.74}
"""0.88 and 0.75 at eight dots to the millimetre; a head of 203 to the inch has 7.99."""


def name(profile: Profile) -> str:
    return f"{profile.paper} mm {'native' if profile.native_qr else 'image'}{'' if profile.pictures else ' plain'}"


def alone(token: str, profile: Profile, module: int = 6) -> Image.Image:
    """A page with nothing but the code."""
    layout = Layout(12, (Section((Qr("{token}", module),), ruled=False),))
    fields = {**sample(JobKind.TICKET, Language.ID), "token": token}
    return preview(compose(layout, fields, profile), profile.width_dots)


def on_a_ticket(token: str, profile: Profile) -> Image.Image:
    fields = {**sample(JobKind.TICKET, Language.ID), "token": token}
    return preview(compose(layout_for(JobKind.TICKET, profile), fields, profile), profile.width_dots)


def page_of(kind: JobKind, profile: Profile) -> tuple[Image.Image, str]:
    """A shipped page, and what its code says."""
    fields = sample(kind, Language.ID)
    token = fields["token"]
    assert isinstance(token, str)
    return preview(compose(layout_for(kind, profile), fields, profile), profile.width_dots).convert(
        "L"
    ), token


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(2))


def folded(image: Image.Image, places: int) -> list[Image.Image]:
    """The paper around the code, with a white line of half a millimetre across it at one place after another."""
    code = zxingcpp.read_barcodes(image)[0].position
    top, bottom = code.top_left.y, code.bottom_left.y
    papers = []
    for place in range(places):
        y = round(top + (bottom - top) * (0.2 + 0.6 * place / places))
        bent = image.copy()
        ImageDraw.Draw(bent).line((0, y, bent.width, y), fill=255, width=4)
        papers.append(bent.crop((0, max(0, top - 60), bent.width, bottom + 60)))
    return papers


def pale(image: Image.Image) -> Image.Image:
    """Half of the contrast."""
    return image.point(lambda grey: 96 + grey // 2)


def askew(image: Image.Image) -> Image.Image:
    return image.rotate(17, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("profile", PRINTERS, ids=name)
@pytest.mark.parametrize("token", [BARE, LINK, LONG_LINK], ids=["bare", "link", "long link"])
class TestReading:
    def test_the_code_is_read_from_the_paper(self, token: str, profile: Profile) -> None:
        assert read(on_a_ticket(token, profile)) == [token]

    @pytest.mark.parametrize("harm", [blurred, pale, askew])
    def test_it_is_read_from_paper_that_has_suffered(self, token: str, profile: Profile, harm) -> None:
        assert read(harm(alone(token, profile).convert("L"))) == [token]

    def test_it_is_read_from_paper_that_has_suffered_everything(self, token: str, profile: Profile) -> None:
        paper = alone(token, profile).convert("L")
        assert read(pale(paper.filter(ImageFilter.GaussianBlur(1.5)))) == [token]
        assert read(askew(pale(paper))) == [token]

    def test_its_modules_are_large_and_stand_in_white_in_the_middle(
        self, token: str, profile: Profile
    ) -> None:
        ticket_module = 7 if profile.paper == 80 else 6
        image = alone(token, profile, ticket_module).convert("L")
        box = image.point(lambda grey: 255 - grey).getbbox()
        assert box is not None
        left, top, right, bottom = box
        corner = [image.getpixel((x, top)) for x in range(left, right)].index(255)
        module = corner / 7  # the pattern in each corner is seven modules wide
        assert (right - left) / module == (bottom - top) / module
        assert module / 8 >= LEAST_MODULE_MM[profile.paper]
        white = QUIET_MODULES * module
        assert left >= white
        assert profile.width_dots - right >= white
        assert abs(left - (profile.width_dots - right)) <= 8
        assert top >= QUIET_MODULES * ticket_module
        assert image.height - bottom >= QUIET_MODULES * ticket_module


@pytest.mark.parametrize("profile", [each for each in PRINTERS if each.pictures], ids=name)
@pytest.mark.parametrize("kind", WITH_A_CODE)
class TestWholePages:
    def test_the_code_is_read_from_paper_that_has_suffered(self, kind: JobKind, profile: Profile) -> None:
        page, token = page_of(kind, profile)
        for harmed in (page, blurred(page), pale(page), askew(pale(page)), pale(blurred(page))):
            assert read(harmed) == [token]

    def test_wherever_the_paper_is_folded_the_code_is_nearly_always_read(
        self, kind: JobKind, profile: Profile
    ) -> None:
        page, token = page_of(kind, profile)
        unread = [bent for bent in folded(page, 20) if read(bent) != [token]]
        assert len(unread) <= 1


@pytest.mark.parametrize("profile", PRINTERS, ids=name)
@pytest.mark.parametrize("length", [20, 90, 110, 130])
def test_a_long_text_keeps_its_modules_as_long_as_the_paper_has_room(profile: Profile, length: int) -> None:
    text = ("https://antrean.example/t/" + "Qx9RtbVk" * 40)[:length]
    assert read(alone(text, profile)) == [text]
    assert QrCode.fitting(text.encode(), 6, profile.width_dots).module == 6


def test_a_text_beyond_all_room_is_still_printed_smaller() -> None:
    text = "x" * 800
    code = QrCode.fitting(text.encode(), 6, 384)
    assert code.module < 6
    assert code.breadth <= 384
    assert read(alone(text, EPSON_58MM)) == [text]
