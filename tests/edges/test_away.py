"""What is answered while the database is away: 503, also when it is another fault that comes of it."""

import pytest
from django.db import OperationalError
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest
from django.test import RequestFactory

from leerhuis.academies.models import Academy
from leerhuis.config.away import fault


def fail(error: Exception, cause: Exception | None) -> None:
    raise error from cause


def answered(request: HttpRequest, cause: Exception | None, error: Exception) -> int:
    """Return the status that Django's handler of faults would send for an error that came of another."""
    request.viewer = None  # type: ignore[attr-defined]
    try:
        fail(error, cause)
    except (OperationalError, TransactionManagementError, KeyError):
        return fault(request).status_code
    return 0


@pytest.mark.parametrize(
    ("cause", "error", "status"),
    [
        (None, OperationalError("the connection is lost"), 503),
        (OperationalError("the connection is lost"), TransactionManagementError("broken"), 503),
        (None, TransactionManagementError("broken"), 500),
        (ValueError("odd"), KeyError("odd"), 500),
    ],
)
def test_a_fault_that_comes_of_a_lost_database_is_a_pause(
    academy: Academy, cause: Exception | None, error: Exception, status: int
) -> None:
    request = RequestFactory().get("/", headers={"host": academy.main_host})
    request.tenant = academy  # type: ignore[attr-defined]
    assert answered(request, cause, error) == status
