"""Run a command where the only network is loopback: ``python -m tests.loopback_only COMMAND …``.

On Linux the kernel takes the network away (a network namespace of its own), so nothing can slip through. Needs user
namespaces, or root.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def leave_the_network() -> None:
    """Move this process into a network that has only loopback, and switch loopback on."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    flags = CLONE_NEWNET if user == 0 else CLONE_NEWUSER | CLONE_NEWNET
    if libc.unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "this machine does not let a test take the network away")
    if user != 0:
        _keep_identity(user, group)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14s", b"lo", 0, b"")
        (now,) = struct.unpack_from("H", fcntl.ioctl(control, SIOCGIFFLAGS, request), 16)
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", now | IFF_UP, b""))


def _keep_identity(user: int, group: int) -> None:
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123  # procfs wants one plain write
            file.write(text)


def outside_is_reachable() -> bool:
    """Tell whether a packet to another machine would find a way out (a documentation address; nobody is there)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
        return True


if __name__ == "__main__":
    leave_the_network()
    if outside_is_reachable():
        sys.exit("error: the network is still there")
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  # no shell is wanted
