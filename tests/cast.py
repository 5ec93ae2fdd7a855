"""The standing characters of all tests. Each has one thing to do with the others, except the stranger."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.test import Client

from leerhuis.academies.models import Academy
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.organisations.actions import add_employee, add_organisation, appoint_contact
from leerhuis.organisations.models import Organisation
from leerhuis.people.actions import grant_role
from leerhuis.people.gate import METHODS, ROLES, SIGN_IN
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import roles_of

OPERATOR = Actor.operator()


@dataclass(frozen=True)
class Cast:
    """Who plays in the tests."""

    organisation: Organisation
    learner: Person
    colleague: Person
    contact: Person
    trainer: Person
    clerk: Person
    planner: Person
    bookkeeper: Person
    officer: Person
    admin: Person
    stranger: Person

    @property
    def everyone(self) -> dict[str, Person]:
        """Return the characters by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}


def add_person(first_name: str, last_name: str, **values: str) -> Person:
    """Put a person with an account straight into the table."""
    address = values.pop("email", f"{first_name}.{last_name}".replace(" ", "").lower() + "@people.example")
    person = Person(email=address, source=Person.Source.SIGN_UP, **values)
    person.set_name(first_name, last_name)
    person.password = "!"
    person.save()
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def make_cast() -> Cast:
    """Put the whole cast into the academy that is entered."""
    organisation = add_organisation(name="Bakker Advies", city="Zwolle", by=OPERATOR)
    learner, colleague = add_person("Lena", "de Leerling"), add_person("Coen", "Collega")
    contact = add_person("Wil", "Werkgever")
    for person in (learner, colleague):
        add_employee(organisation, person, by=OPERATOR)
    appoint_contact(organisation, contact, by=OPERATOR)
    staff = {
        role: add_person(first, last)
        for role, first, last in (
            ("trainer", "Tara", "Trainer"),
            ("clerk", "Karel", "Klerk"),
            ("planner", "Petra", "Planner"),
            ("bookkeeper", "Bob", "Boekhouder"),
            ("privacy_officer", "Fatma", "Functionaris"),
            ("academy_admin", "Ada", "Admin"),
        )
    }
    for role, person in staff.items():
        grant_role(person, role, by=OPERATOR)
    return Cast(
        organisation=organisation,
        learner=learner,
        colleague=colleague,
        contact=contact,
        trainer=staff["trainer"],
        clerk=staff["clerk"],
        planner=staff["planner"],
        bookkeeper=staff["bookkeeper"],
        officer=staff["privacy_officer"],
        admin=staff["academy_admin"],
        stranger=add_person("Sam", "Stranger"),
    )


def signed_in(academy: Academy, person: Person | None, *, second_factor: bool = True) -> Client:
    """Return a browser on an academy's host, signed in as a person; with a passed second factor unless told not to."""
    client = Client(headers={"host": academy.main_host})
    if person is None:
        return client
    client.force_login(person)
    store = client.session
    now = clock.now().timestamp()
    methods: list[dict[str, object]] = [{"method": "password", "at": now, "email": person.email}]
    if second_factor:
        methods.append({"method": "mfa", "at": now, "type": "totp"})
    store[METHODS] = methods
    store["_account_authentication_methods_user"] = str(person.pk)
    sign_in = SignIn.objects.create(person=person, browser="Firefox", system="Linux", device_key="0" * 64)
    store[SIGN_IN] = str(sign_in.id)
    store[ROLES] = sorted(roles_of(person.id))
    store.save()
    return client
