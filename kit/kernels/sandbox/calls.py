"""Which calls of the system a fenced process may make. A list of what is allowed, never of what is not.

Everything else fails with "not permitted": sockets, other programs, signals to others, mounts, keys, io_uring, and
whatever a later Linux brings. Files are opened freely here; Landlock says which.
"""

from __future__ import annotations

import errno
import os
from typing import Any

_FILES = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 creat close close_range lseek
    stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 getdents getdents64 getcwd chdir fchdir
    readlink readlinkat rename renameat renameat2 mkdir mkdirat rmdir unlink unlinkat ftruncate fsync fdatasync
    fadvise64 sendfile copy_file_range dup dup2 dup3 flock umask
"""
_WAITING = """
    pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime
    sendto recvfrom sendmsg recvmsg shutdown getsockopt setsockopt getsockname getpeername
"""
_MEMORY = """
    brk mmap munmap mremap mprotect madvise mincore msync munlock membarrier get_mempolicy
    pkey_alloc pkey_free pkey_mprotect
"""
_THREADS = """
    futex set_robust_list get_robust_list set_tid_address gettid getpid getppid getpgrp getpgid getsid rseq
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
    getcpu exit exit_group arch_prctl restart_syscall wait4 waitid
"""
_TIME = """
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getitimer setitimer alarm
    timer_create timer_settime timer_gettime timer_delete timer_getoverrun
"""
_SIGNALS = "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause"
_FACTS = """
    getuid geteuid getgid getegid getresuid getresgid getgroups uname sysinfo getrusage getrlimit getrandom getpriority
    capget
"""
ALLOWED = frozenset(f"{_FILES} {_WAITING} {_MEMORY} {_THREADS} {_TIME} {_SIGNALS} {_FACTS}".split())

# Landlock does not look at owners, rights and times of files, so these would reach every file of the same user. They
# do nothing and say that all is well: a copied file keeps the rights it was made with, and `shutil.copy` works.
_OWNERS = "chmod fchmod fchmodat chown fchown lchown fchownat"
_CLOCKS = "utime utimes utimensat futimesat"
PRETENDED = frozenset(f"{_OWNERS} {_CLOCKS}".split())
# The C library asks for these first, and does without when it is told that there is no such call.
UNKNOWN = frozenset({"clone3", "openat2"})

# Before Linux 6.2, Landlock let everybody cut a file to nothing who could name it and "only read" it.
_OPENED = (
    (os.O_TRUNC, 0),
    (os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC | os.O_WRONLY),
    (os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC | os.O_RDWR),
)
_CLONE_THREAD = 0x00010000
# Names of threads and of pieces of memory. Not to end together with who started it is no wish to be heard.
_PRCTL = (15, 16, 0x53564D41)
# Copies and flags of descriptors, locks, sizes of pipes; whether it is a terminal, whether something waits to be read,
# whether it waits, and whether another program gets it. Nothing that makes the system send signals to somebody.
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032)
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
_INT = 0xFFFFFFFF  # the system looks at these bits of an `int` only, so a filter must not look at more
_AF_UNIX, _SOCK_STREAM, _SOCK_KIND = 1, 1, 0xF


def allow_only_these() -> None:
    """Put this process, and every thread it starts, under the list for good.

    Raises
    ------
    OSError
        If the system has no such filters.
    RuntimeError, ImportError
        If libseccomp is not installed.
    """
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for action, names in (
        (seccomp.ALLOW, ALLOWED),
        (seccomp.ERRNO(0), PRETENDED),
        (seccomp.ERRNO(errno.ENOSYS), UNKNOWN),
    ):
        for name in sorted(names):
            _add(seccomp, rules, action, name)
    for mask, wanted in _OPENED:
        _add(seccomp, rules, seccomp.ALLOW, "open", seccomp.Arg(1, seccomp.MASKED_EQ, mask, wanted))
        _add(seccomp, rules, seccomp.ALLOW, "openat", seccomp.Arg(2, seccomp.MASKED_EQ, mask, wanted))
    # A thread, but no process.
    _add(seccomp, rules, seccomp.ALLOW, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD))
    # Signals, limits and scheduling for itself, but not for another process of the same user.
    for name in ("kill", "tgkill"):
        _add(seccomp, rules, seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, os.getpid()))
    _add(seccomp, rules, seccomp.ALLOW, "prlimit64", seccomp.Arg(0, seccomp.EQ, 0))
    for name, place, numbers in (("prctl", 0, _PRCTL), ("fcntl", 1, _FCNTL), ("ioctl", 1, _IOCTL)):
        for number in numbers:
            _add(seccomp, rules, seccomp.ALLOW, name, seccomp.Arg(place, seccomp.MASKED_EQ, _INT, number))
    # asyncio wakes itself through a pair of sockets. One for letters could write to any socket that has a path.
    pair = seccomp.Arg(0, seccomp.EQ, _AF_UNIX), seccomp.Arg(1, seccomp.MASKED_EQ, _SOCK_KIND, _SOCK_STREAM)
    _add(seccomp, rules, seccomp.ALLOW, "socketpair", *pair)
    rules.load()


def _add(seccomp: Any, rules: Any, action: int, name: str, *arguments: Any) -> None:
    """Add one rule. A name that this machine's library does not know stays forbidden, like all that is not named."""
    try:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    except ValueError:
        return
    rules.add_rule(action, number, *arguments)
