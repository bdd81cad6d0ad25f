"""The runner of this server: who starts it, and what it hears of the apps that are served."""

import threading
from typing import TYPE_CHECKING

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.logs import log

if TYPE_CHECKING:
    from jupyter_wove.app import Wove

_log = log(__name__)


def serve_again(wove: "Wove") -> None:
    """Have a runner serve what was served before this start; without any, none is started."""
    if wove.serves_apps():
        threading.Thread(target=_serve, args=[wove], name="wove-apps", daemon=True).start()


def _serve(wove: "Wove") -> None:
    try:
        wove.runner_socket.find()
        wove.hosting.tell_all()
    except WoveError as error:
        _log.warning("apps are not served", reason=str(error))
