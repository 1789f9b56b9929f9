"""Lessons to print: the smallest one, and all of the kit's."""

import shutil
import struct
import zlib
from pathlib import Path

import pytest

from kit.lessons import load_catalogue

FIXTURES = Path(__file__).parents[1] / "lessons" / "fixtures"
REPOSITORY = Path(__file__).parents[2]
CATALOGUE = load_catalogue(REPOSITORY)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(FIXTURES / "course", tmp_path / "course")


@pytest.fixture
def lesson_file(course: Path) -> Path:
    return course / "notebooks" / "lessons" / "tiny" / "lesson.yml"


@pytest.fixture
def picture(course: Path) -> Path:
    """A real picture of an exercise, four grey dots in size."""
    file = load_catalogue(course).picture("tiny", "next-word")
    file.parent.mkdir()
    file.write_bytes(png(2, 2))
    return file


def png(width: int, height: int) -> bytes:
    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
