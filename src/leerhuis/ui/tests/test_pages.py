"""The pages of this package: faults, the style page, and every template that extends a layout."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from leerhuis.ui import errors, views

PACKAGE = Path(views.__file__).parent
SOURCE = PACKAGE.parent
ICONS = SOURCE.parents[1] / "frontend" / "icons.txt"


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 429, 500, 503])
@pytest.mark.parametrize(
    ("language", "button"),
    [("nl", ("Naar de startpagina", "Probeer het opnieuw")), ("en", ("To the home page", "Try again"))],
)
def test_every_fault_says_what_to_do(status, language, button):
    with translation.override(language):
        response = errors.house_error(RequestFactory().get("/x", headers={"accept-language": language}), status)
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in page
    assert page.count("<h1>") == 1
    assert button[status >= 500] in page


@pytest.mark.parametrize("status", [500, 503])
def test_the_worst_faults_ask_nothing_of_build_academy_or_database(status, settings):
    settings.DJANGO_VITE = {}
    page = errors.house_error(RequestFactory().get("/x"), status).content.decode()
    assert "/static/built/" not in page
    assert "/look.css" not in page


def test_only_a_pause_says_when_to_come_back():
    seconds = {
        status: errors.house_error(RequestFactory().get("/x"), status).headers.get("Retry-After")
        for status in (404, 500, 503)
    }
    assert seconds == {404: None, 500: None, 503: "10"}


@pytest.mark.parametrize("layout", views.LAYOUTS)
def test_the_style_page_shows_in_every_layout(layout):
    response = views.styleguide(RequestFactory().get("/ui/styleguide", {"layout": layout}))
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1>") == page.count("<main id=") == 1
    assert "{%" not in page
    assert "{{" not in page


def test_an_unknown_layout_gives_that_of_the_office():
    page = views.styleguide(RequestFactory().get("/ui/styleguide", {"layout": "../x"})).content.decode()
    assert 'class="office"' in page


@pytest.mark.parametrize("path", sorted(PACKAGE.joinpath("templates").rglob("*.html")), ids=lambda path: path.stem)
def test_every_template_can_be_read(path):
    name = path.relative_to(PACKAGE / "templates").as_posix()
    found: Any = get_template(name)
    assert found.origin.name == str(path), "another app's template goes before the house's"


IN_TEMPLATES = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']|\bsign=["']([\w-]+)["']""")
IN_CODE = re.compile(r"""\bicon["']?\s*[:=]\s*["']([\w-]+)["']|\bPlace\(["']\w+["'], _\([^)]*\), ["']([\w-]+)["']""")


def test_every_icon_that_a_page_names_is_in_the_sprite():
    listed = {line.split("#")[0].strip() for line in ICONS.read_text().splitlines()} - {""}
    used = {
        name
        for ending, pattern in (("*.html", IN_TEMPLATES), ("*.py", IN_CODE))
        for path in SOURCE.rglob(ending)
        for found in pattern.findall(path.read_text(encoding="utf-8"))
        for name in found
    } - {""}
    assert "sun" in used
    assert used - listed == set()


def test_the_look_goes_before_the_libraries_whose_templates_it_replaces():
    apps = list(settings.INSTALLED_APPS)
    for library in ("allauth", "allauth.account", "allauth.mfa", "crispy_bootstrap5"):
        assert apps.index("leerhuis.ui") < apps.index(library)
