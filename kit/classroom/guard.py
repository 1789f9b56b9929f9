"""What every page of the student app has in common: who may ask, which headers go out, how an error looks."""

from __future__ import annotations

from http.client import responses
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

if TYPE_CHECKING:
    from kit.classroom.app import ClassroomApp
    from kit.classroom.visits import VisitKernels

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Widgets bring their own JavaScript, which anywidget loads from a blob; JupyterLab's schema checker compiles schemas.
LESSON_POLICY = PAGE_POLICY.replace("script-src 'self'", "script-src 'self' blob: 'unsafe-eval'").replace(
    "img-src 'self' data:", "img-src 'self' data: blob:"
)
# Feedback is somebody's HTML: it may be looked at, and nothing else.
# No script runs in it; the page around it may measure its height.
FEEDBACK_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)

_WORDS = {
    403: ("This page isn't yours", "You can only open your own work. Go back to your lessons."),
    404: ("There is nothing here", "The page you asked for doesn't exist, or it isn't open yet."),
    429: ("Please wait a moment", "That was very often in a short time. Wait a little, then try again."),
    500: (
        "Something went wrong here",
        "It is not your fault, and nothing you saved is lost. Try again, or tell your teacher.",
    ),
}


class Guard(JupyterHandler):
    """A handler with the app's headers and error page. Signed-in students only, unless a method says otherwise."""

    policy = PAGE_POLICY

    @property
    def app(self) -> ClassroomApp:
        """The running app."""
        app: ClassroomApp = self.settings["voila"]
        return app

    @property
    def student(self) -> str:
        """The pseudonym of who is asking."""
        return str(self.current_user.username)

    @property
    def content_security_policy(self) -> str:
        """What a browser may load and run on this page."""
        return self.policy

    def set_default_headers(self) -> None:
        """Send the app's own headers with every answer."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header(
            "X-Frame-Options", "SAMEORIGIN" if "'self'" in self.policy.rpartition("frame-ancestors")[2] else "DENY"
        )
        self.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def show(self, template: str, **values: Any) -> None:
        """Send a page."""
        known = {
            "student": self.student if self.current_user else "",
            "class_title": self.app.kit_settings.title,
            "xsrf": self.xsrf_token.decode(),
        }
        page = self.settings["voila_jinja2_env"].get_template(template)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(page.render(**known, **values))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Send a friendly page; what happened is in the log, not on the screen."""
        title, words = _WORDS.get(status_code, _WORDS[404 if status_code < 500 else 500])  # noqa: PLR2004  # 500 on: our fault
        if not hasattr(self, "_jupyter_current_user"):
            self.current_user = None
        self.show("error.html.j2", status=status_code, reason=responses.get(status_code, ""), title=title, words=words)


class NotFound(Guard):
    """Every address that isn't listed. The same answer for strangers, so that nothing can be learned by asking."""

    async def prepare(self, **_: Any) -> None:
        """Refuse."""
        self.current_user = await ensure_async(self.identity_provider.get_user(self))
        raise web.HTTPError(404)


class OwnKernel(Guard):
    """A handler about one kernel, for the student who started it. To everyone else that kernel doesn't exist."""

    async def prepare(self, **kwargs: Any) -> None:
        """Refuse other students' kernels before anything is done."""
        await super().prepare(**kwargs)
        kernels: VisitKernels = self.settings["kernel_manager"]
        if self.current_user is None or not kernels.belongs_to(self.path_kwargs["kernel_id"], self.student):
            raise web.HTTPError(404)
