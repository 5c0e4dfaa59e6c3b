"""A text of the data files in both languages, and what makes a text of theirs unfit to be shown."""

from msgspec import Struct


class Bilingual(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Bahasa Indonesia and in English."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` ("id" or "en")."""
        return self.en if language == "en" else self.id


def flaw(text: str) -> str | None:
    """What is wrong with a text and what to do about it, or None."""
    tidy = " ".join(text.split())
    if not tidy:
        return "is empty: write the text"
    if "?" in text or "\N{REPLACEMENT CHARACTER}" in text:
        return f"holds a sign that was lost, in “{tidy}”: write the sign that was meant, such as ≥ or ≤"
    if text != tidy:
        return f"has needless spaces: write “{tidy}”"
    return None
