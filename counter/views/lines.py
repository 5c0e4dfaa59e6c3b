"""A line of words that is a button: it tells something, and what is behind it when pressed."""

from ui.icons import Icon
from ui.text import Span, Words
from ui.theme import Role, Surface, Theme, Type, Weight
from ui.widgets.box import Box
from ui.widgets.key_button import KeyButton
from ui.widgets.pressable import State


class LineButton(KeyButton):
    """Flat until it is pressed, with its key at the right; in the strip without. Room for two small lines."""

    def __init__(self, theme: Theme, icon: Icon, key: str) -> None:
        super().__init__(theme, "", icon, key, "" if theme.surface is Surface.STRIP else None)

    def tell(self, lead: str, said: str) -> None:
        """The lead in bold, then the words."""
        words: Words = (Span(f"{lead} ", Weight.BOLD), Span(said))
        if words != self.words:
            self.set_words(words)

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        ground = palette.page if self.theme.surface is Surface.STRIP else palette.card
        match state:
            case State.PRESSED:
                return super().box(state)
            case State.UNAVAILABLE:
                return Box(ground, palette.faint)
            case State.REST | State.CHOSEN:
                return Box(ground, palette.ink)

    @property
    def least_height(self) -> int:
        return self.theme.px(34)

    @property
    def _type(self) -> Type:
        return self.theme.type(Role.SMALL)

    @property
    def _padding(self) -> int:
        return self.theme.px(4)
