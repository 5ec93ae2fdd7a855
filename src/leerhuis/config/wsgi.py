"""What the web server calls. A gap in the charter and the server does not start.

`application` is Django; `served` takes requests in whole before Django gets a thread for them.
"""

import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from leerhuis.config.gateway import Gateway

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
application = get_wsgi_application()

_gaps = run_checks(tags=["charter"])
if _gaps:
    raise ImproperlyConfigured("The charter has gaps:\n" + "\n".join(str(gap.msg) for gap in _gaps))

served = Gateway(
    application,
    threads=min(int(os.environ.get("LEERHUIS_POOL_SIZE") or 8), 2 * (os.cpu_count() or 1) + 1),
    largest=settings.LARGEST_REQUEST,
)
