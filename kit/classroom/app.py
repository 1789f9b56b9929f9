"""The student app: Voilà in a process of its own, with the kit's pages and only the doors that students need."""

from __future__ import annotations

import json
import os
import secrets
import sys
from http.client import responses
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import FileFindHandler
from jupyterlab_server.themes_handler import ThemesHandler
from traitlets.config import Config
from voila.app import Voila
from voila.static_file_handler import MultiStaticFileHandler
from voila.utils import get_voila_labextensions_path

from kit.classroom import front_ends, pages, sign_in
from kit.classroom import kernel_handlers as kernels
from kit.classroom.accounts import Accounts, write_private
from kit.classroom.agreement import Agreement, AgreementView, ClassOpinions
from kit.classroom.guard import NotFound
from kit.classroom.identity import ClassIdentity
from kit.classroom.parts import LESSON_MODULES
from kit.classroom.prepared import Preparation
from kit.classroom.throttle import Throttle
from kit.classroom.visits import VisitKernels
from kit.errors import PortTaken
from kit.kernels.provisioner import warm_up
from kit.settings import Course
from kit.settings.gateway import gateway_access
from kit.settings.load import load_settings

HERE = Path(__file__).parent
STATIC = (HERE / "static", HERE.parent / "widgets" / "static")
HOST = "127.0.0.1"
# What makes widgets show; no other extension of JupyterLab that happens to be installed is loaded.
_FRONT_ENDS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget")
LONGEST_MESSAGE = 512 * 1024  # bytes over a lesson's socket; the longest argument is half of that
PING_EVERY = 10_000  # milliseconds; a laptop that was closed is noticed
_LONGEST_FORM = 16 * 1024
_PATIENCE = 60  # seconds for somebody who sends a request bit by bit
_CULL_AFTER = 45 * 60  # a page that was left open over a break comes back to life


class ClassroomApp(Voila):  # type: ignore[misc]  # Voilà's classes are untyped
    """Voilà with the kit's identity, its own pages, and a list of addresses instead of Voilà's.

    Parameters
    ----------
    course
        The course to serve. Students see released lessons and their own work, nothing else of it.
    """

    port: int

    def __init__(self, course: Course, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.course = course
        self.kit_settings = load_settings(course.root)
        self.gateway = gateway_access()
        self.accounts = Accounts(course)
        self.opinions = ClassOpinions(course)
        self.preparation = Preparation(self)
        self.name_throttle = Throttle(limit=6)
        self.message_throttle = Throttle(limit=600, seconds=10)

    def mint(self, student: str, slug: str) -> str:
        """Return a pass for the gateway, for this student and lesson and one class period."""
        if not self.gateway.secret:
            return ""
        from kit.ai.tokens import mint_token

        minutes = self.kit_settings.classroom.period_minutes
        return mint_token(self.gateway.secret, student, slug, minutes * 60)

    def init_settings(self) -> Any:
        """Return Tornado's settings: where to sign in, forms that can't be forged, a page for unknown addresses."""
        return {
            **super().init_settings(),
            "login_url": "/sign-in",
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "default_handler_class": NotFound,
            "allow_unauthenticated_access": False,
            "websocket_max_message_size": LONGEST_MESSAGE,
            # Jupyter hangs up on who has not answered for three of them. A timeout as short as the interval would end
            # every socket at its first ping; Tornado asks for one, but takes these numbers for its own pings' seconds.
            "ws_ping_interval": PING_EVERY,
            "cookie_secret": self.cookie_secret,
        }

    def init_handlers(self) -> list[Any]:
        """Return every address there is. Voilà's tree, files and contents are not among them."""
        return [
            (r"/", pages.Shelf),
            (rf"/lesson/{pages.SLUG}", pages.LessonPage),
            (rf"/lesson/{pages.SLUG}/agreement", Agreement),
            (rf"/lesson/{pages.SLUG}/agreement/view", AgreementView),
            (rf"/feedback/{pages.SLUG}", pages.Feedback),
            (rf"/feedback/{pages.SLUG}/document", pages.FeedbackDocument),
            (r"/join/(?P<token>[\w-]{20,64})", sign_in.Join),
            (r"/sign-in", sign_in.SignIn),
            (r"/sign-out", sign_in.SignOut),
            (front_ends.ADDRESS, front_ends.FrontEnd),
            (r"/kit/(.*)", _Static, {"paths": [str(folder) for folder in STATIC]}),
            (rf"/kit-alive/{kernels.KERNEL_ID}", kernels.KernelAlive),
            (rf"/api/kernels/{kernels.KERNEL_ID}", kernels.KernelModel),
            (rf"/api/kernels/{kernels.KERNEL_ID}/channels", kernels.KernelMessages),
            (rf"/voila/api/shutdown/{kernels.KERNEL_ID}", kernels.EndKernel),
            *self._voila_assets(),
        ]

    def _voila_assets(self) -> list[Any]:
        """Return the addresses of Voilà's own JavaScript: files of the installation, the same for everybody."""
        extensions = get_voila_labextensions_path([])
        themes = {
            "themes_url": "/voila/api/themes",
            "path": self.themes_dir,
            "labextensions_path": extensions,
            "no_cache_paths": ["/"],
        }
        return [
            (r"/voila/static/(.*)", _Static, {"paths": self.static_paths}),
            (r"/voila/api/themes/(.*)", _Themes, themes),
            (r"/voila/labextensions/(.*)", _Extensions, {"path": extensions, "no_cache_paths": ["/"]}),
        ]

    def listen(self) -> None:
        """Serve on exactly the port that was asked for, and say so on one line of JSON."""
        import tornado.ioloop
        from tornado.httpserver import HTTPServer
        from tornado.netutil import bind_sockets

        try:
            sockets = bind_sockets(self.port, HOST)
        except OSError:
            raise PortTaken(
                f"Port {self.port} is in use, so the student app can't start.",
                mend="Stop the other program, or set classroom.app_port in kit.toml.",
            ) from None
        server = HTTPServer(
            self.app, max_body_size=_LONGEST_FORM, body_timeout=_PATIENCE, idle_connection_timeout=_PATIENCE
        )
        server.add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]
        print(json.dumps({"ready": True, "url": f"http://{HOST}:{self.port}"}), flush=True)  # the supervisor reads it
        self.ioloop = tornado.ioloop.IOLoop.current()
        self.ioloop.add_callback(self.preparation.make_ready)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping")
        finally:
            self.stop()


class _PlainErrors:
    """Says in a word what isn't there. Jupyter's page for it can't be drawn here, and fails with forty lines of log."""

    def write_error(self: Any, status_code: int, **_: Any) -> None:
        """Send the word."""
        self.finish(responses.get(status_code, ""))


class _Themes(_PlainErrors, ThemesHandler):
    """JupyterLab's themes."""


class _Extensions(_PlainErrors, FileFindHandler):
    """The front ends of widgets."""


class _Static(MultiStaticFileHandler):  # type: ignore[misc]  # untyped base
    """Files of the kit and of Voilà. A browser must take them for what they are called."""

    def set_extra_headers(self, path: str) -> None:  # Tornado's signature
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-cache")


def configuration(course: Course) -> Config:
    """Return Voilà's configuration. Nothing in a URL or a notebook can change the template or the theme."""
    config = Config()
    config.VoilaConfiguration.template = "kit"
    config.VoilaConfiguration.theme = "light"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.http_header_envs = []
    config.VoilaConfiguration.extension_allowlist = list(_FRONT_ENDS)
    config.VoilaConfiguration.multi_kernel_manager_class = VisitKernels
    config.Voila.identity_provider_class = ClassIdentity
    # What is not shown is not made either: Jupyter has a line for every message of every kernel.
    config.ClassroomApp.logging_config = {"loggers": {ClassroomApp.__name__: {"level": "INFO"}}}
    config.Voila.open_browser = False
    config.Voila.ip = HOST
    config.Voila.root_dir = str(course.root)
    config.VisitKernels.cull_idle_timeout = _CULL_AFTER
    config.VisitKernels.cull_interval = 60
    config.WarmProvisioner.preload = list(LESSON_MODULES)
    # A kernel that was started anew knows nothing of the page; the page says so and offers a reload.
    config.KernelManager.autorestart = False
    if os.name == "posix":
        config.KernelManager.transport = "ipc"  # sockets in a private folder, not open ports
    config.VisitKernels.allow_tracebacks = False
    return config


def cookie_secret(course: Course) -> bytes:
    """Return the secret that cookies are signed with, kept so that students stay signed in after a restart."""
    file = course.private / "cookie-secret"
    if not file.exists():
        course.private.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, secrets.token_hex(32))
    return bytes.fromhex(file.read_text(encoding="ascii"))


def serve(course: Course, port: int) -> None:
    """Serve a course to students until told to stop."""
    os.chdir(course.root)
    warm_up(LESSON_MODULES)  # it imports while the server itself is still starting
    app = ClassroomApp(course, config=configuration(course), cookie_secret=cookie_secret(course), config_file_paths=[])
    app.port = port
    app.initialize([])
    app.start()


if __name__ == "__main__":
    from kit.classroom.process import run_as_process

    sys.exit(run_as_process(serve))
