"""An academy's mark as a picture for a home screen: its letters on its accent, set without outside services."""

from functools import cache, lru_cache
from importlib.resources import files

import typst

from leerhuis.ui.colour import accent_pairs

SIZES = (180, 192, 512)  # what iOS, Android and a splash screen ask for
_SHARE = {1: 0.56, 2: 0.44}  # of the width, the height of one letter and of two
_LEAST_SHARE = 0.32
_SAFE = 0.8  # a maskable icon may be cut to a circle of this part of its width (W3C, Web Application Manifest)
_PAGE = """#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: {ground})
#set text(font: "Figtree", weight: 650, fill: white, size: {letter}pt, top-edge: "cap-height", bottom-edge: "baseline")
{card}"""
_PLAIN = "#place(center + horizon, sys.inputs.letters)"
_ROUND = """#place(top + left, rect(width: 100%, height: 100%, radius: 22%, fill: rgb("{accent}"), stroke: none))
#place(center + horizon, sys.inputs.letters)"""


@cache
def _fonts() -> typst.Fonts:
    folder = str(files("fontpkg_figtree") / "files")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


@lru_cache(maxsize=64)
def mark_png(letters: str, accent: str, size: int, *, maskable: bool = False) -> bytes:
    """Return the mark as PNG of `size` by `size` pixels.

    A maskable one fills its square and keeps its letters in the part that is always shown; the other has round corners
    on a clear ground. Raises ValueError for an accent that is not "#rrggbb".
    """
    ground = accent_pairs(accent)["--lh-accent"][0]
    letter = size * _SHARE.get(len(letters), _LEAST_SHARE) * (_SAFE if maskable else 1)
    page = _PAGE.format(
        size=size,
        letter=round(letter, 1),
        ground=f'rgb("{ground}")' if maskable else "none",
        card=_PLAIN if maskable else _ROUND.format(accent=ground),
    )
    made = typst.compile(
        page.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=72,
        sys_inputs={"letters": letters},
    )
    return bytes(made) if isinstance(made, bytes) else bytes(made[0] or b"")
