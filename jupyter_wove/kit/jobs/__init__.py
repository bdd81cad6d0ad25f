"""Long work that survives the process that does it.

The row is the truth; the queue only wakes workers. A worker holds a lease on its job and renews
it; when the lease runs out another worker takes the job over, and what the first one still tries
to write is refused.
"""

from jupyter_wove.kit.errors import Cancelled
from jupyter_wove.kit.jobs.models import Job, JobQueued
from jupyter_wove.kit.jobs.run import JobRun
from jupyter_wove.kit.jobs.service import Jobs
from jupyter_wove.kit.jobs.worker import Kind

__all__ = ["Cancelled", "Job", "JobQueued", "JobRun", "Jobs", "Kind"]
