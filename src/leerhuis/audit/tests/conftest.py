"""What the tests of the journal and of the seals share."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings

from leerhuis.audit.tests.factories import seal_some


@pytest.fixture
def folder(academy: object, settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of its own for the journal and the head of each test."""
    settings.JOURNAL = tmp_path / "journal"
    return settings.JOURNAL


@pytest.fixture
def sealed(folder: Path) -> list[UUID]:
    """Three notes and six looks, sealed; the ids of the notes."""
    return seal_some()
