"""Takes the processor that it may run on for so many seconds: processor_hog.py SECONDS.

As a real-time program where that is allowed; otherwise as twenty ordinary ones. Either way a program of low priority on the same processor
runs for moments only. It ends by the clock, whoever runs beside it.
"""

import os
import sys
import time

end = time.monotonic() + float(sys.argv[1])
try:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
except PermissionError:
    for _ in range(19):
        if os.fork() == 0:
            break
while time.monotonic() < end:
    pass
