"""The web server: answers pages until SIGTERM, then finishes what is in flight and ends.

Run as `python -m leerhuis.config.web` by the launcher. Its sizes come from a light trial with the sign-in page on two
cores: two processes answered 80 to 115 requests a second, one about 55; between two and eight threads a process it made
no difference. More threads than connections to the database in the process's pool would only wait for each other.
"""

import os
from importlib import import_module

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from leerhuis.config.logs import log_uncaught_errors, logging_settings

KILL_AFTER_SECONDS = 25


def main() -> None:
    """Serve pages on LEERHUIS_BIND (127.0.0.1) and LEERHUIS_PORT (8000)."""
    log_uncaught_errors()
    os.environ["LEERHUIS_DATABASE_ROLE"] = "web"
    import_module("leerhuis.config.wsgi")  # once, before the processes part: they share it and start at once
    level = os.environ.get("LEERHUIS_LOG_LEVEL", "INFO")
    cores = os.cpu_count() or 1
    Server(
        "leerhuis.config.wsgi:application",
        address=os.environ.get("LEERHUIS_BIND") or "127.0.0.1",
        port=int(os.environ.get("LEERHUIS_PORT") or 8000),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("LEERHUIS_WEB_PROCESSES") or min(2, cores)),
        blocking_threads=min(int(os.environ.get("LEERHUIS_POOL_SIZE") or 8), 2 * cores + 1),
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(level),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    ).serve()


if __name__ == "__main__":
    main()
