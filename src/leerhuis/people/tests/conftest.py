"""Somebody with a password: what tests of signing in begin with."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from leerhuis.people.models import Person
from leerhuis.people.tests.at_the_door import PASSWORD


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """The same algorithm, with less work."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


@pytest.fixture
def learner(cast) -> Person:
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    return cast.learner


@pytest.fixture
def clerk(cast) -> Person:
    cast.clerk.set_password(PASSWORD)
    cast.clerk.save()
    return cast.clerk
