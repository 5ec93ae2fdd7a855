"""Tests read the English texts, which stand in the code."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person
from leerhuis.people.queries import roles_of


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def as_viewer() -> Callable[[Person], Viewer]:
    """Return a person as somebody who looks, with their roles and a second factor passed."""
    return lambda person: Viewer(person, roles_of(person.id), second_factor=True)
