"""Pages under load: 8 clients, the real server, the reference data `base`."""

from itertools import repeat
from typing import Any

from benchmarks.clients import CLIENTS, get, load
from benchmarks.figures import Figure, figure
from tests.faults.installation import HOST, Installation

AIM_MS = 100.0


def addresses(world: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the measured pages: name, address and sign-in."""
    return {
        "catalogue page": ("/courses/", ""),
        "learner's home": ("/today/", world["learners"][0]["cookie"]),
        "office list of 1,000 enrolments": ("/office/enrolments/", world["clerk"]),
    }


def measure(product: Installation, world: dict[str, Any]) -> list[Figure]:
    """Return requests a second and times of each page."""
    found = []
    for name, (path, cookie) in addresses(world).items():
        times, over = load(product.port, [repeat(get(HOST, path, cookie))] * CLIENTS, 200)
        found.append(figure(name, times, over=over, aim_ms=AIM_MS))
    return found
