#!/usr/bin/env python3
"""pty_columns.py COLUMNS COMMAND…: runs a command whose standard error is a terminal of so many columns, and prints what it wrote there.

Standard output of the command goes nowhere. Ends with its code."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

master, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=terminal)
os.close(terminal)
while True:
    try:
        data = os.read(master, 65536)
    except OSError:  # how Linux says that nobody has the terminal open any more
        break
    if not data:
        break
    sys.stdout.buffer.write(data)
sys.stdout.flush()
sys.exit(child.wait())
