"""Texts of questions as safe HTML: whatever an author or a file brings, no script, style, frame or foreign picture.

Formulas, gaps and the bank's own pictures are put in after the cleaning, at places that are held by signs which no text
can bring along.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import unescape
from typing import Final

import nh3
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.formulas import to_mathml
from leerhuis.practice.kinds import GAP_MARK, Span
from leerhuis.practice.mentions import NAME, SCHEME
from leerhuis.practice.shelves import Shelf

TAGS: Final = frozenset(
    {
        "p",
        "br",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "sub",
        "sup",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
    }
    | {"thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "a", "span", "div", "hr", "img"}
)
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt"},
}
_BEGIN: Final = "\ue000"  # of the private use area: taken out of every text that comes in
_END: Final = "\ue001"
_SIGNS: Final = str.maketrans("", "", _BEGIN + _END)
_PLACE: Final = re.compile(f"{_BEGIN}([fg])(\\d+){_END}")
_LATEX: Final = re.compile(
    r"\\\(((?:[^\\]|\\[^()\[\]]){1,1000}?)\\\)|\\\[((?:[^\\]|\\[^()\[\]]){1,1000}?)\\\]|\$\$([^$]{1,1000})\$\$"
)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_IMG: Final = re.compile(r'<img((?: (?:src|alt)="[^"]*")*)>')
_IMG_ANY: Final = re.compile(r"""<img\b((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ALT: Final = re.compile(r'\balt="([^"]*)"')
_ATTRIBUTE: Final = re.compile(r'(src|alt)="([^"]*)"')
_BLOCKS: Final = frozenset({"p", "div", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "pre", "table", "hr"})
_ONE_PARAGRAPH: Final = re.compile(r"\s*<p>((?:(?!<p>).)*)</p>\s*", re.DOTALL)


@dataclass(frozen=True)
class _Prepared:
    """HTML with a place for each formula, and the formulas (LaTeX, and whether it stands alone)."""

    html: str
    formulas: tuple[tuple[str, bool], ...] = ()


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    dollarmath_plugin(made, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    for rule, block in (("math_inline", False), ("math_inline_double", True), ("math_block", True)):
        made.add_render_rule(rule, _hold_place(block=block))
    return made


def _hold_place(*, block: bool) -> Callable[..., str]:
    def held(_self: object, tokens: list[object], place: int, _options: object, env: dict[str, list[object]]) -> str:
        formulas = env.setdefault("formulas", [])
        formulas.append((getattr(tokens[place], "content", "").strip(), block))
        return f"{_BEGIN}f{len(formulas) - 1}{_END}"

    return held


_MARKDOWN: Final = _markdown()


def to_html(text: Rich, shelf: Shelf | None = None, gaps: Mapping[int, str] | None = None) -> SafeString:
    """Return a text as HTML in blocks (paragraphs, lists), safe to put on a page.

    `shelf` has the pictures it may show; `gaps` are safe HTML for the gaps that it marks, by their numbers.
    """
    return mark_safe(_with_pictures(_with_gaps(_blocks(text), gaps), shelf))  # noqa: S308 - cleaned in _blocks


def to_inline_html(text: Rich, shelf: Shelf | None = None) -> SafeString:
    """Return a text as HTML inside a line (an option, a label): blocks are taken out, their words stay."""
    return mark_safe(_with_pictures(_line(text), shelf))  # noqa: S308 - cleaned in _line


def _words_of_picture(found: re.Match[str]) -> str:
    words = _ALT.search(found[1])
    return f" {words[1]} " if words else found[0]


def to_plain(text: Rich) -> str:
    """Return the words of a text alone, on one line: for lists and selects. A gap is dots, a formula its source."""
    prepared = _prepared(text)
    html = _IMG_ANY.sub(_words_of_picture, prepared.html)
    words = nh3.clean(html.replace("<", " <"), tags=set())
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        words = words.replace(entity, char)
    words = GAP_MARK.sub("…", _PLACE.sub(lambda found: prepared.formulas[int(found[2])][0], words))
    return re.sub(r"\s+([.,;:?!])", r"\1", re.sub(r"\s+", " ", words)).strip()


def to_figures(span: Span) -> str:
    """Return a number, or the numbers from one to another, as an author meant them: "4", or "3,13 – 3,15"."""
    low, high = _figure(span.low), _figure(span.high)
    return low if low == high else f"{low} – {high}"


def _figure(value: float) -> str:
    exact = Decimal(repr(value))
    exact = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    return str(number_format(exact, use_l10n=True))


@lru_cache(maxsize=4096)
def _blocks(text: Rich) -> str:
    prepared = _prepared(text)
    return _with_formulas(_clean(prepared.html, TAGS), prepared)


@lru_cache(maxsize=4096)
def _line(text: Rich) -> str:
    prepared = _prepared(text)
    html = prepared.html
    if found := _ONE_PARAGRAPH.fullmatch(html):
        html = found[1]
    spaced = re.sub(r"</(p|div|li|h[345])>\s*(?=<)", " ", html)
    return _with_formulas(_clean(spaced, TAGS - _BLOCKS).strip(), prepared)


def _prepared(text: Rich) -> _Prepared:
    plain = text.text.translate(_SIGNS)
    match text.format:
        case "html":
            return _with_places(plain)
        case "markdown":
            env: dict[str, list[tuple[str, bool]]] = {}
            html = str(_MARKDOWN.render(plain, env))
            return _Prepared(html, tuple(env.get("formulas", ())))
        case "moodle":
            # Moodle's own format: HTML where there is some, and a new line is a new line.
            return _with_places((plain if _TAG.search(plain) else str(escape(plain))).replace("\n", "<br>"))
        case _:
            return _Prepared(str(escape(plain)).replace("\n", "<br>"))


def _with_places(html: str) -> _Prepared:
    """Return HTML with a place for each formula, as Moodle writes them: in round or square brackets, or two dollars."""
    formulas: list[tuple[str, bool]] = []

    def hold(found: "re.Match[str]") -> str:
        inline, *blocks = found.groups()
        latex = unescape(_TAG.sub(" ", inline or next(filter(None, blocks)))).replace("\xa0", " ").strip()
        formulas.append((latex, not inline))
        return f"{_BEGIN}f{len(formulas) - 1}{_END}"

    return _Prepared(_LATEX.sub(hold, html), tuple(formulas))


def _clean(html: str, tags: frozenset[str]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items() if tag in tags},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", SCHEME.removesuffix(":")},
        link_rel="noopener noreferrer nofollow",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute: nothing that holds a place, and our own names as pictures only."""
    if tag == "img" and name == "src":
        return value if NAME.fullmatch(value.removeprefix(SCHEME)) and value.startswith(SCHEME) else None
    if name == "href" and value.strip().lower().startswith(SCHEME):
        return None
    return value.translate(_SIGNS).replace("[[", "[ [")


def _with_formulas(html: str, prepared: _Prepared) -> str:
    def put(found: "re.Match[str]") -> str:
        latex, block = prepared.formulas[int(found[2])]
        return str(to_mathml(latex, block=block))

    return _PLACE.sub(put, html) if prepared.formulas else html


def _with_gaps(html: str, gaps: Mapping[int, str] | None) -> str:
    return GAP_MARK.sub(lambda found: gaps.get(int(found[1]), found[0]), html) if gaps else html


def _with_pictures(html: str, shelf: Shelf | None) -> str:
    """Put the bank's own in the place of each picture; one that it has not got is told by its words."""

    def put(found: "re.Match[str]") -> str:
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
        name, alt = said.get("src", "").removeprefix(SCHEME), said.get("alt", "")
        shown = shelf.shown(name, alt) if shelf and name else None
        return str(shown if shown is not None else escape(alt))

    return _IMG.sub(put, html)
