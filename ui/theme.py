"""LOOK's tokens as values: colours, type, space, and how they scale to a screen. Knows nothing of Qt.

A screen receives one frozen `Theme` and asks it for everything; when contrast, text size or screen change,
the program makes another Theme and builds its screen anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, IntEnum, auto
from types import MappingProxyType
from typing import Final, Literal, assert_never

Hex = str
"""A colour as "#RRGGBB"."""

MANGGIS: Final = "#5C1A45"
TEKAN: Final = "#431031"
MALAM: Final = "#2C0B20"
KERTAS: Final = "#FBF6EE"
PUTIH: Final = "#FFFFFF"
LEMBUT: Final = "#F3EADF"
MUDA: Final = "#F6E6EE"
KREM: Final = "#FDF3E4"
TINTA: Final = "#241A1F"
REDUP: Final = "#51434A"
GARIS: Final = "#D9CBBB"
TEPI: Final = "#86756B"
KUNYIT: Final = "#FFC845"
BAHAYA: Final = "#96131F"
BAHAYA_MUDA: Final = "#FCEBE9"
COCOK: Final = "#FBE7B4"
MATI: Final = "#75676C"
HITAM: Final = "#000000"

_QUEUES: Final = MappingProxyType(
    {"A": "#8A3A00", "B": "#2F3D94", "C": "#1A5A35", "D": "#0A5363", "E": "#5A4A00"},
)
_FURTHER_LETTERS: Final = "FGHJKLMNPRSTUVWXYZ"
_FURTHER_COLOURS: Final = ("#5B2A86", "#3E5210", "#24496E", "#3D3F47", "#633A24")
"""For queues past E, in the same deep, warm family; each has at least 7 under putih and under krem."""


class Contrast(Enum):
    NORMAL = auto()
    HIGH = auto()


class TextSize(Enum):
    NORMAL = auto()
    LARGE = auto()


class Motion(Enum):
    """FULL, or LESS: nothing slides, runs or flashes."""

    FULL = auto()
    LESS = auto()


class Weight(IntEnum):
    MEDIUM = 500
    BOLD = 700


class Ground(Enum):
    """What something is drawn on."""

    PAGE = auto()
    CARD = auto()
    QUIET = auto()  # the footer, a stale screen
    PANEL = auto()  # manggis: the start page, the call panel, the counter's bar
    NIGHT = auto()  # the running text
    NOW = auto()  # kunyit: a new call


class Tone(Enum):
    """What something is drawn with."""

    INK = auto()
    FAINT = auto()
    ACCENT = auto()
    DANGER = auto()
    DISABLED = auto()
    ON_PANEL = auto()
    ON_ACCENT = auto()
    ON_NIGHT = auto()
    ON_NOW = auto()


@dataclass(frozen=True)
class Palette:
    """Colours by what they do. Beside each the token it is in the normal palette."""

    page: Hex  # kertas
    card: Hex  # putih
    quiet: Hex  # lembut
    chosen: Hex  # muda
    on_chosen: Hex  # manggis
    circle: Hex  # muda, behind a pictogram
    ink: Hex  # tinta
    faint: Hex  # redup
    hairline: Hex  # garis: around what only informs
    control: Hex  # tepi: around what can be touched
    accent: Hex  # manggis
    on_accent: Hex  # putih
    pressed: Hex  # tekan
    on_pressed: Hex  # krem
    panel: Hex  # manggis
    on_panel: Hex  # krem
    krem: Hex  # krem: the badge and the first button on a panel
    on_krem: Hex  # manggis
    edge: Hex  # manggis
    night: Hex  # malam
    on_night: Hex  # krem
    now: Hex  # kunyit
    on_now: Hex  # tinta
    focus: Hex  # kunyit, next to what has the keyboard (high contrast: a gap)
    focus_outer: Hex  # tinta, around that (high contrast: the accent)
    danger: Hex  # bahaya
    on_danger: Hex  # putih
    danger_quiet: Hex  # #FCEBE9
    match: Hex  # cocok
    disabled: Hex  # mati
    badge_ink: Hex  # putih on the queue's colour
    queue_badge: Hex | None  # one colour for every badge; None: each queue its own
    control_px: int  # the width of a control's border, before scaling
    hairline_px: int
    chosen_px: int

    def queue(self, letter: str) -> Hex:
        """The badge colour of a queue, the same for a letter always. I, O and Q are nobody's letter."""
        if self.queue_badge is not None:
            return self.queue_badge
        if letter in _QUEUES:
            return _QUEUES[letter]
        return _FURTHER_COLOURS[_FURTHER_LETTERS.index(letter) % len(_FURTHER_COLOURS)]

    def ground(self, ground: Ground) -> Hex:
        match ground:
            case Ground.PAGE:
                return self.page
            case Ground.CARD:
                return self.card
            case Ground.QUIET:
                return self.quiet
            case Ground.PANEL:
                return self.panel
            case Ground.NIGHT:
                return self.night
            case Ground.NOW:
                return self.now
            case _:
                assert_never(ground)

    def tone(self, tone: Tone) -> Hex:
        match tone:
            case Tone.INK:
                return self.ink
            case Tone.FAINT:
                return self.faint
            case Tone.ACCENT:
                return self.accent
            case Tone.DANGER:
                return self.danger
            case Tone.DISABLED:
                return self.disabled
            case Tone.ON_PANEL:
                return self.on_panel
            case Tone.ON_ACCENT:
                return self.on_accent
            case Tone.ON_NIGHT:
                return self.on_night
            case Tone.ON_NOW:
                return self.on_now
            case _:
                assert_never(tone)


NORMAL: Final = Palette(
    page=KERTAS,
    card=PUTIH,
    quiet=LEMBUT,
    chosen=MUDA,
    on_chosen=MANGGIS,
    circle=MUDA,
    ink=TINTA,
    faint=REDUP,
    hairline=GARIS,
    control=TEPI,
    accent=MANGGIS,
    on_accent=PUTIH,
    pressed=TEKAN,
    on_pressed=KREM,
    panel=MANGGIS,
    on_panel=KREM,
    krem=KREM,
    on_krem=MANGGIS,
    edge=MANGGIS,
    night=MALAM,
    on_night=KREM,
    now=KUNYIT,
    on_now=TINTA,
    focus=KUNYIT,
    focus_outer=TINTA,
    danger=BAHAYA,
    on_danger=PUTIH,
    danger_quiet=BAHAYA_MUDA,
    match=COCOK,
    disabled=MATI,
    badge_ink=PUTIH,
    queue_badge=None,
    control_px=2,
    hairline_px=2,
    chosen_px=6,
)

HIGH_CONTRAST: Final = Palette(
    page=HITAM,
    card=HITAM,
    quiet=HITAM,
    chosen=KUNYIT,
    on_chosen=HITAM,
    circle=HITAM,
    ink=PUTIH,
    faint=PUTIH,
    hairline=PUTIH,
    control=PUTIH,
    accent=KUNYIT,
    on_accent=HITAM,
    pressed=PUTIH,
    on_pressed=HITAM,
    panel=HITAM,
    on_panel=PUTIH,
    krem=KUNYIT,
    on_krem=HITAM,
    edge=KUNYIT,
    night=HITAM,
    on_night=PUTIH,
    now=KUNYIT,
    on_now=HITAM,
    focus=HITAM,
    focus_outer=KUNYIT,
    danger=PUTIH,
    on_danger=HITAM,
    danger_quiet=HITAM,
    match=HITAM,
    disabled=PUTIH,
    badge_ink=HITAM,
    queue_badge=PUTIH,
    control_px=4,
    hairline_px=4,
    chosen_px=8,
)


class Role(Enum):
    """The steps of the type scale, largest first."""

    NUMBER = auto()  # the number plate of a screen's own ticket
    CLOCK = auto()  # the clock of the start page and of the display
    TITLE = auto()
    FIGURE = auto()  # a figure that is the point of its card; a display's row of numbers
    BUTTON = auto()
    HEADING = auto()
    NAME = auto()  # a tile's name
    LEAD = auto()  # what stands under a title
    BODY = auto()
    SMALL = auto()
    LEAST = auto()


@dataclass(frozen=True)
class Type:
    """A text's whole pixels and weight. In em: the space added between letters, the height of a line."""

    px: int
    weight: Weight
    tracking_em: float = 0.0
    line_em: float = 1.25

    def at(self, px: int) -> "Type":
        return replace(self, px=px)

    def spaced(self, line_em: float) -> "Type":
        return replace(self, line_em=line_em)


_WEIGHTS: Final = MappingProxyType(
    {
        Role.NUMBER: Weight.BOLD,
        Role.CLOCK: Weight.BOLD,
        Role.TITLE: Weight.BOLD,
        Role.FIGURE: Weight.BOLD,
        Role.BUTTON: Weight.BOLD,
        Role.HEADING: Weight.BOLD,
        Role.NAME: Weight.BOLD,
        Role.LEAD: Weight.MEDIUM,
        Role.BODY: Weight.MEDIUM,
        Role.SMALL: Weight.MEDIUM,
        Role.LEAST: Weight.MEDIUM,
    }
)
_TITLE_TRACKING_EM: Final = -0.01
_LINE_EM: Final = MappingProxyType({Weight.BOLD: 1.2, Weight.MEDIUM: 1.3})


def _scale(*px: int) -> Mapping[Role, int]:
    return MappingProxyType(dict(zip(Role, px, strict=True)))


@dataclass(frozen=True)
class Size:
    """Of a screen or an area, in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class Measures:
    """What one surface is drawn with, in the pixels of its design size.

    `line` is the weight of borders and rings, as a share of the kiosk's.
    """

    size: Size
    type: Mapping[Role, int]
    margin: int
    card_radius: int
    control_radius: int
    key_radius: int
    primary_height: int
    control_height: int
    line: float


def _kiosk(size: Size, margin: int, *type_px: int) -> Measures:
    return Measures(size, _scale(*type_px), margin, 32, 24, 18, 148, 124, 1.0)


class Surface(Enum):
    """The screens that LOOK draws, each at its design size.

    All kiosks share one design pixel (0.248 mm on 21.5 inches), so that a widget's lengths hold on each of
    them; a 1366 × 768 screen shows KIOSK_LANDSCAPE at a scale of 0.71.
    """

    KIOSK = _kiosk(Size(1080, 1920), 56, 272, 176, 68, 76, 52, 46, 40, 38, 32, 28, 26)
    KIOSK_LARGE = _kiosk(Size(1080, 1920), 48, 272, 176, 104, 84, 60, 52, 44, 48, 44, 42, 40)
    KIOSK_LANDSCAPE = _kiosk(Size(1920, 1080), 56, 272, 158, 62, 72, 52, 46, 40, 36, 32, 29, 28)
    KIOSK_LANDSCAPE_LARGE = _kiosk(Size(1920, 1080), 48, 272, 158, 84, 76, 60, 52, 44, 46, 44, 42, 40)
    KIOSK_SMALL = _kiosk(Size(1366, 800), 40, 240, 136, 56, 64, 46, 42, 36, 32, 30, 28, 26)
    KIOSK_SMALL_LARGE = _kiosk(Size(1366, 800), 40, 240, 136, 68, 68, 52, 46, 42, 42, 41, 40, 40)
    DISPLAY = Measures(
        Size(1920, 1080), _scale(336, 116, 128, 76, 64, 42, 42, 50, 44, 40, 36), 64, 40, 24, 18, 148, 124, 1.0
    )
    DISPLAY_PORTRAIT = Measures(
        Size(1080, 1920), _scale(324, 116, 96, 76, 64, 42, 42, 50, 44, 40, 36), 56, 40, 24, 18, 148, 124, 1.0
    )
    COUNTER = Measures(
        Size(1366, 768), _scale(136, 24, 24, 32, 30, 22, 18, 17, 16, 15, 13), 20, 14, 12, 6, 108, 56, 0.5
    )
    STRIP = Measures(
        Size(380, 768), _scale(108, 18, 20, 24, 24, 20, 17, 16, 15, 14, 13), 16, 14, 12, 6, 88, 52, 0.5
    )

    @property
    def is_landscape(self) -> bool:
        return self.value.size.width > self.value.size.height

    @property
    def is_large(self) -> bool:
        """Whether it is a kiosk's large text."""
        return self in (Surface.KIOSK_LARGE, Surface.KIOSK_LANDSCAPE_LARGE, Surface.KIOSK_SMALL_LARGE)


Step = Literal[4, 8, 12, 16, 24, 32, 48, 64, 96]
"""The distances between things, in pixels of the design size."""

_SMALL_BELOW_PX: Final = 1200

BADGE_RADIUS: Final = 0.24
"""Of the badge's side."""


@dataclass(frozen=True)
class Theme:
    """One surface on one actual screen. All lengths that it gives are whole device-independent pixels."""

    surface: Surface
    scale: float
    palette: Palette

    def px(self, design_px: float) -> int:
        """A length of the design on this screen, never less than one pixel."""
        return max(1, round(design_px * self.scale))

    def space(self, step: Step) -> int:
        """A distance on this screen."""
        return self.px(step)

    def line(self, kiosk_px: float) -> int:
        """The width of a border or ring, given as the kiosk's."""
        return self.px(kiosk_px * self.surface.value.line)

    def type(self, role: Role) -> Type:
        px = max(1, round(self.surface.value.type[role] * self.scale))
        weight = _WEIGHTS[role]
        return Type(
            px,
            weight,
            tracking_em=_TITLE_TRACKING_EM if role is Role.TITLE else 0.0,
            line_em=_LINE_EM[weight],
        )

    @property
    def margin(self) -> int:
        return self.px(self.surface.value.margin)

    @property
    def card_radius(self) -> int:
        return self.px(self.surface.value.card_radius)

    @property
    def control_radius(self) -> int:
        return self.px(self.surface.value.control_radius)

    @property
    def key_radius(self) -> int:
        return self.px(self.surface.value.key_radius)


def fitting_scale(design: Size, actual: Size) -> float:
    """The largest scale at which the design fits the actual screen."""
    return min(actual.width / design.width, actual.height / design.height)


def kiosk_theme(actual: Size, contrast: Contrast, text: TextSize) -> Theme:
    """The kiosk's theme for a screen of this size, portrait or landscape as the screen is.

    Landscape screens narrower than 1200 pixels hold less, so that letters and buttons stay large enough.
    """
    large = text is TextSize.LARGE
    if actual.width <= actual.height:
        surface = Surface.KIOSK_LARGE if large else Surface.KIOSK
    elif actual.width < _SMALL_BELOW_PX:
        surface = Surface.KIOSK_SMALL_LARGE if large else Surface.KIOSK_SMALL
    else:
        surface = Surface.KIOSK_LANDSCAPE_LARGE if large else Surface.KIOSK_LANDSCAPE
    return Theme(surface, fitting_scale(surface.value.size, actual), palette(contrast))


def display_theme(actual: Size) -> Theme:
    """The lobby display's theme, landscape or portrait as the screen is."""
    surface = Surface.DISPLAY if actual.width > actual.height else Surface.DISPLAY_PORTRAIT
    return Theme(surface, fitting_scale(surface.value.size, actual), NORMAL)


def counter_theme(surface: Surface = Surface.COUNTER) -> Theme:
    """The counter's theme: texts follow the system's scaling alone, the layout takes the window's size."""
    return Theme(surface, 1.0, NORMAL)


def palette(contrast: Contrast) -> Palette:
    match contrast:
        case Contrast.NORMAL:
            return NORMAL
        case Contrast.HIGH:
            return HIGH_CONTRAST
        case _:
            assert_never(contrast)


def contrast_ratio(one: Hex, other: Hex) -> float:
    """WCAG 2 contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Hex) -> float:
    def linear(channel: str) -> float:
        value = int(channel, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
