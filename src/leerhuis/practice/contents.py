"""What a picture, sound or film is, found in its content; its name and its sender do not count.

A drawing (SVG) is taken only when everything in it is known to draw, and nothing in it runs or loads.
"""

import io
import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

import imagesize

from leerhuis.practice.models import Media
from leerhuis.practice.rules import HoldsCode, NotTaken, TooLarge

PICTURE, SOUND, FILM = Media.Kind.PICTURE, Media.Kind.SOUND, Media.Kind.FILM
MOST: Final = {PICTURE: 5 * 1024 * 1024, SOUND: 10 * 1024 * 1024, FILM: 10 * 1024 * 1024}
MOST_PIXELS: Final = 8_000
SVG: Final = "image/svg+xml"
_HEADS: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PICTURE, "image/png"),
    (re.compile(rb"\xff\xd8\xff"), PICTURE, "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), PICTURE, "image/gif"),
    (re.compile(rb"RIFF....WEBPVP8", re.DOTALL), PICTURE, "image/webp"),
    (re.compile(rb"ID3|\xff[\xfb\xfa\xf3\xf2]"), SOUND, "audio/mpeg"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), SOUND, "audio/wav"),
    (re.compile(rb"OggS"), SOUND, "audio/ogg"),
    (re.compile(rb"....ftypM4A", re.DOTALL), SOUND, "audio/mp4"),
    (re.compile(rb"....ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV)", re.DOTALL), FILM, "video/mp4"),
    (re.compile(rb"\x1a\x45\xdf\xa3.{0,40}webm", re.DOTALL), FILM, "video/webm"),
)
_SVG_HEAD: Final = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>)?\s*")
_SVG_BEGINS: Final = re.compile(rb"<svg[\s>]")
_SPACE: Final = re.compile(rb"\s*")
_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_DRAWS: Final = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata"
    " marker pattern mask clipPath linearGradient radialGradient stop style filter feGaussianBlur feOffset feBlend"
    " feFlood feComposite feMerge feMergeNode feColorMatrix switch".split()
)
_LOADS: Final = re.compile(r"@import|url\(\s*['\"]?(?!#)|javascript:|expression\(|\\", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What content was found to be; width and height in pixels, 0 for what is not a picture."""

    kind: Media.Kind
    media_type: str
    width: int = 0
    height: int = 0


def look_at(content: bytes) -> Found:
    """Return what content is. Refuses NotTaken, TooLarge and HoldsCode."""
    kind, media_type = _kind_of(content)
    if len(content) > MOST[kind]:
        raise TooLarge
    if kind is not PICTURE:
        return Found(kind, media_type)
    if media_type == SVG:
        check_drawing(content)
    try:
        width, height = imagesize.get(io.BytesIO(content))
    except (ValueError, OSError, ET.ParseError, IndexError, TypeError) as fault:
        raise NotTaken from fault
    if media_type == SVG and (width <= 0 or height <= 0):
        width, height = _box_of(content)
    if width <= 0 or height <= 0:
        raise NotTaken
    if max(width, height) > MOST_PIXELS:
        raise TooLarge
    return Found(kind, media_type, round(width), round(height))


def _is_drawing(content: bytes) -> bool:
    """Whether content begins as SVG does; a declaration and comments may stand before it, each read once."""
    head = _SVG_HEAD.match(content)
    at = head.end() if head else 0
    while content.startswith(b"<!--", at):
        end = content.find(b"-->", at)
        if end < 0:
            return False
        space = _SPACE.match(content, end + 3)
        at = space.end() if space else end + 3
    return _SVG_BEGINS.match(content, at) is not None


def check_drawing(content: bytes) -> None:
    """Refuse HoldsCode for an SVG in which anything runs, loads or is unknown, and NotTaken for one that is broken."""
    if re.search(rb"<!DOCTYPE|<!ENTITY|<\?(?!xml[\s?])", content, re.IGNORECASE):
        raise HoldsCode
    try:
        root = ET.fromstring(content)  # noqa: S314 - without entities, which were refused just above
    except (ET.ParseError, LookupError, ValueError) as fault:
        raise NotTaken from fault
    for element in root.iter():
        _check_element(element)


def _check_element(element: "ET.Element[str]") -> None:
    namespace, _, name = element.tag.rpartition("}")
    in_svg = f"{namespace}}}" == _SVG
    if in_svg and name not in _DRAWS:
        raise HoldsCode
    if not in_svg and name.lower() in ("script", "iframe", "object", "embed", "foreignobject", "html", "body", "link"):
        raise HoldsCode
    if in_svg and name == "style" and _LOADS.search(element.text or ""):
        raise HoldsCode
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower().startswith("on") or _LOADS.search(value):
            raise HoldsCode
        if key in _HREFS and not value.startswith("#"):
            raise HoldsCode


def _kind_of(content: bytes) -> tuple[Media.Kind, str]:
    for head, kind, media_type in _HEADS:
        if head.match(content):
            return kind, media_type
    if _is_drawing(content):
        return PICTURE, SVG
    raise NotTaken


def _box_of(content: bytes) -> tuple[float, float]:
    """Return the size of a drawing that only says which part of the plane it shows."""
    numbers = re.split(r"[\s,]+", ET.fromstring(content).get("viewBox", "").strip())  # noqa: S314 - checked before
    try:
        _x, _y, width, height = (float(number) for number in numbers)
    except ValueError:
        return 0, 0
    return width, height
