"""Refuse files that are too large for the repository: 500 kB, or 300 kB for a picture."""

import sys
from pathlib import Path

LIMIT = 500_000
PICTURE_LIMIT = 300_000


def too_large(path: Path) -> bool:
    """Tell whether a file is over its limit."""
    limit = PICTURE_LIMIT if path.suffix in {".png", ".jpg"} else LIMIT
    return path.is_file() and path.stat().st_size > limit


if __name__ == "__main__":
    found = [name for name in sys.argv[1:] if too_large(Path(name))]
    sys.exit("\n".join(f"{name} is too large for the repository." for name in found) or None)
