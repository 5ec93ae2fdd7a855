"""After a removal nothing leads to the organisation any more, and every other organisation is as before."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, models

from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.audit.models import Given, JournalEntry
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.ids import uuid7
from leerhuis.charter.checks import concrete_models, customer_errors, points_to_customer
from leerhuis.charter.foreign import customers_of
from leerhuis.charter.records import GOES
from leerhuis.enrolment.models import Detail, Enrolment, Grant, Registration
from leerhuis.mail.models import CustomerMention, Message
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.people.models import Person, Role
from leerhuis.privacy import actions, parting
from leerhuis.privacy.claims import tables_in_order, terms_here
from leerhuis.privacy.models import Hold, Redaction, Removal
from leerhuis.privacy.parting import foresee_removal, leads_to_organisation
from leerhuis.privacy.rows import every_row
from leerhuis.privacy.rules import NotAllGone
from leerhuis.privacy.tests.factories import Canary
from leerhuis.results.models import Certificate, Result
from tests.cast import add_person
from tests.floors.test_erasing import CameToItsEnd, Killed, take_back, whole_database

BY = Actor.job("privacy.remove_organisation")
LEADING = [model for model in concrete_models() if customers_of(model)]
BUT_ORGANISATION = [model for model in LEADING if model is not Organisation]


class Firm(Canary):
    """An organisation with a row in every table that leads to one, each text with a token of its own."""

    def __init__(self, mark: str) -> None:
        super().__init__(add_person(f"Lid{mark}", f"Van{mark}"), mark)
        for model in LEADING:
            self.row(model)
        self.organisation: Any = self._made[Organisation]
        Organisation.objects.filter(pk=self.organisation.pk).update(leaves_on=None, left_at=None)
        Membership.objects.filter(organisation=self.organisation.pk).update(ended_at=None, kind="contact")
        Removal.objects.filter(organisation=self.organisation.pk).update(
            removes_on=clock.today(),
            ended_at=None,
            begun_at=None,
            called_off=False,
            went={},
            parted={},
            stayed={},
        )
        Enrolment.objects.filter(ordered_by=self.organisation.pk).update(state=Enrolment.State.COMPLETED)
        for label in (Result, Certificate):
            self.row(label)

    def _value(self, model: type[models.Model], field: Any) -> Any:
        if getattr(field, "customer_ref", False):
            return self.row(Organisation).pk
        return super()._value(model, field)

    @property
    def removal(self) -> Removal:
        return self._made[Removal]  # type: ignore[return-value]

    @property
    def telling(self) -> set[str]:
        """Return the tokens that tell of the organisation, and its key."""
        told = {str(self.organisation.pk)}
        for model in LEADING:
            for each in customers_of(model):
                names = (
                    each.empties
                    if each.parting is not GOES or each.path == "self"
                    else [f.name for f in model._meta.concrete_fields]
                )
                told |= {self.tokens[(model._meta.label, n)] for n in names if (model._meta.label, n) in self.tokens}
        told |= {self.tokens[("mail.Message", name)] for name in ("title", "body")}
        return {word for word in told if len(word) > 4}


def traces(words: set[str], rows: dict[str, list[str]]) -> dict[str, set[str]]:
    found = {table: {word for word in words if word in "\n".join(lines)} for table, lines in rows.items()}
    return {table: hits for table, hits in found.items() if hits}


def remove(firm: Firm) -> Removal:
    actions.remove_organisation(firm.removal.pk, by=BY)
    firm.removal.refresh_from_db()
    return firm.removal


@pytest.fixture
def firms(academy) -> tuple[Firm, Firm]:
    """Two organisations with a row in every table that may lead to one."""
    both = Firm("qxo"), Firm("qyp")
    Hold.objects.update(ended_at=clock.now())
    return both


def test_every_table_that_leads_to_an_organisation_says_what_a_removal_does():
    assert list(customer_errors(concrete_models())) == []
    pointing = {m._meta.label for m in concrete_models() for c in m._meta.concrete_fields if points_to_customer(c)}
    assert pointing <= {model._meta.label for model in LEADING}
    assert len(LEADING) > 8


def test_nothing_of_an_organisation_is_left_but_its_key_in_the_journal_and_in_what_was_done(firms):
    first, second = firms
    before = whole_database()
    assert len(traces(first.telling, before)) > 8
    of_second = {
        table: [row for row in rows if any(w in row for w in second.telling)] for table, rows in before.items()
    }
    certificates = list(Certificate.objects.order_by("pk").values())

    done = remove(first)

    after = whole_database()
    Message.objects.filter(vanishes=True).delete()  # what its delivery does, as the tests of mail show
    left = traces(first.telling, whole_database())
    assert set(left) == {"journal_entry", "note"}
    assert set.union(*left.values()) == {str(first.organisation.pk)}
    assert (done.organisation_id, done.name, done.reason, done.ended_at is not None) == (None, "", "", True)
    assert done.stayed == {}
    assert leads_to_organisation(first.organisation.pk) == {}
    for table, rows in of_second.items():
        assert [row for row in after[table] if any(w in row for w in second.telling)] == rows, table
    assert list(Certificate.objects.order_by("pk").values()) == certificates


def test_a_learner_keeps_their_proof_and_loses_the_employer(firms):
    first, _ = firms
    enrolment = Enrolment.objects.get(ordered_by=first.organisation.pk)

    remove(first)

    enrolment.refresh_from_db()
    assert enrolment.ordered_by_id is None
    assert Result.objects.filter(enrolment=enrolment).exists()
    assert Certificate.objects.filter(enrolment=enrolment).exists()
    assert not Grant.objects.filter(enrolment=enrolment).exists()
    assert not Membership.objects.filter(person=first.person).exists()
    detail = Detail.objects.get(enrolment=enrolment)
    assert (detail.employer_name, detail.employer_address, detail.invoice_reference) == ("", "", "")
    assert detail.phone != ""
    registration = Registration.objects.get(pk=enrolment.registration_id)
    assert (registration.organisation_id, registration.reference) == (None, "")
    assert Person.objects.get(pk=first.person.pk).state == first.person.state
    assert not Role.objects.filter(person=first.person, name="contact", ended_at=None).exists()


def test_a_mail_that_names_it_loses_its_text(firms):
    first, _ = firms
    mail = Message.objects.get(pk=CustomerMention.objects.get(customer=first.organisation.pk).message_id)

    remove(first)

    mail.refresh_from_db()
    assert mail.body == ""


@pytest.mark.parametrize("left_out", BUT_ORGANISATION, ids=lambda model: model._meta.label)
def test_a_table_that_is_left_out_is_noticed(left_out, firms, monkeypatch):
    first, _ = firms
    monkeypatch.setattr(parting, "customers_of", lambda model: () if model is left_out else customers_of(model))
    own = all("__" in each.path for each in customers_of(left_out))  # texts alone, or a row that a row needs
    if left_out is Detail:
        remove(first)
        assert Detail.objects.filter(employer_name=first.tokens[("enrolment.Detail", "employer_name")]).exists()
        return  # the whole database is searched for these texts above
    assert own is (left_out is Grant)
    assert is_noticed(first)


def is_noticed(firm: Firm) -> bool:
    """Whether a removal that leaves a table out is refused, or does not come to its end; it is taken back here."""
    try:
        with attempt():
            done = remove(firm)
            connection.check_constraints()
            take_back(noticed=done.ended_at is None)
    except (NotAllGone, IntegrityError, Killed):
        return True
    except CameToItsEnd:
        return False
    raise AssertionError


def test_what_is_held_stays_without_its_name_in_any_page_and_goes_when_the_hold_lapses(firms):
    first, _ = firms
    row = Membership.objects.get(organisation=first.organisation.pk)
    Hold.objects.create(
        thing_kind="organisations.membership", thing_id=row.pk, reason="dispute",
        until=clock.today() + timedelta(days=30),
    )  # fmt: skip
    name = first.tokens[("organisations.Organisation", "name")]

    done = remove(first)

    assert done.ended_at is None
    assert done.stayed == {"organisations.Membership": 1, "organisations.Organisation": 1}
    assert done.name == name
    shell = Organisation.objects.get(pk=first.organisation.pk)
    assert (shell.name, shell.email, shell.remarks, shell.left_at is not None) == ("", "", "", True)
    assert set(traces({name}, whole_database())) <= {"organisation_removal", "message"}
    with clock.at(clock.now() + timedelta(days=31)):
        done = remove(first)
    assert (done.ended_at is not None, done.name) == (True, "")
    assert leads_to_organisation(first.organisation.pk) == {}


def test_beforehand_it_is_told_how_many_rows_go_and_what_stays_with_whom(firms):
    first, _ = firms

    foreseen = foresee_removal(first.organisation.pk, terms_here(), "nl")
    done = remove(first)

    told = {each.model: each.rows for each in foreseen.goes}
    assert told == done.went
    assert {each.title for each in foreseen.stays} >= {"Uw inschrijvingen", "Uw resultaten", "Uw certificaten"}
    assert {each.model for each in foreseen.parts} >= {"enrolment.Registration", "audit.Flow"}


def test_what_was_given_on_a_day_counts_once_without_the_employer(firms):
    first, _ = firms
    row = Given.objects.get(receiver=first.organisation.pk)
    row.pk, row.receiver = uuid7(), None
    row.save(force_insert=True)

    remove(first)

    assert list(Given.objects.filter(person=row.person).values_list("receiver", flat=True)) == [None]


def test_remarks_that_seem_to_name_it_are_shown_to_a_human(firms):
    first, second = firms
    name = first.tokens[("organisations.Organisation", "name")]
    theirs = Enrolment.objects.get(ordered_by=second.organisation.pk)
    Enrolment.objects.filter(pk=theirs.pk).update(remarks=f"Kwam van {name}")

    remove(first)

    assert Redaction.objects.filter(table="enrolment.Enrolment", row_id=theirs.pk, column="remarks").exists()


def test_after_a_restore_it_is_removed_again_and_nobody_is_told(firms):
    first, _ = firms
    key: UUID = first.organisation.pk
    Removal.objects.filter(pk=first.removal.pk).delete()

    actions.remove_again(key, purpose="", by=BY)
    actions.remove_again(key, purpose="", by=BY)  # harmless

    assert not Organisation.objects.filter(pk=key).exists()
    assert JournalEntry.objects.filter(operation=Operation.ORGANISATION_REMOVED, subject_id=key).count() == 1
    assert Removal.objects.filter(organisation=None, ended_at__isnull=False).count() == 1


@pytest.mark.slow
def test_the_same_number_of_statements_removes_one_organisation_or_one_with_more_rows(firms):
    first, _ = firms
    rows = [
        Membership(person=add_person("Meer", f"Mensen{n}"), organisation_id=first.organisation.pk, kind="employee")
        for n in range(3)
    ]
    every_row(Membership).bulk_create(rows)
    remove(first)
    assert not any(every_row(model).filter(pk=row.pk).exists() for model in [Membership] for row in rows)
    assert tables_in_order()
