"""The web server: answers pages until SIGTERM, then finishes what is in flight and ends.

Run as `python -m leerhuis.config.web` by the launcher. A process has as many threads as connections to the database in
its pool: more of them would only wait for each other.
"""

import os

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from leerhuis.config.logs import log_uncaught_errors, logging_settings

KILL_AFTER_SECONDS = 25


def main() -> None:
    """Serve pages on LEERHUIS_BIND (127.0.0.1) and LEERHUIS_PORT (8000)."""
    log_uncaught_errors()
    os.environ["LEERHUIS_DATABASE_ROLE"] = "web"
    level = os.environ.get("LEERHUIS_LOG_LEVEL", "INFO")
    Server(
        "leerhuis.config.wsgi:application",
        address=os.environ.get("LEERHUIS_BIND") or "127.0.0.1",
        port=int(os.environ.get("LEERHUIS_PORT") or 8000),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("LEERHUIS_WEB_PROCESSES") or min(2, os.cpu_count() or 1)),
        blocking_threads=int(os.environ.get("LEERHUIS_POOL_SIZE") or 8),
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(level),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    ).serve()


if __name__ == "__main__":
    main()
