"""The variables that a process started by the kit may see. Everything else stays out, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# What Python, Jupyter and the operating system need to run at all. A list of what is allowed, never of what is not:
# a key with a new name is kept out too.
NAMES = frozenset(
    {
        "APPDATA",
        "COMSPEC",
        "HOME",
        "HOMEDRIVE",
        "HOMEPATH",
        "JPY_INTERRUPT_EVENT",
        "JPY_PARENT_PID",
        "JPY_SESSION_NAME",
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_DEFAULT_PROVISIONER_NAME",
        "JUPYTER_PATH",
        "JUPYTER_PLATFORM_DIRS",
        "JUPYTER_RUNTIME_DIR",
        "LANG",
        "LANGUAGE",
        "LOCALAPPDATA",
        "LOGNAME",
        "PATH",
        "PATHEXT",
        "PYDEVD_DISABLE_FILE_VALIDATION",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHASHSEED",
        "PYTHONIOENCODING",
        "PYTHONPATH",
        "PYTHONUTF8",
        "SYSTEMDRIVE",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "TZ",
        "USER",
        "USERNAME",
        "USERPROFILE",
        "VIRTUAL_ENV",
        "WINDIR",
    }
)
PREFIXES = ("KIT_SESSION_", "LC_", "XDG_")


def allowed(environment: Mapping[str, str], also: Iterable[str] = ()) -> dict[str, str]:
    """Return the part of an environment that a kit process or a kernel may have.

    Parameters
    ----------
    environment
        Where to take from.
    also
        More names to let through, for the one process that needs them.
    """
    names = NAMES | frozenset(also)
    return {
        name: value for name, value in environment.items() if name.upper() in names or name.upper().startswith(PREFIXES)
    }
