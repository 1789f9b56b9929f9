"""Finds a browser for jobs that need one: the tests, the screenshots, ``kit demo`` at the end."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from kit.errors import BrowserMissing

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# A browser that asks nobody anything: no update, no sync, no test whether it is online.
QUIET_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find_browser() -> Path:
    """Return a Chromium: the one that is there, else Playwright's own.

    Raises
    ------
    BrowserMissing
        If there is neither.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None) or next(filter(os.path.exists, _MAC), None)
    if found:
        return Path(found)
    own = _playwrights_own()
    if own is None:
        raise BrowserMissing(
            "No Chromium or Chrome was found on this computer.",
            mend="Install Chromium, or run `playwright install chromium` in this environment.",
        )
    return own


def launch_options() -> list[str]:
    """Return the options to start Chromium with; as root it has no sandbox of its own."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET_OPTIONS, *(["--no-sandbox"] if is_root else [])]


def has_display() -> bool:
    """Whether a window can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return True
    from kit.settings.environment import outside_environment

    environment = outside_environment()
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _playwrights_own() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None
