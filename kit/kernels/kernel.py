"""The kernel that a forked child becomes: IPython's own, but what needs no sockets was made before the fork.

Read in ipykernel 7.4 and IPython 9.18. What is overridden here is compared with those versions by a test, which says
what to read again when they change.
"""

from __future__ import annotations

import atexit
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import comm
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import default
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from kit.kernels.cells import compile_plain
from kit.settings.environment import outside_environment, replace_environment

_OPTION = re.compile(r"--(\w+)\.(\w+)=(.*)", re.DOTALL)
# Settings that matter to what is made after the fork. With any other, a shell is made anew.
_HARMLESS = frozenset({"IPKernelApp", "HistoryManager"})


class _BeforeTheFork:
    """What the warm parent has made for its children."""

    shell: Any = None
    modules: list[str] | None = None


def before_forks() -> None:
    """Make a shell that no kernel has yet, and list the modules: both touch, and so copy, thousands of pages."""
    without_history = Config({"HistoryManager": {"enabled": False}})  # a database and a thread are each child's own
    before = outside_environment()
    shell: Any = ZMQInteractiveShell.instance(
        config=without_history, compiler_class=IPythonKernel.compiler_class.default_value
    )
    replace_environment(before)
    # What Python and IPython set up when they first see code.
    shell.transform_cell("1 + 1")
    compile_plain("1 + 1", "<rehearsal>")
    list(Path(shell.profile_dir.startup_dir).glob("*.py"))
    shell._sys_modules_keys = set(sys.modules)  # noqa: SLF001  # see WarmApp.init_code
    _BeforeTheFork.shell = shell
    _BeforeTheFork.modules = _files_of_modules()


def _files_of_modules() -> list[str]:
    return [file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))]


class WarmKernel(IPythonKernel):
    """IPython's kernel, with the shell that was made before the fork if nothing speaks against it."""

    is_adopted = False

    def __init__(self, **kwargs: Any) -> None:
        # Not IPythonKernel's: it walks over all modules, and makes a shell.
        Kernel.__init__(self, **kwargs)  # type: ignore[no-untyped-call]
        # The list itself: a copy would count one more user of each name, and so copy the pages that they are on.
        self._kernel_modules = _files_of_modules() if _BeforeTheFork.modules is None else _BeforeTheFork.modules
        self._make_debugger()
        self.shell = self._adopt() or self._make_shell()
        session_name = outside_environment().get("JPY_SESSION_NAME")
        if session_name:
            self.shell.user_ns["__session__"] = session_name
        self._connect_shell(self.shell)

    def _make_debugger(self) -> None:
        from ipykernel.debugger import _is_debugpy_available

        if _is_debugpy_available:
            self.debugger = self.debugger_class(
                self.log,
                self.debugpy_stream,
                self._publish_debug_event,
                self.debug_shell_socket,
                self.session,
                self._kernel_modules,
                self.debug_just_my_code,
                self.filter_internal_frames,
            )

    def _adopt(self) -> Any:
        """Return the shell that was made before the fork, as this kernel's own; nothing if it must be made anew."""
        shell, _BeforeTheFork.shell = _BeforeTheFork.shell, None
        app: Any = self.parent
        if shell is None:
            return None
        if app.loaded_config_files or set(app.config) - _HARMLESS or self.user_ns or self.user_module:
            ZMQInteractiveShell.clear_instance()
            atexit.unregister(shell.atexit_operations)
            return None
        self.is_adopted = True
        shell.parent = shell.kernel = self
        shell.profile_dir = self.profile_dir
        shell.ipython_dir = app.ipython_dir
        shell.init_environment()
        if app.config.HistoryManager.get("enabled", True) is not False:
            shell.configurables.remove(shell.history_manager)
            shell.config = app.config
            shell.init_history()
            shell.init_user_ns()  # which has names for parts of it
        return shell

    def _make_shell(self) -> Any:
        return self.shell_class.instance(
            parent=self,
            profile_dir=self.profile_dir,
            user_module=self.user_module,
            user_ns=self.user_ns,
            kernel=self,
            compiler_class=self.compiler_class,
        )

    def _connect_shell(self, shell: Any) -> None:
        shell.displayhook.session = shell.display_pub.session = self.session
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = self.iopub_socket
        shell.displayhook.topic = self._topic("execute_result")  # type: ignore[no-untyped-call]
        self.comm_manager = comm.get_comm_manager()
        shell.configurables.append(self.comm_manager)
        for kind in ("comm_open", "comm_msg", "comm_close"):
            self.shell_handlers[kind] = getattr(self.comm_manager, kind)


class WarmApp(IPKernelApp):
    """IPython's kernel application, for a child of the warm parent."""

    @default("logging_config")
    def _no_debugging(self) -> dict[str, Any]:
        """Make no records of what is not shown. Who wants to see more says so on the command line."""
        return {"loggers": {type(self).__name__: {"level": "WARNING"}}}

    def parse_command_line(self, argv: Any = None) -> None:
        """Take what Jupyter says to a kernel. The usual parser first learns every option there is."""
        known = read_options(argv or [])
        if known is None:
            self.logging_config = {}
            super().parse_command_line(argv)
        else:
            self.cli_config = known
            self.update_config(known)

    def init_code(self) -> None:
        """Run what the profile wants run, of which there is only its folder if nothing is configured."""
        if not self.kernel.is_adopted:
            super().init_code()  # type: ignore[no-untyped-call]
            return
        shell: Any = self.shell
        self._run_startup_files()  # type: ignore[no-untyped-call]
        shell.user_ns_hidden.update(shell.user_ns)

    def init_poller(self) -> None:
        """Ask nobody every second whether the parent lives: the system tells (``lifeline.py``)."""


def read_options(argv: Sequence[str]) -> Config | None:
    """Return what options say; nothing if there are any but the connection file and ``--Class.name=value``.

    Parameters
    ----------
    argv
        The options, as Jupyter gives them to a kernel.
    """
    config = Config()
    words = iter(argv)
    for word in words:
        option = _OPTION.fullmatch(word)
        if word == "-f":
            config.IPKernelApp.connection_file = next(words, "")
        elif option:
            config[option[1]][option[2]] = DeferredConfigString(option[3])
        else:
            return None
    return config
