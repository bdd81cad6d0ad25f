"""Programs that run in sandboxes: each one file, of Python's standard library but for one."""
