"""The statement says what is declared, in both languages, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from leerhuis.academies.settings import AcademySettings, Supplier, read_settings
from leerhuis.charter import register
from leerhuis.charter.audiences import OFFICE
from leerhuis.charter.datamap import data_map
from leerhuis.charter.declarations import CONTRACT, Measure, Purpose, Storage, Theme
from leerhuis.charter.register import in_force
from leerhuis.charter.terms import years
from leerhuis.charter.words import IDENTITY, WORDS
from leerhuis.privacy.figures import Facts, Unsayable
from leerhuis.privacy.parts import STORED, Entry, Section, words_named
from leerhuis.privacy.statement import Statement, compose, version

EXAMPLES = Path(__file__).parents[4] / "examples"
ACADEMIES = [read_settings(EXAMPLES / f"{name}.toml") for name in ("leffectief", "kjenning")]
BOTH = [(chosen, language) for chosen in ACADEMIES for language in ("nl", "en")]
NAMES = [f"{chosen.key}-{language}" for chosen, language in BOTH]

DUTCH = {"de", "het", "een", "van", "u", "uw", "en", "wij", "we", "niet", "dat", "die", "voor", "bij", "wie", "met"}
ENGLISH = {"the", "a", "of", "you", "your", "and", "we", "not", "that", "for", "with", "who", "to", "is", "which"}


@pytest.fixture(autouse=True)
def register_kept() -> Iterator[None]:
    """Put the register back as it was after each test."""
    before = register.everything()
    yield
    register._declared[:] = before


def declare(package: str, *declarations: object) -> None:
    register.take_from(package, SimpleNamespace(made=declarations))


def texts(statement: Statement) -> list[str]:
    """Return everything that is read in a statement, labels and titles included."""
    found = [statement.title]
    for section in statement.sections:
        found += [section.title, *(sentence.text for sentence in section.sentences)]
        for line in (*section.facts, *(line for entry in section.entries for line in entry.lines)):
            found += [line.label, *line.texts]
        found += [entry.title for entry in section.entries]
    return found


def section(statement: Statement, key: str) -> Section:
    return next(each for each in statement.sections if each.key == key)


def entry(statement: Statement, name: str) -> Entry:
    return next(each for part in statement.sections for each in part.entries if each.id == name)


def lines(of: Entry) -> dict[str, tuple[str, ...]]:
    return {line.id.rsplit(".", 1)[1]: line.texts for line in of.lines}


def changed(chosen: AcademySettings, **parts: object) -> AcademySettings:
    return chosen.model_copy(update=parts)


@pytest.mark.parametrize(("chosen", "language"), BOTH, ids=NAMES)
def test_every_blank_is_filled_and_every_sentence_ends(chosen, language):
    statement = compose(chosen, language)

    assert [text for text in texts(statement) if "{" in text or "}" in text or not text.strip()] == []
    assert [s.text for part in statement.sections for s in part.sentences if not s.text.endswith((".", "?"))] == []
    assert [text for text in texts(statement) if "  " in text or ".." in text or " ." in text or " ," in text] == []


@pytest.mark.parametrize(("chosen", "language"), BOTH, ids=NAMES)
def test_no_sentence_and_no_id_stands_twice(chosen, language):
    statement = compose(chosen, language)
    told = [sentence.text for part in statement.sections for sentence in part.sentences]
    single = [piece for text in told for piece in re.split(r"(?<=[.?]) ", text)]

    assert [text for text, times in Counter(single).items() if times > 1] == []
    assert [name for name, times in Counter(statement.ids).items() if times > 1] == []


@pytest.mark.parametrize("chosen", ACADEMIES, ids=["leffectief", "kjenning"])
def test_both_languages_say_the_same_things(chosen):
    dutch, english = compose(chosen, "nl"), compose(chosen, "en")

    assert dutch.ids == english.ids
    assert [s.promises for part in dutch.sections for s in part.sentences] == [
        s.promises for part in english.sections for s in part.sentences
    ]
    assert [[len(line.texts) for line in e.lines] for p in dutch.sections for e in p.entries] == [
        [len(line.texts) for line in e.lines] for p in english.sections for e in p.entries
    ]


@pytest.mark.parametrize(("chosen", "language"), BOTH, ids=NAMES)
def test_nothing_is_half_translated(chosen, language):
    own, other = (DUTCH - ENGLISH, ENGLISH - DUTCH) if language == "nl" else (ENGLISH - DUTCH, DUTCH - ENGLISH)

    def strange(text: str) -> bool:
        words = re.findall(r"[a-zà-ÿ]+", text.lower())
        return sum(word in other for word in words) > sum(word in own for word in words)

    sentences = [text for text in texts(compose(chosen, language)) if " " in text]  # a name alone is in no language
    assert [text for text in sentences if strange(text)] == []


def test_a_half_translated_sentence_would_be_noticed():
    declare("sample", Measure("half", nl="We keep this for you.", en="Dit bewaren wij voor u.", theme=Theme.MAIL))

    with pytest.raises(AssertionError, match="We keep this for you"):
        test_nothing_is_half_translated(ACADEMIES[0], "nl")
    with pytest.raises(AssertionError, match="Dit bewaren wij"):
        test_nothing_is_half_translated(ACADEMIES[0], "en")


@pytest.mark.parametrize(("chosen", "language"), BOTH, ids=NAMES)
def test_the_same_declarations_give_the_same_statement(chosen, language):
    first, second = compose(chosen, language), compose(chosen, language)

    assert first == second
    assert first.as_text() == second.as_text()
    assert re.fullmatch(r"[0-9a-f]{64}", first.hash)


def test_one_changed_letter_changes_the_mark():
    chosen = ACADEMIES[0]
    later = changed(chosen, statement=chosen.statement.model_copy(update={"title_nl": "Privacyverklaringen"}))

    assert compose(chosen, "nl").hash != compose(chosen, "en").hash
    assert compose(later, "nl").hash != compose(chosen, "nl").hash
    assert version(later) != version(chosen)


@pytest.mark.parametrize(("chosen", "language"), BOTH, ids=NAMES)
def test_every_purpose_in_force_is_told_in_full(chosen, language):
    told = {each.id: lines(each) for each in section(compose(chosen, language), "why").entries}

    assert sorted(told) == sorted(each.id for each, _ in in_force(Purpose, Facts(chosen)))
    assert all({"data", "basis", "until", "readers"} <= set(found) for found in told.values())


def test_a_purpose_that_cannot_be_told_stops_the_statement():
    nobody = Purpose(
        "nobody", nl="iets", en="something", basis=CONTRACT, rows="people.Role", uses=(IDENTITY,), keep=years(1),
        clock="ended_at", clock_nl="na afloop", clock_en="after the end",
    )  # fmt: skip
    declare("sample", nobody)

    with pytest.raises(Unsayable, match="nobody"):
        compose(ACADEMIES[0], "nl")


@pytest.mark.parametrize("blank", ["{settings.rights.nothing}", "{figures.nothing}", "{settings.controller.phone}"])
def test_a_blank_that_nothing_fills_stops_the_statement(blank):
    declare("sample", Measure("blank", nl=f"Bel {blank}.", en=f"Call {blank}.", theme=Theme.ABOUT))

    with pytest.raises(Unsayable):
        compose(ACADEMIES[0], "nl")


@pytest.mark.parametrize(("chosen", "language"), BOTH, ids=NAMES)
def test_every_category_that_the_tables_hold_is_named(chosen, language):
    live = {each.id for each, _ in in_force(Purpose, Facts(chosen))}
    columns = [c for c in data_map() if c.schema_kind == "academy" and c.word in WORDS]
    held = {column.word for column in columns if not column.purposes or live & set(column.purposes)}
    told = {line.id: line.texts for line in section(compose(chosen, language), "what").facts}

    assert {f"what.{word}" for word in held} <= set(told)
    assert [
        name for name, purposes in told.items() if any("vastgelegd" in p or "recorded" in p for p in purposes)
    ] == []


def test_what_is_switched_off_is_not_named():
    chosen = ACADEMIES[0]
    without = changed(chosen, features=chosen.features.model_copy(update={"practice": False}))
    ids = set(compose(without, "nl").ids)

    assert {"what.practice", "practice.practising", "practice.unseen"} & ids == set()
    assert {"what.practice", "practice.practising", "practice.unseen"} <= set(compose(chosen, "nl").ids)
    assert WORDS["practice"] not in words_named(Facts(without))


def test_the_two_academies_speak_differently():
    leffectief, kjenning = (compose(chosen, "nl") for chosen in ACADEMIES)
    first, second = set(leffectief.ids), set(kjenning.ids)

    assert "consent.partners_as_needed" in first - second
    assert "consent.consent_first" in second - first
    assert "privacy.procedure_in_conditions" in second - first
    assert "what.register_branch" in first - second
    assert lines(entry(leffectief, "results.certificate"))["until"] == ("Tot 7 jaar nadat wij uw certificaat afgaven",)
    assert lines(entry(kjenning, "results.certificate"))["until"] == ("Tot 5 jaar nadat wij uw certificaat afgaven",)
    assert "onder vermelding van privacy." in leffectief.as_text()
    assert "onder vermelding van uw naam." in kjenning.as_text().replace("\n", " ")


def test_a_longer_term_tells_its_reason():
    leffectief, kjenning = (compose(chosen, "en") for chosen in ACADEMIES)

    assert lines(entry(leffectief, "results.result"))["reason"] == (
        "Proof of PE points earned, for the supervisor and the employer.",
    )
    assert "reason" not in lines(entry(kjenning, "practice.practising"))


def test_no_processor_agreement_is_claimed_that_has_no_date():
    chosen = ACADEMIES[0]
    firms = (
        Supplier(name="Alfa", role="x", role_nl="opslag", role_en="storage", place="US"),
        Supplier(
            name="Beta", role="mail", role_nl="mail", role_en="mail", place="NL", agreement_since=date(2026, 3, 1)
        ),
        Supplier(name="Gamma", role="bank", role_nl="bank", role_en="bank", place="DE", processor=False),
        Supplier(name="Delta", role="x", role_nl="opslag", role_en="storage"),
    )
    statement = compose(changed(chosen, suppliers=firms), "nl")
    told = {each.title: lines(each) for each in section(statement, "suppliers").entries}

    assert told["Alfa"] == {
        "role": ("Opslag",),
        "data": ("Hier gaan vanuit dit systeem geen gegevens heen",),
        "place": ("Verenigde Staten",),
        "transfer": ("Dit is nog niet vastgelegd",),
        "agreement": ("Er is nog geen datum van vastgelegd",),
    }
    assert told["Beta"]["agreement"] == ("Gesloten op 1 maart 2026",)
    assert told["Beta"]["data"] == ("Contactgegevens; berichten tussen u en ons",)
    assert told["Gamma"]["agreement"][0].startswith("Niet nodig")
    assert told["Delta"]["place"] == ("Dit is nog niet vastgelegd",)
    assert "transfer" not in told["Delta"]


def test_the_address_of_the_supervisor_is_the_right_one():
    for chosen, language in BOTH:
        text = compose(chosen, language).as_text()

        assert "https://autoriteitpersoonsgegevens.nl" in text
        assert "autoriteitspersoongegevens" not in text
        assert "Safe Harbor" not in text


@pytest.mark.parametrize("chosen", ACADEMIES, ids=["leffectief", "kjenning"])
def test_nothing_is_claimed_that_no_installed_package_declares(chosen):
    declared = {each.id for each in register.everything()}
    told = [sentence.id for part in compose(chosen, "nl").sections for sentence in part.sentences]
    counted = {"why.bases", "keeping.organisation_goes", "keeping.organisation_leaves"} | {
        f"what.register_{scheme.key}" for scheme in chosen.registers
    }

    assert set(told) - declared <= counted
    if "operations.backups" not in declared:
        assert re.search(r"back-?up|reservekopie", compose(chosen, "nl").as_text(), re.IGNORECASE) is None
    assert re.search(r"nieuwsbrief|hotjar|zendesk", compose(chosen, "nl").as_text(), re.IGNORECASE) is None


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (None, True),
        ("features.pe_points", True),
        ("not features.pe_points", False),
        ("features.live_online", False),
        ("not features.live_online", True),
        ("erasure.mode=anonymise", True),
        ("erasure.mode=delete", False),
        ("not erasure.mode=delete", True),
        ("rights.mention", True),
        ("figures.only_needed_storage", True),
    ],
)
def test_a_declaration_holds_when_its_condition_does(when, holds):
    declare("sample", Measure("there", nl="Dit geldt voor u.", en="This holds for you.", theme=Theme.MAIL, when=when))

    assert ("sample.there" in compose(ACADEMIES[0], "nl").ids) is holds


def test_readers_are_told_with_the_words_they_are_limited_to():
    purpose = Purpose(
        "few", nl="iets", en="something", basis=CONTRACT, rows="people.Role", uses=(IDENTITY, WORDS["contact"]),
        keep=years(1), clock="ended_at", clock_nl="na afloop", clock_en="after the end",
        seen_by=(OFFICE.everywhere.of(IDENTITY), OFFICE.via("person").of(IDENTITY, WORDS["contact"]).if_agreed),
    )  # fmt: skip
    declare("sample", purpose)

    assert lines(entry(compose(ACADEMIES[0], "en"), "sample.few"))["readers"] == (
        "Office staff (only name)",
        "Office staff, only if that was agreed and we told you beforehand",
    )


def test_all_that_is_stored_on_a_device_is_told_in_words():
    kinds = {storage.kind for _, storage in in_force(Storage, Facts(ACADEMIES[0]))}
    told = {entry.id for entry in section(compose(ACADEMIES[0], "nl"), "storage").entries}

    assert kinds <= set(STORED)
    assert told == {each.id for each, _ in in_force(Storage, Facts(ACADEMIES[0]))}


def test_what_needs_consent_is_not_called_needed():
    chosen = ACADEMIES[0]
    declare(
        "sample",
        Storage(
            "extra", nl="onthoudt iets leuks", en="remembers something nice", kind="cookie", name="x",
            lasts_nl="na een jaar", lasts_en="after a year", needed=False,
        ),
    )  # fmt: skip
    statement = compose(chosen, "nl")

    assert "privacy.only_needed" not in statement.ids
    assert lines(entry(statement, "sample.extra"))["needed"] == ("Alleen als u daar toestemming voor geeft",)
