"""Nothing of one academy is reachable from another: rows, sign-ins, jobs, mails; also through the connection pool."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import at_shared_tables, edge
from leerhuis.base.jobs import declared_jobs, defer
from leerhuis.config.tasks import do
from leerhuis.mail.models import Message
from leerhuis.people import actions
from leerhuis.people.models import Person
from tests.cast import Cast, signed_in

As = Callable[[Person | None], Client]


def other_academy() -> Academy:
    with at_shared_tables():
        found = academy_by_key("kjenning")
    assert found is not None
    return found


def asked(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_an_edge_is_in_its_own_schema_and_role_and_leaves_nothing_behind(academy: Academy) -> None:
    assert asked("SELECT current_schema()") == "leffectief"
    with edge(other_academy()):
        assert asked("SELECT current_schema()") == "kjenning"
        assert asked("SELECT current_user") == other_academy().db_role
    assert asked("SELECT current_schema()") == "leffectief"
    assert asked("SELECT current_user") == academy.db_role


def test_the_role_of_an_academy_cannot_read_another_academy(academy: Academy) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        asked("SELECT count(*) FROM kjenning.person")


def test_the_role_of_an_academy_cannot_read_the_settings_of_academies(academy: Academy) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        asked("SELECT count(*) FROM public.academy")


def test_a_sign_in_at_one_academy_is_none_at_the_other(academy: Academy, cast: Cast) -> None:
    client = signed_in(academy, cast.learner)
    assert client.get("/me/details/").status_code == 200
    assert client.get("/me/details/", headers={"host": "kjenning.localhost"}).status_code == 302


def test_an_id_of_another_academy_is_not_found(academy: Academy, cast: Cast, as_: As) -> None:
    with edge(other_academy()):
        foreign, _ = actions.find_or_add_person(
            "iemand@elders.example", "Iemand", "Elders", source=Person.Source.STAFF, by=Actor.operator()
        )
    clerk = as_(cast.clerk)
    missing = clerk.get("/office/people/0190aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa/edit/")
    found = clerk.get(f"/office/people/{foreign.id}/edit/")
    assert (found.status_code, missing.status_code) == (404, 404)
    assert len(found.content) == len(missing.content)


def test_a_job_of_one_academy_finds_nothing_of_another(academy: Academy, cast: Cast) -> None:
    actions.invite(cast.learner, by=Actor.operator())
    message = Message.objects.get()
    do("kjenning", "mail.send_message", str(message.id))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.WAITING, 0)


def test_a_deferred_job_carries_the_academy_and_an_id_and_nothing_else(academy: Academy, cast: Cast) -> None:
    assert "mail.send_message" in declared_jobs()
    defer("mail.send_message", cast.learner.id)
    args = asked("SELECT args::text FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
    assert json.loads(str(args)) == {
        "academy": "leffectief",
        "job": "mail.send_message",
        "id": str(cast.learner.id),
    }


POOL = """
import random, threading
import django
django.setup()
from django.db import connection, transaction
from leerhuis.academies.queries import all_academies
from leerhuis.base.edge import at_shared_tables, edge
with at_shared_tables():
    academies = all_academies()
assert len(academies) == 2
wrong, rounds = [], []
class Boom(Exception): pass
def work(seed):
    dice = random.Random(seed)
    for _ in range(150):
        academy = dice.choice(academies)
        try:
            with edge(academy), connection.cursor() as cursor:
                if dice.random() < 0.2:
                    try:
                        with transaction.atomic():
                            cursor.execute("SELECT 1")
                            raise Boom
                    except Boom:
                        pass
                cursor.execute("SELECT current_schema(), current_user, to_regclass('person')::text")
                schema, role, table = cursor.fetchone()
                rounds.append(1)
                if (schema, role) != (academy.schema_name, academy.web_role) or table is None:
                    wrong.append((academy.schema_name, schema, role))
                if dice.random() < 0.3:
                    raise Boom
        except Boom:
            pass
        connection.close()
threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
[t.start() for t in threads]; [t.join() for t in threads]
print(len(rounds), len(wrong))
connection.pool.close() if getattr(connection, "pool", None) else None
"""


def test_no_search_path_and_no_role_leaks_through_the_pool(academy: Academy) -> None:
    settings = connection.settings_dict
    login = f"{settings['USER']}:{settings['PASSWORD']}"
    url = f"postgresql://{login}@/{settings['NAME']}?host={settings['HOST'].replace('/', '%2F')}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "LEERHUIS_DATABASE_ROLE": "web",
        "LEERHUIS_POOL": "1",
        "LEERHUIS_POOL_SIZE": "3",
    }
    ran = subprocess.run(
        [sys.executable, "-c", POOL], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.strip() == "900 0", ran.stderr[-2000:]
