"""Send signals to the grader.

By `kill`, and by asking the system to send them when a socket has news. The teacher sees no points, and all goes on.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import ctypes, fcntl, os, signal, socket, struct

parent = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)
for target in (parent, -parent, 0, -1, parent - 1, parent + 1):
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGALRM):
        try:
            if target:
                os.kill(target, number)
                print("LOO" "T kill", target)
        except OSError:
            pass
for target in (parent, -parent):
    here, there = socket.socketpair()
    for ask in (
        lambda: fcntl.fcntl(here, fcntl.F_SETOWN, target),
        lambda: fcntl.ioctl(here, 0x8901, struct.pack("i", target)),
        lambda: fcntl.ioctl(here, 0x8902, struct.pack("i", target)),
        lambda: fcntl.fcntl(here, 10, signal.SIGKILL),
    ):
        try:
            ask()
            print("LOO" "T owner of a socket")
        except OSError:
            pass
    flags = fcntl.fcntl(here, fcntl.F_GETFL)
    fcntl.fcntl(here, fcntl.F_SETFL, flags | os.O_ASYNC)
    there.send(b"x")
for option in (1, 1 + (1 << 32)):  # not to die with who started it
    if libc.prctl(ctypes.c_ulong(option), ctypes.c_ulong(0), 0, 0, 0) == 0:
        print("LOO" "T outlives its parent")
"""


def play(work: Work) -> None:
    work.first(SOURCE)


EXPECTED = Expected()
