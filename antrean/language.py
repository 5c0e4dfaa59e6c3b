"""The operator's language, as the machine's locale says it."""

import os

from wording import Language


def language_of_environment() -> Language:
    """Indonesian where the locale is Indonesian; English elsewhere, as programs speak without a locale."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return Language.ID if value.startswith("id") else Language.EN
    return Language.EN
