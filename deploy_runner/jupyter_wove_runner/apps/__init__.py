"""Apps and their releases: start, check, switch, drain, sleep and wake."""

from jupyter_wove_runner.apps.hosting import Hosting
from jupyter_wove_runner.apps.opening import Serving, apps_of, serving
from jupyter_wove_runner.apps.routes import routes
from jupyter_wove_runner.apps.service import Apps

__all__ = ["Apps", "Hosting", "Serving", "apps_of", "routes", "serving"]
