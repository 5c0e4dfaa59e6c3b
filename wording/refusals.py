"""The sentences for what the broker refuses: a code and its parameters become words a person can act on.

The codes are the domain's, which decides when each applies; here is only what to say.
"""

from collections.abc import Mapping

from wording.language import N_, Wording

Parameter = str | int | float | bool | None
"""What a refusal carries. An `int` whose name ends in `_at` is a moment in Unix milliseconds."""

SENTENCES: Mapping[str, str] = {
    "already-delivered": N_("This number is already confirmed."),
    "applicant-quota-reached": N_(
        "This applicant has already filed {files} times within {days} days. Please come back later."
    ),
    "appointment-other-day": N_("This appointment is for another day: {slot_at}."),
    "clerk-away": N_("That clerk is at no counter now. Please choose a queue instead."),
    "clerk-elsewhere": N_("You are still at counter {counter}. Please close it first."),
    "clerk-needed": N_("Please sign in first."),
    "command-replaced": N_("Another number was given out in its place. Please use that one."),
    "counter-not-on-break": N_("Counter {counter} is not on a break."),
    "counter-not-open": N_("Counter {counter} is not open."),
    "counter-on-break": N_("Counter {counter} is on a break. Please resume first."),
    "counter-taken": N_("Another clerk is at counter {counter}."),
    "doors-closed-today": N_(
        "No more numbers are given out today: {reason}. Please come back on the next working day."
    ),
    "doors-not-closed": N_("The outlet has not been closed early."),
    "machine-not-ready": N_("This service is not possible now: the machine for it is {state}."),
    "no-priority": N_("This number has no priority."),
    "no-roll": N_(
        "Queue {letter} has no numbers for an emergency roll. Please add a range for it to the rules."
    ),
    "no-sender": N_("Nobody has sent this number here. Please choose where it goes."),
    "no-show-too-soon": N_("A no-show can be marked from {possible_at}."),
    "no-such-slot": N_("No appointment can begin then. Please choose another time."),
    "nobody-waiting": N_("Nobody you may serve is waiting."),
    "not-configured": N_("This outlet is not set up yet. Please call a supervisor."),
    "not-current-call": N_("This call has been replaced by a newer one."),
    "not-delivered": N_("The ticket is still being printed. Please try again in a moment."),
    "not-fetched": N_("This file was filed at a counter; its permit is collected there."),
    "not-one-of-requirements": N_("Requirement {position} does not belong to this service."),
    "not-permitted": N_("This device or your role may not do this. Please ask a supervisor."),
    "not-your-ticket": N_("This number is being served at counter {counter}."),
    "number-not-possible": N_("There can be no number {number} in queue {letter}."),
    "numbers-used-up": N_(
        "All numbers of queue {letter} are given out for today. Please ask at the information counter."
    ),
    "outlet-closed": N_("The outlet is closed. Please come back on the next working day."),
    "past-cut-off": N_(
        "This same-day service takes files until {cut_off_at}. Please come back on the next working day."
    ),
    "queue-closed-today": N_("Queue {letter} gives out no more numbers today: {reason}."),
    "queue-not-closed": N_("Queue {letter} has not been closed."),
    "queue-not-here": N_("This counter does not serve queue {letter}. Please transfer the number."),
    "queue-not-on-pause": N_("Queue {letter} is not interrupted."),
    "queue-on-pause": N_("Queue {letter} is interrupted: {reason}. Please ask at the information counter."),
    "quota-reached": N_(
        "All {quota} numbers for this service are given out for today. Please come back on the next working day."
    ),
    "recall-too-soon": N_("You can recall from {possible_at}."),
    "recalls-used-up": N_("Already recalled {recalls} times. Please mark a no-show."),
    "rules-invalid": N_(
        "The outlet's rules contradict themselves: {detail}. Please correct them and try again."
    ),
    "roll-not-used-yet": N_(
        "Unused emergency tickets of queue {letter} still have these numbers. {left} more can be printed."
    ),
    "roll-ticket-used": N_("The emergency ticket {letter} {number} has been entered before, or is too old."),
    "service-elsewhere": N_("This service belongs to queue {letter}. Please choose it there."),
    "skill-missing": N_("This service is not among those you may serve. Please transfer the number."),
    "slot-full": N_("All places at {slot_at} are taken. Please choose another time."),
    "stage-not-ahead": N_("The file has passed this stage, or its service does not have it."),
    "ticket-in-hand": N_("Please finish the number in your hand first."),
    "too-early": N_("Numbers are given out from {first_ticket_at}."),
    "too-late": N_(
        "Numbers were given out until {last_ticket_at}. Please come back on the next working day."
    ),
    "undo-too-late": N_(
        "This can be taken back only within {seconds} seconds and before anything else. Please ask a supervisor."
    ),
    "unknown-application": N_("This file is not known, or already handed over."),
    "unknown-appointment": N_("This appointment is not known, or already used. Please take a number."),
    "unknown-clerk": N_("There is no clerk {clerk} at this outlet."),
    "unknown-counter": N_("There is no counter {counter} at this outlet."),
    "unknown-machine": N_("There is no machine {machine} at this outlet."),
    "unknown-pick-up": N_("This pick-up is not known, or already finished."),
    "unknown-queue": N_("There is no queue {letter} at this outlet."),
    "unknown-service": N_("This service is not offered here."),
    "unknown-ticket": N_("This number is not known, or already finished."),
    "wrong-application-status": N_(
        "This is not possible for this file any more. Please look at its present state."
    ),
    "wrong-pick-up-status": N_(
        "This is not possible for this pick-up any more. Please look at its present state."
    ),
    "wrong-status": N_("This is not possible for this number any more. Please look at its present state."),
}
"""From refusal code to sentence, sorted by code."""

CLOSING_REASONS: Mapping[str, str] = {
    "system-fault": N_("the system is down"),
    "no-clerk": N_("no clerk is free for it"),
    "full": N_("everything is taken for today"),
    "ceremony": N_("there is an official event"),
    "emergency": N_("there is an emergency"),
}
"""Why numbers are not given out, as the end of a sentence."""

MACHINE_STATES: Mapping[str, str] = {
    "ready": N_("ready"),
    "out-of-cards": N_("out of cards"),
    "out-of-order": N_("out of order"),
}
"""What a machine is, as the end of a sentence."""

_WORDS = {"reason": CLOSING_REASONS, "state": MACHINE_STATES}
"""Parameters that are one of a closed set, with the words for each."""

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
    if value in _WORDS.get(name, {}):
        return wording.t(_WORDS[name][str(value)])
    if isinstance(value, int) and not isinstance(value, bool):
        return _moment(name, value, wording) if name.endswith("_at") else wording.number(value)
    return value


def _moment(name: str, value: int, wording: Wording) -> str:
    """The outlet's clock; of a reserved time the date as well."""
    local = wording.local(value)
    clock = wording.clock(local)
    return f"{wording.weekday_date(local.date())}, {clock}" if name == "slot_at" else clock
