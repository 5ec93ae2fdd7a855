"""The document of the API says what the API does: whatever it allows and forbids is thrown at it, by schemathesis."""

from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from leerhuis.charter.calls import document
from leerhuis.practice.models import Question
from leerhuis.practice.tests.calling import App, said
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
from leerhuis.practice.views.api import api

TOLD = document(api)
SCHEMA = schemathesis.openapi.from_dict(TOLD)
CALLS = sorted((path, method) for path, methods in TOLD["paths"].items() for method in methods)
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 25


@pytest.fixture
def app(academy, cast):
    bank = a_bank(text=many_questions(2, 5))
    access_for(cast.learner, bank)
    app = App(academy, cast.learner, bank)
    app.bring(said(Question.objects.filter(topic__bank=bank).first()))
    return app


def sent_by(client: Client, case: Any, bank: str, *, in_bank: bool) -> Response:
    """Send a case to the product, by Django's own client; with `in_bank` to a bank that is there."""
    if in_bank and "bank_id" in case.path_parameters:
        case.path_parameters = case.path_parameters | {"bank_id": bank}
    wanted = case.as_transport_kwargs(base_url="http://leffectief.localhost")
    names = ("method", "url", "params", "headers", "data", "json")
    prepared = requests.Request(**{name: wanted[name] for name in names if name in wanted}).prepare()
    parts = urlsplit(str(prepared.url))
    kind = str(prepared.headers.pop("Content-Type", "application/octet-stream"))
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
    at = parts.path + (f"?{parts.query}" if parts.query else "")
    answer: Any = client.generic(str(prepared.method), at, body, content_type=kind)
    return Response(
        status_code=answer.status_code,
        headers={name.lower(): [value] for name, value in answer.headers.items()},
        content=answer.content,
        request=prepared,
        elapsed=0.1,
        verify=False,
    )


@pytest.mark.parametrize("mode", MODES, ids=["allowed", "forbidden"])
@pytest.mark.parametrize(("path", "method"), CALLS, ids=[f"{method} {path}" for path, method in CALLS])
def test_whatever_is_sent_gets_an_answer_that_the_document_knows(app, path, method, mode):
    bank, seen = app.bank.split("/")[1], set()

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=SCHEMA[path][method.upper()].as_strategy(generation_mode=mode), in_bank=st.booleans())
    def throw(case: Any, in_bank: bool) -> None:
        answer = sent_by(app.client, case, bank, in_bank=in_bank)
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    throw()
    assert seen
    assert max(seen) < 500


def test_an_answer_that_the_document_does_not_know_is_noticed(app):
    """The control: with another form of the answer in the document, the same call fails."""
    wrong = document(api)
    schemas = wrong["components"]["schemas"]
    schemas["BankOut"] = {"type": "object", "required": ["colour"], "properties": {"colour": {"type": "string"}}}
    case = schemathesis.openapi.from_dict(wrong)["/api/v1/practice/banks"]["GET"].Case()
    with pytest.raises(schemathesis.core.failures.FailureGroup):
        case.validate_response(sent_by(app.client, case, "", in_bank=False), checks=CHECKS)


def test_the_document_is_served_to_anyone_and_names_every_call(academy):
    told = Client(headers={"host": academy.main_host}).get("/api/v1/openapi.json")
    assert (told.status_code, told.json()["openapi"], told.json()) == (200, "3.1.0", TOLD)
    assert [f"{method} {path}" for path, method in CALLS] == [
        "get /api/v1/practice/banks",
        "post /api/v1/practice/banks/{bank_id}/answers",
        "get /api/v1/practice/banks/{bank_id}/bookmarks",
        "delete /api/v1/practice/banks/{bank_id}/bookmarks/{question_id}",
        "put /api/v1/practice/banks/{bank_id}/bookmarks/{question_id}",
        "delete /api/v1/practice/banks/{bank_id}/goal",
        "get /api/v1/practice/banks/{bank_id}/goal",
        "put /api/v1/practice/banks/{bank_id}/goal",
        "get /api/v1/practice/banks/{bank_id}/mastery",
        "get /api/v1/practice/banks/{bank_id}/media/{digest}/{name}",
        "get /api/v1/practice/banks/{bank_id}/round",
        "put /api/v1/practice/banks/{bank_id}/troubles/{question_id}",
        "get /api/v1/practice/days",
        "get /api/v1/practice/faults",
        "post /api/v1/practice/faults",
        "get /api/v1/practice/goals",
        "post /api/v1/practice/reminders/decline",
        "get /api/v1/practice/start",
    ]
