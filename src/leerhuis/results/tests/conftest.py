"""The moment at which tests of results happen: the morning of the lesson."""

from collections.abc import Callable, Iterator

import pytest

from leerhuis.base import clock
from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person
from leerhuis.people.queries import roles_of
from leerhuis.results.tests.factories import MORNING


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """Hold the clock at the morning of the lesson; a test that needs another moment sets its own."""
    with clock.at(MORNING):
        yield


@pytest.fixture
def as_viewer() -> Callable[[Person], Viewer]:
    """Return a person as somebody who looks, with their roles and a second factor passed."""
    return lambda person: Viewer(person, roles_of(person.id), second_factor=True)
