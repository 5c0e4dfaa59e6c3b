"""The sheets about services and files: which service it is, and what was handed in for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.rules import Service
from counter import words
from counter.presenter import Presenter
from counter.sheets import AcceptSheet, ServiceSheet
from counter.views.question import Question
from counter.views.services import ServicePicker
from ui.icons import Icon
from ui.theme import Role, Theme, Tone
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from wording import Wording


class ServiceQuestion(Question):
    """What the visit is about."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ServiceSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Which service is it for?"), sheet.number)
        self._current = sheet.current
        self._picker = ServicePicker(theme, w, sheet.services, sheet.current, self._chose, rows_in_view=5)
        self.body.addWidget(self._picker)
        self.finish(confirm=self.primary("service-confirm", w.t("Save"), Icon.CHECK, self._save))
        self.set_complete(False)

    def open_sheet(self) -> None:
        super().open_sheet()
        self._picker.focus_field()

    def _chose(self) -> None:
        self.set_complete(self._picker.chosen != self._current)

    def _save(self) -> None:
        if self._picker.chosen is not None:
            self.presenter.set_service(self._picker.chosen)


class Checklist(QWidget):
    """What the citizen has to hand in; each is ticked as it is received."""

    def __init__(self, theme: Theme, w: Wording, service: Service) -> None:
        super().__init__()
        self._options = [
            Option(theme, Mark.MANY, words.said(requirement, w)) for requirement in service.requirements
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        for place, option in enumerate(self._options):
            option.setObjectName(f"requirement-{place}")
            column.addWidget(option)
        if not self._options:
            column.addWidget(TextLabel(theme, w.t("Nothing has to be handed in."), Role.BODY, Tone.FAINT))

    @property
    def received(self) -> tuple[int, ...]:
        return tuple(place for place, option in enumerate(self._options) if option.isChecked())

    @property
    def is_empty(self) -> bool:
        return not self._options

    def tick_all(self) -> None:
        for option in self._options:
            option.setChecked(True)


class AcceptQuestion(Question):
    """The service first, if it is not known; then what was handed in."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: AcceptSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Accept a file"), sheet.number)
        self._sheet = sheet
        self._checklist: Checklist | None = None
        self._service: Service | None = None
        self._picker: ServicePicker | None = None
        self._all = KeyButton(theme, w.t("All received"), Icon.CHECK, "Ctrl+A")
        self._all.setObjectName("all-received")
        self._all.clicked.connect(self._tick_all)
        self._part = QVBoxLayout()
        self._part.setSpacing(theme.space(8))
        self.body.addLayout(self._part)
        accept = self.primary("accept-confirm", w.t("Accept file"), Icon.BOX, self._accept)
        self.finish(self._all, confirm=accept)
        known = next((each for each in sheet.services if each.code == sheet.service), None)
        if known is None:
            self._show_picker()
        else:
            self._show_service(known)

    def open_sheet(self) -> None:
        super().open_sheet()
        if self._picker is not None:
            self._picker.focus_field()

    def _show_picker(self) -> None:
        self._empty()
        self._service = self._checklist = None
        self._picker = ServicePicker(
            self.theme, self.w, self._sheet.services, None, self._chose, rows_in_view=5
        )
        self._part.addWidget(self._picker)
        self._all.hide()
        self.set_complete(False)
        self._picker.focus_field()

    def _chose(self) -> None:
        assert self._picker is not None
        code = self._picker.chosen
        self._show_service(next(each for each in self._sheet.services if each.code == code))

    def _show_service(self, service: Service) -> None:
        self._empty()
        self._picker = None
        self._service = service
        theme, w = self.theme, self.w
        name = words.name_of(service, w)
        other = KeyButton(theme, w.t("Another service"), Icon.PENCIL, "F7")
        other.setObjectName("other-service")
        other.clicked.connect(self._show_picker)
        other.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head: QHBoxLayout | QVBoxLayout = QVBoxLayout() if self.is_strip else QHBoxLayout()
        head.setSpacing(theme.space(12))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(TextLabel(theme, name.heading, Role.NAME))
        if name.detail:
            detail = self.explanation(name.detail)
            detail.setToolTip(name.detail)
            names.addWidget(detail)
        head.addLayout(names, 1)
        head.addWidget(other)
        self._checklist = Checklist(theme, w, service)
        scroll = RowScroll(theme)
        scroll.rows.addWidget(self._checklist)
        wanted = self._checklist.sizeHint().height()
        scroll.setFixedHeight(min(wanted, theme.px(164 if self.is_strip else 290)))
        holder = QWidget()
        holder.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self._part.addWidget(holder)
        self._part.addSpacing(theme.space(4))
        self._part.addWidget(TextLabel(theme, w.t("What has been handed in?"), Role.BODY, Tone.FAINT))
        self._part.addWidget(scroll)
        self._all.setVisible(not self._checklist.is_empty)
        self.set_complete(True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        while (item := self._part.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _tick_all(self) -> None:
        if self._checklist is not None:
            self._checklist.tick_all()

    def _accept(self) -> None:
        if self._service is not None and self._checklist is not None:
            self.presenter.accept(self._service.code, self._checklist.received)
