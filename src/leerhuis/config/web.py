"""The web server: answers pages until SIGTERM, then finishes what is in flight and ends.

Run as `python -m leerhuis.config.web` by the launcher. Its sizes come from a light trial with the sign-in page on two
cores: two processes answered 80 to 115 requests a second, one about 55; between two and eight threads a process it made
no difference. More threads than connections to the database in the process's pool would only wait for each other.
Clients that are slow hold no thread (`gateway`); a machine's limit on open files is the only limit on how many.
"""

import os
import resource
import sys
from importlib import import_module

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from leerhuis.config.garbage import leave_the_program_to_itself
from leerhuis.config.logs import log_uncaught_errors, logging_settings
from leerhuis.config.postgres import database_urls
from leerhuis.config.rights import TooStrong, refuse_strong

KILL_AFTER_SECONDS = 25
HEADERS_WITHIN_MS = 15_000  # also how long a connection may rest between two requests
WAITING_TO_BE_ACCEPTED = 4096
CONNECTIONS = 16_384  # of one process, the slow ones included


def main() -> None:
    """Serve pages on LEERHUIS_BIND (127.0.0.1) and LEERHUIS_PORT (8000)."""
    log_uncaught_errors()
    os.environ["LEERHUIS_DATABASE_ROLE"] = "web"
    if not os.environ.get("LEERHUIS_DEMO"):
        refuse_strong(database_urls(), "pages")
    for shared in ("leerhuis.config.wsgi", "leerhuis.config.urls"):  # once for all processes, which start at once
        import_module(shared)
    leave_the_program_to_itself()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    level = os.environ.get("LEERHUIS_LOG_LEVEL", "INFO")
    cores = os.cpu_count() or 1
    Server(
        "leerhuis.config.wsgi:served",
        address=os.environ.get("LEERHUIS_BIND") or "127.0.0.1",
        port=int(os.environ.get("LEERHUIS_PORT") or 8000),
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        backlog=WAITING_TO_BE_ACCEPTED,
        backpressure=CONNECTIONS,
        workers=int(os.environ.get("LEERHUIS_WEB_PROCESSES") or min(2, cores)),
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(level),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    ).serve()


if __name__ == "__main__":
    try:
        main()
    except TooStrong as fault:
        sys.exit(str(fault))
