"""What was built leaves for targets elsewhere: as an archive of files, or to a registry."""

from jupyter_wove_runner.leaving.routes import routes

__all__ = ["routes"]
