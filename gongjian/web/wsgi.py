"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.settings")
application = get_wsgi_application()
# What is loaded by now stays; a page makes tens of thousands of small things that go with it, and
# to look through all that is kept at each of them takes a twentieth of its time.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
