"""Free text about people is looked through for a citizen service number before it is kept (article 46 UAVG)."""

import ast
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.apps import apps

from leerhuis.charter.checks import concrete_models
from leerhuis.charter.foreign import word_of
from leerhuis.charter.words import FREE_TEXT
from leerhuis.ui.guarding import OVERRIDE, GuardsTexts
from tests.house.source import Finding, Tree, assert_clean, assert_silent

BSN = "111222333"  # passes the eleven-test, and was never given to anybody

# Forms with a large field in which nothing about a person is written, and why.
ABOUT_NOBODY = {
    "catalogue": "what the academy teaches",
    "practice": "questions that the academy wrote",
    "conditions": "a public text",
    "ui": "a sample",
    "website": "a question to the catalogue",
}
GUARDED_ELSEWHERE = {
    "portal.forms.DocumentForm": "its action looks at the reason and at the name of the file",
    "consent.forms.NewsForm": "the same mail for everybody, about nobody",
}
READ_WITHOUT_KEEPING = {
    "organisations/views/entering.py": "a list is shown again in its form, which looks at it before it is kept",
}
SEARCHES = ("filter", "search", "check")


def unguarded(kinds: dict[str, type[forms.BaseForm]], names: set[str]) -> Iterator[str]:
    """Guard: a form with a free text is of the kind that refuses a BSN, and looks at that text."""
    for where, kind in kinds.items():
        fields = kind.base_fields  # type: ignore[attr-defined]  # of every declared form
        free = {name for name, field in fields.items() if isinstance(field.widget, forms.Textarea) or name in names}
        looked = {name for name in free if isinstance(fields[name].widget, forms.Textarea)}
        looked |= set(getattr(kind, "guarded", ()))
        if free and not issubclass(kind, GuardsTexts):
            yield f"{where} takes a free text ({', '.join(sorted(free))}) unguarded: derive it from GuardsTexts"
        elif free - looked:
            yield f"{where} does not look at {', '.join(sorted(free - looked))}: name it in `guarded`"


def forms_of_house(tree: Tree) -> dict[str, type[forms.BaseForm]]:
    """Return every form of the house that is written down with its fields, by its place."""
    found: dict[str, type[forms.BaseForm]] = {}
    for module in tree.product:
        if module.part == "forms" or module.name.split(".")[-1].endswith("_forms"):
            loaded: Any = import_module(f"leerhuis.{module.name}")
            for name, kind in vars(loaded).items():
                is_form = isinstance(kind, type) and issubclass(kind, forms.BaseForm) and hasattr(kind, "base_fields")
                if is_form and kind.__module__ == loaded.__name__:
                    found[f"{module.name}.{name}"] = kind
    return found


def free_texts() -> set[str]:
    """Return the names of the columns that hold remarks."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("leerhuis.")}
    return {
        field.name
        for model in concrete_models()
        if model._meta.app_label in ours
        for field in model._meta.concrete_fields
        if word_of(model, field) == FREE_TEXT
    } - {"name", "query", "reference"}


def read_unguarded(tree: Tree, names: set[str]) -> Iterator[Finding]:
    """Guard: a free text that a page reads without a form is looked through for a BSN in the same file."""
    for module in tree.product:
        if "views" not in module.name.split("."):
            continue
        looks = any(isinstance(node, ast.Name) and node.id == "bsn_in" for node in module.nodes)
        for node in module.nodes:
            name = _read(node)
            if name in names and not looks:
                yield module.says(node, f"the page reads {name} unguarded: take a form of GuardsTexts, or call bsn_in")


def _read(node: ast.AST) -> str:
    """Return the name of what ``request.POST.get("remark")``, ``request.POST["remark"]`` and the like read, or ""."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"get", "getlist"}:
        sent, asked = node.func.value, node.args[0] if node.args else None
    elif isinstance(node, ast.Subscript):
        sent, asked = node.value, node.slice
    else:
        return ""
    if not (isinstance(sent, ast.Attribute) and sent.attr == "POST"):
        return ""
    if isinstance(asked, ast.JoinedStr):  # remark-{id}
        asked = asked.values[0]
    return str(asked.value).split("-")[0] if isinstance(asked, ast.Constant) else ""


def test_every_free_text_that_a_page_reads_without_a_form_is_guarded(house):
    assert_clean(read_unguarded(house, free_texts() | {"text"}), READ_WITHOUT_KEEPING)


def test_a_page_that_reads_a_free_text_unguarded_is_caught(sample):
    loose = 'keep(request.POST.get(f"remark-{key}", ""), request.POST["reason"], request.POST.get("answer"))'
    careful = 'keep(request.POST.get("remark")) if not bsn_in(request.POST.get("remark")) else None'
    tree = sample({"results/views/office.py": loose, "results/views/trainer.py": careful})

    said = sorted(str(each) for each in read_unguarded(tree, {"remark", "reason"}))
    assert [each.partition(" unguarded")[0] for each in said] == [
        "results/views/office.py:1: the page reads reason",
        "results/views/office.py:1: the page reads remark",
    ]


def test_every_free_text_about_people_is_guarded(house):
    kinds = {
        where: kind
        for where, kind in forms_of_house(house).items()
        if where not in GUARDED_ELSEWHERE
        and where.split(".")[0] not in ABOUT_NOBODY
        and not any(word in where.lower() for word in SEARCHES)
    }

    assert len(kinds) > 10
    assert_silent(unguarded(kinds, free_texts()))


def test_a_form_without_the_guard_is_caught():
    class Loose(forms.Form):
        remarks = forms.CharField(widget=forms.Textarea)

    class Short(GuardsTexts, forms.Form):
        reason = forms.CharField()

    said = list(unguarded({"a.Loose": Loose, "a.Short": Short}, {"reason"}))

    assert [each.split(" ")[0] for each in said] == ["a.Loose", "a.Short"]


class Note(GuardsTexts, forms.Form):
    """A form as the house has them."""

    guarded = ("reason",)
    remarks = forms.CharField(widget=forms.Textarea, required=False)
    reason = forms.CharField(required=False)
    name = forms.CharField(required=False)


@pytest.mark.parametrize("name", ["remarks", "reason"])
@pytest.mark.parametrize("written", [BSN, "111.222.333", "mijn bsn is 1112 22 333."])
def test_a_bsn_is_refused_until_its_writer_says_that_it_is_none(name, written):
    refused = Note({name: written})
    assert not refused.is_valid()
    assert set(refused.errors) == {name}
    assert OVERRIDE in refused.fields

    taken = Note({name: written, OVERRIDE: "on"})
    assert taken.is_valid()
    assert taken.said_not_a_bsn
    assert OVERRIDE not in taken.cleaned_data


@pytest.mark.parametrize("written", ["111222334", "06 12345678", "NL111222333B01", "1112223334", ""])
def test_other_numbers_pass_and_nobody_is_asked(written):
    form = Note({"remarks": written, "name": BSN})

    assert form.is_valid()
    assert OVERRIDE not in form.fields
    assert not form.said_not_a_bsn
