"""Bytes over one connection, and what came back."""

import dataclasses
import select
import socket
import time

from answers import Answers


@dataclasses.dataclass
class Outcome:
    answers: list
    interim: int
    fault: str | None
    is_closed: bool  # whether the server has ended the connection
    is_late: bool  # whether what was waited for did not come in time

    def codes(self):
        return [each.status for each in self.answers]

    def size(self):
        return sum(each.size for each in self.answers)


def exchange(port, data, methods, ending="wait", finals=None, until_closed=True, patience=30.0, gives_up=lambda: False, held=b""):
    """Sends all, and reads meanwhile.
    ending: whether the client then waits, closes its half, or hangs up at once
    finals: how many answers are enough where the connection need not be closed; `None`: as many as there are methods
    held: sent when there was an interim answer
    gives_up: asked now and then whether there is no use in waiting
    """
    finals = len(methods) if finals is None else finals
    answers, end, left = Answers(), time.monotonic() + patience, memoryview(data)
    is_closed = is_late = False
    ended = ending == "wait"
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        try:
            while not answers.fault:
                if held and answers.interim:
                    left, held = memoryview(held), b""
                if not left and not ended:
                    ended = True
                    if ending == "hang-up":
                        break
                    connection.shutdown(socket.SHUT_WR)
                if not left and not until_closed and len(answers.final) >= finals:
                    break
                if (rest := end - time.monotonic()) <= 0 or gives_up():
                    is_late = True
                    break
                readable, writable, _ = select.select([connection], [connection] if left else [], [], min(rest, 0.5))
                if writable:
                    left = left[connection.send(left[:262_144]):]
                if readable:
                    part = connection.recv(1 << 20)
                    if not part:
                        is_closed = True
                        break
                    answers.feed(part, methods)
        except (ConnectionResetError, BrokenPipeError):
            # A server that has refused a request need not take the rest of it. What it has said before was lost to us.
            is_closed = True
    if answers.data and not answers.fault and is_closed:
        answers.fault = f"an answer that breaks off: {bytes(answers.data[:80])!r}"
    return Outcome(answers.final, answers.interim, answers.fault, is_closed, is_late)
