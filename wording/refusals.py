"""The sentences for what the broker refuses: a code and its parameters become words a person can act on.

The codes are the domain's, which decides when each applies; here is only what to say.
"""

from collections.abc import Mapping

from wording.language import N_, Wording

Parameter = str | int | float | bool | None
"""What a refusal carries. An `int` whose name ends in `_at` is a moment in Unix milliseconds."""

SENTENCES: Mapping[str, str] = {}
"""From refusal code to sentence, sorted by code."""

_ANY_OTHER = N_("This is not possible at the moment ({code}). Please ask a supervisor.")


def sentence(code: str, params: Mapping[str, Parameter], wording: Wording) -> str:
    """What to say for a refusal.

    Moments are shown as the outlet's clock, whole numbers as the language writes them. An unknown code (of a
    newer broker) gets a general sentence that names it.
    """
    if code not in SENTENCES:
        return wording.t(_ANY_OTHER, code=code)
    return wording.t(
        SENTENCES[code], **{name: _shown(name, value, wording) for name, value in params.items()}
    )


def _shown(name: str, value: Parameter, wording: Wording) -> Parameter:
    if isinstance(value, int) and not isinstance(value, bool):
        return wording.clock(wording.local(value)) if name.endswith("_at") else wording.number(value)
    return value
