"""The acts as buttons: each with its icon, its key and the object name that scripts know it by."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter import words
from counter.desk import Act, Desk
from counter.presenter import Presenter
from ui.icons import Icon
from ui.theme import Role, Surface, Theme, Type
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.key_danger import KeyDangerButton
from wording import Wording

PRIMARY_KEY = "Ctrl+Return"
PRIMARY_CAP = "Ctrl+Enter"

KEYS = MappingProxyType(
    {
        Act.RECALL: "F2",
        Act.HOLD: "F3",
        Act.TRANSFER: "F4",
        Act.NO_SHOW: "F6",
        Act.CHANGE_SERVICE: "F7",
        Act.ACCEPT: "F8",
        Act.SCAN: "F9",
        Act.REFUTE_PRIORITY: "F10",
        Act.CANCEL: "Ctrl+Del",
        Act.BREAK: "Ctrl+B",
        Act.SIGN_OUT: "Ctrl+L",
        Act.PLAN_STEPS: "Ctrl+T",
        Act.WHY: "Ctrl+I",
        Act.UNDO: "Ctrl+Z",
    }
)

ICONS = MappingProxyType(
    {
        Act.OPEN: Icon.DOOR,
        Act.CALL_NEXT: Icon.MEGAPHONE,
        Act.START: Icon.USER_CHECK,
        Act.COMPLETE: Icon.CHECK,
        Act.END_BREAK: Icon.RESTART,
        Act.RECALL: Icon.MEGAPHONE,
        Act.HOLD: Icon.PAUSE,
        Act.TRANSFER: Icon.TRANSFER,
        Act.NO_SHOW: Icon.USER_CROSS,
        Act.CHANGE_SERVICE: Icon.PENCIL,
        Act.ACCEPT: Icon.BOX,
        Act.SCAN: Icon.SCAN,
        Act.REFUTE_PRIORITY: Icon.UNDO,
        Act.BREAK: Icon.COFFEE,
        Act.SIGN_OUT: Icon.LOG_OUT,
        Act.PLAN_STEPS: Icon.ARROW_RIGHT,
        Act.WHY: Icon.HELP,
        Act.UNDO: Icon.RESTART,
    }
)


def object_name(act: Act) -> str:
    """The name by which tests and the demonstration find an act's button: "call-next"."""
    return act.name.lower().replace("_", "-")


def act_button(theme: Theme, act: Act, w: Wording, presenter: Presenter) -> KeyButton:
    """The button of one act; a dangerous one is outlined as such. In the strip a long cap is left out."""
    key = KEYS[act]
    is_strip = theme.surface is Surface.STRIP
    said = words.short_act(act, w) if is_strip else words.plain_act(act, w)
    cap = "" if is_strip and key.startswith("Ctrl") else None
    button: KeyButton
    if act is Act.CANCEL:
        button = KeyDangerButton(theme, said, key, cap)
    else:
        button = KeyButton(theme, said, ICONS[act], key, cap)
    button.setObjectName(object_name(act))
    button.clicked.connect(lambda: presenter.act(act))
    return button


def show_acts(buttons: Mapping[Act, KeyButton], desk: Desk, w: Wording) -> None:
    """Which of them are possible now; those that soon will be count down."""
    for act, button in buttons.items():
        button.setEnabled(act in desk.acts)
        is_strip = button.theme.surface is Surface.STRIP
        said = words.short_act(act, w) if is_strip else words.plain_act(act, w)
        left = words.countdown(act, desk, w)
        said = f"{said}\n{left}" if left else said
        if said != button.words:
            button.set_words(said)


class PrimaryAct(KeyPrimaryButton):
    """What comes next. Its words, icon and object name change with the desk."""

    def __init__(self, theme: Theme, presenter: Presenter, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", Icon.CHECK, PRIMARY_KEY, PRIMARY_CAP, parent)
        self._presenter = presenter
        self._act = Act.OPEN
        self.clicked.connect(lambda: self._presenter.act(self._act))
        accept_enter_too(self)

    def show_desk(self, desk: Desk, w: Wording) -> None:
        self._act = desk.primary
        self.sign = ICONS[self._act]
        self.setObjectName(object_name(self._act))
        self.setEnabled(self._act in desk.acts)
        is_strip = self.theme.surface is Surface.STRIP
        said = words.short_primary(desk, w) if is_strip else words.primary(desk, w)
        if said != self.words:
            self.set_words(said)
        self.update()


class UndoButton(KeyButton):
    """Takes the last act back. Its place stays empty while there is nothing to take back."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        is_strip = theme.surface is Surface.STRIP
        super().__init__(theme, w.t("Undo"), ICONS[Act.UNDO], KEYS[Act.UNDO], "" if is_strip else None)
        self._w = w
        self._is_strip = is_strip
        self.setObjectName(object_name(Act.UNDO))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(40 if is_strip else 48))
        self.clicked.connect(lambda: presenter.act(Act.UNDO))
        self.hide()

    def show_desk(self, desk: Desk) -> None:
        undo = desk.undo if Act.UNDO in desk.acts else None
        if undo is not None:
            said = words.short_undo(undo, self._w) if self._is_strip else words.undo(undo, self._w)
            if said != self.words:
                self.set_words(said)
        self.setVisible(undo is not None)

    @property
    def _type(self) -> Type:
        return self.theme.type(Role.SMALL)


def accept_enter_too(button: KeyButton) -> None:
    """The key of the number pad is another one than Return."""
    shortcut = QShortcut(QKeySequence("Ctrl+Enter"), button)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(button.click)
