"""Pictures that come with questions: where a text names one, and the text that names it as the bank will call it."""

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from leerhuis.practice.exchange.gift_items import Rich

SCHEME = "media:"
MOST_BYTES = 5 * 1024 * 1024  # of one picture
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp|svg\+xml);base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[([^\[\]\n]{0,500})\]\(\s*<?([^()\s<>]{1,500})>?\s*\)")
_PLACE = "@@PLUGINFILE@@/"
_WITH_TAGS = ("html", "moodle", "markdown")


@dataclass(frozen=True)
class Picture:
    """A picture that comes along with a question: its name in the bank, its content, and what it is said to show."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True)
class _Named:
    """A place in a text that shows a picture, as it is written there."""

    whole: str
    source: str
    alt: str


def names_in(texts: Iterable[str]) -> list[str]:
    """Return what the texts of a question name as pictures, each once, as they write it."""
    return list(dict.fromkeys(named.source for text in texts for named in (*_in_html(text), *_in_markdown(text))))


def named_in(text: Rich) -> list[str]:
    """Return what a text names as pictures; plain text names none."""
    return list(dict.fromkeys(named.source for named in _named(text)))


def renamed(text: Rich, made: Mapping[str, Picture]) -> Rich:
    """Return a text in which each picture has the name that it gets in the bank."""
    words = text.text
    for named in _named(text):
        picture = made.get(named.source)
        if picture and named.whole.startswith("<"):
            words = words.replace(named.whole, _called(named.whole, f"{SCHEME}{picture.name}"))
        elif picture:
            words = words.replace(named.whole, f"![{named.alt}]({SCHEME}{picture.name})")
    return Rich(words, text.format)


def alts_in(text: Rich) -> dict[str, str]:
    """Return what a text says that its pictures show, by the name that it uses."""
    return {named.source: named.alt for named in _named(text) if named.alt}


def made_of(written: str, content: bytes, alt: str) -> Picture:
    """Return a picture with a name that tells nothing of what it shows, and is the same for the same content."""
    ending = "" if written.startswith("data:") else posixpath.splitext(unquote(written))[1]
    mark = re.sub(r"[^a-z0-9]", "", ending.lower())[:5]
    return Picture(
        f"picture-{hashlib.sha256(content).hexdigest()[:16]}{f'.{mark}' if mark else ''}", content, alt[:300]
    )


def picture_of(written: str, files: Mapping[str, bytes]) -> bytes | None:
    """Return the picture that a text names, from the files that came along or out of the name itself; else None."""
    if found := _DATA.fullmatch(written):
        return decoded(found[1])
    name = unquote(written.removeprefix(_PLACE))
    for each in (written, name, posixpath.normpath(name) if name else name, posixpath.basename(name)):
        if each in files:
            return files[each]
    return None


def decoded(text: str) -> bytes | None:
    """Return what a base64 text holds, or None for one that is none or larger than a picture may be."""
    if len(text) > MOST_BYTES * 2:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _called(whole: str, name: str) -> str:
    """Return a tag with another source; what else it says stays."""

    def put(found: re.Match[str]) -> str:
        return f'src="{name}"' if found[1].lower() == "src" else found[0]

    return _ATTRIBUTE.sub(put, whole)


def _named(text: Rich) -> list[_Named]:
    if text.format not in _WITH_TAGS:
        return []
    return [*_in_html(text.text), *(_in_markdown(text.text) if text.format == "markdown" else [])]


def _in_html(text: str) -> list[_Named]:
    found = []
    for whole in _IMG.findall(text):
        said = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(whole)}
        if said.get("src"):
            found.append(_Named(whole, said["src"].strip(), " ".join(said.get("alt", "").split())))
    return found


def _in_markdown(text: str) -> list[_Named]:
    return [_Named(found[0], found[2], found[1].strip()) for found in _MARKDOWN.finditer(text)]
