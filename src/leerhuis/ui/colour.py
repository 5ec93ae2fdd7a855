"""The accent and the typeface of an academy as CSS, with contrast that meets WCAG 2.2 AA for any colour.

An academy picks one colour and one typeface from `TYPEFACES`. The colour is used as it is where nothing is read on it;
where it carries or is text, it is darkened (light scheme) or lightened (dark scheme) until 4.5 : 1 is reached.
"""

import re
from typing import TypeAlias

AA_TEXT = 4.5
_LIGHT_PAGE = "#efede7"  # the darkest surface of the light scheme on which accent text stands
_DARK_PAGE = "#262a2f"  # the lightest surface of the dark scheme on which accent text stands
_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)

TYPEFACES: dict[str, tuple[str, str, int]] = {
    "plain": ("'Figtree Variable', system-ui, sans-serif", "'Figtree Variable', system-ui, sans-serif", 650),
}

Rgb: TypeAlias = tuple[int, int, int]


def parse(colour: str) -> Rgb:
    """Return red, green and blue (0–255) of "#rrggbb". Raises ValueError for anything else."""
    text = colour.strip().lower()
    if not _HEX.fullmatch(text):
        raise ValueError(f"{colour!r} is not a colour written as #rrggbb.")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance (0–1) of WCAG 2.2."""

    def linear(channel: int) -> float:
        share = channel / 255
        return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio (1–21) of two colours, as WCAG 2.2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _toward(colour: Rgb, goal: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, goal, strict=True))
    return red, green, blue


def readable(colour: Rgb, surface: Rgb) -> Rgb:
    """Return the colour, moved towards black or white as little as makes it readable as text on the surface."""
    goal: Rgb = (0, 0, 0) if luminance(surface) > 0.18 else (255, 255, 255)
    for step in range(101):
        moved = _toward(colour, goal, step / 100)
        if contrast(moved, surface) >= AA_TEXT:
            return moved
    return goal


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def accent_pairs(accent: str) -> dict[str, tuple[str, str]]:
    """Return the accent's tokens, each as (light scheme, dark scheme) in "#rrggbb". Raises ValueError as `parse`."""
    chosen = parse(accent)
    fill = {"light": readable(chosen, parse("#ffffff")), "dark": readable(chosen, parse(_DARK_PAGE))}
    return {
        "--lh-accent": (_hex(fill["light"]), _hex(fill["dark"])),
        "--lh-on-accent": ("#ffffff", _hex(readable(_toward(chosen, (0, 0, 0), 0.75), fill["dark"]))),
        "--lh-accent-text": (_hex(readable(chosen, parse(_LIGHT_PAGE))), _hex(fill["dark"])),
    }


def look_css(accent: str, typeface: str) -> str:
    """Return the text of `/look.css` for an accent "#rrggbb" and a typeface named in `TYPEFACES`.

    Raises ValueError for another colour and KeyError for another typeface.
    """
    text, head, weight = TYPEFACES[typeface]
    pairs = accent_pairs(accent).items()
    lines = [f"  {name}: light-dark({light}, {dark});" for name, (light, dark) in pairs]
    lines += [f"  --lh-font-text: {text};", f"  --lh-font-head: {head};", f"  --lh-head-weight: {weight};"]
    return ":root {\n" + "\n".join(lines) + "\n}\n"
