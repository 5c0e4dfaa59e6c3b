"""What a display says of itself."""

from collections.abc import Callable

from broker.client.face import SessionFace
from broker.client.reports import Reports
from broker.domain.commands import ReportDisplay
from broker.domain.state import Outputs, State
from broker.domain.values import DeviceId


class DisplayReports(Reports):
    """`present` is what of it can be perceived now."""

    def __init__(self, session: SessionFace, present: Callable[[], Outputs]) -> None:
        self._present = present
        super().__init__(session, self._to_tell)

    def _to_tell(self, state: State, device: DeviceId) -> ReportDisplay | None:
        present = self._present()
        if state.displays.get(device, Outputs()) == present:
            return None
        return ReportDisplay(present.screen, present.sound)
