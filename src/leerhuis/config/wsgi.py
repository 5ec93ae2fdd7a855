"""What the web server calls. A gap in the charter and the server does not start."""

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
application = get_wsgi_application()

_gaps = run_checks(tags=["charter"])
if _gaps:
    raise ImproperlyConfigured("The charter has gaps:\n" + "\n".join(str(gap.msg) for gap in _gaps))
