"""Starts the programs of a class in order, keeps them running, and ends every one of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kit.classroom.child import Child, ask_to_stop, finish
from kit.classroom.parts import HOST, Part, Plan, Secrets
from kit.classroom.ports import claim
from kit.errors import ProcessDied
from kit.settings import Course
from kit.settings.environment import outside_environment

if TYPE_CHECKING:
    from kit.settings.load import Settings

LOOK_EVERY = 0.5
_LONGEST_PAUSE = 30.0
_GIVE_UP_AFTER = 5  # deaths in a row, each soon after the start
_SOON = 60.0

Tell = Callable[[str], None]


@dataclass(slots=True)
class _Watched:
    """A part, the process that runs it now, and its recent deaths."""

    part: Part
    child: Child
    started: float = field(default_factory=time.monotonic)
    deaths: int = 0
    again_at: float = 0.0


class Classroom:
    """The running class, as a context manager: entered it starts everything, left it ends everything.

    Start it from the main thread: on Linux the programs are tied to the life of the thread that starts them.

    Parameters
    ----------
    course, settings
        The course and its settings.
    with_lab
        Whether JupyterLab is started too.
    tell
        Called with a plain sentence when something worth knowing happens.
    outside
        The environment to take allowed variables from.
    """

    def __init__(
        self,
        course: Course,
        settings: Settings,
        *,
        with_lab: bool = True,
        tell: Tell = lambda _: None,
        outside: Mapping[str, str] | None = None,
    ) -> None:
        self.course = course
        self.settings = settings
        self.gateway_url = self.app_url = self.lab_url = ""
        self._with_lab = with_lab
        self._tell = tell
        self._plan = Plan(course, outside_environment() if outside is None else outside, Secrets.fresh())
        self._watched: list[_Watched] = []
        self._stopping = threading.Event()

    @property
    def lab_link(self) -> str:
        """JupyterLab's address with its token. For the teacher's own terminal only."""
        return f"{self.lab_url}/lab?token={self._plan.secrets.lab_token}"

    def link(self, path: str) -> str:
        """Return a link into JupyterLab's server with its token."""
        return f"{self.lab_url}/{path}?token={self._plan.secrets.lab_token}"

    @property
    def pids(self) -> dict[str, int]:
        """Each running part's process number."""
        return {watched.part.name: watched.child.pid for watched in self._watched if watched.child.is_running}

    def __enter__(self) -> Classroom:
        """Start everything. What was started already is ended again when a part can't start.

        Raises
        ------
        KeyboardInterrupt
            If ``end`` was called meanwhile.
        """
        try:
            self._start_all()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End everything."""
        self.stop()

    def watch(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Keep everything running until ``end`` says that it is enough.

        Parameters
        ----------
        meanwhile
            Called again and again, after each look at the parts.

        Raises
        ------
        ProcessDied
            If a part dies again and again.
        """
        while not self._stopping.wait(LOOK_EVERY):
            self.look()
            meanwhile()

    def end(self) -> None:
        """Let ``watch`` return, and give up a start that is under way. Safe to call from a signal handler."""
        self._stopping.set()

    def look(self) -> None:
        """Look after every part once: start again what has died, after a pause that grows."""
        for watched in self._watched:
            if watched.child.is_running:
                continue
            if not watched.again_at:
                self._note_death(watched)
            elif time.monotonic() >= watched.again_at:
                self._start_again(watched)

    def stop(self) -> None:
        """End all parts: the ones that students see first, the model last."""
        children = [watched.child for watched in reversed(self._watched)]
        ask_to_stop(children)
        finish(children)
        self._watched.clear()

    def _start_all(self) -> None:
        if self._stopping.is_set():
            raise KeyboardInterrupt
        ports, plan = self.settings.classroom, self._plan
        app_port = claim(ports.app_port, "classroom.app_port", "student app")
        lab_port = claim(ports.lab_port, "classroom.lab_port", "JupyterLab") if self._with_lab else 0
        gateway_port = claim(ports.gateway_port, "classroom.gateway_port", "gateway")
        # All but the model take a while to import and don't ask each other anything at the start: side by side.
        self.gateway_url = f"http://{HOST}:{gateway_port}"
        model_url = self._start_model()
        parts = [plan.gateway(gateway_port, model_url), plan.app(app_port, self.gateway_url)]
        if self._with_lab:
            parts.append(plan.lab(lab_port, self.gateway_url))
        started = [self._start(part) for part in parts]
        urls = [watched.child.wait_until_ready(self._stopping) for watched in started]
        self.app_url, self.lab_url = urls[1], urls[2] if self._with_lab else ""

    def _start_model(self) -> str:
        if self.settings.ai.provider != "local":
            return ""
        from kit.ai.weights import find_weights

        port = claim(0, "", "language model")
        model = self._start(self._plan.model(find_weights(self.settings), port))
        return model.child.wait_until_ready(self._stopping)

    def _start(self, part: Part) -> _Watched:
        watched = _Watched(part, Child(part, self._log(part)))
        self._watched.append(watched)
        return watched

    def _note_death(self, watched: _Watched) -> None:
        lived = time.monotonic() - watched.started
        watched.deaths = watched.deaths + 1 if lived < _SOON else 1
        if watched.deaths > _GIVE_UP_AFTER:
            raise ProcessDied(
                f"The {watched.part.name} ended {watched.deaths} times in a row.",
                mend=f"Look at .kit/logs/{self._log(watched.part).name} in the course.",
            )
        pause = min(_LONGEST_PAUSE, 2.0 ** (watched.deaths - 1) - 0.5)
        watched.again_at = time.monotonic() + pause
        self._tell(f"The {watched.part.name} has ended; it is started again.")

    def _start_again(self, watched: _Watched) -> None:
        finish([watched.child])  # what it had started itself
        watched.child = Child(watched.part, self._log(watched.part))
        watched.started, watched.again_at = time.monotonic(), 0.0

    def _log(self, part: Part) -> Path:
        logs = self.course.private / "logs"
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        return logs / f"{part.name.lower().replace(' ', '-')}.log"
