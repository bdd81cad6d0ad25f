"""A request as AWS Lambda hands it to a function, in the format 2.0 of API Gateway."""

import time
from typing import Any


def request(path: str) -> dict[str, Any]:
    """Make the event of a GET request without anything in it."""
    now = time.time()
    http = {
        "method": "GET",
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "Jupyter Wove",
    }
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"user-agent": "Jupyter Wove"},
        "requestContext": {
            "accountId": "anonymous",
            "http": http,
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": int(now * 1000),
        },
        "isBase64Encoded": False,
    }
