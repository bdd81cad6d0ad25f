"""What Prometheus may ask: how requests, events and jobs fare, never about whom.

The numbers live in the default registry, so that Jupyter's own `/metrics` serves them. Labels
have few values by design: route templates, not addresses.
"""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Histogram(
    "wove_http_request_seconds",
    "Seconds that requests took, but for streams.",
    ["route", "method", "code"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
STREAMS = Gauge("wove_http_streams", "Streams that are open.", ["route"])
OUTBOX_BACKLOG = Gauge("wove_outbox_backlog", "Events that a consumer has yet to be told.")
OUTBOX_LAG = Gauge("wove_outbox_lag_seconds", "Age of the oldest event that waits.")
# The index of search is one such consumer: how far it is behind is how old `search` is here.
CONSUMER_BACKLOG = Gauge("wove_consumer_backlog", "Events that wait for a consumer.", ["consumer"])
CONSUMER_LAG = Gauge(
    "wove_consumer_lag_seconds", "Age of the oldest event that waits for a consumer.", ["consumer"]
)
CONSUMER_FAILURES = Counter(
    "wove_consumer_failures", "Times that a consumer could not deal with an event.", ["consumer"]
)
CONSUMER_SECONDS = Histogram(
    "wove_consumer_seconds",
    "Seconds from an event until its consumer had dealt with it.",
    ["consumer"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800),
)
JOBS = Gauge("wove_jobs", "Jobs by state.", ["state"])
