"""What every test may use: two academies, the cast, and a signed-in client for each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from leerhuis.academies.actions import found_academy, grant_shared
from leerhuis.academies.models import Academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.academies.settings import read_settings
from leerhuis.base.edge import at_shared_tables, edge, enter_schema
from leerhuis.config.garbage import leave_the_program_to_itself
from leerhuis.people.models import Person
from tests.cast import Cast, make_cast, signed_in

EXAMPLES = Path(__file__).parent / "examples"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test with a database also reach the counts of tries, in a transaction of its own that is undone."""
    for item in items:
        if "db" in getattr(item, "fixturenames", ()) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=["default", "limits"]))


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not among all that was imported: each time took longer than the tests."""
    leave_the_program_to_itself()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Found the two academies of the examples in the test database, once (`--reuse-db` keeps them for the next run)."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        grant_shared()
        for name in ("leffectief", "kjenning"):
            if academy_by_key(name) is None:
                found_academy(read_settings(EXAMPLES / f"{name}.toml"))
        enter_schema(None)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()  # the test database is dropped next


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> Iterator[None]:
    """Each client builds the chain of middleware anew, which looked for all static files: a quarter of all time."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def find_once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find_once)
        yield


@pytest.fixture(autouse=True)
def _language_put_back() -> Iterator[None]:
    """A page in English leaves its language in the thread, as it may in a server, and the next test would speak it."""
    yield
    translation.deactivate()


def _open(key: str) -> Iterator[Academy]:
    enter_schema(None)
    academy = academy_by_key(key)
    assert academy is not None
    with edge(academy):
        yield academy
    enter_schema(None)


@pytest.fixture
def academy(db: None) -> Iterator[Academy]:
    """The academy LEFFECTIEF, entered: everything the test does happens in its schema and role."""
    yield from _open("leffectief")


@pytest.fixture
def choose(academy: Academy) -> Callable[..., None]:
    """Give LEFFECTIEF other settings until the test ends: ``choose(accounts=Accounts(mail_code=True))``."""

    def write(**parts: object) -> None:
        academy.chosen = academy.settings.model_copy(update=parts).model_dump(mode="json")
        del academy.settings
        with at_shared_tables():
            Academy.objects.filter(pk=academy.pk).update(chosen=academy.chosen)

    return write


@pytest.fixture
def kjenning(db: None) -> Iterator[Academy]:
    """The academy Kjenning, entered (not together with `academy`)."""
    yield from _open("kjenning")


@pytest.fixture
def cast(academy: Academy) -> Cast:
    """The standing characters, in LEFFECTIEF."""
    return make_cast()


@pytest.fixture
def as_(academy: Academy) -> Callable[[Person | None], Client]:
    """Return a browser on the academy's host, signed in as a person (None: a visitor), second factor passed."""
    return lambda person: signed_in(academy, person)
