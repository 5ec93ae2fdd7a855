"""`leerhuis texts` finds what people read, loses no translation, and says what is missing."""

import gettext
from pathlib import Path

import pytest

from leerhuis.config import texts
from leerhuis.config.cli.command import main

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Your seat")
price = _("15 % VAT included")
hello = _("Hello {name}")
count = ngettext("%(count)s seat left", "%(count)s seats left", 2)
month = pgettext("month", "May")
long = _("One line "
         "and another")
not_a_text = "Nothing to translate"
"""
TEMPLATE = """{% load i18n %}
<div class="card"
     data-note='it"s'>
      {% if run %}
   It isn't {% translate "Sign in" %}{% endif %} {{ _("Help")|upper }}
  {% blocktranslate trimmed count seats=run.seats %}
      One {{ seats }} place
    {% plural %}
      {{ seats }} places
  {% endblocktranslate %}
  {% translate "May" context "permission" %} {% translate "100 % sure" %}
</div>
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with texts in code, in a page and in a mail, and with a test whose texts nobody reads."""
    package = tmp_path / "trade"
    for folder in ("templates/trade/mail", "tests"):
        (package / folder).mkdir(parents=True)
    (package / "views.py").write_text(PYTHON)
    (package / "templates/trade/page.html").write_text(TEMPLATE)
    (package / "templates/trade/mail/welcome.en.md").write_text('Subject: {% translate "Welcome" %}\n')
    (package / "tests/test_views.py").write_text('from x import gettext as _\n_("Only a test")\n')
    monkeypatch.setattr(texts, "SOURCE", tmp_path)
    monkeypatch.setattr(texts.packages, "__defaults__", (tmp_path,))
    monkeypatch.setattr(texts.uncompiled, "__defaults__", (tmp_path,))
    return package


def translate(package: Path, **dutch: str) -> None:
    """Fill in every empty translation: those named, the others with the English text itself."""
    path = texts.catalogue_path(package)
    catalogue = texts.read_catalogue(path)
    for message in catalogue:
        if not message.id or texts.is_translated(message):
            continue
        forms = texts.forms_of(message.id)
        chosen = [dutch.get(form.replace(" ", "_"), form) for form in forms]
        message.string = tuple(chosen) if len(chosen) > 1 else chosen[0]
    texts.write_catalogue(catalogue, path)


def test_every_text_of_code_pages_and_mails_is_found_and_no_other(package: Path) -> None:
    found = {(message.context, texts.forms_of(message.id)) for message in texts.texts_of(package) if message.id}
    assert found == {
        (None, ("Your seat",)),
        (None, ("15 % VAT included",)),
        (None, ("Hello {name}",)),
        (None, ("%(count)s seat left", "%(count)s seats left")),
        ("month", ("May",)),
        (None, ("One line and another",)),
        (None, ("Sign in",)),
        (None, ("Help",)),
        (None, ("One %(seats)s place", "%(seats)s places")),
        ("permission", ("May",)),
        (None, ("100 %% sure",)),
        (None, ("Welcome",)),
    }


def test_flags_tell_how_values_are_filled_in(package: Path) -> None:
    assert main(["texts", "update", "trade"]) == 0
    flags = {message.id: message.flags for message in texts.read_catalogue(texts.catalogue_path(package)) if message.id}
    written = texts.catalogue_path(package).read_text()
    assert flags["Hello {name}"] == {"python-brace-format"}
    assert flags["%(count)s seat left", "%(count)s seats left"] == {"python-format"}
    assert '#, python-format\nmsgid "15 % VAT included"' not in written
    assert 'msgid "15 % VAT included"' in written


def test_updating_twice_writes_the_same_bytes_and_no_dates_or_lines(package: Path) -> None:
    main(["texts", "update", "trade"])
    first = texts.catalogue_path(package).read_bytes()
    (package / "views.py").write_text("\n\n\n" + PYTHON)
    main(["texts", "update", "trade"])
    assert texts.catalogue_path(package).read_bytes() == first
    assert b"Date" not in first
    assert b"views.py\n" in first


def test_updating_keeps_translations_of_texts_that_stay_change_or_go(package: Path) -> None:
    main(["texts", "update", "trade"])
    translate(package, Your_seat="Uw plaats", Help="Hulp", Sign_in="Aanmelden")
    (package / "views.py").write_text(PYTHON.replace('_("Your seat")', '_("Your seats")'))
    (package / "templates/trade/page.html").write_text(TEMPLATE.replace('{{ _("Help")|upper }}', ""))
    main(["texts", "update", "trade"])
    catalogue = texts.read_catalogue(texts.catalogue_path(package))
    stays, changed = catalogue.get("Sign in"), catalogue.get("Your seats")
    assert stays is not None
    assert changed is not None
    assert stays.string == "Aanmelden"
    assert (changed.string, changed.fuzzy) == ("Uw plaats", True)
    assert [message.string for message in catalogue.obsolete.values()] == ["Hulp"]


def test_a_complete_catalogue_is_in_order(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["texts", "update", "trade"])
    translate(package)
    capsys.readouterr()
    assert main(["texts", "check", "trade"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace('msgstr "Your seat"', 'msgstr ""'), "not translated: 'Your seat'"),
        (
            lambda text: text.replace('msgstr[1] "%(seats)s places"', 'msgstr[1] ""'),
            "not translated: 'One %(seats)s place'",
        ),
        (
            lambda text: text.replace('msgid "Your seat"', '#, fuzzy\nmsgid "Your seat"'),
            "doubtful (marked fuzzy): 'Your seat'",
        ),
        (
            lambda text: text.replace('msgstr "Hello {name}"', 'msgstr "Dag {naam}"'),
            "the blanks to fill in differ: 'Hello {name}'",
        ),
        (
            lambda text: text.replace('msgstr[1] "%(count)s seats left"', 'msgstr[1] "plaatsen vrij"'),
            "the blanks to fill in differ: '%(count)s seat left'",
        ),
        (lambda text: text.replace('msgid "Welcome"', 'msgid "Farewell"'), "missing: 'Welcome'"),
        (lambda text: text.replace('msgid "Welcome"', 'msgid "Farewell"'), "no longer used: 'Farewell'"),
        (lambda text: text + '\n#~ msgid "Old"\n#~ msgstr "Oud"\n', "(delete the lines with #~): 'Old'"),
    ],
)
def test_what_stands_between_a_package_and_good_dutch_is_named(
    package: Path, capsys: pytest.CaptureFixture[str], change, told: str
) -> None:
    main(["texts", "update", "trade"])
    translate(package)
    path = texts.catalogue_path(package)
    before = path.read_text()
    assert change(before) != before
    path.write_text(change(before))
    assert main(["texts", "check"]) == 1
    assert told in capsys.readouterr().out


def test_one_form_may_leave_a_number_out(package: Path) -> None:
    main(["texts", "update", "trade"])
    translate(package, **{"%(count)s_seat_left": "nog één plaats vrij"})
    assert main(["texts", "check", "trade"]) == 0


def test_compiled_texts_are_what_the_product_reads(package: Path) -> None:
    main(["texts", "update", "trade"])
    translate(package, Your_seat="Uw plaats")
    assert texts.uncompiled() == ["trade"]
    assert main(["texts", "compile"]) == 0
    assert texts.uncompiled() == []
    with texts.catalogue_path(package).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Your seat") == "Uw plaats"


def test_doubtful_translations_are_not_shown(package: Path) -> None:
    main(["texts", "update", "trade"])
    translate(package, Your_seat="Uw stoel")
    path = texts.catalogue_path(package)
    path.write_text(path.read_text().replace('msgid "Your seat"', '#, fuzzy\nmsgid "Your seat"'))
    main(["texts", "compile"])
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Your seat") == "Your seat"


def test_an_unknown_package_is_wrong_usage(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["texts", "check", "nowhere"]) == 2
    assert "no such package: nowhere. Known are: trade" in capsys.readouterr().err


def test_a_template_that_cannot_be_read_is_named(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "templates/trade/bad.html").write_text("{% blocktranslate %}{% if a %}{% endblocktranslate %}")
    assert main(["texts", "check", "trade"]) == 1
    assert "bad.html" in capsys.readouterr().err
