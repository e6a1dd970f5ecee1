"""What gunicorn serves: ``gunicorn config.wsgi``."""

import os

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# Gunicorn asks nobody whether the settings will do; a public site without keys of its own does not begin to serve.
BaseCommand().check(tags=[Tags.security])
