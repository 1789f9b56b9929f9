"""Find a browser for the tests, or install one: the machine's own, Playwright's, or Debian's package."""

import os
import shutil
import subprocess
import sys

from kit.classroom.browser import find_browser
from kit.errors import BrowserMissing


def main() -> None:
    """Print the browser that will be used; fail if there is none to be had."""
    for attempt in (None, install_with_playwright, install_with_debian):
        if attempt is not None:
            print(f"No browser yet. Trying: {attempt.__doc__}", flush=True)
            attempt()
        try:
            print(f"Browser for the tests: {find_browser()}")
        except BrowserMissing as error:
            last = error
        else:
            return
    sys.exit(f"error: {last}")


def install_with_playwright() -> None:
    """Playwright's own Chromium."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)


def install_with_debian() -> None:
    """Debian's package chromium (needs root or sudo)."""
    if shutil.which("apt-get") is None:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
        subprocess.run([*sudo, "apt-get", *command], check=False, timeout=600)


if __name__ == "__main__":
    main()
