"""Every fence is looked at from inside, by a process that has gone in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kit.kernels.sandbox import Fences, Limits, find_fences, folder_use

OUTSIDE = Path(__file__)

PRELUDE = """
import json, os, sys
from pathlib import Path
from kit.kernels.sandbox import Limits, enter
import asyncio, ctypes, resource, shutil, signal, socket, subprocess, threading
folder, outside = Path(sys.argv[1]), Path(sys.argv[2])
limits = Limits(**json.loads(sys.argv[3]))
parent = os.getppid()
enter(folder, limits)
os.chdir(folder)
def attempt():
    {code}
try:
    print("did", attempt())
except BaseException as error:
    print(type(error).__name__)
"""


def inside(folder: Path, *lines: str, **limits: int) -> str:
    """Return what a fenced process says after it has run some lines: ``did …``, or the name of its error."""
    program = PRELUDE.format(code="\n    ".join(lines))
    arguments = [sys.executable, "-c", program, str(folder), str(OUTSIDE), json.dumps(limits)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.strip() or f"ended with {done.returncode}"


def test_this_machine_has_all_fences() -> None:
    assert find_fences() == Fences()
    assert find_fences().complete


@pytest.mark.parametrize(
    "line",
    [
        "return outside.read_text()",
        "return os.listdir(outside.parent)",
        "return Path('/etc/passwd').read_text()",
        "return Path.home().joinpath('.profile').write_text('x')",
        "return os.listdir('/proc')",
        "return Path('/proc/self/environ').read_text()",
        "return Path(f'/proc/{parent}/environ').read_text()",
        "return Path('/tmp/x').write_text('x')",
        "return os.symlink(outside, 'link')",
        "return os.link(outside, 'link')",
        "return os.truncate(outside, 0)",
        "return os.open(outside, os.O_RDONLY | os.O_TRUNC)",
        "return os.rename(outside, 'mine')",
        "return os.mkfifo('pipe')",
        "return os.chroot('.')",
        "return ctypes.CDLL(None, use_errno=True).mount and os.getxattr(outside, 'user.x')",
        "return os.setxattr('.', 'user.x', b'1')",
    ],
)
def test_files_outside_are_out_of_reach(tmp_path: Path, line: str) -> None:
    before = OUTSIDE.read_bytes()
    assert inside(tmp_path, line) in {"PermissionError", "OSError"}
    assert OUTSIDE.read_bytes() == before


def test_what_changes_rights_and_times_does_nothing(tmp_path: Path) -> None:
    before = OUTSIDE.stat()
    assert inside(tmp_path, "os.chmod(outside, 0)", "os.utime(outside, (0, 0))", "return 1") == "did 1"
    after = OUTSIDE.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize(
    "line",
    [
        "return os.fork()",
        "return os.posix_spawn('/bin/true', ['true'], {})",
        "return subprocess.run(['true'])",
        "return os.execv('/bin/true', ['true'])",
        "return os.setsid()",
        "return os.kill(parent, 0)",
        "return os.kill(-1, 0)",
        "return os.killpg(0, signal.SIGTERM)",
        "return resource.prlimit(parent, resource.RLIMIT_NOFILE)",
        "return os.setpriority(os.PRIO_USER, 0, 19)",
        "return os.sched_setaffinity(parent, {0})",
    ],
)
def test_other_processes_can_neither_be_made_nor_reached(tmp_path: Path, line: str) -> None:
    assert inside(tmp_path, line) in {"PermissionError", "OSError"}


@pytest.mark.parametrize(
    "line",
    [
        "return socket.socket()",
        "return socket.socket(socket.AF_UNIX)",
        "return socket.create_connection(('127.0.0.1', 9), 1)",
        "return socket.socketpair(socket.AF_INET)",
        "return socket.getaddrinfo('localhost', 80)",
    ],
)
def test_there_is_no_network(tmp_path: Path, line: str) -> None:
    assert inside(tmp_path, line) in {"PermissionError", "OSError", "gaierror", "ValueError"}


@pytest.mark.parametrize(
    ("lines", "limits", "said"),
    [
        (["return len(bytearray(1 << 30))"], {"memory": 512 << 20}, "MemoryError"),
        (["while True: pass"], {"cpu": 1}, "ended with -9"),
        (["Path('big').write_bytes(bytes(2000))"], {"file_size": 1000}, "OSError"),
        (["return [open('/dev/null') for _ in range(99)]"], {"open_files": 50}, "OSError"),
        (["resource.setrlimit(resource.RLIMIT_CPU, (999, 999))"], {"cpu": 60}, "ValueError"),
    ],
)
def test_there_is_an_end_to_everything(tmp_path: Path, lines: list[str], limits: dict[str, int], said: str) -> None:
    assert inside(tmp_path, *lines, **limits) == said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Path('a').write_text('x')", "shutil.copy('a', 'b')", "return sorted(os.listdir('.'))"], "did ['a', 'b']"),
        (["return asyncio.run(asyncio.sleep(0, 5))"], "did 5"),
        (["found = []", "thread = threading.Thread(target=found.append, args=[1])", "thread.start()", "thread.join()",
          "return found"], "did [1]"),
        (["import decimal, sqlite3, zoneinfo, unittest.mock, xml.etree.ElementTree", "return 1"], "did 1"),
        (["import numpy", "return numpy.ones((50, 50)).dot(numpy.ones((50, 50))).sum()"], "did 125000.0"),
        (["return os.kill(os.getpid(), 0)"], "did None"),
    ],
)  # fmt: skip
def test_ordinary_work_goes_on_as_ever(tmp_path: Path, lines: list[str], said: str) -> None:
    assert inside(tmp_path, *lines).startswith(said)


def test_packages_that_hold_solutions_are_not_readable(tmp_path: Path) -> None:
    import nbgrader

    example = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1" / "problem1.ipynb"
    assert example.is_file()
    assert inside(tmp_path, f"return Path({str(example)!r}).read_text()") == "PermissionError"


def test_without_a_fence_there_is_no_way_in(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['landlockpy'] = None\n"
        "from pathlib import Path\n"
        "from kit.kernels.sandbox import Limits, enter\n"
        f"enter(Path({str(tmp_path)!r}), Limits())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "sandbox-missing" in done.stderr


def test_a_folder_is_measured_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(bytes(10))
    (tmp_path / "c").write_bytes(bytes(5))
    assert folder_use(tmp_path) == (15, 3)
    assert Limits().as_data()["open_files"] == Limits().open_files
