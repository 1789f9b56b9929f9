"""Fences around code that nobody has read: no network, one folder, no other program, and an end to everything.

Three things of Linux that any user has are put around a process by the process itself: Landlock (which files),
rlimits (how much) and seccomp (which calls of the system). All three or none: where one is missing, nothing runs.
"""

from kit.kernels.sandbox.enter import enter, prepare
from kit.kernels.sandbox.fences import Fences, find_fences
from kit.kernels.sandbox.folder import folder_use, remove, remove_folder
from kit.kernels.sandbox.limits import Limits

__all__ = ["Fences", "Limits", "enter", "find_fences", "folder_use", "prepare", "remove", "remove_folder"]
