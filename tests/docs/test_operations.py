"""The operator's page: its commands, options, metrics and alarms are the product's, all of them."""

import re

import click
import pytest
from prometheus_client.core import Metric

from antrean.backup_age import Newest
from antrean.cli import commands
from antrean.metrics import Hall, Known, OutletCollector
from broker.domain.values import DeviceId, DeviceRole, Instant, PrinterState, Seq
from broker.protocol import messages as m
from tools.docs.pages import DOCS
from wording import Language, Wording

PAGE = (DOCS / "operations.md").read_text(encoding="utf-8")
GROUP = commands(Wording(Language.EN))
LINES = sorted(
    {line.strip() for line in re.findall(r"(?:^|`|sudo -u antrean )(antrean [a-z][^`\n|]*)", PAGE, re.M)}
)
NOW = Instant(1)


@pytest.mark.parametrize("line", LINES)
def test_every_command_with_its_options_exists(line: str) -> None:
    command: click.Command = GROUP
    for word in line.split()[1:]:
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"the page names `{line}`"
        command = found
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", line)) <= known


@pytest.mark.parametrize("name", ["health", "doctor", "metrics", "units", "send", "watch", "state", "backup"])
def test_what_operators_have_is_on_the_page(name: str) -> None:
    assert any(line.split()[1] == name for line in LINES)


def collected() -> list[Metric]:
    figures = m.Figures(
        id=m.RequestId(""),
        program="",
        epoch=m.Epoch(""),
        seq=Seq(1),
        at=NOW,
        started_at=NOW,
        is_confirmed=True,
        commands={},
        refusals={},
        errors={},
        strangers=0,
        commits=0,
        failed_commits=0,
        commit_ms=(0,) * (len(m.COMMIT_BOUNDS_MS) + 1),
        commit_ms_sum=0.0,
        snapshot_seq=Seq(0),
        database_bytes=1,
        log_bytes=1,
        free_bytes=1,
        memory_bytes=1,
        alarms=(),
    )
    standing = m.DeviceStanding(DeviceId("kiosk-1"), DeviceRole.KIOSK, "", NOW)
    devices = m.Devices(m.RequestId(""), NOW, (standing,), ())
    hall = Hall({"A": 0}, {standing.device: PrinterState.READY}, 0, 0)
    backups = Newest(DOCS, None, is_too_old=True)
    return list(OutletCollector(lambda: Known(figures, devices, hall), lambda: backups).collect())


def test_the_page_has_every_metric_and_no_other() -> None:
    named = {
        name.removesuffix("_total")
        for name in re.findall(r"^\| (`antrean_.*?) \|", PAGE, re.M)
        for name in re.findall(r"`(antrean_\w+)`", name)
    }
    assert named == {metric.name for metric in collected()}


def test_the_page_has_every_alarm_and_no_other() -> None:
    table = PAGE.partition("| alarm |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z-]+)`", table, re.M)) == {kind.value for kind in m.AlarmKind}
