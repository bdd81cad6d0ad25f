"""The operations that every server serves from its start."""

from jupyter_wove.accounts import api as accounts
from jupyter_wove.collaboration import api as collaboration
from jupyter_wove.community import api as community
from jupyter_wove.jobs import api as jobs
from jupyter_wove.projects import api as projects
from jupyter_wove.search import api as search

OPERATIONS = [
    *accounts.routes.operations,
    *projects.operations,
    *jobs.routes.operations,
    *community.routes.operations,
    *search.routes.operations,
    *search.code.operations,
    *collaboration.operations,
]
