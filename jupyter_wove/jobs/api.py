"""The operations on jobs."""

from jupyter_wove.jobs.service import JobDesk
from jupyter_wove.kit.contract import Routes

routes = Routes("/wove/api/jobs", JobDesk)

routes.get("/{job_id}", JobDesk.get, scope="projects:read")
routes.get("/{job_id}/events", JobDesk.watch, scope="projects:read")
routes.delete("/{job_id}", JobDesk.cancel, scope="projects:write")
