"""The collection note: it lies with a finished permit, and whoever collects the permit signs it."""

from broker.domain.state import State
from broker.domain.values import Instant, Language
from broker.protocol.messages import ApplicationOutcome
from hardware.layout.office import CollectionContent, collection_fields
from hardware.page import JobKind, Page
from papers.filed import Filed, identity
from papers.words import wording_of


def collection_page(filed: Filed, ready_at: Instant, outcome: ApplicationOutcome, state: State) -> Page:
    """In the office's own language."""
    w = wording_of(state, Language.INDONESIAN)
    content = CollectionContent(identity(filed, outcome, state, w), w.local(ready_at).replace(tzinfo=None))
    return Page(JobKind.COLLECTION_NOTE, collection_fields(content))
