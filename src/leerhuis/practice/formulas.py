"""Formulas: LaTeX as MathML that every browser draws by itself; one that cannot be read is shown as it was written.

The library's answer is not believed: only elements and attributes of a closed list pass, which neither run nor load.
"""

import re
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from latex2mathml.converter import convert

LONGEST: Final = 1_000  # characters
_MATHML: Final = "http://www.w3.org/1998/Math/MathML"
_ELEMENTS: Final = frozenset(
    "math mrow mi mn mo mtext mspace msup msub msubsup munder mover munderover mfrac msqrt mroot mstyle mtable mtr mtd"
    " mpadded mphantom menclose mmultiscripts mprescripts none merror".split()
)
_ATTRIBUTES: Final = frozenset(
    "display mathvariant stretchy fence separator lspace rspace minsize maxsize movablelimits accent accentunder form"
    " largeop symmetric linethickness displaystyle scriptlevel columnalign rowspacing columnspacing columnlines"
    " rowlines width height depth notation mathcolor".split()
)
_PLAIN: Final = re.compile(r"[\w .,%#+-]{0,60}")


@lru_cache(maxsize=1024)
def to_mathml(latex: str, *, block: bool = False) -> SafeString:
    """Return a formula as MathML, safe to put on a page; its source as code where it cannot be read."""
    try:
        root = ET.fromstring(_converted(latex, block=block))  # noqa: S314 - made here, without entities
        _join_decimals(root)
        told = _told(root)
    except Exception:  # noqa: BLE001 - the library raises whatever its parser stumbles over
        mark = "$$" if block else "$"
        return format_html("<code>{}{}{}</code>", mark, latex, mark)
    return mark_safe(told)  # noqa: S308 - written anew just here, element by element


def _converted(latex: str, *, block: bool) -> str:
    if len(latex) > LONGEST:
        raise ValueError("A formula of this length is none.")
    return str(convert(latex, display="block" if block else "inline"))


def _join_decimals(element: "ET.Element[str]") -> None:
    """Make one number of ``9{,}81``: the braces keep TeX from the space that stands after a comma in a list."""
    children = list(element)
    for whole, comma, part in zip(children, children[1:], children[2:], strict=False):
        is_comma = len(comma) == 1 and comma[0].tag == _named("mo") and comma[0].text == ","
        if is_comma and comma.tag == _named("mrow") and whole.tag == part.tag == _named("mn"):
            part.text = f"{whole.text},{part.text}"
            element.remove(whole)
            element.remove(comma)
    for child in element:
        _join_decimals(child)


def _named(name: str) -> str:
    return f"{{{_MATHML}}}{name}"


def _told(element: "ET.Element[str]") -> str:
    """Write an element anew. Raises ValueError for what is not on the list, or a command that was not understood."""
    name = element.tag.removeprefix(_named(""))
    text = element.text or ""
    if name not in _ELEMENTS or text.strip().startswith("\\"):
        raise ValueError(name)
    kept = [(key, value) for key, value in element.attrib.items() if key in _ATTRIBUTES and _PLAIN.fullmatch(value)]
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept)
    inside = "".join(_told(child) + escape(child.tail or "") for child in element)
    return f"<{name}{attributes}>{escape(text)}{inside}</{name}>"
