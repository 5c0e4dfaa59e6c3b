"""What is printed to try a printer out: the test page, and the strip that shows on which side paper was put in."""

import datetime as dt
from dataclasses import dataclass

from hardware.layout.blocks import Fields
from hardware.layout.content import words_of_all
from hardware.profile import Profile
from wording import Language, Wording

_LETTERS = "ÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝ áàâäãåæçéèêëíìîïñóòôöõøúùûüýÿß"
_SIGNS = "½ ¼ ² ° ± × ÷ § « » – — “ ” … • € £ ─ ═ █"
_BEYOND = "Łódź, Šibenik, Tuấn, Čačak"
"""Letters of which every code table lacks some: drawn."""


@dataclass(frozen=True, slots=True)
class TrialPageContent:
    """Which printer it is, and what Antrean takes it for. `profile_name` is the profile's in the settings."""

    language: Language
    address: str
    profile_name: str
    profile: Profile
    printed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PaperCheckContent:
    """The strip after a change of paper."""

    language: Language


def trial_page_fields(content: TrialPageContent) -> Fields:
    w = Wording(content.language)
    table = content.profile.code_table
    about = (
        (w.t("Profile"), content.profile_name),
        (w.t("Paper"), f"{content.profile.paper} mm"),
        (w.t("Printed width"), w.t("{n} dots", n=w.number(content.profile.width_dots))),
        (w.t("Code table"), f"{table.codec.upper()} ({table.number})"),
    )
    return {
        **words_of_all(w),
        "time": w.clock(content.printed_at),
        "date": w.date(content.printed_at),
        "title": w.t("Test page"),
        "address": content.address,
        "about": tuple(f"{label}\t{value}" for label, value in about),
        "ruler_label": w.t("Millimetres. Both ends of the ruler must be on the paper."),
        "letters_label": w.t("Letters and signs"),
        "letters": _of_table(_LETTERS, table.codec),
        "signs": _of_table(_SIGNS, table.codec),
        "beyond": _BEYOND,
        "letter": "A",
        "number": "000",
        "not_a_number": w.t("Not a queue number"),
        "token": "https://example.invalid/t/ANTREAN-TEST-PAGE-ANTREAN-TEST-PAGE-0123456789",
        "scan": w.t("A phone must be able to read this code."),
        "closing": w.t("The cut comes below this line."),
    }


def paper_check_fields(content: PaperCheckContent) -> Fields:
    w = Wording(content.language)
    return {
        **words_of_all(w),
        "title": w.t("PAPER TEST"),
        "question": w.t("Can you read this?"),
        "answer": w.t("Please answer on the screen."),
        "not_a_ticket": w.t("This is not a queue ticket."),
    }


def _of_table(text: str, codec: str) -> str:
    """What the printer has characters of its own for; all of it where that is nothing."""
    return "".join(text.encode(codec, "ignore").decode(codec).split(" ")) or text
