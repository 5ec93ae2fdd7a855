"""Calling the API of practice as an app does: with a token, in JSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.people.models import Person
from leerhuis.people.tokens import make_token
from leerhuis.practice.models import Bank, Question

AT = "/api/v1/practice/"


class App:
    """An app of one person on an academy's host, for one bank."""

    def __init__(self, academy: Academy, person: Person, bank: Bank, *, second_factor: bool = False) -> None:
        self.bank = f"banks/{bank.id}/"
        self.sign_in, self.token = make_token(
            person, app="Proef", browser="?", system="?", second_factor=second_factor, by=Actor.person(person.id)
        )
        self.client = Client(
            enforce_csrf_checks=True,
            headers={"host": academy.main_host, "authorization": f"Bearer {self.token}", "accept-language": "en"},
        )

    def get(self, at: str, **query: Any) -> Any:
        return self.client.get(AT + at, query)

    def put(self, at: str, said: Any) -> Any:
        return self.client.put(AT + at, said, content_type="application/json")

    def post(self, at: str) -> Any:
        return self.client.post(AT + at, {}, content_type="application/json")

    def delete(self, at: str) -> Any:
        return self.client.delete(AT + at)

    def send(self, *answers: dict[str, Any]) -> Any:
        return self.client.post(f"{AT}{self.bank}answers", {"answers": list(answers)}, content_type="application/json")

    def bring(self, *answers: dict[str, Any]) -> list[dict[str, Any]]:
        """Send answers and return what became of each."""
        response = self.send(*answers)
        assert response.status_code == 200, response.content
        taken: list[dict[str, Any]] = response.json()["answers"]
        return taken

    def fates(self, *answers: dict[str, Any]) -> list[str]:
        return [each["fate"] for each in self.bring(*answers)]


def said(to: Question, choice: str = "true", *, at: datetime | None = None, **changed: Any) -> dict[str, Any]:
    """Return an answer to a true statement (right unless told otherwise) as an app sends it."""
    plain = {
        "id": str(uuid7()),
        "question": str(to.id),
        "version": to.version,
        "at": (at or clock.now()).isoformat(),
        "answer": {"choice": [choice]},
        "took_ms": 4000,
    }
    return {name: str(value) if isinstance(value, UUID) else value for name, value in (plain | changed).items()}
