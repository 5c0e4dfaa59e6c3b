"""What stands on the note that lies with a finished permit."""

from broker.domain import commands as c
from broker.protocol.messages import ApplicationOutcome
from hardware.page import JobKind
from papers.collection import collection_page
from papers.filed import filed_before
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.sample import at


def test_it_names_the_file_and_since_when_it_is_ready_in_the_office_language() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A", sample.MICRO_BUSINESS)
    file = morning.accept("sri", morning.serving("sri", ONE), sample.MICRO_BUSINESS)
    state = morning.state
    filed = filed_before(state, state.applications[file])
    assert filed is not None
    page = collection_page(filed, at(14, 10), ApplicationOutcome(file, "token", at(8), "9QF3TX"), state)
    assert page.kind is JobKind.COLLECTION_NOTE
    says = page.fields
    assert (says["letter"], says["number"], says["file"]) == ("A", "001", file)
    assert (says["token"], says["code"]) == ("token", "9QF 3TX")
    assert (says["ready"], says["date"]) == ("14.10", "14 Juli 2026")
    assert says["collect"] == "Ambil di Loket 3"
