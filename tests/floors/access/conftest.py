"""The standing worlds, built once for each file of tests and taken back after it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.floors.access.world import World, standing, undone


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[World]]:
    """Two academies full of things; what a test does there is taken back after it (see `here`)."""
    with django_db_blocker.unblock(), standing() as built:
        yield built


@pytest.fixture
def here(worlds: list[World]) -> Iterator[World]:
    """The first academy, entered."""
    with undone():
        yield worlds[0]


@pytest.fixture
def there(worlds: list[World]) -> World:
    """The other academy."""
    return worlds[1]
