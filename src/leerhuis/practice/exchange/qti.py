"""QTI 2.1 and 3.0: an item by itself, or a package of items with a manifest; what QTI 1.2 is, is only recognised.

Source: https://www.imsglobal.org/spec/qti/v3p0/impl and https://www.imsglobal.org/question/qtiv2p1/imsqti_implv2p1.html
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.gift_items import Category, Fault, Item, Reason
from leerhuis.practice.exchange.markup import Node, name_of, parsed
from leerhuis.practice.exchange.packages import Package
from leerhuis.practice.exchange.qti_items import item_of

MANIFEST = "imsmanifest.xml"
ITEM_ROOTS = ("assessmentItem", "qti-assessment-item")
_TEST_ROOTS = ("assessmentTest", "qti-assessment-test")
_ITEM_TYPE = re.compile(r"imsqti_(item_xmlv2p\d|apipitem_xmlv2p\d|item_xmlv3p\d)(/.*)?")
_TEST_TYPE = re.compile(r"imsqti_(test|assessment)_xmlv\dp\d.*")
_OLD_TYPE = re.compile(r"imsqti_xmlv1p\d.*")


def manifest_of(package: Package) -> str | None:
    """Return the name of the manifest in a package: at its top, or in the one folder that holds all."""
    found = [name for name in package.names if posixpath.basename(name) == MANIFEST]
    return min(found, key=len, default=None)


def parse_item(root: Node) -> Iterator[Item | Fault]:
    """Give the one question of an item file."""
    yield item_of(root, 1, lambda _name: None)


def parse_package(package: Package) -> Iterator[Category | Item | Fault]:
    """Give every question of a package, in the order of its test if it has one. Refuses Unreadable for QTI 1.2."""
    listed = _listed(package)
    topics = _topics(package, listed)
    order = [name for name in topics if name in listed] + [name for name in listed if name not in topics]
    for number, name in enumerate(order, start=1):
        yield Category(number, topics.get(name, "").replace("/", "//"))
        yield _read(package, name, number)


def _read(package: Package, name: str, number: int) -> Item | Fault:
    if name not in package:
        return Fault(number, Reason.MISSING_PART, name)
    data = package.read(name)

    def file(written: str) -> bytes | None:
        path = _beside(name, written)
        return package.read(path) if path in package else None

    try:
        root = parsed(data)
    except Unreadable:
        return Fault(number, Reason.BROKEN_FILE, name)
    return item_of(root, number, file)


def _beside(name: str, written: str) -> str:
    """Return the path in the package that a file means; one that leads outside it is not in the package."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(written)))


def _listed(package: Package) -> list[str]:
    """Return the names of the items: as the manifest lists them, or else every file that is one."""
    manifest = manifest_of(package)
    if manifest is None:
        return [name for name in package.names if name.lower().endswith(".xml") and _root(package, name) in ITEM_ROOTS]
    resources = [node for node in parsed(package.read(manifest)).iter() if name_of(node) == "resource"]
    kinds = [(node.get("type") or "", node.get("href") or "") for node in resources]
    items = [_beside(manifest, href) for kind, href in kinds if _ITEM_TYPE.fullmatch(kind) and href]
    if not items and any(_OLD_TYPE.fullmatch(kind) for kind, _href in kinds):
        raise Unreadable(OLD_QTI)
    return list(dict.fromkeys(items))


OLD_QTI = _("This is QTI 1.2. QTI 2.1 and 3.0 are read here: export the questions again in one of these.")


def _root(package: Package, name: str) -> str:
    try:
        return name_of(parsed(package.read(name)))
    except Unreadable:
        return ""


def _topics(package: Package, listed: list[str]) -> dict[str, str]:
    """Return the items in the order of the tests, each with its topic: the section's title, or that of the test."""
    manifest = manifest_of(package)
    if manifest is None:
        return {}
    topics: dict[str, str] = {}
    for node in parsed(package.read(manifest)).iter():
        if name_of(node) == "resource" and _TEST_TYPE.fullmatch(node.get("type") or ""):
            name = _beside(manifest, node.get("href") or "")
            if name in package and name not in listed:
                topics |= _topics_of_test(package, name)
    return topics


def _topics_of_test(package: Package, name: str) -> dict[str, str]:
    try:
        root = parsed(package.read(name))
    except Unreadable:
        return {}
    if name_of(root) not in _TEST_ROOTS:
        return {}
    sections = [node for node in root.iter() if name_of(node).lower().replace("-", "").endswith("assessmentsection")]
    topics = {}
    for node in root.iter():
        if name_of(node) in ("assessmentItemRef", "qti-assessment-item-ref") and node.get("href"):
            section = node.getparent().get("title") if len(sections) > 1 else ""
            topics[_beside(name, node.get("href"))] = section or root.get("title") or ""
    return topics
