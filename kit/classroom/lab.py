"""The teacher's JupyterLab with the formgrader: on loopback, without news, updates, terminals or a CDN."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from kit.classroom.parts import HOST, LESSON_MODULES
from kit.classroom.process import run_as_process
from kit.errors import LessonError
from kit.kernels.provisioner import warm_up
from kit.lessons import load_catalogue
from kit.settings import PREVIEW_STUDENT, Course, Session
from kit.settings.environment import outside_environment
from kit.settings.gateway import gateway_access
from kit.settings.load import load_settings


class TeacherKernels(AsyncMappingKernelManager):
    """Give a lesson's notebook, opened by a teacher, what it needs to behave as it does for a student.

    The journal of such a preview stands apart from any student's work.
    """

    async def start_kernel(self, *, path: Any = None, **kwargs: Any) -> str:  # type: ignore[override]  # as jupyter_server itself does
        """Start a kernel; in a lesson's folder, with a preview's session. The provisioner keeps the rest out."""
        session = preview_session(Course(Path(self.root_dir)), Path(path or ""))
        if session:
            kwargs["env"] = {**(kwargs.get("env") or outside_environment()), **session.to_environment()}
        kernel_id: str = await super().start_kernel(path=path, **kwargs)
        return kernel_id


def preview_session(course: Course, folder: Path) -> Session | None:
    """Return what a notebook in a folder of the course needs to run as a preview.

    Parameters
    ----------
    course
        The course.
    folder
        The notebook's folder, from the course's root: ``assignments/source/<slug>`` or ``notebooks/lessons/<slug>``.
    """
    slug = folder.name
    try:
        if slug not in {lesson.slug for lesson in load_catalogue(course.root)}:
            return None
    except LessonError:
        return None
    gateway, settings = gateway_access(), load_settings(course.root)
    seconds = settings.classroom.period_minutes * 60
    from kit.ai.tokens import mint_token

    token = mint_token(gateway.secret, PREVIEW_STUDENT, slug, seconds) if gateway.secret else ""
    # Not beside the notebook: nbgrader hands out whatever lies in an assignment's folder.
    work = course.private / "preview" / slug
    return Session(PREVIEW_STUDENT, work, course.root, gateway.url, token, help=settings.help.model_dump_json())


def arguments(course: Course, port: int) -> list[str]:
    """Return JupyterLab's options. The token comes by environment: command lines can be read by others."""
    options = {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": course.root,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,  # a container on a teacher's laptop may have no other user
        "ServerApp.terminals_enabled": False,
        "ServerApp.kernel_manager_class": "kit.classroom.lab.TeacherKernels",
        "ContentsManager.allow_hidden": False,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }
    preload = [("WarmProvisioner.preload", module) for module in LESSON_MODULES]  # a list is given item by item
    return [f"--{name}={value}" for name, value in (*options.items(), *preload)]


def serve(course: Course, port: int) -> None:
    """Serve JupyterLab until told to stop, and say on one line of JSON when it answers."""
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # it ships no types

    os.chdir(course.root)  # nbgrader looks for its configuration here
    warm_up(LESSON_MODULES)
    url = f"http://{HOST}:{port}"
    threading.Thread(target=_announce, args=(url,), daemon=True).start()
    LabApp.launch_instance(argv=arguments(course, port))


def _announce(url: str) -> None:
    """Ask until the server answers, then tell the supervisor."""
    while True:
        try:
            with urllib.request.urlopen(f"{url}/api", timeout=2) as answer:  # noqa: S310  # loopback, and the address is ours
                if answer.status == 200:  # noqa: PLR2004  # HTTP's word for yes
                    break
        except OSError:
            time.sleep(0.2)
    print(json.dumps({"ready": True, "url": url}), flush=True)  # the supervisor reads it


if __name__ == "__main__":
    sys.exit(run_as_process(serve))
