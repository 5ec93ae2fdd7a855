"""No growth with rows not shown: the same pages, one client, on `base` and on `grown` (ten times the hidden rows)."""

import statistics
from typing import Any

from benchmarks.clients import ask, get
from benchmarks.figures import MS, Figure
from benchmarks.pages import addresses
from tests.faults.installation import HOST, Installation

TIMES = 40


def alone(product: Installation, world: dict[str, Any]) -> dict[str, list[float]]:
    """Return the sorted seconds of each page for one client alone."""
    found = {}
    for name, (path, cookie) in addresses(world).items():
        request = get(HOST, path, cookie)
        asked = [ask(product.port, request)[1] for _ in range(TIMES + 10)]
        found[name] = sorted(asked[10:])
    return found


def measure(before: dict[str, list[float]], after: dict[str, list[float]]) -> list[Figure]:
    """Return the pages on `grown`, each beside its median on `base`."""
    found = []
    for name, times in after.items():
        was = statistics.median(before[name]) * MS
        now = statistics.median(times) * MS
        note = f"{was:.1f} ms with a tenth of the hidden rows: × {now / was:.2f}"
        found.append(
            Figure(f"{name}, one client, 10 × hidden rows", None, now, times[int(0.95 * TIMES)] * MS, None, note)
        )
    return found
