"""`python -m jupyter_wove_runner …`, the same as `wove-runner …`."""

from jupyter_wove_runner.main import main

main()
