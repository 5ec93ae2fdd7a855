"""Founding an academy is all or nothing: a worker never meets one whose tables or role are not there yet."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.signals import post_migrate
from pytest_django import DjangoDbBlocker

from leerhuis.academies.actions import found_academy
from leerhuis.academies.queries import academy_by_key, all_academies
from leerhuis.academies.settings import AcademySettings
from leerhuis.base.edge import edge, enter_schema

pytestmark = pytest.mark.slow
KEY = "proefhuis"


class Broken(RuntimeError):
    """Stands for whatever can break in the middle of founding."""


@pytest.fixture
def chosen(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[AcademySettings]:
    """Settings of an academy that is founded for real, and is gone afterwards."""
    with django_db_blocker.unblock():
        enter_schema(None)
        model = academy_by_key("kjenning")
        assert model is not None
        yield model.settings.model_copy(update={"key": KEY, "hosts": (f"{KEY}.localhost",)})
        enter_schema(None)
        found = academy_by_key(KEY)
        if found is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {found.schema_name} CASCADE")
                cursor.execute(f"DROP OWNED BY {found.db_role}, {found.web_role}")
                cursor.execute(f"DROP ROLE {found.db_role}, {found.web_role}")
            found.delete()
        connection.close()


def as_a_worker_sees_it() -> list[str]:
    """Return the keys of the academies that are seen by another connection, each entered as a worker does."""

    def look() -> list[str]:
        try:
            enter_schema(None)
            found = all_academies()
            for academy in found:
                with edge(academy):
                    pass
            return [academy.schema_name for academy in found]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(look).result()


def traces(key: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname = %(key)s UNION ALL"
            " SELECT rolname FROM pg_roles WHERE rolname = current_database() || '_' || %(key)s",
            {"key": key},
        )
        return [name for (name,) in cursor.fetchall()]


def test_an_academy_is_seen_when_it_stands_and_a_broken_one_leaves_nothing(chosen: AcademySettings) -> None:
    seen: list[list[str]] = []

    def in_the_middle(**_said: Any) -> None:
        seen.append(as_a_worker_sees_it())
        raise Broken

    post_migrate.connect(in_the_middle)
    try:
        with pytest.raises(Broken):
            found_academy(chosen)
    finally:
        post_migrate.disconnect(in_the_middle)
    enter_schema(None)
    assert [KEY in each for each in seen] == [False]
    assert (academy_by_key(KEY), traces(KEY)) == (None, [])

    found_academy(chosen)

    assert KEY in as_a_worker_sees_it()
    assert len(traces(KEY)) == 2
