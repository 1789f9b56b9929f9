"""Goes behind the fences in a folder and looks out: ends with 0 if they hold, else says what is wrong."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from kit.errors import SandboxMissing
from kit.kernels.sandbox import Limits, enter


def main(folder: Path) -> str:
    """Go in and look out. Return what is wrong; nothing if all is well."""
    secret, inside = folder / "secret", folder / "inside"
    secret.write_text("secret", encoding="ascii")
    inside.mkdir()
    try:
        enter(inside, Limits())
    except SandboxMissing as error:
        return error.message
    (inside / "mine").write_text("mine", encoding="ascii")
    for what, reach in (("files", secret.read_text), ("the network", socket.socket)):
        try:
            reach()
        except OSError:
            continue
        return f"{what} can be reached from inside"
    return ""


if __name__ == "__main__":
    wrong = main(Path(sys.argv[1]))
    if wrong:
        print(wrong)
        sys.exit(1)
