"""`leerhuis migrate`, `academy` and `export-person`: what an operator does to tables, academies and persons."""

import argparse
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from leerhuis.config.cli import exits
from leerhuis.config.cli.product import product, set_up

if TYPE_CHECKING:
    from leerhuis.academies.models import Academy


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis migrate`, `leerhuis academy create|list` and `leerhuis export-person`."""
    meaning = "bring the tables of every academy up to date; harmless when they are"
    parser = commands.add_parser("migrate", help=meaning, description=f"{meaning.capitalize()}.")
    parser.add_argument("--with-demo", action="store_true", help="also make what the demo needs, when it is absent")
    parser.add_argument("--check", action="store_true", help="only say whether a model lacks a migration")
    parser.set_defaults(carry_out=migrate)

    parser = commands.add_parser("academy", help="found an academy, or list them", description="Academies.")
    tasks = parser.add_subparsers(metavar="TASK", required=True)
    task = tasks.add_parser("create", help="found an academy from a settings file, such as examples/kjenning.toml")
    task.add_argument("settings", type=Path, help="the settings file (TOML)")
    task.set_defaults(carry_out=create)
    task = tasks.add_parser("list", help="list the academies with their hosts")
    task.add_argument("--json", action="store_true", help="as JSON")
    task.set_defaults(carry_out=list_academies)

    task = tasks.add_parser("admin", help="invite somebody as administrator of an academy, by mail")
    task.add_argument("academy", help="the key of the academy")
    task.add_argument("--first-name", required=True)
    task.add_argument("--last-name", required=True)
    task.add_argument("--email", required=True)
    task.set_defaults(carry_out=invite_admin)

    meaning = "write all that is held about one person, as JSON"
    parser = commands.add_parser("export-person", help=meaning, description=f"{meaning.capitalize()}.")
    parser.add_argument("person", type=UUID, help="the person's id")
    parser.add_argument("--academy", required=True, help="the key of the academy that holds the data")
    parser.add_argument("--to", type=Path, help="the file to write; otherwise it is printed")
    parser.set_defaults(carry_out=export)


def migrate(asked: argparse.Namespace) -> int:
    """Bring the shared tables, then every academy's, up to date, with the rights of each database role."""
    if asked.check:
        return check_migrations()
    with product():
        from leerhuis.academies.actions import grant_shared, repair_academy
        from leerhuis.academies.migrating import migrate_shared
        from leerhuis.academies.queries import all_academies

        migrate_shared()
        grant_shared()
        for academy in all_academies():
            repair_academy(academy)
        if asked.with_demo:
            from leerhuis.config import texts
            from leerhuis.config.demo.build import build_demo

            texts.compile_texts(texts.packages([]))
            build_demo()
    return exits.GOOD


def check_migrations() -> int:
    """Compare the models with their migrations; needs no database. WRONG when one is missing or two come last."""
    set_up()
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    loader = MigrationLoader(None)
    if forked := loader.detect_conflicts():
        named = "; ".join(f"{label}: {', '.join(sorted(names))}" for label, names in sorted(forked.items()))
        raise exits.Stop(f"Two migrations come last ({named}): let one depend on the other.")
    with translation.override(None):  # migrations are written in the language of the code
        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    ours = {config.label: config.name for config in apps.get_app_configs() if config.name.startswith("leerhuis.")}
    for label in sorted(set(changes) & set(ours)):
        for operation in (operation for migration in changes[label] for operation in migration.operations):
            print(f"{ours[label]}: {operation.describe()}")
    if set(changes) & set(ours):
        command = "DJANGO_SETTINGS_MODULE=leerhuis.config.settings django-admin makemigrations"
        raise exits.Stop(f"A model lacks a migration: run `{command}` and commit what it writes.")
    return exits.GOOD


def create(asked: argparse.Namespace) -> int:
    """Found an academy; its settings file is read and checked first."""
    if not asked.settings.is_file():
        raise exits.Stop(f"There is no file {asked.settings}.", exits.USAGE)
    with product():
        from leerhuis.academies.actions import found_academy
        from leerhuis.academies.settings import read_settings
        from leerhuis.config.restored import begin_journal

        academy = found_academy(read_settings(asked.settings))
        begin_journal(academy)
        print(f"Founded {academy.name} ({academy.schema_name}).")
    return exits.GOOD


def invite_admin(asked: argparse.Namespace) -> int:
    """Give somebody the role of administrator, and mail them the link with which they open their account."""
    with product():
        from leerhuis.audit.actor import Actor
        from leerhuis.base.edge import edge
        from leerhuis.people import actions
        from leerhuis.people.models import Person, Role

        operator = Actor.operator()
        with edge(academy_named(asked.academy)):
            person, _ = actions.find_or_add_person(
                asked.email, asked.first_name, asked.last_name, source=Person.Source.STAFF, by=operator
            )
            actions.grant_role(person, Role.Name.ACADEMY_ADMIN, by=operator)
            if not person.can_sign_in:
                actions.invite(person, by=operator)
    print("Done. The mail goes out as soon as a worker runs; the link in it works for fourteen days.")
    return exits.GOOD


def list_academies(asked: argparse.Namespace) -> int:
    """Print the academies, one a line, or as JSON."""
    with product():
        from leerhuis.academies.queries import all_academies

        found = [
            {
                "key": academy.schema_name,
                "name": academy.name,
                "hosts": sorted(academy.domains.values_list("domain", flat=True)),
            }
            for academy in all_academies()
        ]
    if asked.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for academy in found:
            print(f"{academy['key']:<20} {academy['name']:<40} {' '.join(academy['hosts'])}")
        if not found:
            print("There are no academies yet: `leerhuis academy create examples/kjenning.toml` founds one.")
    return exits.GOOD


def export(asked: argparse.Namespace) -> int:
    """Write what is held about a person, and note that it was handed out; the file is for its owner's eyes alone."""
    with product():
        from leerhuis.audit.actor import Actor
        from leerhuis.audit.outlet import STAFF, Going, send
        from leerhuis.base.edge import edge
        from leerhuis.people.models import Person
        from leerhuis.privacy.actions import hand_out_data

        with edge(academy_named(asked.academy)):
            try:
                going = Going(STAFF, "people.account", "leerhuis export-person", people={asked.person}, rows=1)
                operator = Actor.operator()
                handed_out = send(going, partial(hand_out_data, asked.person, by=operator), by=operator)
            except Person.DoesNotExist:
                raise exits.Stop(f"There is no person {asked.person} in {asked.academy}.") from None
            content = json.dumps(handed_out.as_dict(), indent=2, ensure_ascii=False, default=str)
    if asked.to is None:
        print(content)
        return exits.GOOD
    asked.to.touch(mode=0o600)
    asked.to.write_text(content + "\n", encoding="utf-8")
    return exits.GOOD


def academy_named(key: str) -> "Academy":
    """Return the academy with a key; leaves by USAGE when there is none."""
    from leerhuis.academies.queries import academy_by_key, all_academies

    academy = academy_by_key(key)
    if academy is None:
        known = ", ".join(one.schema_name for one in all_academies()) or "none"
        raise exits.Stop(f"There is no academy {key!r}. Known are: {known}.", exits.USAGE)
    return academy
