"""The simulator's figures as a table to read."""

from antrean.simulator.fairness import fairness_of
from antrean.simulator.judge import Season, judged_visits
from antrean.simulator.verdict import BANDS, Verdict, ranges_of


def table(seasons: list[Season]) -> list[str]:
    """All of it, line by line."""
    days = [day for each in seasons for day in each.days]
    fair, ranges = fairness_of(days), ranges_of(judged_visits(seasons))
    visits = [visit for day in days for visit in day.visits]
    called = [visit for visit in visits if visit.called_at is not None]
    return [
        f"{len(days)} days, {len(visits)} tickets, {sum(day.no_shows for day in days)} no-shows, "
        f"{len(visits) - len(called)} expired uncalled",
        f"called at once      {_share(sum(visit.found_free for visit in called), len(called))}",
        f"wait, plain         mean {fair.plain.mean_minutes:.1f} min, p90 {fair.plain.p90_minutes:.0f} min",
        f"wait, priority      mean {fair.with_priority.mean_minutes:.1f} min, "
        f"p90 {fair.with_priority.p90_minutes:.0f} min",
        f"a priority overtakes {fair.overtakes_mean:.2f} on average, {fair.overtakes_most} at most; "
        f"a plain ticket is overtaken {fair.overtaken_mean:.2f} times, {fair.overtaken_most} at most",
        f"promises kept       {fair.kept} of {fair.promised} ({_share(fair.kept, fair.promised)})",
        "",
        "expected wait        ranges  covered  above  width  width/middle  error",
        _line("all", ranges.overall),
        *(
            _line(f"{low} to {high} min" if high < BANDS[-1][1] else f"{low} min and more", verdict)
            for (low, high), verdict in zip(BANDS, ranges.bands, strict=True)
        ),
        f"told that no counter is open, and called: {ranges.no_counter}; asked and expired: {ranges.expired}",
    ]


def _line(name: str, verdict: Verdict | None) -> str:
    if verdict is None:
        return f"{name:<20} {0:>6}"
    return (
        f"{name:<20} {verdict.ranges:>6}  {verdict.covered:>7.3f}  {verdict.above:>5.3f}  {verdict.width:>5.1f}"
        f"  {verdict.width_over_middle:>12.2f}  {verdict.error:>5.2f}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"
