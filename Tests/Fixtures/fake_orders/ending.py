"""The end of the process."""

import os
import sys


def exit_hard(code):
    """Ends the process now: no handlers, no goodbyes to connections. The books are in memory, so there is nothing to save."""
    sys.stdout.flush()
    os._exit(code)
