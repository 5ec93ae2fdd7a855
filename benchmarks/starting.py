"""The first and the second start of the demo, from the command until it is ready."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import MS, Figure
from leerhuis.config.launcher import free_port, is_ready
from tests.faults.installation import ROOT

PATIENCE_SECONDS = 300.0


def measure() -> list[Figure]:
    """Return both starts: on an empty folder, and on the one that the first left."""
    with tempfile.TemporaryDirectory(prefix="leerhuis-bench-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        first, second = (_start(folder / "var") for _ in range(2))
    return [
        Figure("first start of the demo", None, first * MS, first * MS, 20_000),
        Figure("second start of the demo", None, second * MS, second * MS),
    ]


def _start(home: Path) -> float:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
    port = free_port()
    own = {"LEERHUIS_HOME": str(home), "LEERHUIS_PORT": str(port), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    since = time.monotonic()
    demo = subprocess.Popen(
        [sys.executable, "-m", "leerhuis.config.cli", "demo"], env=inherited | own, stdout=subprocess.DEVNULL
    )
    while not is_ready("127.0.0.1", port):
        assert demo.poll() is None, "the demo did not start"
        assert time.monotonic() - since < PATIENCE_SECONDS, "the demo is not ready"
        time.sleep(0.05)
    took = time.monotonic() - since
    demo.send_signal(signal.SIGINT)
    demo.wait(60)
    return took
