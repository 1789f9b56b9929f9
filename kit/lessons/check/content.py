"""Rules for what a lesson says: prompts, exercises, words, minutes, stations, paper and standards."""

from __future__ import annotations

from collections.abc import Iterator

from kit.errors import LessonError
from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import LessonNotebook
from kit.lessons.inquiry import STAGE_IDS
from kit.lessons.model import Lesson
from kit.lessons.standards import find_standard

FEWEST_CARDS = 4


def check_exercises(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    """Yield exercises and prompts that a notebook uses but the lesson doesn't have."""
    known = {prompt.id for prompt in lesson.prompts}
    for cell, call in notebook.calls():
        if call.method != "exercise":
            continue
        if call.field not in lesson.exercises:
            yield Finding(
                notebook.file,
                cell.id,
                "exercise-unknown",
                f"lesson.yml names no exercise `{call.field}`.",
                "Add it under exercises, or correct the name.",
            )
        used = call.named.get("prompts")
        for prompt in used if isinstance(used, list) else ():
            if prompt not in known:
                yield Finding(
                    notebook.file,
                    cell.id,
                    "prompt-unknown",
                    f"The prompt bank has no `{prompt}`.",
                    "Add it to lesson.yml, or correct the id.",
                )


def check_data(lesson: Lesson, file: str) -> Iterator[Finding]:
    """Yield what doesn't add up in ``lesson.yml``."""
    yield from _check_minutes(lesson, file)
    yield from _check_vocabulary(lesson, file)
    yield from _check_stations(lesson, file)
    yield from _check_paper(lesson, file)
    keys = [*lesson.standard_keys, *(key for rubric in lesson.rubrics.values() for key in rubric.standards)]
    for key in sorted(set(keys)):
        try:
            find_standard(key)
        except LessonError as error:
            yield Finding(file, "", "standard-unknown", error.message, error.mend)
    for rubric in sorted(set(lesson.rubrics) - {criterion.rubric for criterion in lesson.criteria}):
        yield Finding(
            file, "", "rubric-unused", f"Nothing is scored by the rubric `{rubric}`.", "Use it, or take it out."
        )


def _check_minutes(lesson: Lesson, file: str) -> Iterator[Finding]:
    total = sum(segment.minutes for segment in lesson.segments)
    if total != lesson.minutes:
        yield Finding(
            file,
            "",
            "minutes-differ",
            f"The segments take {total} minutes, the lesson {lesson.minutes}.",
            "Change the segments until they fill the lesson.",
        )
    clock = 0
    for segment in lesson.segments:
        if segment.start != clock:
            yield Finding(
                file,
                "",
                "segments-gap",
                f"`{segment.title}` starts at minute {segment.start}, but the one before ends at {clock}.",
                "Let each segment start where the last one ends.",
            )
        clock = segment.start + segment.minutes
    missing = [stage for stage in STAGE_IDS if stage not in {segment.stage for segment in lesson.segments}]
    if missing:
        yield Finding(
            file, "", "stage-without-time", f"No segment is for: {', '.join(missing)}.", "Give each stage some minutes."
        )


def _check_vocabulary(lesson: Lesson, file: str) -> Iterator[Finding]:
    if len(lesson.vocabulary) < FEWEST_CARDS:
        yield Finding(
            file,
            "",
            "vocabulary-missing",
            f"The lesson explains {len(lesson.vocabulary)} words, and it should explain at least {FEWEST_CARDS}.",
            "Add under vocabulary the words that a student must know to follow.",
        )


def _check_stations(lesson: Lesson, file: str) -> Iterator[Finding]:
    taught = [segment.title for segment in lesson.segments if segment.approach == "station"]
    if taught and not lesson.stations:
        yield Finding(
            file,
            "",
            "stations-missing",
            f"`{taught[0]}` is taught in stations, but there are no station cards.",
            "Add them under stations, with title, minutes, led_by, steps, ask and done_when.",
        )


def _check_paper(lesson: Lesson, file: str) -> Iterator[Finding]:
    for name in lesson.exercises:
        if name not in lesson.paper:
            yield Finding(
                file,
                "",
                "paper-missing",
                f"Nothing says what to do on paper in place of the exercise `{name}`.",
                "Add it under paper, with the picture in words (alt) and what to do (text).",
            )
    for name in lesson.paper.keys() - set(lesson.exercises):
        yield Finding(
            file,
            "",
            "paper-unknown",
            f"Under paper there is `{name}`, which is no exercise of this lesson.",
            "Correct the name, or take it out.",
        )
