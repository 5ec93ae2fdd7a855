"""Whatever colour an academy picks, its pages can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.ui import colour

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colours)
def test_every_accent_can_be_read_in_both_schemes(accent):
    pairs = colour.accent_pairs(accent)
    for scheme, surfaces in ((0, ("#ffffff", "#f6f5f1", "#efede7")), (1, ("#1d2024", "#15171a", "#262a2f"))):
        fill, on_fill, text = (pairs[name][scheme] for name in ("--lh-accent", "--lh-on-accent", "--lh-accent-text"))
        assert colour.contrast(fill, on_fill) >= 4.5
        assert min(colour.contrast(text, surface) for surface in surfaces) >= 4.5
        assert min(colour.contrast(fill, surface) for surface in surfaces) >= 3.0


@given(colours)
def test_a_colour_survives_the_way_to_oklch_and_back(accent):
    there_and_back = colour.written(colour.from_oklch(*colour.to_oklch(colour.parse(accent))))
    for one, other in zip(colour.parse(accent), colour.parse(there_and_back), strict=True):
        assert one == pytest.approx(other, abs=0.011)


def test_a_colour_that_reads_well_is_left_alone():
    assert colour.accent_pairs("#17595c")["--lh-accent"][0] == "#17595c"
    assert colour.readable("#FFCC00", "#15171a") == "#ffcc00"


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ff0000", 1)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert colour.contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("wrong", ["red", "#fff", "#12345g", "", "#17595c;}", "17595c"])
def test_anything_but_a_colour_is_refused(wrong):
    with pytest.raises(ValueError, match="#rrggbb"):
        colour.look_css(wrong, "book")


def test_a_typeface_outside_the_list_is_refused():
    with pytest.raises(KeyError):
        colour.look_css("#17595c", "Comic Sans")


@pytest.mark.parametrize("typeface", colour.TYPEFACES)
def test_the_look_is_one_rule_of_known_tokens(typeface):
    css = colour.look_css("#b5179e", typeface)
    assert css.startswith(":root {\n")
    assert css.count("{") == css.count("}") == 1
    assert re.findall(r"^  (--[\w-]+):", css, re.MULTILINE) == [
        "--lh-accent",
        "--lh-on-accent",
        "--lh-accent-text",
        "--lh-font-text",
        "--lh-font-head",
        "--lh-head-weight",
    ]
