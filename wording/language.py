"""The Wording: one language and one local time, an immutable value that is passed in and never global."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton, format_time
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

JAKARTA = dt.timedelta(hours=7)

INDONESIAN = Path(__file__).with_name("id.po")


class Language(StrEnum):
    ID = "id"
    EN = "en"


# What Babel calls the way each language writes dates and numbers; British, so that the clock has 24 hours.
_LOCALE = {Language.ID: "id", Language.EN: "en_GB"}


def N_(sentence: str) -> str:
    """Mark a constant for extraction; `Wording.t` translates it later."""
    return sentence


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts, dates and numbers of one language, in the local time of one outlet.

    Parameters are named and filled in as `str.format` does; one that is missing raises KeyError. A sentence
    without a translation is shown as it stands in the code.
    """

    language: Language
    utc_offset: dt.timedelta = JAKARTA

    def t(self, sentence: str, /, **params: object) -> str:
        """The sentence in this language."""
        return self._translated(sentence).format(**params)

    def tn(self, one: str, many: str, n: int, /, **params: object) -> str:
        """The sentence for `n` things; `{n}` in it is the number as this language writes it."""
        chosen = self._plural(one, many, n)
        return chosen.format(n=self.number(n), **params)

    def tp(self, context: str, sentence: str, /, **params: object) -> str:
        """The sentence as meant in this context, where one English word has several translations."""
        return self._translated(sentence, context).format(**params)

    def clock(self, moment: dt.time | dt.datetime) -> str:
        """`10.08` or `10:08`. A moment with a time zone is shown in the outlet's local time."""
        return format_time(self._clock(moment), "short", locale=_LOCALE[self.language])

    def date(self, day: dt.date) -> str:
        """`14 Juli 2026` or `14 July 2026`."""
        return format_date(self._day(day), "long", locale=_LOCALE[self.language])

    def weekday_date(self, day: dt.date) -> str:
        """`Selasa, 14 Juli 2026` or `Tuesday, 14 July 2026`."""
        return format_date(self._day(day), "full", locale=_LOCALE[self.language])

    def short_date(self, day: dt.date) -> str:
        """`14 Jul`: for lists in which the year goes without saying."""
        return str(format_skeleton("MMMd", self._day(day), locale=_LOCALE[self.language]))

    def local(self, unix_ms: int) -> dt.datetime:
        """The outlet's local time, with its zone, of a moment in Unix milliseconds."""
        return dt.datetime.fromtimestamp(unix_ms / 1000, dt.timezone(self.utc_offset))

    def number(self, n: int) -> str:
        """`1.234` or `1,234`."""
        return format_decimal(n, locale=_LOCALE[self.language])

    def number_range(self, low: int, high: int) -> str:
        """`20–30`, or `20` where both ends are the same."""
        return self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"

    def minutes_range(self, low: int, high: int) -> str:
        """`20–30 menit` or `20–30 min`."""
        return self.t("{minutes} min", minutes=self.number_range(low, high))

    def duration(self, seconds: float) -> str:
        """`4:12`, from an hour on `1:04:12`; what lies before zero counts as zero."""
        minutes, rest = divmod(max(0, int(seconds)), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

    def _translated(self, sentence: str, context: str | None = None) -> str:
        return self._indonesian(sentence, context) or sentence

    def _plural(self, one: str, many: str, n: int) -> str:
        return self._indonesian(one) or (one if n == 1 else many)

    def _indonesian(self, sentence: str, context: str | None = None) -> str | None:
        if self.language is Language.EN:
            return None
        message = _indonesian().get(sentence, context)
        if message is None or not message.string:
            return None
        # Indonesian has one form for any number.
        return message.string if isinstance(message.string, str) else message.string[0]

    def _clock(self, moment: dt.time | dt.datetime) -> dt.time:
        return self._local(moment).time() if isinstance(moment, dt.datetime) else moment.replace(tzinfo=None)

    def _day(self, day: dt.date) -> dt.date:
        return self._local(day).date() if isinstance(day, dt.datetime) else day

    def _local(self, moment: dt.datetime) -> dt.datetime:
        return moment if moment.tzinfo is None else moment.astimezone(dt.timezone(self.utc_offset))


@cache
def _indonesian() -> Catalog:
    with INDONESIAN.open(encoding="utf-8") as file:
        return read_po(file, locale="id", abort_invalid=True)
