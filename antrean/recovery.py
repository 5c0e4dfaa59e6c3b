"""After a restore, or when a broker finds itself behind: what is known where, and the operator's word to go on."""

from collections.abc import Iterator

from antrean.broker_line import BrokerLine
from antrean.problem import Problem
from broker.client import new_request_id
from broker.domain.known import Known
from broker.protocol import messages as m
from wording import Wording

NUMBERED = 2


def witnesses(line: BrokerLine) -> m.Witnesses:
    """What the broker and its devices know. Raises Problem when the broker does not answer."""
    answer = line.ask(m.AskWitnesses(new_request_id()))
    assert isinstance(answer, m.Witnesses)
    return answer


def described(found: m.Witnesses, wording: Wording) -> Iterator[str]:
    """What an operator weighs before confirming."""
    yield wording.t("The journal here ends at event {seq}", seq=wording.number(found.seq))
    yield f"  {_numbers(found.known, wording)}"
    for each in found.witnesses:
        seq = wording.number(each.seq) if each.seq is not None else "–"
        known = _numbers(each.known, wording) if each.known is not None else "–"
        yield wording.t("{device} has heard of event {seq}", device=each.device, seq=seq)
        yield f"  {known}"
        if each.not_believed is not None:
            yield "  " + wording.t("not believed: {numbers}", numbers=_all_of(each.not_believed, wording))
    if any(each.not_believed is not None for each in found.witnesses):
        yield wording.t(
            "What is not believed can't be, by the outlet's rules and today's date. Look at that device's last paper; "
            "if the device is not to be trusted, revoke it: antrean revoke"
        )


def past(texts: tuple[str, ...], found: m.Witnesses, wording: Wording) -> Known:
    """The numbers on the last papers, written like ``B=57``. Raises Problem."""
    numbers = {}
    for text in texts:
        parts = text.split("=")
        if len(parts) != NUMBERED or not parts[1].isdigit() or not parts[0].isalpha():
            todo = wording.t("Write the queue's letter and the last number on paper: B=57")
            raise Problem(wording.t("This is no queue's last number"), text, todo)
        numbers[parts[0].upper()] = int(parts[1])
    return Known(found.day, numbers)


def confirm(line: BrokerLine, known: Known, wording: Wording) -> str:
    """Let the broker go on under a new epoch. Raises Problem."""
    answer = line.asked(m.ConfirmHistory(new_request_id(), known))
    if isinstance(answer, m.Error) and answer.code is m.ErrorCode.NOT_BELIEVED:
        raise Problem(
            wording.t("By its rules the outlet can't have given this out"),
            answer.detail,
            wording.t(
                "Name the last number that the broker gave out, not one that a kiosk gave out by itself."
            ),
        )
    if isinstance(answer, m.Error):
        raise line.problem_of(answer)
    assert isinstance(answer, m.HistoryConfirmed)
    return wording.t("The broker serves again. {numbers}", numbers=_numbers(answer.known, wording))


def _all_of(known: Known, wording: Wording) -> str:
    day = known.day or "–"
    told = [_numbers(known, wording)] if known.numbers else []
    if known.serials:
        told.append(wording.t("last file on {day}: {number}", day=day, number=known.serials))
    if known.pick_up_serials:
        told.append(wording.t("last pick-up on {day}: {number}", day=day, number=known.pick_up_serials))
    for booked, number in sorted(known.booked.items()):
        told.append(wording.t("last appointment for {day}: {number}", day=booked, number=number))
    return "; ".join(told)


def _numbers(known: Known, wording: Wording) -> str:
    if not known.numbers:
        return wording.t("no numbers given out")
    each = ", ".join(f"{letter} {number}" for letter, number in sorted(known.numbers.items()))
    return wording.t("last numbers on {day}: {numbers}", day=known.day or "–", numbers=each)
