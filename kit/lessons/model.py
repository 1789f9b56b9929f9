"""What a lesson is: the records that ``lesson.yml`` fills."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from kit.errors import LessonError
from kit.lessons.files import Record
from kit.lessons.inquiry import StageId
from kit.lessons.standards import Standard, find_standard

Approach = Literal[
    "one_teach_one_observe", "one_teach_one_assist", "station", "parallel", "alternative", "team"
]  # Friend and Cook's six
Role = Literal["ITS", "LMS"]
KEBAB = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class Part(Record):
    """What one of the two specialists does in a segment, with words to say and to ask."""

    does: str
    says: str = ""
    asks: str = ""


class Segment(Record):
    """One stretch of a co-taught lesson.

    Attributes
    ----------
    start, minutes
        When it begins, counted from the bell, and how long it lasts.
    lead
        Who leads; in team teaching both do, and this one opens.
    cut
        What to leave out when time runs short; empty when nothing may go.
    """

    title: str
    stage: StageId
    start: int = Field(ge=0)
    minutes: int = Field(ge=1)
    approach: Approach
    lead: Role
    its: Part
    lms: Part
    students: str
    cut: str = ""


class Level(Record):
    """One step of a rubric, in words that a student understands."""

    points: int = Field(ge=1, le=4)
    name: Literal["Beginning", "Approaching", "Meets", "Exceeding"]
    text: str


class Station(Record):
    """One station of a lesson taught in stations: a card that students read and follow by themselves.

    Attributes
    ----------
    led_by
        Who is there; ``students`` when nobody of the two is.
    ask
        The question to talk about.
    done_when
        How a group sees that it may go on.
    """

    title: str
    minutes: int = Field(ge=1)
    led_by: Literal["ITS", "LMS", "students"]
    needs: tuple[str, ...] = ()
    steps: tuple[str, ...] = Field(min_length=1)
    ask: str
    done_when: str


class OnPaper(Record):
    """What stands in an exercise's place when there is no screen.

    Attributes
    ----------
    alt
        The exercise's picture in words.
    text
        What to do on paper instead, in Markdown.
    """

    alt: str
    text: str


class Rubric(Record):
    """Four levels from 1 Beginning to 4 Exceeding; 3 meets the goal. Only people score with it."""

    id: str = Field(pattern=KEBAB)
    title: str
    looks_at: str
    standards: tuple[str, ...] = ()
    levels: tuple[Level, ...]

    @model_validator(mode="after")
    def _has_four_levels(self) -> Rubric:
        if [level.points for level in self.levels] != [1, 2, 3, 4]:
            raise ValueError("a rubric has four levels, with the points 1, 2, 3, 4 in this order")
        return self


class Criterion(Record):
    """One graded cell of the notebook.

    Attributes
    ----------
    points
        All that can be had; ``0`` for an extension, where a grader may give extra credit.
    rubric
        What people score it by. Without one, and if it is no extension, a computer counts it.
    beside
        Other answers that whoever scores should see with this one, such as the first idea beside *Looking back*.
        Students see their own words among them too, while they write.
    extension
        Optional code for grades 9-12.
    """

    grade_id: str = Field(pattern=KEBAB)
    title: str
    points: int = Field(ge=0)
    rubric: str | None = None
    beside: tuple[str, ...] = ()
    extension: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether a person gives the points."""
        return self.rubric is not None or self.extension


class Measured(Record):
    """What the bundled model really did with a prompt, at temperature 1 (bars) and 0 (sentence).

    Attributes
    ----------
    word
        The most likely next token, as the model has it (most begin with a space).
    probability
        Its probability; other machines may differ by a few hundredths.
    completion
        How the model went on for twelve tokens at temperature 0.
    close_call
        The token that may come first instead on another machine; ``None`` when the lead is clear.
    """

    word: str
    probability: float = Field(gt=0, lt=1)
    completion: str
    close_call: str | None = None


class Prompt(Record):
    """One beginning of a sentence that students may give to the model.

    Attributes
    ----------
    truth
        How the sentence goes on in the real world; ``None`` when there is no fact to be right about.
    check
        The kind of source in which a student can check it.
    note
        For teachers: what the prompt is good for.
    """

    id: str = Field(pattern=KEBAB)
    text: str = Field(min_length=3, max_length=120)
    group: str
    truth: str | None = None
    check: str = ""
    note: str
    measured: Measured | None = None

    @model_validator(mode="after")
    def _ends_without_space(self) -> Prompt:
        # A space at the end changes what the model sees: its words begin with the space.
        if self.text != self.text.strip():
            raise ValueError("a prompt must not begin or end with a space")
        return self


class Card(Record):
    """One word of the lesson with a meaning a student can use."""

    word: str
    meaning: str


class Lesson(Record):
    """Everything that is known about a lesson apart from its notebooks."""

    slug: str = Field(pattern=KEBAB)
    uuid: UUID
    title: str
    driving_question: str
    summary: str
    grade_bands: tuple[Literal["6-8", "9-12"], ...] = Field(min_length=1)
    minutes: int = Field(ge=10, le=240)
    ai_mode: Literal["A", "B", "C"]
    co_teaching: Approach
    exercises: tuple[str, ...]
    tags: tuple[str, ...] = ()
    reading_grade: tuple[float, float] = Field((4.0, 8.0), description="lowest and highest Flesch-Kincaid grade")
    standard_keys: tuple[str, ...] = Field(alias="standards", min_length=1)
    objectives: tuple[str, ...]
    product: str
    materials: tuple[str, ...]
    vocabulary: tuple[Card, ...]
    segments: tuple[Segment, ...]
    stations: tuple[Station, ...] = ()
    paper: dict[str, OnPaper] = Field(default_factory=dict, description="by the name of the exercise")
    rubrics: dict[str, Rubric]
    criteria: tuple[Criterion, ...]
    unscored: tuple[str, ...] = Field((), description="fields that nobody scores: first thoughts, opinions")
    prompts: tuple[Prompt, ...] = ()

    @field_validator("rubrics", mode="before")
    @classmethod
    def _name_rubrics(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: {"id": key, **rubric} if isinstance(rubric, dict) else rubric for key, rubric in value.items()}

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        """The standards it serves, read when first asked for."""
        return tuple(find_standard(key) for key in self.standard_keys)

    @property
    def points(self) -> int:
        """All points together."""
        return sum(criterion.points for criterion in self.criteria)

    def prompt(self, prompt_id: str) -> Prompt:
        """Return a prompt of the bank.

        Raises
        ------
        LessonError
            If the bank has no such prompt.
        """
        for prompt in self.prompts:
            if prompt.id == prompt_id:
                return prompt
        raise LessonError(f"The lesson {self.slug} has no prompt `{prompt_id}`.", mend="Use an id from its lesson.yml.")

    def rubric_for(self, grade_id: str) -> Rubric | None:
        """Return the rubric that people score a cell by; ``None`` for cells without one."""
        for criterion in self.criteria:
            if criterion.grade_id == grade_id and criterion.rubric:
                return self.rubrics[criterion.rubric]
        return None

    @model_validator(mode="after")
    def _fits_together(self) -> Lesson:
        _refuse_twins("prompts", [prompt.id for prompt in self.prompts])
        _refuse_twins("criteria", [criterion.grade_id for criterion in self.criteria])
        for criterion in self.criteria:
            if criterion.rubric is not None and criterion.rubric not in self.rubrics:
                raise ValueError(
                    f"criteria: `{criterion.grade_id}` names a rubric `{criterion.rubric}` that isn't there"
                )
        return self


def _refuse_twins(field: str, ids: list[str]) -> None:
    for one in ids:
        if ids.count(one) > 1:
            raise ValueError(f"{field}: `{one}` is there twice")
