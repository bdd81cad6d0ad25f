"""What Prometheus may ask: how requests, events and jobs fare, never about whom.

The numbers live in the default registry, so that Jupyter's own `/metrics` serves them. Labels
have few values by design: route templates, not addresses.
"""

from prometheus_client import Gauge, Histogram

REQUESTS = Histogram(
    "wove_http_request_seconds",
    "Seconds that requests took, but for streams.",
    ["route", "method", "code"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
STREAMS = Gauge("wove_http_streams", "Streams that are open.", ["route"])
OUTBOX_BACKLOG = Gauge("wove_outbox_backlog", "Events that a consumer has yet to be told.")
OUTBOX_LAG = Gauge("wove_outbox_lag_seconds", "Age of the oldest event that waits.")
JOBS = Gauge("wove_jobs", "Jobs by state.", ["state"])
