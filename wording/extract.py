"""Collects the texts of all packages and brings id.po up to date (`make messages`).

New texts come in without a translation, texts that no code uses go out, the rest keeps its translation and
comments. `wording.review` says what is still to be translated.
"""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from wording.language import INDONESIAN

ROOT = Path(__file__).parents[1]
PACKAGES = (
    "antrean",
    "broker",
    "catalogue",
    "counter",
    "display",
    "forecast",
    "hardware",
    "kiosk",
    "papers",
    "ui",
    "wording",
)

# The names of `Wording`'s methods, each with which of its arguments are texts (and which is the context).
KEYWORDS = {"t": None, "tn": (1, 2), "tp": ((1, "c"), 2), "N_": None}

_HEADER = """\
# Antrean in Bahasa Indonesia. `make messages` adds what is new in the code and sorts the entries.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def extracted(root: Path = ROOT, packages: Iterable[str] = PACKAGES) -> Catalog:
    """The texts that the code of these packages asks for, with the places where it does."""
    found = Catalog()
    for package in packages:
        for name, line, text, _, context in extract_from_dir(
            root / package, [("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(text, locations=[(f"{package}/{name}", line)], context=context)
    return found


def merged(found: Catalog, translated: Catalog) -> Catalog:
    """The texts found, each with the translation and the comments it had."""
    result = Catalog(locale="id")
    result.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]  # Babel believes it to be two
    for text in found:
        if text.id:
            known = translated.get(text.id, text.context)
            result[text.id] = _kept(text, known) if known else Message(text.id, context=text.context)
    return result


def update(path: Path, found: Catalog) -> None:
    """Write the texts found into the catalogue file at `path`, sorted so that merges stay quiet."""
    with path.open("rb") as file:
        result = merged(found, read_po(file, locale="id", abort_invalid=True))
    with path.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, result, width=0, no_location=True, omit_header=True, sort_output=True)


def _kept(text: Message, known: Message) -> Message:
    string = known.string
    if text.pluralizable and isinstance(string, str):
        string = (string,)
    elif not text.pluralizable and not isinstance(string, str):
        string = string[0] if string else ""
    return Message(
        text.id, string, flags=known.flags, user_comments=known.user_comments, context=text.context
    )


if __name__ == "__main__":
    update(INDONESIAN, extracted())
