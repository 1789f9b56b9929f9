"""Work that comes in a zip file, from a platform or from a stranger."""

from __future__ import annotations

import io
import stat
import zipfile

import nbformat
import pytest

from kit.errors import GradingError
from kit.grading import collect_zip, feedback, grade


@pytest.fixture
def pack(room, tmp_path):
    """Pack files into a zip file, some of them as nobody should."""

    def make(files, links=()):
        path = tmp_path / "work.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
            for name in links:
                info = zipfile.ZipInfo(name)
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(info, "/etc/passwd")
        return path

    return make


@pytest.fixture
def files(room):
    """Return the bytes of an honest notebook and journal."""
    journal = room.play("kim-01").path.read_bytes()
    return nbformat.writes(room.notebook()).encode(), journal


@pytest.mark.parametrize(
    "names",
    [
        ("kim-01/small-lesson/small-lesson.ipynb", "kim-01/small-lesson/journal.jsonl"),
        ("class/kim-01/small-lesson.ipynb", "class/kim-01/journal.jsonl"),
        ("kimkim_101_5001_small-lesson-1.ipynb", "kimkim_101_5002_journal-1.jsonl"),
        ("kimkim_LATE_101_5001_small-lesson.ipynb", "kimkim_LATE_101_5002_journal.jsonl"),
    ],
)
def test_folders_and_the_names_that_canvas_gives_are_known(room, pack, files, names):
    archive = pack(dict(zip(names, files, strict=True)))
    collected = collect_zip(room.course, room.lesson, archive)
    assert (collected.students, collected.refused) == (("kim-01",), ())
    [outcome] = grade(room.course, room.lesson).outcomes
    assert (outcome.student, outcome.machine) == ("kim-01", 9)
    assert feedback(room.course, room.lesson).students == ("kim-01",)


def test_a_zip_in_a_zip_is_opened_once(room, pack, files):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("work/small-lesson.ipynb", files[0])
        archive.writestr("work/journal.jsonl", files[1])
    collected = collect_zip(room.course, room.lesson, pack({"kimkim_101_5001_work.zip": inner.getvalue()}))
    assert collected.students == ("kim-01",)
    assert grade(room.course, room.lesson).outcomes[0].machine == 9


def test_what_is_dangerous_or_unknown_is_named_and_the_rest_is_taken(room, pack, files, tmp_path):
    archive = pack(
        {
            "kim-01/small-lesson.ipynb": files[0],
            "kim-01/journal.jsonl": files[1],
            "../../lee-02/journal.jsonl": b"x",
            "/lee-02/journal.jsonl": b"x",
            "C:/lee-02/journal.jsonl": b"x",
            "nobody/journal.jsonl": b"x",
            "lee-02/giant.ipynb": b"0" * 25_000_000,
        },
        links=["lee-02/journal.jsonl"],
    )
    collected = collect_zip(room.course, room.lesson, archive)
    assert collected.students == ("kim-01",)
    assert len(collected.refused) == 6
    assert not room.course.inbox("lee-02", room.lesson).exists()
    assert not (tmp_path.parent / "lee-02").exists()


def test_a_file_that_is_no_zip_is_said_in_words(room, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"not a zip")
    with pytest.raises(GradingError, match="not a zip"):
        collect_zip(room.course, room.lesson, tmp_path / "a.zip")
