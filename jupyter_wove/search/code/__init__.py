"""Search in code: by text or pattern, line by line."""
