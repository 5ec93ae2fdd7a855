"""How soon one can practise on a slow telephone: ``LEERHUIS_STORIES_AT=8000 python -m benchmarks.phone``.

A demo runs on that port. The profile is that of Lighthouse for telephones: a processor four times slower, 150 ms to the
server and back, 1.6 Mbit/s down and 0.75 up. Interactive is when the button that begins was painted and the page hears
a finger, by the page's own clock: asking it over and over costs a slow processor more than the page does. Beside it
stands what the first load weighs.
"""

import os
import statistics
import sys
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.stories.conftest import CHROMIUM, QUIET
from tests.stories.practising import ACADEMY, APP, telephone, wait_for_worker
from tests.stories.theatre import Theatre, sign_in

TIMES = 5
SLOWER = 4
SLOW_NET = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
AIM_MS, AIM_KB = 1500, 200
PATIENCE_MS = 20_000
SAID = "can begin after "
# Writes down when one can begin: the button is there, a picture of it was made, and the next task had its turn.
WATCH = """
  const look = new MutationObserver(() => {
    if (!document.querySelector("[data-begin]")) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => console.debug(`can begin after ${performance.now()}`)));
  });
  look.observe(document, { childList: true, subtree: true });
"""


def main() -> int:
    """Measure and print; 1 when an aim was missed."""
    demo = Theatre(int(os.environ.get("LEERHUIS_STORIES_AT", "8000")))
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        first, weight, again = zip(*(_once(browser, demo) for _ in range(TIMES)), strict=True)
        browser.close()
    told = {"first visit": statistics.median(first), "opened again": statistics.median(again)}
    lines = [f"{name}: interactive after {ms:.0f} ms (aim {AIM_MS})" for name, ms in told.items()]
    lines.append(f"first load: {max(weight) / 1000:.0f} kB of page, scripts, styles, icons and font (aim {AIM_KB})")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(max(told.values()) > AIM_MS or max(weight) > 1000 * AIM_KB)


def _once(browser: Browser, demo: Theatre) -> tuple[float, int, float]:
    """Return how long the first visit took, what it weighed in bytes, and how long opening again took; in ms."""
    with telephone(browser) as phone:
        page = phone.new_page()
        sign_in(page, demo, ACADEMY, "learner", stay=True)
        page.goto("about:blank")
        page.add_init_script(WATCH)
        tools = phone.new_cdp_session(page)
        sizes: dict[str, int] = {}
        data: set[str] = set()
        tools.on("Network.requestWillBeSent", lambda told: _note_data(data, told))
        tools.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
        tools.send("Network.enable")
        tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        tools.send("Network.emulateNetworkConditions", SLOW_NET)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        first = _open(page, demo)
        weight = sum(size for asked, size in sizes.items() if asked not in data)
        tools.send("Network.setCacheDisabled", {"cacheDisabled": False})
        wait_for_worker(page)
        page.goto("about:blank")
        return first, int(weight), _open(page, demo)


def _note_data(data: set[str], told: dict[str, Any]) -> None:
    """Remember which requests are for data: not what the app is made of."""
    if "/api/" in told["request"]["url"] or told["request"]["url"].endswith("/about/"):
        data.add(told["requestId"])


def _open(page: Page, demo: Theatre) -> float:
    """Open the app, and return after how many milliseconds one can begin."""
    with page.expect_console_message(lambda each: each.text.startswith(SAID), timeout=PATIENCE_MS) as told:
        page.goto(demo.address(ACADEMY, APP), wait_until="commit")
    return float(told.value.text.rsplit(" ", 1)[1])


if __name__ == "__main__":
    sys.exit(main())
