"""Pages keep to the strict content security policy and say nothing that cannot be translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house.source import Finding, Tree, assert_clean

# Pages in one language, and why.
ONE_LANGUAGE = {
    "ui/templates/ui/styleguide.html": "shows founders the components with Dutch samples; no page of the product",
    "ui/templates/ui/sample_question.html": "a sample of the same page",
}
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
CLASSES = re.compile(r"\{%\s*block \w*class\w*\s*%\}.*?\{%\s*endblock.*?%\}", re.DOTALL)  # goes into a class attribute
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TORN = re.compile(r"</?\s")
WORD = re.compile(r"[^\W\d_]{2,}")
LOADS = {"src", "srcset", "poster", "data", "action", "formaction"}
LOADS |= {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}
FOREIGN = re.compile(r"(?:^|[\s,])(?:https?:)?//", re.IGNORECASE)
READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
READ_ALOUD |= {"data-confirm", "hx-confirm"}
SAME_EVERYWHERE = {"Leerhuis", "JSON", "PDF", "CSV", "XLSX", "GIFT", "KvK", "NL", "EN", "Nederlands", "English"}
SAME_EVERYWHERE |= {"LinkedIn", "Facebook", "WhatsApp"}
DATA = ("application/json", "application/ld+json")  # a browser never runs these
UNIMPORTANT = {"script", "style", "svg", "code", "pre", "kbd", "samp"}  # what is inside these is not read as text


class _Page(HTMLParser):
    """Collects what a template, rid of its template tags, breaks: (line, what)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unsafe: list[tuple[int, str]] = []
        self.texts: list[tuple[int, str]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        line = self.getpos()[0]
        if tag in UNIMPORTANT:
            self.inside.append(tag)
        if tag == "style":
            self.unsafe.append((line, "has a <style>: write it in the look (frontend/)"))
        if tag == "script" and "src" not in names and dict(attrs).get("type") not in DATA:
            self.unsafe.append((line, "has an inline <script>: write an element in frontend/"))
        for name, value in attrs:
            self._look_at(line, tag, name, value or "")
        each = dict(attrs)
        is_button = tag == "input" and each.get("type") in ("submit", "button", "reset")
        if is_button or each.get("name") == "description":
            self.texts.append((line, each.get("value") or each.get("content") or ""))

    def _look_at(self, line: int, tag: str, name: str, value: str) -> None:
        if name == "style":
            self.unsafe.append((line, "has an inline style: give it a class of the look"))
        if name.startswith(("on", "hx-on")):
            self.unsafe.append((line, f"has the handler {name}: write an element in frontend/"))
        if value.strip().lower().startswith("javascript:"):
            self.unsafe.append((line, f"runs a script from {name}: write an element in frontend/"))
        if (name in LOADS or (tag == "link" and name == "href")) and FOREIGN.search(value):
            self.unsafe.append((line, f"asks a foreign host by {name}: everything comes from the academy's own host"))
        if name in READ_ALOUD:
            self.texts.append((line, value))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self.inside:
            above = data[: len(data) - len(data.lstrip())].count("\n")
            self.texts.append((self.getpos()[0] + above, data))


def read(text: str) -> _Page:
    """Return what stands in a template once comments, translations and template tags are taken out."""
    page = _Page()
    page.feed(without(text, COMMENT, TRANSLATED, CLASSES, TAG))
    page.close()
    return page


def without(text: str, *patterns: re.Pattern[str]) -> str:
    """Return a text without what fits the patterns; its lines keep their numbers."""
    for pattern in patterns:
        text = pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
    return text


def pages(tree: Tree) -> Iterator[Path]:
    """Yield every HTML template of a tree."""
    return (path for path in tree.files(".html") if "templates" in path.parts)


def torn(tree: Tree) -> Iterator[Finding]:
    """Guard: no tag is torn apart, as a formatter may do to a conditional one: `<` and a space is text to a browser."""
    for path in pages(tree):
        text = without(path.read_text(encoding="utf-8"), COMMENT, TAG)
        for found in TORN.finditer(text):
            yield Finding(tree.where(path), text.count("\n", 0, found.start()) + 1, "a tag is torn apart after its <")


def unsafe(tree: Tree) -> Iterator[Finding]:
    """Guard: no inline style or script, no handler, no foreign host."""
    for path in pages(tree):
        for line, what in read(path.read_text(encoding="utf-8")).unsafe:
            yield Finding(tree.where(path), line, what)


def untranslatable(tree: Tree) -> Iterator[Finding]:
    """Guard: every word on a page stands in {% translate %} or {% blocktranslate %}."""
    for path in pages(tree):
        for line, text in read(path.read_text(encoding="utf-8")).texts:
            words = [word for word in WORD.findall(text) if word not in SAME_EVERYWHERE]
            if words:
                yield Finding(tree.where(path), line, f"“{' '.join(text.split())[:60]}” cannot be translated")


SENDS = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b", re.IGNORECASE)
ENDS = re.compile(r"</form>", re.IGNORECASE)
BARE_FIELD = re.compile(r"csrfmiddlewaretoken|\{%\s*csrf_input|\{\{\s*csrf_input")


def keyless(tree: Tree) -> Iterator[Finding]:
    """Guard: every form that is sent carries its key, by {% csrf_token %} and only so (ui/templatetags)."""
    for path in pages(tree):
        text = without(path.read_text(encoding="utf-8"), COMMENT)
        for found in SENDS.finditer(text):
            end = ENDS.search(text, found.end())
            if "{% csrf_token %}" not in text[found.end() : end.start() if end else len(text)]:
                line = text.count("\n", 0, found.start()) + 1
                yield Finding(tree.where(path), line, "a form that is sent has no {% csrf_token %}, and so no key")
        for found in BARE_FIELD.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Finding(tree.where(path), line, "writes a field that {% csrf_token %} gives, with a key")


def test_every_form_that_is_sent_carries_its_key(house):
    assert_clean(keyless(house))


@pytest.mark.parametrize(
    "text",
    [
        '<form method="post"><button></button></form>',
        "<form class='a' method=post action='/x/'></form>{% csrf_token %}",
        '<form method="post">{# {% csrf_token %} #}</form>',
        '<form method="get"><input name="csrfmiddlewaretoken"></form>',
    ],
)
def test_a_form_without_a_key_is_caught(sample, text):
    (finding,) = keyless(sample({"people/templates/people/a.html": text}))

    assert finding.where == "people/templates/people/a.html"


def test_pages_keep_to_the_strict_policy(house):
    assert_clean(unsafe(house))


def test_no_tag_is_torn_apart(house):
    assert_clean(torn(house))


def test_every_word_on_a_page_can_be_translated(house):
    assert_clean(untranslatable(house), ONE_LANGUAGE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<p style="color: red">{{ x }}</p>', "inline style"),
        ('<p {% if x %}style="color: red"{% endif %}></p>', "inline style"),
        ("<style>p {}</style>", "has a <style>"),
        ("<script>alert(1)</script>", "inline <script>"),
        ('<button onclick="go()"></button>', "the handler onclick"),
        ('<a href="javascript:go()"></a>', "runs a script from href"),
        ('<img src="https://example.org/a.png" alt="">', "asks a foreign host by src"),
        ('<script src="//example.org/a.js"></script>', "asks a foreign host by src"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "asks a foreign host by href"),
        ('<div hx-get="https://example.org/"></div>', "asks a foreign host by hx-get"),
        ('<img srcset="/a.png 1x, https://example.org/a.png 2x" alt="">', "asks a foreign host by srcset"),
    ],
)
def test_a_page_against_the_policy_is_caught(sample, text, said):
    (finding,) = unsafe(sample({"people/templates/people/a.html": "{# a #}\n" + text}))

    assert finding.line == 2
    assert said in finding.what


def test_a_torn_tag_is_caught(sample):
    text = "<p></p>\n<\n{% if x %}\n  a href=''{% endif %}></ a>"

    assert [finding.line for finding in torn(sample({"people/templates/people/a.html": text}))] == [2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Your courses</p>",
        "<p>{{ count }} courses</p>",
        '<input placeholder="Search">',
        '<input type="submit" value="Search">',
        '<meta name="description" content="Courses for advisers">',
        '<img alt="A teacher">',
        "{% if x %}Yes{% endif %}",
        '<button aria-label="Close"></button>',
    ],
)
def test_a_word_that_cannot_be_translated_is_caught(sample, text):
    (finding,) = untranslatable(sample({"people/templates/people/a.html": "\n" + text}))

    assert finding.line == 2
    assert "cannot be translated" in finding.what


def test_a_page_as_it_should_be_is_free(sample):
    text = """
    {% load i18n %}{# a remark #}{% comment %}Text{% endcomment %}
    <h1>{% translate "Courses" %}</h1>
    <p>{% blocktranslate trimmed with n=x %}You have <b>{{ n }}</b>.{% endblocktranslate %}</p>
    <a href="https://example.org">{{ name }}</a> <img src="{% static 'a.png' %}" alt="{% translate 'A' %}"> · 12 € – PDF
    {{ data|json_script:"rows" }}
    <script type="application/json">{"a": "Text"}</script><script src="/a.js" defer></script>
    {% if a < b %}<{% if x %}a href="/"{% else %}button{% endif %}></{% if x %}a{% else %}button{% endif %}>{% endif %}
    <button type="submit" name="sure" value="yes">{% translate "Yes" %}</button>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    """
    tree = sample({"people/templates/people/a.html": text})

    assert [*unsafe(tree), *untranslatable(tree), *torn(tree)] == []
