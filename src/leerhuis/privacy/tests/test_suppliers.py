"""The register of suppliers: who keeps it, what it refuses, what it alarms about, and that the statement reads it."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.academies.settings import SettingsRefused, Supplier, read_settings
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.mail.models import Message
from leerhuis.privacy import actions, firms, overview
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import as_row, as_supplier, chosen_now, live_firms, machines_elsewhere, unregistered
from leerhuis.privacy.models import Firm
from leerhuis.privacy.record import record_of_processing
from leerhuis.privacy.rules import (
    EndsBeforeItBegins,
    FirmEndedAlready,
    InRegisterAlready,
    LastInRole,
    VoidShield,
    WrittenInOneLanguage,
)
from leerhuis.privacy.statement import compose

EXAMPLES = Path(__file__).parents[4] / "examples"
LIST = "/office/privacy/suppliers/"
ADD = f"{LIST}add/"
OTHERS = ["learner", "colleague", "contact", "trainer", "clerk", "planner", "bookkeeper", "stranger"]
BY = Actor.job("test")
SAID = {"name": "Alfa Servers", "role": "hosting", "role_nl": "servers", "role_en": "servers"}


@pytest.fixture
def elsewhere(settings):
    """Let this installation hand its mails to another machine."""
    settings.SMTP = SimpleNamespace(host="smtp.post.example", tls="starttls")


def entry(statement, name):
    part = next(each for each in statement.sections if each.key == "suppliers")
    found = next((each for each in part.entries if each.title == name), None)
    return {line.id.rsplit(".", 1)[1]: line.texts[0] for line in found.lines} if found else None


def filled(**more):
    return {**SAID, "processor": "on", "place": "NL", "transfer": "", **more}


# --- where it begins ------------------------------------------------------------------------------------------------
def test_the_register_of_a_new_academy_begins_with_its_settings(academy):
    assert [as_supplier(firm) for firm in live_firms()] == list(academy.settings.suppliers)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_statement_of_the_register_is_that_of_the_settings_it_began_with(academy, language):
    example = read_settings(EXAMPLES / "leffectief.toml")

    assert compose(chosen_now(academy), language) == compose(example, language)


def test_the_other_academy_began_with_its_own(kjenning):
    assert [firm.name for firm in live_firms()] == ["Mandrill (Mailchimp)", "Zoom Video Communications, Inc."]
    assert compose(chosen_now(kjenning), "nl") == compose(read_settings(EXAMPLES / "kjenning.toml"), "nl")


def test_after_that_the_rows_rule_and_the_settings_mean_nothing(academy, choose, cast):
    choose(suppliers=())
    actions.enter_firm(**SAID, by=BY)

    assert entry(compose(chosen_now(academy), "nl"), "Alfa Servers")["role"] == "Servers"
    assert len(chosen_now(academy).suppliers) == 9


# --- what the statement and the record say --------------------------------------------------------------------------
def test_what_was_recorded_stands_in_the_statement_and_what_ended_does_not(academy):
    firm = actions.enter_firm(
        **SAID, place="NL", agreement_since=date(2026, 1, 5), agreement_until=date(2028, 1, 4),
        statement_link="https://alfa.example/privacy", helpers_link="https://alfa.example/sub", by=BY,
    )  # fmt: skip
    told = entry(compose(chosen_now(academy), "nl"), "Alfa Servers")

    assert told["agreement"] == "Gesloten op 5 januari 2026, geldig tot en met 4 januari 2028"
    assert (told["statement"], told["helpers"]) == ("https://alfa.example/privacy", "https://alfa.example/sub")
    assert told["data"].startswith("Naam; contactgegevens")
    actions.end_firm(firm, by=BY)
    assert entry(compose(chosen_now(academy), "nl"), "Alfa Servers") is None


def test_who_keeps_everything_stands_with_every_purpose_of_the_record(academy):
    actions.enter_firm(**SAID, place="US", transfer="clauses", transfer_nl="clausules", transfer_en="clauses", by=BY)
    lines = record_of_processing(Facts(chosen_now(academy)), "en")

    assert [line.id for line in lines if "Alfa Servers (servers)" not in line.recipients] == []
    assert {line.transfers[-1] for line in lines} == {"Alfa Servers, United States: clauses"}


# --- what it refuses ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"transfer_nl": "Safe Harbor", "transfer_en": "Safe Harbor"}, VoidShield),
        ({"transfer_nl": "het privacyschild", "transfer_en": "the EU-US Privacy-Shield"}, VoidShield),
        ({"transfer_nl": "clausules"}, WrittenInOneLanguage),
        ({"agreement_since": date(2026, 2, 1), "agreement_until": date(2026, 1, 1)}, EndsBeforeItBegins),
        ({"name": "Fastmail", "role": "mail"}, InRegisterAlready),
    ],
)
def test_what_cannot_stand_is_refused_and_leaves_nothing(academy, more, refusal):
    before = (Firm.objects.count(), Note.objects.count(), Message.objects.count())

    with pytest.raises(refusal):
        actions.enter_firm(**{**SAID, **more}, by=BY)
    assert (Firm.objects.count(), Note.objects.count(), Message.objects.count()) == before


@pytest.mark.parametrize("words", ["Safe Harbor", "safe-harbour", "Privacy Shield", "EU-VS-privacy shield"])
def test_a_settings_file_that_rests_on_a_void_shield_is_refused(tmp_path, words):
    file = tmp_path / "academy.toml"
    text = (EXAMPLES / "kjenning.toml").read_text(encoding="utf-8")
    file.write_text(text.replace("het EU-VS-gegevensbeschermingskader", words), encoding="utf-8")

    with pytest.raises(SettingsRefused, match="void"):
        read_settings(file)


def test_a_supplier_ends_once_and_is_not_changed_after(academy):
    firm = actions.enter_firm(**SAID, by=BY)
    actions.end_firm(firm, by=BY)

    with pytest.raises(FirmEndedAlready):
        actions.end_firm(firm, by=BY)
    with pytest.raises(FirmEndedAlready):
        actions.change_firm(firm, name="Beta", by=BY)
    assert actions.enter_firm(**SAID, by=BY).is_live


def test_the_last_one_that_the_installation_uses_is_not_ended(academy, elsewhere):
    firm = Firm.objects.get(role="mail")

    with pytest.raises(LastInRole):
        actions.end_firm(firm, by=BY)
    with pytest.raises(LastInRole):
        actions.change_firm(firm, role="other", by=BY)
    actions.enter_firm(**{**SAID, "name": "Post", "role": "mail"}, by=BY)
    actions.end_firm(firm, by=BY)
    assert firms.is_registered("mail")


def test_only_what_became_different_is_noted(academy):
    firm = actions.enter_firm(**SAID, by=BY)

    assert actions.change_firm(firm, **SAID, place="NL", hosts="Alfa.example,  beta.example", by=BY) == [
        "place",
        "hosts",
    ]
    assert actions.change_firm(firm, **SAID, by=BY) == []
    note = Note.objects.get(verb="change firm")
    assert (note.touched, note.thing_id) == (["hosts", "place"], firm.id)
    firm.refresh_from_db()
    assert firm.hosts == "alfa.example beta.example"


# --- what it alarms about -------------------------------------------------------------------------------------------
def lacking(**more):
    return list(overview.missing_of(Supplier(name="A", role="x", role_nl="x", role_en="x", **{"place": "NL", **more})))


@pytest.mark.parametrize(
    ("days", "count"), [(-1, 1), (0, 1), (60, 1), (61, 0)], ids=["expired", "today", "in 60 days", "later"]
)
def test_an_agreement_that_expires_is_told_sixty_days_before(academy, days, count):
    since, until = date(2020, 1, 1), clock.today() + timedelta(days=days)

    assert len(lacking(agreement_since=since, agreement_until=until)) == count


def test_a_transfer_outside_the_eea_needs_article_words_and_date(academy):
    words = {"transfer_basis_nl": "x", "transfer_basis_en": "x"}
    far = {"place": "US", "processor": False}

    assert len(lacking(**far)) == 1
    assert len(lacking(**far, **words)) == 1
    assert len(lacking(**far, **words, transfer="clauses")) == 1
    assert lacking(**far, **words, transfer="clauses", transfer_on=date(2026, 1, 1)) == []
    assert lacking(place="IS", processor=False) == []


def test_a_machine_elsewhere_that_belongs_to_nobody_in_the_register_is_told(academy, elsewhere):
    chosen = chosen_now(academy)
    assert [(each.role, each.host) for each in unregistered(machines_elsewhere(), chosen.suppliers)] == [
        ("mail", "smtp.post.example")
    ]
    assert "smtp.post.example" in [gap.where for gap in overview.gaps(Facts(chosen), "nl")]

    firm = Firm.objects.get(role="mail")
    actions.change_firm(firm, hosts="post.example", by=BY)
    assert unregistered(machines_elsewhere(), chosen_now(academy).suppliers) == []


@pytest.mark.parametrize(
    ("host", "tells"),
    [("", False), ("/tmp/socket", False), ("127.0.0.1", False), ("[::1]", False), ("db.localhost", False),
     ("10.0.0.4", True), ("db.alfa.example", True)],
)  # fmt: skip
def test_this_machine_itself_is_no_supplier(academy, settings, monkeypatch, host, tells):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", host)

    assert ("hosting" in {each.role for each in machines_elsewhere()}) is tells


@pytest.mark.parametrize(
    "mounted",
    [
        ("nas.example:/copies /mnt/copies nfs4 rw 0 0", "nas.example"),
        ("//files.example/copies /mnt/copies cifs rw 0 0", "files.example"),
        ("me@box.example:copies /mnt/copies fuse.sshfs rw 0 0", "box.example"),
        ("/dev/sdb1 /mnt/copies ext4 rw 0 0", ""),
    ],
)
def test_the_host_of_a_place_for_backups_is_read_from_what_is_mounted(
    academy, settings, tmp_path, monkeypatch, mounted
):
    mount, host = mounted
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n{mount}\n", encoding="utf-8")
    monkeypatch.setattr(firms, "_MOUNTS", mounts)
    settings.BACKUP_PLACE = "/mnt/copies/leerhuis"

    assert [each.host for each in machines_elsewhere() if each.role == "backups"] == [host] * bool(host)


# --- pages ----------------------------------------------------------------------------------------------------------
def test_officer_and_administrator_keep_it_and_nobody_else(as_, cast):
    firm = live_firms()[0]
    for address in (LIST, ADD, f"{LIST}{firm.id}/"):
        for steward in (cast.officer, cast.admin):
            assert as_(steward).get(address).status_code == 200
        assert {name: as_(getattr(cast, name)).get(address).status_code for name in OTHERS} == dict.fromkeys(
            OTHERS, 403
        )
        assert as_(None).get(address).status_code == 302


def test_a_supplier_is_entered_changed_and_ended_on_pages(as_, cast):
    officer = as_(cast.officer)
    assert officer.post(ADD, filled(agreement_since="2026-01-05")).status_code == 302
    firm = Firm.objects.get(name="Alfa Servers")
    assert (firm.place, firm.agreement_since) == ("NL", date(2026, 1, 5))

    officer.post(f"{LIST}{firm.id}/", filled(agreement_since="2026-01-05", place="DE"))
    history = {each.done: each for each in as_(cast.admin).get(f"{LIST}{firm.id}/").context["history"]}
    assert history.keys() == {"ingevoerd", "gewijzigd"}
    assert (history["gewijzigd"].fields, history["gewijzigd"].role) == (("land",), "privacyfunctionaris")

    officer.post(f"{LIST}{firm.id}/end/")
    firm.refresh_from_db()
    assert not firm.is_live
    assert firm not in officer.get(LIST).context["list"].lines
    assert firm in officer.get(f"{LIST}?ended=on").context["list"].lines


def test_a_refusal_stands_beside_its_field_and_what_was_typed_is_kept(as_, cast):
    sent = filled(transfer_nl="Privacy Shield", transfer_en="Privacy Shield", remarks="blijft staan")
    page = as_(cast.officer).post(ADD, sent)

    assert page.status_code == 200
    assert page.context["form"].errors["transfer_nl"] == [str(VoidShield())]
    assert "blijft staan" in page.content.decode()
    assert not Firm.objects.filter(name="Alfa Servers").exists()


def test_the_list_can_be_searched_and_taken_along(as_, cast):
    rows = as_(cast.officer).get(f"{LIST}?q=fastmail&export=csv").content.decode("utf-8-sig")

    assert [row[0] for row in csv.reader(io.StringIO(rows))][1:] == ["Fastmail"]


def test_the_list_takes_as_many_queries_for_one_as_for_three(as_, cast):
    officer = as_(cast.officer)
    officer.get(LIST)
    counts = []
    for keep in (1, 3):
        Firm.objects.all().delete()
        for number in range(keep):
            actions.enter_firm(**{**SAID, "name": f"Firm {number}"}, by=BY)
        with CaptureQueriesContext(connection) as seen:
            officer.get(LIST)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_page_warns_of_a_machine_that_is_in_no_entry(as_, cast, elsewhere):
    assert "smtp.post.example" in as_(cast.officer).get(LIST).content.decode()


def test_a_row_of_the_register_survives_the_way_there_and_back(academy):
    supplier = academy.settings.suppliers[2]

    assert as_supplier(Firm(**as_row(supplier))) == supplier
