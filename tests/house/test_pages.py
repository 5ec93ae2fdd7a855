"""Nothing on a page leads nowhere: templates that are loaded are there, addresses exist, and nothing lies unused."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

from tests.house import test_mails as mails
from tests.house.references import QUOTED, TEMPLATE_TAG
from tests.house.source import Finding, Module, Tree, assert_clean, dotted, keyword, real, text_of

# Calls whose first argument is the name of an address, and keywords that hold one.
ADDRESSED = {"reverse", "reverse_lazy", "redirect", "resolve_url", "absolute"}
ADDRESS_TAG = re.compile(r"""\{%\s*url\s+["']([\w:-]+)["']""")
TEMPLATE = re.compile(r"[\w/.-]+\.(?:html|typ)")
# A name of a template that is put together from a folder and a word: f"ui/parts/{name}.html".
COMPOSED = re.compile(r"([\w/]+/)\{\}(?:\.html)?")


def missing_templates(tree: Tree) -> Iterator[Finding]:
    """Guard: each template that code or another template names can be loaded."""
    for where, line, name in loaded(tree):
        if not _can_be_loaded(tree, name):
            yield Finding(where, line, f"loads the template {name}, which does not exist")


def unused_templates(tree: Tree) -> Iterator[Finding]:
    """Guard: each page or part of a page is loaded by somebody, or takes the place of a page of a library."""
    used = {name for _, _, name in loaded(tree)} | {name for module in tree.product for name in _composed(module)}
    for path in tree.files(".html"):
        folder, _, name = tree.where(path).partition("/templates/")
        if not name or name in used or _is_of_library(name):
            continue
        if re.fullmatch(r"[45]\d\d\.html", name):
            continue  # Django and ui/errors.py load these by their status.
        yield Finding(f"{folder}/templates/{name}", 1, "is loaded by nobody: give it a page or remove it")


def dead_addresses(tree: Tree, names: set[str]) -> Iterator[Finding]:
    """Guard: each name of an address in code, pages and mails is the name of a route."""
    for where, line, name in addressed(tree):
        if name not in names:
            yield Finding(where, line, f"leads to the address {name}, which does not exist")


def unsent_mails(tree: Tree) -> Iterator[Finding]:
    """Guard: each mail is sent by some action, or handed over by name as the mail to send."""
    handed = {node.attr for module in tree.product for node in module.nodes if isinstance(node, ast.Attribute)}
    handed |= {
        node.value.id
        for module in tree.product
        for node in module.nodes
        if isinstance(node, ast.Attribute) and node.attr == "send" and isinstance(node.value, ast.Name)
    }
    for module in mails.mail_modules(tree):
        for function in mails.public_functions(module):
            if function.name not in handed:
                yield module.says(function, f"nobody sends the mail {function.name}")


def loaded(tree: Tree) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and name of every template that is loaded by a literal name."""
    for module in tree.product:
        for node in module.nodes:
            text = text_of(node)
            if text and TEMPLATE.fullmatch(text) and "/templates/" not in text:
                yield module.where, getattr(node, "lineno", 1), text
    for path in tree.files(".html", ".md", ".txt"):
        text = path.read_text(encoding="utf-8")
        for tag in TEMPLATE_TAG.finditer(text):
            for name in QUOTED.findall(tag[2]) if tag[1] != "load" else []:
                if TEMPLATE.fullmatch(name):
                    yield tree.where(path), text.count("\n", 0, tag.start()) + 1, name


def addressed(tree: Tree) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and name of every address that is named literally."""
    for module in tree.product:
        for call in (node for node in module.nodes if isinstance(node, ast.Call)):
            name = text_of(call.args[0]) if call.args and dotted(call.func).split(".")[-1] in ADDRESSED else None
            for text in (name, text_of(keyword(call, "url_name")), text_of(keyword(call, "route"))):
                if text and re.fullmatch(r"[a-z]\w*", text):
                    yield module.where, call.lineno, text
    for path in tree.files(".html", ".md", ".txt"):
        text = path.read_text(encoding="utf-8")
        for tag in ADDRESS_TAG.finditer(text):
            yield tree.where(path), text.count("\n", 0, tag.start()) + 1, tag[1]


def routes() -> set[str]:
    """Return the names of all routes, those of libraries included."""
    resolvers = (get_resolver(), get_resolver("leerhuis.config.demo.urls"))
    return {name for resolver in resolvers for name in resolver.reverse_dict if isinstance(name, str)}


def _can_be_loaded(tree: Tree, name: str) -> bool:
    if name.startswith("/") or any(tree.root.glob(f"*/templates/{name}")) or any(tree.root.rglob(name)):
        return True
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _composed(module: Module) -> Iterator[str]:
    """Yield each template that a module may put together: `ui/parts/{name}.html` with each word of that module."""
    folders = set()
    for node in module.nodes:
        if isinstance(node, ast.JoinedStr):
            match = COMPOSED.fullmatch("".join(text_of(part) or "{}" for part in node.values))
            folders |= {match[1]} if match else set()
    words = {word for word in map(text_of, module.nodes) if word and re.fullmatch(r"\w+(\.html)?", word)}
    for folder in folders:
        yield from (f"{folder}{word.removesuffix('.html')}.html" for word in words)


def _is_of_library(name: str) -> bool:
    folders = (folder for folder in get_app_template_dirs("templates") if real().root not in folder.parents)
    return any((folder / name).exists() for folder in folders)


def test_every_template_that_is_loaded_is_there(house):
    assert_clean(missing_templates(house))


def test_every_template_is_loaded(house):
    assert_clean(unused_templates(house))


def test_every_address_that_is_named_exists(house):
    assert_clean(dead_addresses(house, routes()))


def test_every_mail_is_sent(house):
    assert_clean(unsent_mails(house))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("people/views/office.py", "render(request, 'people/gone.html')\n"),
        ("people/templates/people/a.html", '{% include "people/gone.html" %}'),
        ("people/templates/people/a.html", "{% extends 'people/gone.html' %}"),
    ],
)
def test_a_template_that_is_not_there_is_caught(sample, path, text):
    (finding,) = missing_templates(sample({path: text}))

    assert finding.what == "loads the template people/gone.html, which does not exist"


def test_a_template_that_nobody_loads_is_caught(sample):
    files = {
        "people/templates/people/used.html": "",
        "people/templates/people/parts/word.html": "",
        "people/templates/people/idle.html": "",
        "people/views.py": "render(r, 'people/used.html')\nrender(r, f'people/parts/{name}.html')\nname = 'word'\n",
    }

    assert [str(finding) for finding in unused_templates(sample(files))] == [
        "people/templates/people/idle.html:1: is loaded by nobody: give it a page or remove it"
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("people/views/office.py", "redirect('people_gone')\n"),
        ("people/mails.py", "absolute('people_gone')\n"),
        ("people/queries.py", "Item(route='people_gone')\n"),
        ("people/templates/people/a.html", "{% url 'people_gone' %}"),
        ("people/templates/people/mail/a.nl.md", '{% url "people_gone" %}'),
    ],
)
def test_an_address_that_does_not_exist_is_caught(sample, path, text):
    (finding,) = dead_addresses(sample({path: text}), {"people_office_list"})

    assert finding.what == "leads to the address people_gone, which does not exist"


def test_a_mail_that_nobody_sends_is_caught(sample):
    files = {
        "people/mails.py": "@service_mail()\ndef sent(): ...\n@service_mail()\ndef idle(): ...\n",
        "people/actions.py": "mails.sent.send(person)\n",
    }

    assert [finding.what for finding in unsent_mails(sample(files))] == ["nobody sends the mail idle"]
