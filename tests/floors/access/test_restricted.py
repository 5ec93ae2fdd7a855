"""Of whom the use of data is restricted stands on no page, sheet, paper, search, count or mail, but on two guards'."""

from typing import Any, Final
from urllib.parse import quote

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import resolve

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.catalogue.models import Run, Teaching
from leerhuis.charter.foreign import word_of
from leerhuis.charter.words import CREDENTIAL, WORDS
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.letters import URGENT
from leerhuis.mail.models import Mention, Message
from leerhuis.organisations.models import Membership
from leerhuis.people.models import Person
from leerhuis.privacy.actions import restrict_person
from leerhuis.privacy.rows import every_row, tables_about_people
from leerhuis.results.models import Certificate
from tests.floors.access.asking import address, ask, filled_in, neutral, routes
from tests.floors.access.filling import FORMS
from tests.floors.access.matrix import rows
from tests.floors.access.test_side_channels import text_of
from tests.floors.access.world import World, undone

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE = rows()

# Learners of one organisation, their trainer, somebody of the office and the contact of another organisation.
HIDDEN: Final = ("learner", "colleague", "trainer", "clerk", "other_contact")
LOOKING: Final = (
    "visitor", "stranger", "contact", "other_trainer", "planner", "bookkeeper", "marketer", "officer", "admin",
)  # fmt: skip
# Where a restricted person may be read, and by whom: pages of privacy alone.
GUARDED: Final = {
    "privacy_restricted": {"officer", "bookkeeper"},
    "privacy_restricted_person": {"officer"},
    "privacy_restrict": {"officer"},
    "privacy_office": {"officer"},  # whoever is restricted has rights, too: requests that wait
    "privacy_reply_pdf": {"officer"},
    "privacy_request": {"officer"},
    "privacy_requests_list": {"officer"},
    "privacy_request_data": {"officer"},
    "privacy_erase": {"officer"},  # whoever asks for it is erased, restricted or not
    "privacy_erasures": {"officer"},
    "privacy_redaction": {"officer"},
    "privacy_my_data": {"contact"},  # what they were told before is theirs: it stands in their own mails
    "privacy_download_html": {"contact"},
    "privacy_download_json": {"contact"},
    "privacy_release": {"officer"},
    "privacy_holds": {"officer"},
    "privacy_hold": {"officer"},
    "privacy_complaints_list": {"officer"},  # a complaint is answered, restricted or not: by the privacy officer
    "privacy_complaint_year": {"officer"},
    "privacy_complaint": {"officer"},
    "privacy_complaint_letter": {"officer"},
}
SHORT: Final = 12


def fill(person: Person, mark: str) -> list[str]:
    """Put a token in every text about a person, in every table that the charter knows; return the tokens."""
    tokens = [person.first_name, person.last_name, str(person.email)]
    for model, path in tables_about_people():
        if model is Person:
            continue
        columns = [field for field in model._meta.concrete_fields if _holds_text(model, field)]
        for row in every_row(model).filter(**{path: person.pk}):
            for field in columns:
                token = f"{mark}{len(tokens):04d}zz"
                every_row(model).filter(pk=row.pk).update(**{field.attname: _shaped(field, token)})
                tokens.append(token)
    return tokens


def _holds_text(model: type[models.Model], field: Any) -> bool:
    """True for a text about the person that is nothing but read: no key, no choice, nothing that must be there once."""
    word = word_of(model, field)
    plain = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
    fits = (getattr(field, "max_length", None) or 200) >= SHORT and not isinstance(field, ArrayField)
    return plain and fits and word in WORDS.values() and word is not CREDENTIAL


def _shaped(field: Any, token: str) -> str:
    if isinstance(field, models.EmailField):
        return f"{token}@canary.example"
    return f"https://canary.example/{token}" if isinstance(field, models.URLField) else token


@pytest.fixture
def tokens(here: World) -> list[str]:
    """Have the use of several people's data restricted, in whose rows everything is a token; return the tokens."""
    officer = Actor.person(here.people["officer"].id, "privacy_officer")
    for run in ("taught", "over", "coming", "full"):
        Teaching.objects.create(run=here.things[run], trainer=here.people["other_trainer"])
    found: list[str] = []
    for who in HIDDEN:
        person = here.people[who]
        person.set_name(f"Canaria{who}", f"{person.last_name}Kanarie")
        person.email = f"zwk{who[:3]}@zwkanarie.test"  # no word of it stands in anybody else's
        person.save()
        found += fill(person, f"kn{who[:3]}")
    found += mail_that_names(here.people["learner"], here.people["contact"])
    for who in HIDDEN:
        restrict_person(here.people[who], reason="Klopt het adres?", by=officer)
    return found


def mail_that_names(named: Person, reader: Person) -> list[str]:
    """Put a mail to a contact in the outbox that tells of a learner; return its tokens."""
    tokens = ["knmailtitlezz", "knmailbodyzz"]
    message = Message.objects.create(
        kind="enrolment.order_cancelled", cause="EnrolmentCancelled", person=reader.id, to_name=reader.name,
        to_address=str(reader.email), language="nl", title=tokens[0], body=tokens[1], try_after=clock.now(),
        state=Message.State.SENT,
    )  # fmt: skip
    Mention.objects.create(message=message, person=named.id)
    return tokens


def addresses_of(looking: str, world: World) -> list[tuple[str, str]]:
    """Return (route, address) of what somebody may open about things of this world, sheets of lists included."""
    found = []
    for route, pattern in routes().items():
        row = TABLE.get(route)
        if row is None or row.answers.get(looking) != "y" or "GET" not in row.methods:
            continue
        if route.startswith(("account", "mfa")):
            continue
        at = address(world, route, pattern)
        sheets = ("csv", "xlsx") if route in LISTS else ()
        found += [(route, at), *((route, f"{at}?export={kind}") for kind in sheets)]
    return found


NOWHERE: Final = "wbxkfvzj"  # letters that stand in no name like this
LISTS: Final = {route for route, form in FORMS.items() if isinstance(form, dict) and form.get("act") == "keep"} | {
    "enrolment_employer_home", "results_employer_progress", "privacy_office_looks", "privacy_office_map",
}  # fmt: skip


def told(text: str, tokens: list[str]) -> list[str]:
    return [token for token in tokens if token in text]


def test_nobody_but_the_guards_reads_of_them_on_any_page_sheet_or_paper(tokens: list[str], here: World) -> None:
    leaks = []
    for looking in LOOKING:
        browser = here.browser(looking)
        for route, at in addresses_of(looking, here):
            if looking in GUARDED.get(route, ()):
                continue
            found = told(text_of(ask(browser, "GET", at)), tokens)
            if found:
                leaks.append(f"{looking} {at}: {found}")
    assert leaks == []


@pytest.mark.slow
def test_nobody_finds_them_by_any_word(tokens: list[str], here: World) -> None:
    """A word of theirs is answered as a word that stands nowhere."""
    leaks = []
    asked_for = [each for each in tokens if not each.startswith("kn")] + [
        f"{each.number}" for each in Certificate.objects.filter(enrolment__learner=here.people["learner"])
    ]
    for looking in ("planner", "officer", "bookkeeper", "contact", "other_trainer"):
        browser = here.browser(looking)
        searched = [route for route in LISTS | {"portal_office_search"} if TABLE[route].answers.get(looking) == "y"]
        for route in (each for each in searched if looking not in GUARDED.get(each, ())):
            at = address(here, route, routes()[route])
            for token in asked_for:
                nothing = "".join(NOWHERE[place % 8] if each.isalpha() else each for place, each in enumerate(token))
                if answer(browser, at, token) != answer(browser, at, nothing):
                    leaks.append(f"{looking} {at}?q={token}")
    assert leaks == []


def answer(browser: Any, at: str, asked: str) -> str:
    said = text_of(browser.get(at, {"q": asked}))
    for written in (quote(quote(asked)), quote(asked), asked):
        said = said.replace(written, "·")
    return neutral(said)


@pytest.mark.slow
def test_no_form_names_them_on_its_page_or_in_a_mail(tokens: list[str], here: World) -> None:
    """Each form is sent; what it answers, and each mail that goes out because of it, is read."""
    leaks = []
    hidden = {here.people[who].id for who in HIDDEN}
    for route, row in TABLE.items():
        for looking in ("contact", "other_trainer", "planner", "officer", "admin"):
            if row.answers.get(looking) != "y" or "POST" not in row.methods or route not in FORMS:
                continue
            if looking in GUARDED.get(route, ()) or (looking == "admin" and row.answers["planner"] == "y"):
                continue
            with undone():
                leaks += [f"{looking} {route}: {each}" for each in sent(here, looking, route, tokens, hidden)]
    assert leaks == []


def sent(world: World, looking: str, route: str, tokens: list[str], hidden: set[Any]) -> list[str]:
    """Send a form and return what it tells of the hidden: on the page that answers, or in a mail that goes."""
    at = address(world, route, routes()[route])
    browser, before = world.browser(looking), set(Message.objects.values_list("id", flat=True))
    page = ask(browser, "GET", at) if "GET" in TABLE[route].methods else None
    response = ask(browser, "POST", at, filled_in(world, route, at, page))
    if response.status_code == 302:
        goes = response["Location"].partition("#")[0]
        if looking in GUARDED.get(str(resolve(goes.partition("?")[0]).url_name), ()):
            return []
        response = ask(browser, "GET", goes)
    leaks = told(text_of(response), tokens)
    for message in Message.objects.exclude(id__in=before).exclude(state=Message.State.HELD).exclude(kind__in=URGENT):
        named = told(message.title + message.body + message.to_name, tokens)
        leaks += [f"{message.kind} {named}"] if named or message.person in hidden else []
    return leaks


def test_an_address_of_theirs_that_somebody_types_is_refused_in_the_office_and_says_nothing_elsewhere(
    tokens: list[str], here: World
) -> None:
    """The office is sent to the privacy officer; an employer and a visitor get the answer that any address gets."""
    learner, run, organisation = here.people["learner"], here.things["planned"], here.things["organisation"]
    Run.objects.filter(pk=run.pk).update(state="open")
    said = {"first_name": "Test", "last_name": "Mens", "email": str(learner.email), "language": "nl"}
    planner, names = here.browser("planner"), [learner.first_name, learner.last_name]
    before = (Enrolment.objects.count(), Membership.objects.count(), Person.objects.count())
    for at, more in (
        ("/office/people/add/", {"invite": "on"}),
        (f"/office/organisations/{organisation.pk}/members/add/", {"kind": "employee"}),
        ("/office/enrolments/add/", {"run": str(run.pk), "step": "send"}),
    ):
        page = planner.post(at, said | more)
        assert (page.status_code, told(text_of(page), names)) == (200, []), at
        assert "privacyfunctionaris" in text_of(page)
    assert (Enrolment.objects.count(), Membership.objects.count(), Person.objects.count()) == before

    form = {"conditions": "on", "form_key": str(uuid7())}
    sent = here.browser("visitor").post(f"/register/{run.pk}/", said | form)
    assert told(text_of(here.browser("visitor").get(sent["Location"])), names) == []
    order = {
        "lines": f"Test Mens {here.people['colleague'].email}", "organisation": str(organisation.pk), "step": "enrol",
        "conditions": "on", "reference": "", "form_key": str(uuid7()),
    }  # fmt: skip
    sent = here.browser("contact").post(f"/employer/enrol/{run.pk}/", order)
    assert told(text_of(here.browser("contact").get(sent["Location"])), tokens) == []
    left = Message.objects.filter(state=Message.State.WAITING).exclude(kind__in=URGENT)
    assert [each.kind for each in left if told(each.title + each.body, tokens)] == []
