"""A small course, built for real: a lesson, a class, journals written through the kit's own journal."""

from __future__ import annotations

import json
import math
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from kit.grading import Student, prepare_course, release, write_roster
from kit.journal import Journal, hand_in
from kit.settings import Course
from kit.settings.load import Settings

LESSON = "small-lesson"
TOKENS = [{"token": f" word{n}", "logprob": math.log(p)} for n, p in enumerate([0.4, 0.2, 0.1] + [0.02] * 7)]
REVEAL: dict[str, Any] = {"tokens": TOKENS, "log_z": 0, "bet_rank": 1, "bet_probability": 0.4}
SOURCE = {
    "kind": "web",
    "title": "An encyclopedia",
    "authors": ["A. Editor"],
    "site": "",
    "date": "2024",
    "url": "https://encyclopedia.example",
    "who": "Editors with names",
    "evidence": "It links to studies",
    "others": "Two others agree",
    "seen": "2026-11-20",
}
MODEL = {"name": "SmolLM2-135M-Instruct", "provider": "local"}


def code(source: str, **metadata: Any) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def manual(name: str, points: float, kind: str = "markdown", **kit: Any) -> nbformat.NotebookNode:
    about = {"schema_version": 3, "grade": True, "locked": False, "solution": True, "grade_id": name, "points": points}
    make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    source = "*Your answer will stand here.*" if kind == "markdown" else "# your code"
    return make(source, metadata={"nbgrader": about, "tags": ["kit:grading"], "kit": kit})


def test_cell(name: str, points: float, call: str) -> nbformat.NotebookNode:
    about = {"schema_version": 3, "grade": True, "locked": True, "solution": False, "grade_id": name, "points": points}
    return code(f"from kit.grading import checks\n\nchecks.{call}", nbgrader=about, tags=["kit:grading"])


test_cell.__test__ = False  # type: ignore[attr-defined]  # it makes a cell; it is no test


def source_notebook() -> nbformat.NotebookNode:
    cells = [
        code('from kit import open_lesson\nlesson = open_lesson("small-lesson")'),
        nbformat.v4.new_markdown_cell("## Wonder\nWhat comes next?", metadata={"tags": ["stage:question"]}),
        code('lesson.respond("why-wrong", "Why was it wrong?")'),
        manual("why-wrong", 4),
        code('lesson.respond("pick", "Pick one", kind="choice", options=[("a", "It predicts"), ("b", "It knows")])'),
        manual("pick", 1),
        code('lesson.claim("my-claim", "What do you claim?")'),
        manual("my-claim", 6),
        code('lesson.sources("my-sources")'),
        manual("my-sources", 2),
        code('lesson.ai_statement("my-ai")'),
        manual("my-ai", 1),
        manual("my-code", 3, kind="code"),
        test_cell("bets", 4, "bets_before_runs(points=4, minimum=2)"),
        test_cell("rolls", 2, "rolls_made(points=2, minimum=20)"),
        test_cell("pictures", 2, "pictures_recomputed(points=2)"),
        test_cell("right-pick", 1, 'closed_choice(points=1, field="pick", answer="a")'),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


LESSON_YML = """\
slug: small-lesson
uuid: 7d2a6d0e-5c0b-4b89-9a53-4a9d5a1f0b11
title: A Small Lesson
driving_question: What comes next?
summary: A lesson for tests.
grade_bands: ["6-8"]
minutes: 20
ai_mode: B
co_teaching: team
exercises: [next-word]
standards: [{standard}]
objectives: [See it.]
product: A note.
materials: []
vocabulary: []
segments: []
rubrics:
  reasoning:
    id: reasoning
    title: Reasoning
    looks_at: How you explain it.
    levels:
      - {{points: 1, name: Beginning, text: Names one thing.}}
      - {{points: 2, name: Approaching, text: Gives a reason.}}
      - {{points: 3, name: Meets, text: Gives a reason that fits.}}
      - {{points: 4, name: Exceeding, text: Weighs two reasons.}}
criteria:
  - {{grade_id: why-wrong, title: Why it was wrong, points: 4, rubric: reasoning, beside: [my-claim]}}
  - {{grade_id: bets, title: Bets before answers, points: 4}}
prompts:
  - {{id: capital, text: The capital of France is, group: facts, note: Easy.}}
  - {{id: moon, text: The moon is made of, group: facts, note: Harder.}}
"""


@dataclass
class Class:
    """A course with one small lesson, and pens to write journals with."""

    course: Course
    lesson: str = LESSON

    def notebook(self) -> nbformat.NotebookNode:
        """Return a fresh copy of what students get."""
        return nbformat.read(self.course.released(LESSON) / f"{LESSON}.ipynb", as_version=4)

    def work(self, student: str) -> Path:
        return self.course.work(student, LESSON)

    def play(self, student: str, *, words: str = "Because it predicts words.") -> Journal:
        """Do all of the lesson, honestly."""
        journal = Journal(self.work(student))
        journal.append("open", LESSON, {"page": "app"})
        for prompt in ("capital", "moon"):
            journal.append("prediction", "next-word", {"prompt": prompt, "bet": "word0"})
            journal.append("run", "next-word", run(prompt, "reveal", {"temperature": 1}, REVEAL))
        journal.append("run", "next-word", roll("capital", seed=7, rolls=20))
        journal.append("choice", "pick", "a")
        journal.append("answer", "why-wrong", words)
        journal.append("source", "source-1", SOURCE)
        journal.append("citation", "source-1", {"style": "mla", "text": "Encyclopedia, 2024."})
        claim = {"claim": "It guesses.", "evidence": ["run-3", "source-1", "run-99"], "reasoning": "Look at the bars."}
        journal.append("claim", "my-claim", claim)
        used = {"used": "no", "tool": "", "purpose": "", "kept": "", "changed": ""}
        journal.append("statement", "my-ai", used)
        return journal

    def submit(self, student: str, notebook: nbformat.NotebookNode | None = None) -> Path:
        """Hand in what is in the work folder."""
        work = self.work(student)
        work.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook or self.notebook(), work / f"{LESSON}.ipynb")
        return hand_in(work, self.course.inbox(student, LESSON), LESSON).folder

    def place(self, student: str, notebook: nbformat.NotebookNode | None = None) -> Path:
        """Put work into ``submitted`` by hand: a notebook, and the journal if there is one."""
        folder = self.course.step("submitted") / student / LESSON
        folder.mkdir(parents=True)
        nbformat.write(notebook or self.notebook(), folder / f"{LESSON}.ipynb")
        journal = self.work(student) / "journal.jsonl"
        if journal.exists():
            (folder / "journal.jsonl").write_bytes(journal.read_bytes())
        return folder

    def graded(self, student: str) -> nbformat.NotebookNode:
        return nbformat.read(self.course.step("autograded") / student / LESSON / f"{LESSON}.ipynb", as_version=4)


def run(prompt: str, action: str, params: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    return {"prompt": prompt, "action": action, "params": params, "model": MODEL, "result": result}


def roll(prompt: str, *, seed: int, rolls: int, temperature: float = 1.0) -> dict[str, Any]:
    """Return a run of the dice, rolled as the page rolls them."""
    exponents = [token["logprob"] / temperature for token in TOKENS]
    log_z = 0.0 if temperature == 1 else math.log(sum(map(math.exp, exponents)) * 1.05)
    shares = [math.exp(exponent - log_z) for exponent in exponents]
    weights = [*shares, max(0.0, 1 - sum(shares))]
    rolled = Counter(random.Random(seed).choices(range(11), weights=weights, k=rolls))
    params = {"temperature": temperature, "rolls": rolls, "seed": seed}
    result = {"tokens": TOKENS, "log_z": log_z, "counts": [rolled[n] for n in range(11)]}
    return run(prompt, "roll", params, result)


def build(root: Path, notebook: nbformat.NotebookNode) -> Course:
    """Lay out a course on disk, prepared but not released."""
    course = Course(root)
    source = course.step("source") / LESSON
    source.mkdir(parents=True)
    nbformat.write(notebook, source / f"{LESSON}.ipynb")
    folder = course.lessons / LESSON
    folder.mkdir(parents=True)
    standard = "aasl-2018:I.A.2"
    (folder / "lesson.yml").write_text(LESSON_YML.format(standard=standard), encoding="utf-8")
    entry = {
        "slug": LESSON,
        "lesson": f"notebooks/lessons/{LESSON}/lesson.yml",
        "co_teach": f"notebooks/lessons/{LESSON}/co-teach.ipynb",
        "notebook": f"assignments/source/{LESSON}/{LESSON}.ipynb",
    }
    (course.lessons / "curriculum.yml").write_text(json.dumps({"lessons": [entry]}), encoding="utf-8")
    write_roster(
        course.roster,
        [
            Student("kim-01", "101", "S101", "kim@school.example", "Room 4"),
            Student("lee-02", "102", "S102", "lee@school.example", "Room 4"),
            Student("sam-03"),
        ],
    )
    prepare_course(course, Settings(course_id="test-course"))
    return course


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build and release the small lesson once; every test gets a copy of its own."""
    course = build(tmp_path_factory.mktemp("template") / "course", source_notebook())
    release(course, LESSON)
    return course.root


@pytest.fixture
def room(released_course: Path, tmp_path: Path) -> Class:
    """A prepared course with the lesson released."""
    return Class(Course(Path(shutil.copytree(released_course, tmp_path / "course"))))


@pytest.fixture
def make_course(tmp_path: Path) -> Callable[[nbformat.NotebookNode], Course]:
    """Build a course around another notebook."""
    return lambda notebook: build(tmp_path / "other", notebook)
