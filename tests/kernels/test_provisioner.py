"""Kernels that are forked, held to everything an ordinary kernel is."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from kit.kernels import PROVISIONER, provisioner
from kit.kernels.nursery import ForkedKernel
from kit.kernels.provisioner import warm_up

SECONDS = 30
Start = Callable[..., tuple[KernelManager, BlockingKernelClient]]


@pytest.fixture(autouse=True)
def _by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", PROVISIONER)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    # The factory looks at the variable once and is shared by the whole process.
    from jupyter_client.provisioning import KernelProvisionerFactory

    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", PROVISIONER)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a kernel and wait until it answers; all end with the test."""
    started: list[tuple[KernelManager, BlockingKernelClient]] = []

    def start_one(
        preload: Sequence[str] = (), kernel_name: str = "python3", **options: Any
    ) -> tuple[KernelManager, BlockingKernelClient]:
        manager = KernelManager(kernel_name=kernel_name, config=Config({"WarmProvisioner": {"preload": list(preload)}}))
        manager.start_kernel(**options)
        client = manager.blocking_client()
        client.start_channels()
        started.append((manager, client))
        client.wait_for_ready(timeout=SECONDS)
        return manager, client

    yield start_one
    for manager, client in started:
        client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)


def said(client: BlockingKernelClient, code: str) -> str:
    """Run code and return what it printed."""
    words: list[str] = []
    reply = client.execute_interactive(
        code, timeout=SECONDS, output_hook=lambda message: words.append(message["content"].get("text", ""))
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(words).strip()


def seen(client: BlockingKernelClient, expression: str) -> Any:
    """Return what an expression is in the kernel."""
    return json.loads(said(client, f"import json; print(json.dumps({expression}))"))


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def the_nursery() -> Any:
    nursery = warm_up()
    assert nursery is not None
    return nursery


def test_a_kernel_is_forked_and_looks_like_an_ordinary_one(start: Start, tmp_path: Path) -> None:
    manager, client = start(cwd=str(tmp_path))
    assert isinstance(manager.provisioner.process, ForkedKernel)
    assert seen(client, "__import__('os').getppid()") == the_nursery().pid
    assert seen(client, "__import__('os').getcwd()") == str(tmp_path)
    arguments = seen(client, "__import__('sys').argv")
    assert arguments[0].endswith("ipykernel_launcher.py")
    assert arguments[1:] == ["-f", manager.connection_file]
    assert seen(client, "__name__") == "__main__"
    assert seen(client, "__import__('sys').path.count('')") == 1
    assert seen(client, "__import__('os').getpgid(0) == __import__('os').getpid()")


def test_the_kits_own_kernelspec_is_installed_and_forks_with_the_lessons_imported(start: Start) -> None:
    assert "kit-warm" in KernelSpecManager().find_kernel_specs()
    manager, client = start(kernel_name="kit-warm")
    assert isinstance(manager.provisioner.process, ForkedKernel)
    assert seen(client, "'kit.widgets.page' in __import__('sys').modules")


def test_it_sees_the_variables_on_the_list_and_no_secret(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("KIT_SESSION_STUDENT", "amber-otter")
    _, client = start()
    environment = seen(client, "dict(__import__('os').environ)")
    assert environment["KIT_SESSION_STUDENT"] == "amber-otter"
    assert not any("secret" in value for value in environment.values())


# The brackets keep the pattern from finding itself.
COUNT_PASSES = """
import re
wanted, found = re.compile(b"first[-]students[-]pass"), 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for span, mode in (line.split()[:2] for line in maps):
        start, end = (int(part, 16) for part in span.split("-"))
        if mode.startswith("rw"):
            memory.seek(start)
            found += len(wanted.findall(memory.read(end - start)))
print(found)
"""


def test_nothing_of_one_kernels_environment_is_in_the_memory_of_the_next(start: Start) -> None:
    _, first = start(env=dict(os.environ) | {"KIT_SESSION_TOKEN": "first-students-pass"})
    _, second = start()
    assert int(said(first, COUNT_PASSES)) > 0
    assert int(said(second, COUNT_PASSES)) == 0


def test_each_has_chance_of_its_own(start: Start) -> None:
    draw = "[__import__('random').random(), __import__('uuid').uuid1().hex, __import__('uuid').uuid4().hex]"
    draws = [seen(client, draw) for _, client in (start(), start())]
    assert all(first != second for first, second in zip(*draws, strict=True))


def test_it_inherits_no_open_file(start: Start, tmp_path: Path) -> None:
    with (tmp_path / "open-in-the-server").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        _, client = start()
        open_files = seen(client, "[file.path for file in __import__('psutil').Process().open_files()]")
        assert not [path for path in open_files if "open-in-the-server" in path]


def test_an_interrupt_stops_what_runs_and_the_kernel_lives_on(start: Start) -> None:
    manager, client = start()
    client.execute("print('asleep', flush=True); import time; time.sleep(60)")
    while client.get_iopub_msg(timeout=SECONDS)["header"]["msg_type"] != "stream":
        pass
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=SECONDS)
    assert (reply["content"]["status"], reply["content"]["ename"]) == ("error", "KeyboardInterrupt")
    assert said(client, "print(1 + 1)") == "2"


def test_a_restart_gives_a_new_process_on_the_same_connection(start: Start) -> None:
    manager, client = start()
    said(client, "left = 1")
    first, connection = manager.provisioner.pid, manager.connection_file
    manager.restart_kernel()
    client.wait_for_ready(timeout=SECONDS)
    assert manager.provisioner.pid != first
    assert manager.connection_file == connection
    assert said(client, "print('left' in dir())") == "False"
    wait_until(lambda: not psutil.pid_exists(first), "the first kernel is still there")


def test_input_is_asked_of_the_client(start: Start) -> None:
    _, client = start()
    asked: list[str] = []

    def answer(message: Any) -> None:
        asked.append(message["content"]["prompt"])
        client.input("blue")

    words: list[str] = []
    client.execute_interactive(
        "print(input('Colour? '))",
        allow_stdin=True,
        timeout=SECONDS,
        stdin_hook=answer,
        output_hook=lambda message: words.append(message["content"].get("text", "")),
    )
    assert asked == ["Colour? "]
    assert "".join(words).strip() == "blue"


def test_a_comm_goes_both_ways(start: Start) -> None:
    _, client = start()
    said(
        client,
        "def opened(comm, message):\n"
        "    comm.on_msg(lambda sent: comm.send({'twice': 2 * sent['content']['data']['n']}))\n"
        "get_ipython().kernel.comm_manager.register_target('double', opened)",
    )
    send = client.session.msg
    client.shell_channel.send(send("comm_open", {"comm_id": "c", "target_name": "double", "data": {}}))
    client.shell_channel.send(send("comm_msg", {"comm_id": "c", "data": {"n": 21}}))
    while (message := client.get_iopub_msg(timeout=SECONDS))["header"]["msg_type"] != "comm_msg":
        pass
    assert message["content"]["data"] == {"twice": 42}


def test_widgets_that_were_imported_before_there_was_a_kernel_answer_the_pages_manager(start: Start) -> None:
    _, client = start(preload=["kit.widgets.preload"])
    assert seen(client, "'kit.widgets.page' in __import__('sys').modules")
    send = client.session.msg
    opening = {"comm_id": "m", "target_name": "jupyter.widget.control", "data": {}}
    client.shell_channel.send(send("comm_open", opening, metadata={"version": "1.0.0"}))
    client.shell_channel.send(send("comm_msg", {"comm_id": "m", "data": {"method": "request_states"}}))
    while (message := client.get_iopub_msg(timeout=SECONDS))["header"]["msg_type"] != "comm_msg":
        pass
    assert message["content"]["data"]["method"] == "update_states"


@pytest.mark.parametrize(
    ("last_words", "code"),
    [("import os; os._exit(7)", 7), ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9)],
    ids=["by-itself", "by-a-signal"],
)
def test_a_death_is_noticed_with_its_code(start: Start, last_words: str, code: int) -> None:
    manager, client = start()
    process = manager.provisioner.process
    client.execute(last_words)
    wait_until(lambda: not manager.is_alive(), "the death was not noticed")
    assert process.poll() == code


def test_the_dead_keep_their_number_until_they_are_waited_for_and_are_gone_then(start: Start) -> None:
    manager, client = start()
    process, pid = manager.provisioner.process, manager.provisioner.pid
    client.execute("import os; os._exit(0)")
    wait_until(lambda: process.poll() == 0, "the end was not noticed")
    assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    assert process.wait(timeout=SECONDS) == 0
    wait_until(lambda: not psutil.pid_exists(pid), "the dead kernel was not let go")


def test_shutting_down_ends_what_the_kernel_has_started(start: Start) -> None:
    manager, client = start()
    child = seen(client, "__import__('subprocess').Popen(['sleep', '300']).pid")
    assert psutil.pid_exists(child)
    manager.shutdown_kernel()
    assert not manager.has_kernel
    wait_until(lambda: has_ended(child), "something the kernel started lives on")


def test_streams_go_where_popen_would_send_them(start: Start) -> None:
    manager, client = start(stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said(client, "import os; os.write(get_ipython().kernel._stdout._original_stdstream_copy, b'below Jupyter\\n')")
    with manager.provisioner.process.stdout as pipe:
        assert b"below Jupyter\n" in iter(pipe.readline, b"")


def test_a_folder_that_is_not_there_is_an_error_as_for_any_process(tmp_path: Path) -> None:
    manager = KernelManager()
    with pytest.raises(FileNotFoundError):
        manager.start_kernel(cwd=str(tmp_path / "nowhere"))


def test_when_the_warm_parent_dies_its_kernels_do_and_the_next_launch_starts_another(start: Start) -> None:
    manager, _ = start()
    old = the_nursery().pid
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: not manager.is_alive(), "a kernel outlived its warm parent")
    _, client = start()
    assert said(client, "print('back')") == "back"
    assert the_nursery().pid != old


@pytest.mark.parametrize(
    "change", [{"PYTHONHASHSEED": "7"}, {"LC_ALL": "C"}, {"PYTHONPATH": "elsewhere"}], ids=lambda one: next(iter(one))
)
def test_what_python_reads_at_its_start_gets_an_ordinary_start(start: Start, change: dict[str, str]) -> None:
    manager, client = start(env=dict(os.environ) | change)
    assert isinstance(manager.provisioner.process, subprocess.Popen)
    (name, value), *_ = change.items()
    assert seen(client, f"__import__('os').environ[{name!r}]") == value


def test_another_language_gets_an_ordinary_start(tmp_path: Path) -> None:
    other = provisioner.WarmProvisioner(kernel_spec=KernelSpec(language="other"))
    asyncio.run(other.launch_kernel([sys.executable, "-c", "import time; time.sleep(30)"], env=dict(os.environ)))
    try:
        assert isinstance(other.process, subprocess.Popen)
    finally:
        other.process.kill()
        other.process.wait()


def test_where_there_is_no_fork_kernels_start_the_ordinary_way_and_the_log_says_so_once(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(provisioner, "CAN_FORK", False)
    monkeypatch.setattr(provisioner, "_said", set())
    from traitlets.log import get_logger

    monkeypatch.setattr(get_logger(), "propagate", True)
    for _ in range(2):
        manager, client = start()
        assert isinstance(manager.provisioner.process, subprocess.Popen)
        assert said(client, "print('here')") == "here"
    assert [record.message for record in caplog.records].count(
        "Kernels are started the ordinary way: this system can't fork them."
    ) == 1


# A server with a secret starts kernels one way or the other, says which, and then waits.
SERVER = """
import sys, time
from jupyter_client.manager import start_new_kernel
from kit.kernels import provisioner
provisioner.CAN_FORK = sys.argv[1] == "forked"
manager, client = start_new_kernel()
print(manager.provisioner.pid, type(manager.provisioner.process).__name__, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(("way", "kind"), [("forked", "ForkedKernel"), ("ordinary", "Popen")])
def test_no_kernel_outlives_a_server_that_is_killed(way: str, kind: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", SERVER, way]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        pid, name = server.stdout.readline().split()
        assert name == kind
        relatives = [psutil.Process(int(pid)), *psutil.Process(server.pid).children()]
        server.send_signal(signal.SIGKILL)
        server.wait(5)
        for process in relatives:
            wait_until(lambda process=process: has_ended(process.pid), f"{process} outlived its server")
