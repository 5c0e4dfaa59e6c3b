"""The sentences for what the broker refuses: a code and its parameters become words a person can act on.

The codes are the domain's, which decides when each applies; here is only what to say.
"""

from collections.abc import Mapping

from wording.language import N_, Wording

Parameter = str | int | float | bool | None
"""What a refusal carries. An `int` whose name ends in `_at` is a moment in Unix milliseconds."""

SENTENCES: Mapping[str, str] = {
    "already-delivered": N_("This number is already confirmed."),
    "clerk-elsewhere": N_("You are still at counter {counter}. Please close it first."),
    "clerk-needed": N_("Please sign in first."),
    "counter-not-on-break": N_("Counter {counter} is not on a break."),
    "counter-not-open": N_("Counter {counter} is not open."),
    "counter-on-break": N_("Counter {counter} is on a break. Please resume first."),
    "counter-taken": N_("Another clerk is at counter {counter}."),
    "no-priority": N_("This number has no priority."),
    "no-show-too-soon": N_("A no-show can be marked from {possible_at}."),
    "nobody-waiting": N_("Nobody you may serve is waiting."),
    "not-configured": N_("This outlet is not set up yet. Please call a supervisor."),
    "not-current-call": N_("This call has been replaced by a newer one."),
    "not-delivered": N_("The ticket is still being printed. Please try again in a moment."),
    "not-one-of-requirements": N_("Requirement {position} does not belong to this service."),
    "not-permitted": N_("This device or your role may not do this. Please ask a supervisor."),
    "not-your-ticket": N_("This number is being served at counter {counter}."),
    "numbers-used-up": N_(
        "All numbers of queue {letter} are given out for today. Please ask at the information counter."
    ),
    "outlet-closed": N_("The outlet is closed. Please come back on the next working day."),
    "past-cut-off": N_(
        "This same-day service takes files until {cut_off_at}. Please come back on the next working day."
    ),
    "queue-not-here": N_("This counter does not serve queue {letter}. Please transfer the number."),
    "recall-too-soon": N_("You can recall from {possible_at}."),
    "recalls-used-up": N_("Already recalled {recalls} times. Please mark a no-show."),
    "rules-invalid": N_(
        "The outlet's rules contradict themselves: {detail}. Please correct them and try again."
    ),
    "service-elsewhere": N_("This service belongs to queue {letter}. Please choose it there."),
    "skill-missing": N_("This service is not among those you may serve. Please transfer the number."),
    "ticket-in-hand": N_("Please finish the number in your hand first."),
    "too-early": N_("Numbers are given out from {first_ticket_at}."),
    "too-late": N_(
        "Numbers were given out until {last_ticket_at}. Please come back on the next working day."
    ),
    "unknown-application": N_("This file is not known, or already handed over."),
    "unknown-counter": N_("There is no counter {counter} at this outlet."),
    "unknown-queue": N_("There is no queue {letter} at this outlet."),
    "unknown-service": N_("This service is not offered here."),
    "unknown-ticket": N_("This number is not known, or already finished."),
    "wrong-application-status": N_(
        "This is not possible for this file any more. Please look at its present state."
    ),
    "wrong-status": N_("This is not possible for this number any more. Please look at its present state."),
}
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
