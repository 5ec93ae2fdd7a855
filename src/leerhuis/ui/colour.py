"""The accent and the typeface of an academy as CSS, with contrast that meets WCAG 2.2 AA for any colour.

An academy picks one colour and one typeface from `TYPEFACES`. Its hue stays; its lightness is moved (in OKLCH, where
steps look equal) until words on it and in it can be read, in the light and in the dark scheme.
"""

import math
import re
from typing import TypeAlias

AA_TEXT = 4.5
COMFORT = 7.0  # what the accent reaches on dark surfaces, where it shines rather than prints
_STEPS = 200
_LIGHT_SURFACE = "#efede7"  # the darkest surface of the light scheme on which accent text stands (--lh-sunken)
_DARK_SURFACE = "#262a2f"  # the lightest surface of the dark scheme on which accent text stands (--lh-hover)
_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)

_FIGTREE = "'Figtree Variable', system-ui, sans-serif"
_NEWSREADER = "'Newsreader Variable', Georgia, serif"
_ATKINSON = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif"
TYPEFACES: dict[str, tuple[str, str, int]] = {  # of text, of headings, weight of headings
    "book": (_FIGTREE, _NEWSREADER, 560),
    "plain": (_FIGTREE, _FIGTREE, 650),
    "clear": (_ATKINSON, _ATKINSON, 650),
}

_KNEE = 0.04045  # where the curve of sRGB becomes a straight line (IEC 61966-2-1)
_LINEAR_KNEE = 0.0031308
_HAIR = 0.0005  # a rounding error, not a colour out of reach

Rgb: TypeAlias = tuple[float, float, float]  # red, green and blue, each 0–1, as sRGB writes them


def parse(colour: str) -> Rgb:
    """Return red, green and blue (0–1) of "#rrggbb". Raises ValueError for anything else."""
    text = colour.strip().lower()
    if not _HEX.fullmatch(text):
        raise ValueError(f"{colour!r} is not a colour written as #rrggbb.")
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def written(colour: Rgb) -> str:
    """Return a colour as "#rrggbb"."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _KNEE else float(((channel + 0.055) / 1.055) ** 2.4)


def _curved(channel: float) -> float:
    return channel * 12.92 if channel <= _LINEAR_KNEE else float(1.055 * channel ** (1 / 2.4) - 0.055)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance (0–1) of WCAG 2.2."""
    red, green, blue = (_linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1–21) of two colours "#rrggbb", as WCAG 2.2 defines it."""
    high, low = sorted((luminance(parse(one)), luminance(parse(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def to_oklch(colour: Rgb) -> tuple[float, float, float]:
    """Return lightness (0–1), chroma and hue (radians) in OKLCH (B. Ottosson, "A perceptual color space", 2020)."""
    r, g, b = (_linear(channel) for channel in colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(green_red, blue_yellow), math.atan2(blue_yellow, green_red)


def from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return the nearest colour that a screen can show: chroma is taken back until all channels fit."""
    while True:
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if chroma < _HAIR or all(-_HAIR <= channel <= 1 + _HAIR for channel in channels):
            red, green, blue = (_curved(min(1.0, max(0.0, channel))) for channel in channels)
            return red, green, blue
        chroma *= 0.96


def readable(colour: str, surface: str, ratio: float = AA_TEXT) -> str:
    """Return the colour, made darker (on a light surface) or lighter (on a dark one) as little as the ratio asks."""
    if contrast(colour, surface) >= ratio:
        return written(parse(colour))
    lightness, chroma, hue = to_oklch(parse(colour))
    goal = 0.0 if luminance(parse(surface)) > 0.18 else 1.0  # noqa: PLR2004 -- middle grey
    for step in range(1, _STEPS + 1):
        moved = written(from_oklch(lightness + (goal - lightness) * step / _STEPS, chroma, hue))
        if contrast(moved, surface) >= ratio:
            return moved
    return "#000000" if goal == 0 else "#ffffff"


def accent_pairs(accent: str) -> dict[str, tuple[str, str]]:
    """Return the accent's tokens, each as (light scheme, dark scheme) in "#rrggbb". Raises ValueError as `parse`."""
    light, dark = readable(accent, "#ffffff"), readable(accent, _DARK_SURFACE, COMFORT)
    _, chroma, hue = to_oklch(parse(accent))
    return {
        "--lh-accent": (light, dark),
        "--lh-on-accent": ("#ffffff", readable(written(from_oklch(0.28, min(chroma, 0.06), hue)), dark)),
        "--lh-accent-text": (readable(accent, _LIGHT_SURFACE), dark),
    }


def look_css(accent: str, typeface: str) -> str:
    """Return the text of `/look.css` for an accent "#rrggbb" and a typeface named in `TYPEFACES`.

    Raises ValueError for another colour and KeyError for another typeface.
    """
    text, head, weight = TYPEFACES[typeface]
    lines = [f"  {name}: light-dark({light}, {dark});" for name, (light, dark) in accent_pairs(accent).items()]
    lines += [f"  --lh-font-text: {text};", f"  --lh-font-head: {head};", f"  --lh-head-weight: {weight};"]
    return ":root {\n" + "\n".join(lines) + "\n}\n"
