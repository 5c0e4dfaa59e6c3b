"""What the screens share: the theme, the fonts and icons, the widgets, and a program's window.

A screen is an ordinary QWidget with ordinary layouts, filled with widgets from `ui.widgets`, each of which
takes the `Theme` first. No screen has a style sheet, a colour or a font of its own: distances come from
`theme.space(…)`, other lengths from `theme.px(…)`, corners and margins from the theme, text sizes from
`Role`, colours from `Tone` and `Ground`.

    application = QApplication([])
    prepare(application)                                   # ui.window: fonts
    theme = kiosk_theme(Size(1080, 1920), Contrast.NORMAL, TextSize.NORMAL)
    window = Window(theme, "Antrean")
    window.showFullScreen()                                # or window.place_at(QRect(…))

    class ServicePage(QWidget):
        def __init__(self, theme: Theme, wording: Wording) -> None:
            super().__init__()
            page = QVBoxLayout(self)
            page.setContentsMargins(0, 0, 0, 0)
            page.setSpacing(0)
            page.addWidget(Edge(theme))
            header = Header(theme)
            header.set_outlet("PTSP Kecamatan Tebet")
            header.set_time(wording.clock(now), wording.weekday_date(now.date()))
            take = PrimaryButton(theme, wording.t("Take a number"), Icon.ARROW_RIGHT)
            take.clicked.connect(self.taken)
            content = QVBoxLayout()
            content.setContentsMargins(theme.margin, theme.space(24), theme.margin, theme.space(24))
            content.setSpacing(theme.space(24))
            content.addWidget(header)
            content.addWidget(TextLabel(theme, wording.t("What do you need?"), Role.TITLE))
            content.addStretch()
            content.addWidget(take)
            page.addLayout(content, 1)
            footer = FooterBar(theme)
            footer.set_place(Place.BACK, wording.t("Back"))
            footer.chosen.connect(self.footer_chosen)      # emits a Place
            page.addWidget(footer)

    window.show_page(ServicePage(theme, wording), theme)   # replaces the present page at once

Language, contrast and text size are not changed in place: the program builds its page anew with another
Wording or Theme and shows it, which also gives every widget its accessible name in the new language. What
changes by itself (a clock, a number, people waiting) has a setter.
"""
