"""An installation of before the migrations were put together goes on as it is; tables that lack one are told."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from leerhuis.academies.migrating import TooOld, is_behind, migrate_academy
from leerhuis.academies.queries import academy_by_key

pytestmark = pytest.mark.django_db
TAKEN_BACK = "DELETE FROM django_migrations WHERE app = %s AND name = %s"


def take_back(*migrations: tuple[str, str]) -> None:
    """Let the entered schema forget that it was given some migrations."""
    with connection.cursor() as cursor:
        for each in migrations:
            cursor.execute(TAKEN_BACK, each)
            assert cursor.rowcount == 1


def test_an_academy_with_all_earlier_migrations_is_up_to_date_and_one_that_lacks_one_of_them_is_not():
    academy = academy_by_key("leffectief")
    assert not is_behind(academy)
    put_together = {key: each.replaces for key, each in MigrationLoader(None).disk_migrations.items() if each.replaces}
    assert len({earlier for replaced in put_together.values() for earlier in replaced}) == 84
    take_back(*put_together)
    assert not is_behind(academy)
    take_back(("practice", "0012_together"))
    assert is_behind(academy)
    with pytest.raises(TooOld):
        migrate_academy(academy)


def test_an_academy_without_its_tables_is_behind():
    academy = academy_by_key("leffectief")
    assert not is_behind(academy)
    take_back(("results", "0001_tables"), *MigrationLoader(None).disk_migrations["results", "0001_tables"].replaces)
    assert is_behind(academy)


def test_shared_tables_that_lack_a_migration_are_behind_whatever_those_of_academies_have():
    assert not is_behind(None)
    take_back(("people", "0001_tables"), *MigrationLoader(None).disk_migrations["people", "0001_tables"].replaces)
    assert not is_behind(None)
    take_back(*((app, name) for app, name in MigrationLoader(connection).applied_migrations if app == "academies"))
    assert is_behind(None)
