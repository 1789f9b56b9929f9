"""Make ``.venv`` with everything in it. Runs on a bare Python; `make setup` and Windows users call it."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)


def main() -> None:
    """Create the environment, install the locked packages, then the kit itself."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"error: this is Python {sys.version_info.major}.{sys.version_info.minor}; the kit needs 3.11 or newer. "
            "Install one, then run: make setup PYTHON=python3.11 [python-too-old]"
        )
    home = ROOT / ".venv"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print("Making .venv …", flush=True)
        venv.create(home, with_pip=True)
    print("Installing the locked packages (a few minutes the first time) …", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    run([*pip, "--require-hashes", "--no-deps", "-r", str(ROOT / "requirements.lock")])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    print(f"Ready. Try: {python.parent.relative_to(ROOT) / 'kit'} doctor", flush=True)


def run(command: list[str]) -> None:
    """Run a command; end with its exit code if it fails."""
    done = subprocess.run(command, check=False)
    if done.returncode:
        sys.exit(
            "error: setting up failed (the lines above say why). Check the network, then run it again. [setup-failed]"
        )


if __name__ == "__main__":
    main()
