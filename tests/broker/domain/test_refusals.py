"""Every refusal that the core knows comes about: one scene each, so that a refusal without a scene stands out."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import refusals as r
from broker.domain.appointment import Wanted
from broker.domain.codec import encode_state
from broker.domain.commands import AnyCommand
from broker.domain.decide import decide
from broker.domain.roll import ROLL, RollTicket
from broker.domain.rules import ApplicantQuota, Bilingual, Machine, NumberRange
from broker.domain.state import State
from broker.domain.ticket import ToClerk, ToSender
from broker.domain.values import (
    ActReason,
    ApplicantId,
    ApplicationId,
    AppointmentId,
    BusinessDay,
    ChoiceReason,
    ClosingReason,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    MachineCode,
    MachineState,
    PauseReason,
    PickUpId,
    ServiceCode,
    Stage,
    TicketId,
    VisitFailure,
)
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning

PRINTER = MachineCode("ektp-printer")
AMINAH = ApplicantId("applicant-1")
LOST = CommandId("lost")
WEDNESDAY = BusinessDay("2026-07-15")

RULES = sample.rules(
    machines=(Machine(PRINTER, Bilingual("Printer KTP-el", "e-KTP printer")),),
    ranges=(NumberRange(DeviceId("kiosk-1"), "A", 900, 999), NumberRange(ROLL, "B", 700, 799)),
    applicant_quota=ApplicantQuota(files=1, days=7),
)
SERVICES = tuple(
    replace(each, **changes)
    for each, changes in zip(sample.SERVICES, ({}, {"quota": 1}, {}, {"needs": PRINTER}), strict=True)
)
"""Jobseeker's cards have a quota of one, research needs the printer."""


class Scene(Morning):
    """Sri sits at counter 1; what is tried last at kiosk, counter or elsewhere is refused."""

    def __init__(self, hour: int = 8, minute: int = 0) -> None:
        super().__init__(RULES, SERVICES, start=sample.at(hour, minute))
        if self.state.day is not None:
            self.clerk("sri", c.OpenCounter(ONE))

    def served(self, letter: str = "A") -> TicketId:
        self.take(letter)
        return self.serving("sri", ONE)

    def filed(self) -> ApplicationId:
        return self.accept("sri", self.served(), sample.MICRO_BUSINESS)

    def booked(self, day: BusinessDay = sample.TUESDAY) -> AppointmentId:
        self.kiosk(c.BookAppointments((Wanted(day, sample.at(9, day=day), sample.DOCTOR),)))
        return max(self.state.appointments)

    def pick_up(self) -> PickUpId:
        self.clerk("sri", c.RequestPickUp(sample.DOCTOR))
        return max(self.state.pick_ups)


def after(*commands: AnyCommand, by: str = "ratna") -> Scene:
    scene = Scene()
    for command in commands:
        scene.clerk(by, command)
    return scene


def not_permitted() -> r.AnyRefusal:
    return Scene().refused("sri", c.ReopenDoors())


def clerk_needed() -> r.AnyRefusal:
    return Scene().decide(c.CallNext(ONE), DeviceRole.COUNTER)  # type: ignore[return-value]


def not_configured() -> r.AnyRefusal:
    envelope = c.Envelope(LOST, DeviceId("kiosk-1"), DeviceRole.KIOSK, c.IssueTicket("A"))
    decision = decide(State(), envelope, sample.at(8))
    assert isinstance(decision, r.Refusal)
    return decision


def rules_invalid() -> r.AnyRefusal:
    rules = replace(RULES, week=())
    return Scene().decide(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)  # type: ignore[return-value]


def outlet_closed() -> r.AnyRefusal:
    return Scene(19).refused_at_kiosk(c.IssueTicket("A"))


def too_early() -> r.AnyRefusal:
    return Scene(7).refused_at_kiosk(c.IssueTicket("A"))


def too_late() -> r.AnyRefusal:
    return Scene(14).refused_at_kiosk(c.IssueTicket("A"))


def past_cut_off() -> r.AnyRefusal:
    return Scene(12).refused_at_kiosk(c.IssueTicket("A", sample.MICRO_BUSINESS))


def unknown_queue() -> r.AnyRefusal:
    return Scene().refused_at_kiosk(c.IssueTicket("Z"))


def unknown_service() -> r.AnyRefusal:
    return Scene().refused_at_kiosk(c.IssueTicket("A", ServiceCode("X")))


def service_elsewhere() -> r.AnyRefusal:
    return Scene().refused_at_kiosk(c.IssueTicket("A", sample.DOCTOR))


def numbers_used_up() -> r.AnyRefusal:
    scene = Scene()
    scene.state.numbers["A"] = 899
    return scene.refused_at_kiosk(c.IssueTicket("A"))


def no_roll() -> r.AnyRefusal:
    return Scene().decide(c.PrintRoll("A", 1), DeviceRole.OPERATOR)  # type: ignore[return-value]


def roll_not_used_yet() -> r.AnyRefusal:
    return Scene().decide(c.PrintRoll("B", 101), DeviceRole.OPERATOR)  # type: ignore[return-value]


def roll_ticket_used() -> r.AnyRefusal:
    scene = Scene()
    scene.do(c.PrintRoll("B", 1), DeviceRole.OPERATOR)
    scene.clerk("sri", c.EnterRollTicket(RollTicket("B", 700, 1)))
    return scene.refused("sri", c.EnterRollTicket(RollTicket("B", 700, 1)))


def unknown_ticket() -> r.AnyRefusal:
    return Scene().refused("sri", c.StartService(TicketId("x")))


def unknown_application() -> r.AnyRefusal:
    return Scene().refused("sri", c.HandOver(ApplicationId("x")))


def unknown_counter() -> r.AnyRefusal:
    return Scene().refused("sri", c.OpenCounter(CounterNumber(9)))


def wrong_status() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.StartService(scene.take("A")))


def wrong_application_status() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.HandOver(scene.filed()))


def not_delivered() -> r.AnyRefusal:
    scene = Scene()
    ticket = scene.issue(c.IssueTicket("A")).ticket
    return scene.refused("sri", c.CallTicket(ONE, ticket, ChoiceReason.SCANNED))


def already_delivered() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused_at_kiosk(c.ConfirmDelivery(scene.take("A"), Delivery.PAPER))


def counter_taken() -> r.AnyRefusal:
    return Scene().refused("budi", c.OpenCounter(ONE))


def clerk_elsewhere() -> r.AnyRefusal:
    return Scene().refused("sri", c.OpenCounter(TWO))


def counter_not_open() -> r.AnyRefusal:
    return Scene().refused("sri", c.CallNext(TWO))


def counter_on_break() -> r.AnyRefusal:
    return after(c.PauseCounter(ONE, PauseReason.BREAK), by="sri").refused("sri", c.CallNext(ONE))


def counter_not_on_break() -> r.AnyRefusal:
    return Scene().refused("sri", c.ResumeCounter(ONE))


def ticket_in_hand() -> r.AnyRefusal:
    scene = Scene()
    scene.served()
    return scene.refused("sri", c.CallNext(ONE))


def not_your_ticket() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("budi", c.CompleteTicket(scene.served()))


def nobody_waiting() -> r.AnyRefusal:
    return Scene().refused("sri", c.CallNext(ONE))


def queue_not_here() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.CallTicket(ONE, scene.take("E"), ChoiceReason.SCANNED))


def skill_missing() -> r.AnyRefusal:
    scene = after(c.OpenCounter(TWO), by="budi")
    chosen = c.CallTicket(TWO, scene.take("B", sample.DOCTOR), ChoiceReason.SCANNED)
    return scene.refused("budi", chosen)


def recall_too_soon() -> r.AnyRefusal:
    scene = Scene()
    scene.take("A")
    return scene.refused("sri", c.Recall(scene.call("sri", ONE)))


def recalls_used_up() -> r.AnyRefusal:
    scene = Scene()
    scene.take("A")
    ticket = scene.call("sri", ONE)
    for _ in range(RULES.patience.recalls_at_most):
        scene.announce(ticket)
        scene.advance(seconds=60)
        scene.clerk("sri", c.Recall(ticket))
    return scene.refused("sri", c.Recall(ticket))


def no_show_too_soon() -> r.AnyRefusal:
    scene = Scene()
    scene.take("A")
    return scene.refused("sri", c.MarkNoShow(scene.call("sri", ONE)))


def not_current_call() -> r.AnyRefusal:
    scene = Scene()
    report = c.ReportAnnounced(scene.take("A"), 1)
    return scene.decide(report, DeviceRole.DISPLAY)  # type: ignore[return-value]


def no_priority() -> r.AnyRefusal:
    scene = Scene()
    scene.take("A")
    return scene.refused("sri", c.RefutePriority(scene.call("sri", ONE)))


def not_one_of_requirements() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.AcceptApplication(scene.served(), sample.DOCTOR, (9,)))


def quota_reached() -> r.AnyRefusal:
    scene = Scene()
    scene.take("A", sample.JOBSEEKER)
    return scene.refused_at_kiosk(c.IssueTicket("A", sample.JOBSEEKER))


def applicant_quota_reached() -> r.AnyRefusal:
    scene = Scene()
    accept = c.AcceptApplication(scene.served(), sample.DOCTOR, (), AMINAH)
    scene.clerk("sri", accept)
    return scene.refused("sri", accept)


def queue_on_pause() -> r.AnyRefusal:
    return after(c.PauseQueue("A", ClosingReason.FULL)).refused_at_kiosk(c.IssueTicket("A"))


def queue_not_on_pause() -> r.AnyRefusal:
    return Scene().refused("ratna", c.ResumeQueue("A"))


def queue_closed_today() -> r.AnyRefusal:
    return after(c.CloseQueue("A", ClosingReason.FULL)).refused_at_kiosk(c.IssueTicket("A"))


def queue_not_closed() -> r.AnyRefusal:
    return Scene().refused("ratna", c.ReopenQueue("A"))


def doors_closed_today() -> r.AnyRefusal:
    return after(c.CloseDoors(ClosingReason.FULL)).refused_at_kiosk(c.IssueTicket("A"))


def doors_not_closed() -> r.AnyRefusal:
    return Scene().refused("ratna", c.ReopenDoors())


def machine_not_ready() -> r.AnyRefusal:
    scene = Scene()
    scene.do(c.ReportMachine(PRINTER, MachineState.OUT_OF_CARDS), DeviceRole.OPERATOR)
    return scene.refused_at_kiosk(c.IssueTicket("C", sample.RESEARCH))


def unknown_machine() -> r.AnyRefusal:
    report = c.ReportMachine(MachineCode("x-ray"), MachineState.READY)
    return Scene().decide(report, DeviceRole.OPERATOR)  # type: ignore[return-value]


def unknown_clerk() -> r.AnyRefusal:
    return Scene().refused("ratna", c.AssignSkills(sample.ClerkId("joko"), None, WEDNESDAY))


def clerk_away() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.TransferTicket(scene.served(), ToClerk(sample.BUDI)))


def no_sender() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.TransferTicket(scene.served(), ToSender()))


def undo_too_late() -> r.AnyRefusal:
    scene = Scene()
    scene.take("A")
    ticket = scene.call("sri", ONE)
    scene.advance(seconds=11)
    return scene.refused("sri", c.UndoCall(ticket))


def stage_not_ahead() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.AdvanceApplication(scene.filed(), Stage.SITE_VISIT))


def number_not_possible() -> r.AnyRefusal:
    return Scene().refused_at_kiosk(c.HandInTicket("A", 1000, Delivery.PAPER))


def command_replaced() -> r.AnyRefusal:
    scene = Scene()
    scene.kiosk(c.HandInTicket("A", 900, Delivery.PAPER, replaces=LOST))
    late = c.Envelope(LOST, DeviceId("kiosk-1"), DeviceRole.KIOSK, c.IssueTicket("A"))
    return scene.carry_out(late)  # type: ignore[return-value]


def unknown_appointment() -> r.AnyRefusal:
    return Scene().refused("sri", c.CancelAppointment(AppointmentId("x")))


def appointment_other_day() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused_at_kiosk(c.CheckIn(scene.booked(WEDNESDAY)))


def no_such_slot() -> r.AnyRefusal:
    odd = Wanted(sample.TUESDAY, sample.at(9, 10), sample.DOCTOR)
    return Scene().refused_at_kiosk(c.BookAppointments((odd,)))


def slot_full() -> r.AnyRefusal:
    scene = Scene()
    scene.booked()
    scene.booked()
    once_more = Wanted(sample.TUESDAY, sample.at(9), sample.DOCTOR)
    return scene.refused_at_kiosk(c.BookAppointments((once_more,)))


def unknown_pick_up() -> r.AnyRefusal:
    return Scene().refused("sri", c.FetchFile(PickUpId("x")))


def wrong_pick_up_status() -> r.AnyRefusal:
    scene = Scene()
    return scene.refused("sri", c.FetchFile(scene.pick_up()))


def not_fetched() -> r.AnyRefusal:
    scene = Scene()
    application = scene.filed()
    scene.clerk("sri", c.MarkComplete(application))
    return scene.refused("sri", c.FailDelivery(application, VisitFailure.NOBODY_HOME))


SCENES: dict[type[r.Refusal], Callable[[], r.AnyRefusal]] = {
    r.NotPermitted: not_permitted,
    r.ClerkNeeded: clerk_needed,
    r.NotConfigured: not_configured,
    r.RulesInvalid: rules_invalid,
    r.OutletClosed: outlet_closed,
    r.TooEarly: too_early,
    r.TooLate: too_late,
    r.PastCutOff: past_cut_off,
    r.UnknownQueue: unknown_queue,
    r.UnknownService: unknown_service,
    r.ServiceElsewhere: service_elsewhere,
    r.NumbersUsedUp: numbers_used_up,
    r.NoRoll: no_roll,
    r.RollNotUsedYet: roll_not_used_yet,
    r.RollTicketUsed: roll_ticket_used,
    r.UnknownTicket: unknown_ticket,
    r.UnknownApplication: unknown_application,
    r.UnknownCounter: unknown_counter,
    r.WrongStatus: wrong_status,
    r.WrongApplicationStatus: wrong_application_status,
    r.NotDelivered: not_delivered,
    r.AlreadyDelivered: already_delivered,
    r.CounterTaken: counter_taken,
    r.ClerkElsewhere: clerk_elsewhere,
    r.CounterNotOpen: counter_not_open,
    r.CounterOnBreak: counter_on_break,
    r.CounterNotOnBreak: counter_not_on_break,
    r.TicketInHand: ticket_in_hand,
    r.NotYourTicket: not_your_ticket,
    r.NobodyWaiting: nobody_waiting,
    r.QueueNotHere: queue_not_here,
    r.SkillMissing: skill_missing,
    r.RecallTooSoon: recall_too_soon,
    r.RecallsUsedUp: recalls_used_up,
    r.NoShowTooSoon: no_show_too_soon,
    r.NotCurrentCall: not_current_call,
    r.NoPriority: no_priority,
    r.NotOneOfRequirements: not_one_of_requirements,
    r.QuotaReached: quota_reached,
    r.ApplicantQuotaReached: applicant_quota_reached,
    r.QueueOnPause: queue_on_pause,
    r.QueueNotOnPause: queue_not_on_pause,
    r.QueueClosedToday: queue_closed_today,
    r.QueueNotClosed: queue_not_closed,
    r.DoorsClosedToday: doors_closed_today,
    r.DoorsNotClosed: doors_not_closed,
    r.MachineNotReady: machine_not_ready,
    r.UnknownMachine: unknown_machine,
    r.UnknownClerk: unknown_clerk,
    r.ClerkAway: clerk_away,
    r.NoSender: no_sender,
    r.UndoTooLate: undo_too_late,
    r.StageNotAhead: stage_not_ahead,
    r.NumberNotPossible: number_not_possible,
    r.CommandReplaced: command_replaced,
    r.UnknownAppointment: unknown_appointment,
    r.AppointmentOtherDay: appointment_other_day,
    r.NoSuchSlot: no_such_slot,
    r.SlotFull: slot_full,
    r.UnknownPickUp: unknown_pick_up,
    r.WrongPickUpStatus: wrong_pick_up_status,
    r.NotFetched: not_fetched,
}


def test_every_refusal_has_its_scene() -> None:
    assert set(SCENES) == set(r.AnyRefusal.__args__)
    assert set(SCENES) == set(r.Refusal.__subclasses__())


@pytest.mark.parametrize("kind", SCENES, ids=lambda kind: kind.__name__)
def test_the_refusal_comes_about(kind: type[r.Refusal]) -> None:
    assert type(SCENES[kind]()) is kind


def test_every_refusal_has_a_stable_code_of_its_own() -> None:
    codes = [kind.__struct_config__.tag for kind in SCENES]
    assert len(set(codes)) == len(codes)
    assert r.QueueClosedToday("A", ClosingReason.FULL).code == "queue-closed-today"


def test_a_refusal_changes_nothing() -> None:
    scene = Scene()
    ticket = scene.served()
    before = encode_state(scene.state)
    for command in (
        c.CallNext(ONE),
        c.CloseCounter(ONE),
        c.ReleaseCounter(TWO, ActReason.CLERK_ABSENT),
        c.TransferTicket(ticket, ToSender()),
        c.AcceptApplication(ticket, sample.DOCTOR, (9,)),
    ):
        scene.refused("ratna", command)
        assert encode_state(scene.state) == before
