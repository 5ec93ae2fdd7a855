"""What a measurement gives: one line of the table, with what it is held against."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

MS = 1000.0


@dataclass(frozen=True)
class Figure:
    """One line: what was measured, how often a second, how long in milliseconds, and the aim, if any.

    `share` is the rate beside that of a reference in the same run, and `aim_share` what it should be at least.
    """

    what: str
    per_second: float | None
    p50_ms: float
    p95_ms: float
    aim_ms: float | None = None
    note: str = ""
    share: float | None = None
    aim_share: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the 95th percentile, and the share, hold their aims; None without an aim."""
        held = []
        if self.aim_ms is not None:
            held.append(self.p95_ms <= self.aim_ms)
        if self.aim_share is not None and self.share is not None:
            held.append(self.share >= self.aim_share)
        return all(held) if held else None

    def beside(self, reference: "Figure", aim_share: float) -> "Figure":
        """Return this figure held against a reference: how much of its rate it reaches."""
        share = (self.per_second or 0.0) / (reference.per_second or 1.0)
        note = f"{100 * share:.0f} % of the reference below, aim {100 * aim_share:.0f} %"
        return replace(self, share=share, aim_share=aim_share, note=note)

    @property
    def as_json(self) -> dict[str, Any]:
        """Return the line for machines."""
        return {**asdict(self), "is_met": self.is_met}


def figure(what: str, seconds: Sequence[float], *, over: float | None = None, **more: Any) -> Figure:
    """Return the figure of single times in seconds; `over` is how long all of it took, for the rate."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    rate = len(ordered) / over if over else None
    return Figure(what, rate, statistics.median(ordered) * MS, p95 * MS, **more)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table to read."""
    lines = [f"{'':<66}{'per s':>9}{'p50 ms':>10}{'p95 ms':>10}{'aim ms':>8}"]
    for each in figures:
        rate = f"{each.per_second:9.1f}" if each.per_second is not None else f"{'':9}"
        aim = f"{each.aim_ms:8.0f}" if each.aim_ms is not None else f"{'':8}"
        held = {None: "", True: "  held", False: "  MISSED"}[each.is_met]
        lines.append(f"{each.what:<66}{rate}{each.p50_ms:10.1f}{each.p95_ms:10.1f}{aim}{held}  {each.note}".rstrip())
    return "\n".join(lines)
