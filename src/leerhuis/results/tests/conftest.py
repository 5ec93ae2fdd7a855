"""The moment at which tests of results happen: the morning of the lesson."""

from collections.abc import Iterator

import pytest

from leerhuis.base import clock
from leerhuis.results.tests.factories import MORNING


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """Hold the clock at the morning of the lesson; a test that needs another moment sets its own."""
    with clock.at(MORNING):
        yield
