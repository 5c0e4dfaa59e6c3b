"""Permits that leave the house: asked about first, and with a collection note where the counter has a printer."""

from collections.abc import Sequence
from functools import partial

from broker.client import Reply, new_request_id
from broker.domain import commands as c
from broker.domain.values import ApplicationId
from broker.protocol import messages as m
from broker.protocol.messages import ApplicationOutcome
from counter.errands import SessionFace
from counter.lent import Lent
from counter.oneday import FileLine, file_of
from counter.paper import CounterPrinter, NoPrinter, NotYet, Paper, Printing, Printout, print_out
from counter.sheets import HandOverSheet, NotPrinted, Remark
from counter.slips import outcome_in
from hardware.job import Failed, Printed, Unknown
from hardware.page import JobKind
from papers.collection import collection_page
from papers.filed import filed_before


class HandingOver:
    """One counter's. It keeps the notes that it has printed, so that another print of one carries the mark."""

    def __init__(self, session: SessionFace, lent: Lent, printer: CounterPrinter | None) -> None:
        self._session = session
        self._lent = lent
        self._printer = printer
        self._notes: dict[ApplicationId, Printout] = {}

    def offer(self, applications: Sequence[ApplicationId]) -> None:
        """Ask before they are handed over."""
        state = self._session.state
        known = (
            file_of(state, state.applications[each]) for each in applications if each in state.applications
        )
        files = tuple(file for file in known if file is not None)
        if files and self._lent.takes_acts():
            self._lent.open_sheet(self.sheet_for(files))

    def sheet_for(self, files: tuple[FileLine, ...]) -> HandOverSheet:
        """What asks about them, with the notes as they stand."""
        return HandOverSheet(files, self._papers(files))

    def hand_over(self) -> None:
        """The permits of the sheet are in the citizen's hand."""
        sheet = self._lent.sheet()
        if isinstance(sheet, HandOverSheet) and self._lent.takes_acts():
            for file in sheet.files:
                self._lent.send(c.HandOver(file.application), None)

    def print_notes(self) -> None:
        """One attempt for each file of the sheet whose note is not on paper; once more for all where each is."""
        sheet = self._lent.sheet()
        if isinstance(sheet, HandOverSheet) and self._lent.takes_acts():
            for file in lacking(sheet) or sheet.files:
                self._print(file)

    def _print(self, file: FileLine) -> None:
        note = self._notes.get(file.application)
        if note is not None:
            print_out(self._printer, note, partial(self._fares, file))
        elif self._printer is not None:
            question = m.AskSlip(new_request_id(), file.application)
            self._lent.ask(question, lambda reply: self._answered(file, reply))

    def _answered(self, file: FileLine, reply: Reply) -> None:
        outcome = outcome_in(reply)
        if self._lent.profile() is None:
            return
        if not isinstance(outcome, ApplicationOutcome):
            self._lent.say(outcome)
            return
        state = self._session.state
        application = state.applications.get(file.application)
        filed = filed_before(state, application) if application is not None else None
        if application is None or filed is None or application.ready_at is None:
            self._lent.say(Remark.FILE_ENDED)
            return
        page = collection_page(filed, application.ready_at, outcome, state)
        print_out(self._printer, Printout((page,), ticket=filed.ticket), partial(self._fares, file))

    def _fares(self, file: FileLine, note: Printout) -> None:
        self._notes[file.application] = note
        sheet = self._lent.sheet()
        if isinstance(sheet, HandOverSheet) and file in sheet.files:
            self._lent.change_sheet(self.sheet_for(sheet.files))
        elif isinstance(note.paper, Failed | Unknown):
            self._lent.say(NotPrinted(JobKind.COLLECTION_NOTE, file.number))

    def _papers(self, files: tuple[FileLine, ...]) -> tuple[Paper, ...]:
        nothing: Paper = NoPrinter.NO_PRINTER if self._printer is None else NotYet.NOT_YET
        notes = (self._notes.get(file.application) for file in files)
        return tuple(nothing if note is None else note.paper for note in notes)


def lacking(sheet: HandOverSheet) -> tuple[FileLine, ...]:
    """The files whose note is neither on paper nor on its way there."""
    return tuple(
        file
        for file, paper in zip(sheet.files, sheet.notes, strict=True)
        if not isinstance(paper, Printed | Printing)
    )
