"""The cards' scripts and style sheets, for pages that load them by address."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from kit.widgets import assets

PATH = "/kit/cards"
_NAMES = r"(?P<names>[a-z0-9-]+(?:\+[a-z0-9-]+)*)"
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_A_YEAR = 365 * 24 * 3600


class FrontEnd(JupyterHandler):
    """One card's script or style sheet: the same for everybody, and with nothing of anybody in it."""

    @allow_unauthenticated
    def get(self, names: str, kind: str) -> None:
        """Send it. Its address names its version, so a browser may keep it."""
        try:
            text = assets.script(*names.split("+")) if kind == "js" else assets.style(names)
        except FileNotFoundError:
            raise web.HTTPError(404) from None
        self.set_header("Content-Type", _TYPES[kind])
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", f"max-age={_A_YEAR}, immutable")
        self.finish(text)


ADDRESS = rf"{PATH}/{_NAMES}\.(?P<kind>js|css)"
