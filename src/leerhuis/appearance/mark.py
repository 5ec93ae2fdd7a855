"""Making a logo safe: what was sent is drawn anew, and only the drawing is kept and served.

Typst draws it, without network and without files of the machine, so nothing that hides in a picture (code, links to
elsewhere, places where it was taken) comes along.
"""

import json
import re
import struct
from dataclasses import dataclass
from hashlib import sha256

import typst

from leerhuis.appearance.rules import MOST_BYTES, MOST_PIXELS, WIDEST, NoPicture, OddShape, TooHeavy

_PNG = b"\x89PNG\r\n\x1a\n"
_HEIGHT = 72  # points; with `_DENSITY` the drawing is 216 pixels high
_WIDTH = 320
_DENSITY = 216.0
_SVG_HEAD = re.compile(rb"^\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)
_SVG_DANGER = re.compile(rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<image|@import", re.IGNORECASE)
_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.sent))), format: sys.inputs.format, {size}: {points}pt)
"""


@dataclass(frozen=True)
class Mark:
    """A logo as we keep it: a PNG, its size in pixels, and a digest that changes with it."""

    png: bytes
    width: int
    height: int
    digest: str


def drawn_anew(sent: bytes) -> Mark:
    """Return a PNG or SVG that somebody sent as a fresh PNG. Refuses TooHeavy, NoPicture and OddShape."""
    if len(sent) > MOST_BYTES:
        raise TooHeavy
    if sent.startswith(_PNG):
        width, height = _size_of(sent)
        if max(width, height) > MOST_PIXELS:
            raise OddShape
        return _drawing("png", sent)
    if _SVG_HEAD.match(sent) and not _SVG_DANGER.search(sent):
        return _drawing("svg", sent)
    raise NoPicture


def _drawing(form: str, sent: bytes) -> Mark:
    """Draw as high as a header needs, or as wide when that would become too wide."""
    png = _draw(form, sent, "height", _HEIGHT)
    width, height = _size_of(png)
    if not 1 / WIDEST <= width / height <= WIDEST:
        raise OddShape
    if width > _WIDTH * _DENSITY / 72:
        png = _draw(form, sent, "width", _WIDTH)
        width, height = _size_of(png)
    return Mark(png, width, height, sha256(png).hexdigest()[:16])


def _draw(form: str, sent: bytes, size: str, points: int) -> bytes:
    page = _PAGE.format(size=size, points=points).encode()
    sent_in_numbers = json.dumps(list(sent))  # the library takes texts only
    try:
        made = typst.compile(page, format="png", ppi=_DENSITY, sys_inputs={"format": form, "sent": sent_in_numbers})
    except (typst.TypstError, RuntimeError, ValueError) as fault:
        raise NoPicture from fault
    if not isinstance(made, bytes):
        raise NoPicture
    return made


def _size_of(png: bytes) -> tuple[int, int]:
    """Return width and height in pixels from the head of a PNG (W3C PNG, 11.2.1). Refuses NoPicture and OddShape."""
    if len(png) < 24 or png[12:16] != b"IHDR":  # noqa: PLR2004 - the head ends there
        raise NoPicture
    width, height = struct.unpack(">II", png[16:24])
    if not (width and height):
        raise OddShape
    return width, height
