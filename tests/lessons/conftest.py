"""A course with the smallest lesson that keeps every rule, for each test to break in its own way."""

import shutil
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(FIXTURES / "course", tmp_path / "course")


@pytest.fixture
def lesson_file(course: Path) -> Path:
    return course / "notebooks" / "lessons" / "tiny" / "lesson.yml"
