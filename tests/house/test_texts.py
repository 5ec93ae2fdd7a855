"""Everything that people read is there in Dutch and in English."""

from collections.abc import Iterator

import pytest

from leerhuis.config import texts
from tests.house.source import Finding, Tree, assert_clean


def untranslated(tree: Tree) -> Iterator[Finding]:
    """Guard: each English text of code and pages has a good Dutch one, and no Dutch one is left over."""
    for package in texts.packages([], tree.root):
        for fault in texts.faults_of(package):
            where, _, what = fault.partition(": ")
            yield Finding(where, 1, what)


def differing(tree: Tree) -> Iterator[Finding]:
    """Guard: one text has one translation in all packages, since the product reads their catalogues as one."""
    for fault in texts.collisions(tree.root):
        where, _, what = fault.partition(": ")
        yield Finding(where, 1, what)


def shouting(tree: Tree) -> Iterator[Finding]:
    """Guard: no text shouts: neither language has an exclamation mark."""
    for package in texts.packages([], tree.root):
        path = texts.catalogue_path(package)  # which holds every text: see above
        for message in texts.read_catalogue(path):
            forms = [*texts.forms_of(message.id), *texts.forms_of(message.string or "")] if message.id else []
            for form in forms:
                if "!" in form:
                    yield Finding(tree.where(path), 1, f"shouts: {form!r}")


def test_every_text_is_there_in_dutch(house):
    assert_clean(untranslated(house))


def test_a_text_reads_the_same_in_every_package(house):
    assert_clean(differing(house))


def test_no_text_shouts(house):
    assert_clean(shouting(house))


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
PO = "people/locale/nl/LC_MESSAGES/django.po"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"people/rules.py": "x = _('Choose another date.')\n"}, "missing"),
        ({"people/templates/people/a.html": "{% load i18n %}{% translate 'Choose another date.' %}"}, "missing"),
        ({"people/rules.py": "x = _('Go.')\n", PO: HEAD + 'msgid "Go."\nmsgstr ""\n'}, "not translated"),
        ({"people/rules.py": "x = _('Go.')\n", PO: HEAD + '#, fuzzy\nmsgid "Go."\nmsgstr "Weg."\n'}, "doubtful"),
        (
            {"people/rules.py": "x = _('Go %(name)s.')\n", PO: HEAD + 'msgid "Go %(name)s."\nmsgstr "Ga %(naam)s."\n'},
            "the blanks to fill in differ",
        ),
        ({"people/rules.py": "", PO: HEAD + 'msgid "Go."\nmsgstr "Ga."\n'}, "no longer used"),
    ],
)
def test_a_text_without_a_translation_is_caught(sample, files, said):
    (finding,) = untranslated(sample(files))

    assert finding.what.startswith(said)


def test_two_translations_of_one_text_are_caught(sample):
    tree = sample(
        {PO: HEAD + 'msgid "To"\nmsgstr "Aan"\n', PO.replace("people", "portal"): HEAD + 'msgid "To"\nmsgstr "Naar"\n'}
    )

    (finding,) = differing(tree)

    assert finding.what.startswith("'To' reads 'Naar' here and 'Aan' in people")


def test_a_text_with_a_context_of_its_own_is_free(sample):
    move = HEAD + 'msgctxt "move"\nmsgid "To"\nmsgstr "Naar"\n'
    tree = sample({PO: HEAD + 'msgid "To"\nmsgstr "Aan"\n', PO.replace("people", "portal"): move})

    assert [*differing(tree)] == []


def test_a_shout_is_caught(sample):
    po = HEAD + 'msgid "Hi."\nmsgstr "Hoi!"\n\nmsgid "Welcome!"\nmsgstr "Welkom."\n'

    assert [finding.what for finding in shouting(sample({"people/rules.py": "", PO: po}))] == [
        "shouts: 'Hoi!'",
        "shouts: 'Welcome!'",
    ]


def test_a_text_with_its_translation_is_free(sample):
    tree = sample({"people/rules.py": "x = _('Go.')\n", PO: HEAD + 'msgid "Go."\nmsgstr "Ga."\n'})

    assert [*untranslated(tree), *shouting(tree)] == []
