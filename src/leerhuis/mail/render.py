"""From a template in Markdown to a mail: subject, Markdown source, and HTML that needs nothing from elsewhere."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override
from markdown_it import MarkdownIt

from leerhuis.base.edge import current_academy
from leerhuis.mail.letters import Kind, Letter, Rendered
from leerhuis.mail.links import front

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})
_SUBJECT = "Subject:"
_MARKS = re.compile(r"([\\`*_\[\]<>#!|])")
_BOLD = re.compile(r"(?<!\\)\*\*")
_MARKED = re.compile(r"\\([\\`*_\[\]<>#!|])")


class NoSubject(ValueError):
    """A mail template does not begin with a line `Subject: …`: a fault in the template."""


def render(kind: Kind, letter: Letter) -> Rendered:
    """Render a letter in its reader's language, as HTML too; raises NoSubject as `words_of`."""
    title, body = words_of(kind, letter)
    return Rendered(letter.to, title, body, to_html(body, letter.to.language))


def words_of(kind: Kind, letter: Letter) -> tuple[str, str]:
    """Return the subject line and the Markdown of a letter, in its reader's language.

    Raises NoSubject when the template lacks its first line.
    """
    academy = current_academy()
    with override(letter.to.language):
        values = {name: _as_text(value) for name, value in letter.context.items()}
        reader = replace(letter.to, name=_as_text(letter.to.name))
        source = render_to_string(
            kind.template(letter.to.language),
            {**values, "to": reader, "academy": academy, "chosen": academy.settings},
        )
    head, _, rest = source.lstrip().partition("\n")
    if not head.startswith(_SUBJECT):
        raise NoSubject(kind.template(letter.to.language))
    return to_text(unescape(head.removeprefix(_SUBJECT))).strip(), unescape(rest).strip() + "\n"


def _as_text(value: Any) -> Any:
    """Take the Markdown out of what people typed, so that a name cannot become a link; our own addresses stay."""
    if isinstance(value, str) and not value.startswith(front()):
        return _MARKS.sub(r"\\\1", value)
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(each) for each in value]
    return value


def to_text(body: str) -> str:
    """Return a mail's Markdown as plain text: the same words, without bold and the marks that `_as_text` put in."""
    return _MARKED.sub(r"\1", _BOLD.sub("", body))


def body_html(body: str) -> str:
    """Return the Markdown of a mail as HTML, without the frame; HTML in it is shown as text."""
    return str(_markdown.render(body))


def to_html(body: str, language: str, *, with_logo: bool = False) -> str:
    """Return a mail's text as a small HTML page: no images, no trackers, no foreign addresses. Keeps: K13."""
    academy = current_academy()
    return render_to_string(
        "mail/frame.html",
        {
            "body": mark_safe(body_html(body)),  # noqa: S308 - Markdown with HTML switched off
            "language": language,
            "with_logo": with_logo,
            "academy": academy,
            "chosen": academy.settings,
        },
    )
