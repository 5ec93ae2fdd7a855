"""XML and HTML of people we do not know: read without entities, without definitions of their own, without a network."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree, html

from leerhuis.practice.exchange.files import Unreadable, text_of

MOST_TAGS = 600_000
HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(r"encod|utf-8|input conversion", re.IGNORECASE)

_DEFINITIONS = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_OWN_DEFINITIONS = _("This XML file brings definitions of its own (DOCTYPE). Questions need none: take that line out.")

Node = Any  # an element of lxml, which has no types


def parsed(data: bytes) -> Node:
    """Return the root of an XML file. Refuses Unreadable: not well formed, with a DOCTYPE, or too many elements.

    A file that says to be UTF-8 and is not is read as Windows wrote it.
    """
    if data.count(b"<") > MOST_TAGS:
        raise Unreadable(_("This XML file has more elements than any list of questions. Divide it."))
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as fault:
        if any(mark in data for mark in _DEFINITIONS):
            raise Unreadable(_OWN_DEFINITIONS) from fault
        if not _ENCODING.search(str(fault)):
            raise Unreadable(_not_well_formed(fault)) from fault
        root = _parsed_anyhow(data)
    except ValueError as fault:
        raise Unreadable(_("This XML file cannot be read.")) from fault
    if root.getroottree().docinfo.doctype:
        raise Unreadable(_OWN_DEFINITIONS)
    return root


def name_of(node: Node) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    return str(etree.QName(node).localname) if isinstance(node.tag, str) else ""


def words_of(node: Node) -> str:
    """Return all text inside an element, and that of the elements in it."""
    return "".join(node.itertext()) if node is not None else ""


def fragments(text: str) -> Node | None:
    """Return a piece of HTML under one element, or None when there is nothing that can be read."""
    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def inside(node: Node) -> str:
    """Return the HTML inside an element."""
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in node]
    return _escaped(node.text or "") + "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
    )


def _parsed_anyhow(data: bytes) -> Node:
    text = _DECLARED.sub("", text_of(data))
    try:
        return etree.fromstring(text.encode(), _parser())
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable(_not_well_formed(fault)) from fault


def _not_well_formed(fault: Exception) -> Any:
    line = getattr(fault, "lineno", None)
    if not line:
        return _("This XML file cannot be read.")
    return _("This XML file cannot be read: something is wrong at line %(line)s.") % {"line": line}
